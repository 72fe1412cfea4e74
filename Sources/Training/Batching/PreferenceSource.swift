import Corpus

/// Records with a chosen and a rejected answer, in batches of a fixed number of pairs and a seeded order, pass after pass.
///
/// Pairs of which an answer is longer than `maxLength` with its prompt are left out and counted.
public final class PreferenceSource: BatchSource {
  public let name: String
  private let records: [Record]
  private let encoder: ExampleEncoder
  private let batchSize: Int
  private let maxLength: Int
  private let seed: UInt64
  public private(set) var position = DataPosition()
  private var order: [Int] = []
  private var orderedEpoch = -1

  /// - Parameter name: what errors call the records.
  public init(
    _ records: [Record], encoder: ExampleEncoder, batchSize: Int, maxLength: Int, seed: UInt64, name: String
  ) {
    self.records = records
    self.encoder = encoder
    self.batchSize = batchSize
    self.maxLength = maxLength
    self.seed = seed
    self.name = name
    position.count = records.count
  }

  public func restore(_ position: DataPosition) throws {
    try position.requireCount(records.count, of: "pairs")
    self.position = position
  }

  /// At the end of a pass the batch holds what is left.
  public func nextBatch() throws -> PreferenceBatch {
    var pairs: [PreferencePair] = []
    var passed = 0
    while pairs.count < batchSize {
      if position.offset >= position.count {
        if !pairs.isEmpty { break }
        guard position.count > 0, passed <= position.count else {
          throw TrainingError.noExamples(source: name, dropped: position.dropped, maxLength: maxLength)
        }
        position.offset = 0
        position.epoch += 1
      }
      if orderedEpoch != position.epoch {
        order = PackedBatchSource.order(count: position.count, seed: seed, epoch: position.epoch)
        orderedEpoch = position.epoch
      }
      let pair = try encoder.pair(records[order[position.offset]])
      position.offset += 1
      passed += 1
      if fits(pair.chosen), fits(pair.rejected) {
        pairs.append(pair)
      } else if position.epoch == 0 {
        position.dropped += 1
      }
    }
    return PreferenceBatch(pairs)
  }

  /// Every pair once, in the order of the records; none where none fits.
  package func wholePass() throws -> [PreferenceBatch] {
    let pairs = try records.map(encoder.pair).filter { fits($0.chosen) && fits($0.rejected) }
    return stride(from: 0, to: pairs.count, by: batchSize).map { first in
      PreferenceBatch(Array(pairs[first..<min(pairs.count, first + batchSize)]))
    }
  }

  private func fits(_ example: Example) -> Bool { example.count <= maxLength && example.labelCount > 0 }
}

extension ExampleEncoder {
  /// - Throws: `TrainingError.badRecord` for a record of another form.
  func pair(_ record: Record) throws -> PreferencePair {
    guard case .preference(let prompt, let chosen, let rejected) = record.content else {
      throw TrainingError.badRecord(
        place: record.place, expected: "prompt, chosen and rejected", found: "a record of another form")
    }
    return PreferencePair(
      chosen: try answer(prompt: prompt, chosen), rejected: try answer(prompt: prompt, rejected))
  }

  private func answer(prompt: String, _ completion: String) throws -> Example {
    let encoder = ExampleEncoder(tokenizer: tokenizer, template: template)
    return try encoder.example(prompt: prompt, completion: completion)
  }
}
