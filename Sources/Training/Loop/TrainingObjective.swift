import LanguageModels
import TensorCore

/// One micro-batch: what the loop must know of it.
public protocol CountedBatch {
  /// Tokens that pass through the model.
  var tokenCount: Int { get }
  /// Tokens that are learnt; the loss is the mean over those of the whole update.
  var labelCount: Int { get }
  /// Σ over documents of their length squared, for the count of operations in attention.
  var squaredLengths: Int { get }
}

/// An endless, seeded stream of batches that can continue where an earlier run stopped.
public protocol BatchSource<Batch>: AnyObject {
  associatedtype Batch: CountedBatch
  func nextBatch() throws -> Batch
  /// Where the next batch starts.
  var position: DataPosition { get }
  func restore(_ position: DataPosition) throws
}

/// A place in a stream of batches.
public struct DataPosition: Codable, Sendable, Equatable {
  /// Whole passes over the examples.
  public var epoch = 0
  /// Examples taken in this pass.
  public var offset = 0
  /// How many examples a pass has; 0 when that has no meaning.
  public var count = 0
  /// The state of a random generator, where the source draws.
  public var random: [UInt64] = []
  /// Examples left out because they are too long.
  public var dropped = 0
  /// The answers of which more updates are to be made; nil between updates that draw their own.
  public var pending: PendingRollouts?
  /// What answering took so far, where the model's own answers are learnt.
  public var generation: GenerationWork?

  public init() {}

  /// - Throws: `TrainingError.badCheckpoint` for a place that is not in a stream of `expected` examples.
  func requireCount(_ expected: Int, of what: String) throws {
    guard count == expected, (0...expected).contains(offset), (0...1 << 30).contains(epoch),
      (0...1 << 30).contains(dropped)
    else {
      throw TrainingError.badCheckpoint(
        path: "data position", expected: "\(expected) \(what)", found: "\(count)")
    }
  }

  /// Passes over the examples, with fractions.
  public var epochs: Double { Double(epoch) + (count > 0 ? Double(offset) / Double(count) : 0) }
}

/// Sampled answers in the middle of the updates that are made of them.
public struct PendingRollouts: Codable, Sendable, Equatable {
  /// The micro-batches of one update.
  public var batches: [RolloutBatch]
  /// Updates made of them.
  public var iteration: Int
}

/// Turns a batch into a loss and its gradient.
public protocol TrainingObjective<Batch> {
  associatedtype Batch: CountedBatch

  /// Computes the loss of a micro-batch and, when `differentiates`, adds the gradient of `loss / normalizer` to the
  /// parameters of `model`.
  ///
  /// - Parameters:
  ///   - normalizer: the labels of the whole update, so that accumulation equals one large batch.
  ///   - isDetailed: also compute what is only logged, such as the token accuracy.
  func evaluate(
    _ batch: Batch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport

  /// Called after each update with the number of updates made.
  func finishUpdate(step: Int, model: Transformer)
  /// What is trained beside the model, and is no part of it. It is checkpointed by `keptArrays`.
  var trainedParameters: [Parameter] { get }
  /// What a checkpoint must hold beside the model and the optimizer.
  var keptArrays: [Checkpoint.Array] { get }
  /// Takes up what a checkpoint held. - Throws: `TrainingError.badCheckpoint`.
  func restore(_ arrays: [Checkpoint.Array]) throws
}

extension TrainingObjective {
  public func finishUpdate(step: Int, model: Transformer) {}
  public var trainedParameters: [Parameter] { [] }
  public var keptArrays: [Checkpoint.Array] { [] }
  public func restore(_ arrays: [Checkpoint.Array]) {}
}

/// Sums over the labels of a batch.
public struct LossReport: Sendable {
  /// Σ of the loss over labels.
  public var loss: Double
  /// Each metric's sum and what to divide it by.
  public var sums: [String: Mean]
  /// Metrics of which the largest counts.
  public var maxima: [String: Double] = [:]

  /// A mean in the making.
  public struct Mean: Sendable, Equatable {
    public var sum = 0.0
    public var weight = 0.0
    public var value: Double { weight > 0 ? sum / weight : .nan }
    public init(_ sum: Double = 0, over weight: Double = 0) {
      self.sum = sum
      self.weight = weight
    }
  }

  public init(loss: Double = 0, sums: [String: Mean] = [:]) {
    self.loss = loss
    self.sums = sums
  }

  public mutating func add(_ name: String, _ sum: Double, over weight: Double) {
    sums[name, default: Mean()].sum += sum
    sums[name, default: Mean()].weight += weight
  }

  public mutating func add(largest value: Double, as name: String) {
    maxima[name] = max(maxima[name] ?? value, value)
  }

  public mutating func merge(_ other: LossReport) {
    loss += other.loss
    for (name, value) in other.maxima { add(largest: value, as: name) }
    for (name, mean) in other.sums { add(name, mean.sum, over: mean.weight) }
  }
}
