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
  /// Those of an earlier sitting, and where each example of theirs is.
  private let earlier: [SignalShard]
  private var places: [UInt64: (shard: Int, rows: Range<Int>)] = [:]

  /// Goes on after the whole shards of an earlier sitting. - Throws: `SignalError`, `FileError`.
  init(_ header: SignalHeader, _ type: StoredPrecision, goingOnIn directory: URL) throws {
    (self.header, self.type, self.directory) = (header, type, directory)
    earlier = try SignalDirectory.shards(in: directory)
    for (number, shard) in earlier.enumerated() {
      names.append(SignalDirectory.shardName(number + 1))
      examples += shard.examples.count
      for example in shard.examples {
        places[example.fingerprint] = (number, example.rows)
        tokens += example.rows.count
      }
    }
  }

  /// Whether an example was collected in an earlier sitting.
  mutating func takeUp(_ example: Example) throws -> Bool {
    guard let (shard, rows) = places.removeValue(forKey: example.fingerprint),
      rows.count == example.labelCount
    else { return false }
    var answered = example
    answered.signal = try earlier[shard].signal(rows)
    foreseen += answered.foreseenLabels
    return true
  }

  /// Adds examples that hold a signal each.
  mutating func add(_ answered: [Example]) {
    shard += answered
    examples += answered.count
    for example in answered {
      waiting += example.labelCount
      tokens += example.labelCount
      foreseen += example.foreseenLabels
    }
  }

  /// Writes what waits. - Throws: `WeightsError`, `FileError`.
  mutating func closeShard() throws {
    guard !shard.isEmpty else { return }
    names.append(SignalDirectory.shardName(names.count + 1))
    try SignalShard.write(
      shard, header: header, type: type, to: directory.appendingPathComponent(names[names.count - 1]))
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
