import Kernels

/// Fills batches with whole documents in a seeded order, pass after pass.
///
/// With packing a batch takes documents while they fit into `capacity` tokens; without, it takes a fixed number. Documents
/// are never cut here; those longer than `maxLength` are left out and counted. The order depends on the seed and the pass
/// alone.
public final class PackedBatchSource: BatchSource {
  public let examples: any ExampleSource
  private let documentsPerBatch: Int
  private let maxLength: Int
  private let packs: Bool
  private let seed: UInt64
  public private(set) var position: DataPosition
  private var order: [Int]
  private var orderedEpoch: Int
  private var cache = ExampleCache()

  public init(
    _ examples: any ExampleSource, batchSize: Int, maxLength: Int, packs: Bool, seed: UInt64
  ) {
    self.examples = examples
    documentsPerBatch = batchSize
    self.maxLength = maxLength
    self.packs = packs
    self.seed = seed
    position = DataPosition()
    position.count = examples.count
    order = PackedBatchSource.order(count: examples.count, seed: seed, epoch: 0)
    orderedEpoch = 0
  }

  /// Tokens that a packed batch can hold.
  public var capacity: Int { documentsPerBatch * maxLength }

  /// Examples taken but left out in the first pass.
  public var dropped: Int { position.dropped }

  public func restore(_ position: DataPosition) throws {
    guard position.count == examples.count, position.offset <= examples.count else {
      throw TrainingError.badCheckpoint(
        path: "data position", expected: "\(examples.count) examples", found: "\(position.count)")
    }
    self.position = position
  }

  public func nextBatch() throws -> TokenBatch {
    var taken: [Example] = []
    var tokens = 0
    var seen = 0
    while taken.count < documentsPerBatch || packs {
      let example = try upcoming()
      if example.count > maxLength || example.labelCount == 0 {
        if position.epoch == 0 { position.dropped += 1 }
      } else if packs, tokens + example.count > capacity {
        break
      } else {
        taken.append(example)
        tokens += example.count
      }
      position.offset += 1
      seen += 1
      // A pass without a single usable example would never end.
      if taken.isEmpty, seen > examples.count {
        throw TrainingError.noExamples(source: examples.name, dropped: position.dropped, maxLength: maxLength)
      }
      // A small data set may be packed several times into one batch; once is enough.
      if seen >= examples.count, !taken.isEmpty { break }
    }
    return TokenBatch(taken)
  }

  /// The example at the present position, starting the next pass when this one is over.
  private func upcoming() throws -> Example {
    guard examples.count > 0 else {
      throw TrainingError.noExamples(source: examples.name, dropped: 0, maxLength: maxLength)
    }
    if position.offset >= examples.count {
      position.offset = 0
      position.epoch += 1
    }
    if orderedEpoch != position.epoch {
      order = PackedBatchSource.order(count: examples.count, seed: seed, epoch: position.epoch)
      orderedEpoch = position.epoch
    }
    return try cache.example(at: order[position.offset], of: examples)
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
    while position.epoch == 0, position.offset < examples.count {
      _ = try nextBatch()
      batches += 1
    }
    return max(1, batches)
  }
}

/// Keeps examples that were made, up to a number of tokens: generating and encoding a problem costs more than training on
/// a few of its tokens.
struct ExampleCache {
  private var stored: [Int: Example] = [:]
  private var tokens = 0
  var limit = 16_000_000

  mutating func example(at index: Int, of source: any ExampleSource) throws -> Example {
    if let example = stored[index] { return example }
    let example = try source.example(at: index)
    if tokens + example.count <= limit {
      stored[index] = example
      tokens += example.count
    }
    return example
  }
}
