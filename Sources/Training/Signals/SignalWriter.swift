import Foundation

/// Writes examples with their signals into the shards of one directory, an example never cut.
struct SignalWriter {
  let header: SignalHeader
  let type: StoredPrecision
  let directory: URL
  /// Learnt tokens that wait for their shard to be written.
  private(set) var waiting = 0
  private(set) var examples = 0
  private var tokens = 0
  private var foreseen = 0
  private var shard: [Example] = []
  private var names: [String] = []

  /// - Parameter fullShards: of an earlier sitting, after which it goes on.
  init(_ header: SignalHeader, _ type: StoredPrecision, in directory: URL, after fullShards: Int) {
    (self.header, self.type, self.directory) = (header, type, directory)
    names = (0..<fullShards).map { SignalDirectory.shardName($0 + 1) }
  }

  /// Adds examples that hold a signal each.
  mutating func add(_ answered: [Example]) {
    shard += answered
    for example in answered {
      waiting += example.labelCount
      count(example)
    }
  }

  /// Counts an example that a shard on disk holds.
  mutating func count(_ answered: Example) {
    examples += 1
    tokens += answered.labelCount
    foreseen += answered.foreseenLabels
  }

  /// Writes what waits, which may be filled further. - Throws: `WeightsError`, `FileError`.
  func save() throws {
    guard !shard.isEmpty else { return }
    let name = SignalDirectory.shardName(names.count + 1)
    try SignalShard.write(shard, header: header, type: type, to: directory.appendingPathComponent(name))
  }

  /// Writes what waits, and begins the next shard. - Throws: `WeightsError`, `FileError`.
  mutating func closeShard() throws {
    guard !shard.isEmpty else { return }
    try save()
    names.append(SignalDirectory.shardName(names.count + 1))
    (shard, waiting) = ([], 0)
  }

  /// Writes the rest and the list of shards, which makes the directory whole.
  ///
  /// - Parameter asked: the examples of the dataset, those that were left out too.
  mutating func finish(of asked: Int) throws -> SignalSummary {
    try closeShard()
    try SignalDirectory.writeIndex(names, examples: examples, tokens: tokens, to: directory)
    return SignalSummary(
      header: header, examples: examples, leftOut: asked - examples, tokens: tokens,
      bytes: try SignalDirectory(reading: directory).bytes, shards: names.count,
      foreseen: Double(foreseen) / Double(max(1, tokens)))
  }
}

extension Example {
  /// Learnt tokens that are among the signal's first eight.
  fileprivate var foreseenLabels: Int {
    guard let signal else { return 0 }
    let learnt = labels.filter { $0 != Example.ignoredLabel }
    return learnt.indices.count { row in
      signal.indices[row * signal.k..<(row + 1) * signal.k].prefix(8).contains(learnt[row])
    }
  }
}
