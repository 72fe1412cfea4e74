import Files
import Foundation
import Weights

/// Everything that a run needs in order to continue as if it had never stopped.
public struct Checkpoint: Sendable {
  /// A named array of a model or an optimizer.
  public struct Array: Sendable, Equatable {
    public var name: String
    public var shape: [Int]
    public var values: [Float]

    public init(name: String, shape: [Int], values: [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  public var state: RunState
  public var parameters: [Array]
  /// The optimizer's moments, named `m.` or `v.` and the parameter's name.
  public var optimizer: [Array]
  /// What the objective moves: a reference model, named `reference.` and the parameter's name, or the maps of hidden states,
  /// named `projection.` and the layers. Empty for most.
  public var objective: [Array]

  public init(state: RunState, parameters: [Array], optimizer: [Array], objective: [Array] = []) {
    self.objective = objective
    self.state = state
    self.parameters = parameters
    self.optimizer = optimizer
  }
}

/// The small part of a checkpoint: counts, positions and what the run is.
public struct RunState: Codable, Sendable, Equatable {
  /// The layout of the checkpoint.
  public var format = 1
  /// Updates done.
  public var step = 0
  /// Updates that the optimizer has done since its own start.
  public var optimizerStep = 0
  public var data = DataPosition()
  public var tokens = 0
  /// Floating-point operations of training so far.
  public var operations = 0.0
  /// Floating-point operations of the frozen models that read the batches too; nil where there are none.
  public var frozenOperations: Double?
  public var elapsedSeconds = 0.0
  /// What the whole process took, loading included, all sittings together; nil in checkpoints of an older program.
  public var spent: StageTime?
  /// Updates in the whole run, nil when the clock ends it.
  public var totalSteps: Int?
  /// `Recipe.identity`.
  public var recipeIdentity = ""
  /// The resolved recipe, as YAML.
  public var recipe = ""
  /// The last value of each metric.
  public var metrics: [String: Double] = [:]
  /// The evaluation whose model the run would end with; nil where the last one is taken, or none was made.
  public var best: BestEvaluation?
  /// The evaluation after this update was broken off; nil where none is owed.
  var owesEvaluation: Bool?

  public init() {}

  /// Whether a run can have come to these numbers: sums that go on from them must not overflow.
  var isPossible: Bool {
    let counts = [
      step, optimizerStep, tokens, data.epoch, data.offset, data.count, data.dropped, totalSteps ?? 0,
    ]
    let amounts = [
      operations, frozenOperations ?? 0, elapsedSeconds, spent?.seconds ?? 0, spent?.coreSeconds ?? 0,
    ]
    return counts.allSatisfy { (0...1 << 48).contains($0) } && amounts.allSatisfy { (0...1e60).contains($0) }
      && elapsedSeconds <= 1e12
  }
}

/// The best of a run's evaluations so far, by `metric_for_best_model`.
public struct BestEvaluation: Codable, Sendable, Equatable {
  /// Updates done by then.
  public var step: Int
  public var value: Double
}

/// The checkpoints of a run: `checkpoint-0000200/` and so on under one directory, the last few kept.
///
/// Each is a model directory as well. It is written under a hidden name, synced and renamed: a name that starts with
/// `checkpoint-` is always whole, whatever killed the run.
public struct CheckpointDirectory: Sendable {
  public let directory: URL
  public let kept: Int
  /// Where a checkpoint keeps the parameters, and what stands beside them.
  let weights: Weights

  struct Weights: Sendable {
    var file: String
    var metadata: [String: String]
  }

  static let modelWeights = Weights(file: "model.safetensors", metadata: ["format": "pt"])

  public init(_ directory: URL, kept: Int = 2) {
    self.init(directory, kept: kept, weights: Self.modelWeights)
  }

  init(_ directory: URL, kept: Int, weights: Weights) {
    self.directory = directory
    self.kept = kept
    self.weights = weights
  }

  private static let prefix = "checkpoint-"
  private static let partialPrefix = ".partial-checkpoint-"

  /// The whole checkpoints, oldest first.
  public func steps() -> [Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return names.compactMap { name in
      name.hasPrefix(Self.prefix) ? Int(name.dropFirst(Self.prefix.count)) : nil
    }.sorted()
  }

  /// Whether there is nothing to go on from, not even a checkpoint that was being replaced.
  public var isEmpty: Bool { steps().isEmpty && directoriesMovedAside(in: directory).isEmpty }

  public func url(step: Int) -> URL {
    let digits = String(step)
    let padding = String(repeating: "0", count: max(0, 7 - digits.count))
    return directory.appendingPathComponent(Self.prefix + padding + digits)
  }

  /// Writes a checkpoint, then removes those that are no longer kept.
  ///
  /// - Parameter companions: writes further files (`config.json`, the tokenizer) beside it.
  /// - Throws: `TrainingError.cannotWrite`, or what writing a file throws; older checkpoints stay whole, one of the same
  ///   step too.
  @discardableResult
  public func save(_ checkpoint: Checkpoint, companions: (URL) throws -> Void = { _ in }) throws -> URL {
    let files = FileManager.default
    let target = url(step: checkpoint.state.step)
    let partial = directory.appendingPathComponent(
      Self.partialPrefix + "\(checkpoint.state.step)-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try files.createDirectory(at: directory, withIntermediateDirectories: true)
      removePartial()
      try files.createDirectory(at: partial, withIntermediateDirectories: true)
    } catch {
      throw TrainingError.cannotWrite(path: partial.path, reason: error.localizedDescription)
    }
    do {
      try Self.write(
        checkpoint.parameters, metadata: weights.metadata, to: partial.appendingPathComponent(weights.file))
      try Self.write(
        checkpoint.optimizer, metadata: Self.modelWeights.metadata,
        to: partial.appendingPathComponent("optimizer.safetensors"))
      if !checkpoint.objective.isEmpty {
        try Self.write(
          checkpoint.objective, metadata: Self.modelWeights.metadata,
          to: partial.appendingPathComponent("objective.safetensors"))
      }
      try companions(partial)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
      // Last: a state file means that the others were written.
      try AtomicFile.write(encoder.encode(checkpoint.state), to: partial.appendingPathComponent("state.json"))
      try replaceDirectory(target, with: partial)
    } catch {
      try? files.removeItem(at: partial)
      throw error
    }
    syncDirectory()
    for step in steps().dropLast(kept) { try? files.removeItem(at: url(step: step)) }
    return target
  }

  /// The newest checkpoint, nil when there is none. Only for the run that writes here: what a killed one left is cleared.
  public func latest() throws -> Checkpoint? {
    finishReplacements(in: directory)
    return try steps().last.map { try read(step: $0) }
  }

  public func read(step: Int) throws -> Checkpoint {
    let place = url(step: step)
    let data = try readFile(place.appendingPathComponent("state.json"))
    let state: RunState
    do {
      state = try JSONDecoder().decode(RunState.self, from: data)
    } catch {
      throw TrainingError.badCheckpoint(
        path: place.appendingPathComponent("state.json").path, expected: "the state of a run",
        found: "something else")
    }
    guard state.format == 1, state.step == step else {
      throw TrainingError.badCheckpoint(
        path: place.path, expected: "format 1, step \(step)",
        found: "format \(state.format), step \(state.step)")
    }
    guard state.isPossible else {
      throw TrainingError.badCheckpoint(
        path: place.appendingPathComponent("state.json").path, expected: "numbers that a run can reach",
        found: "others")
    }
    let kept = place.appendingPathComponent("objective.safetensors")
    return Checkpoint(
      state: state, parameters: try Self.readArrays(place.appendingPathComponent(weights.file)),
      optimizer: try Self.readArrays(place.appendingPathComponent("optimizer.safetensors")),
      objective: FileManager.default.fileExists(atPath: kept.path) ? try Self.readArrays(kept) : [])
  }

  private static func write(
    _ arrays: [Checkpoint.Array], metadata: [String: String], to url: URL
  ) throws {
    try SafetensorsWriter.write(
      arrays.map { StoredTensor($0.name, shape: $0.shape, floats: $0.values) }, metadata: metadata, to: url)
  }

  private static func readArrays(_ url: URL) throws -> [Checkpoint.Array] {
    let file = try SafetensorsFile(reading: url)
    return try file.names.sorted().map {
      Checkpoint.Array(name: $0, shape: try file.shape($0), values: try file.floats($0))
    }
  }

  /// What a killed run left behind.
  private func removePartial() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    for name in names where name.hasPrefix(Self.partialPrefix) {
      try? FileManager.default.removeItem(at: directory.appendingPathComponent(name))
    }
  }

  /// The new name survives a power cut only when the directory itself is synced.
  private func syncDirectory() {
    let descriptor = open(directory.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }
}
