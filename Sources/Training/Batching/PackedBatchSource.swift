import Kernels

/// Fills batches with whole documents in a seeded order, pass after pass.
///
/// With packing a batch takes documents while they fit into `capacity` tokens; without, it takes a fixed number; at the
/// end of a pass it takes what is left. Documents are never cut here; those longer than `maxLength` are left out and
/// counted. The order depends on the seed and the pass alone.
public final class PackedBatchSource: BatchSource {
  public let examples: any ExampleSource
  private let documentsPerBatch: Int
  private let maxLength: Int
  private let packs: Bool
  private let seed: UInt64
  private let curriculum: Curriculum?
  public private(set) var position: DataPosition
  private var order: [Int]
  private var orderedEpoch: Int
  private var cache = ExampleCache()

  /// - Parameter curriculum: orders the first pass from easy to hard.
  public init(
    _ examples: any ExampleSource, batchSize: Int, maxLength: Int, packs: Bool, seed: UInt64,
    curriculum: Curriculum? = nil
  ) {
    self.examples = examples
    documentsPerBatch = batchSize
    self.maxLength = maxLength
    self.packs = packs
    self.seed = seed
    self.curriculum = curriculum
    position = DataPosition()
    position.count = examples.count
    order = []
    orderedEpoch = -1
  }

  /// Tokens that a packed batch can hold.
  public var capacity: Int { documentsPerBatch * maxLength }

  /// Examples taken but left out in the first pass.
  public var dropped: Int { position.dropped }

  public func restore(_ position: DataPosition) throws {
    try position.requireCount(examples.count, of: "examples")
    self.position = position
  }

  public func nextBatch() throws -> TokenBatch {
    var taken: [Example] = []
    var tokens = 0
    if position.offset >= position.count { try startPass() }
    let firstPass = position.epoch
    while position.offset < position.count, taken.count < documentsPerBatch || packs {
      let example = try cache.example(at: order(ofPass: position.epoch)[position.offset], of: examples)
      if example.count > maxLength || example.labelCount == 0 {
        if position.epoch == 0 { position.dropped += 1 }
      } else if packs, tokens + example.count > capacity {
        break
      } else {
        taken.append(example)
        tokens += example.count
      }
      position.offset += 1
      if taken.isEmpty, position.offset >= position.count {
        // The pass ended on examples that are left out; a whole pass of them would never end.
        if position.epoch > firstPass { throw nothing }
        try startPass()
      }
    }
    return TokenBatch(taken)
  }

  private func startPass() throws {
    guard position.count > 0 else { throw nothing }
    position.offset = 0
    position.epoch += 1
  }

  private var nothing: TrainingError {
    .noExamples(source: examples.name, dropped: position.dropped, maxLength: maxLength)
  }

  private func order(ofPass epoch: Int) -> [Int] {
    if orderedEpoch != epoch {
      order = PackedBatchSource.order(count: examples.count, seed: seed, epoch: epoch)
      if epoch == 0, let curriculum {
        order = curriculum.order(order, difficulties: examples.difficulties, seed: seed)
      }
      orderedEpoch = epoch
    }
    return order
  }

  /// A permutation of the examples for one pass (Fisher–Yates).
  static func order(count: Int, seed: UInt64, epoch: Int) -> [Int] {
    var random = SeededRandom(seed: seed, index: epoch)
    var order = Array(0..<count)
    order.shuffle(using: &random)
    return order
  }

  /// The micro-batches of one pass, found by packing it: the first pass stands for all.
  public func batchesPerEpoch() throws -> Int {
    let saved = position
    defer { position = saved }
    position = DataPosition()
    position.count = examples.count
    var batches = 0
    repeat {
      _ = try nextBatch()
      batches += 1
    } while position.epoch == 0 && position.offset < position.count
    return batches
  }
}

/// Keeps examples that were made, up to a number of tokens and kept log-probabilities: generating and encoding a problem costs more than training on
/// a few of its tokens.
struct ExampleCache {
  private var stored: [Int: Example] = [:]
  private var size = 0
  var limit = 16_000_000

  mutating func example(at index: Int, of source: any ExampleSource) throws -> Example {
    if let example = stored[index] { return example }
    let example = try source.example(at: index)
    if size + example.storedSize <= limit {
      stored[index] = example
      size += example.storedSize
    }
    return example
  }
}
