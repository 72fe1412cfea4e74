import Foundation
import Kernels
import LanguageModels
import TensorCore

/// What can tell a teacher's distributions over examples.
protocol SignalSource {
  /// SHA-256 that stands for the teacher.
  var teacher: String { get }
  /// Tokens that the distributions are over.
  var vocabulary: Int { get }
  /// Tokens that can be kept at a position.
  var largestK: Int { get }
  /// What the telling took, for the ledger of what learns from it; nil where nobody knows.
  var ledger: Ledger? { get }
  /// The examples with their distributions.
  ///
  /// - Parameter numbers: of the examples in the dataset.
  mutating func signals(for examples: [Example], numbers: [Int], _ header: SignalHeader) throws -> [Example]
  /// What an earlier sitting took, for the ledger.
  mutating func add(earlier stage: LedgerStage)
  /// Examples of the earlier sitting, for the ledger.
  mutating func count(_ examples: [Example])
  /// After the last of them: throws where what was told cannot be right.
  mutating func finish() throws
}

extension SignalSource {
  mutating func add(earlier stage: LedgerStage) {}
  mutating func count(_ examples: [Example]) {}
  mutating func finish() {}
}

/// A model that reads the examples.
struct AskedTeacher: SignalSource {
  let model: Transformer
  let teacher: String
  private(set) var account: SignalAccount

  init(_ model: Transformer, fingerprint: String, _ account: SignalAccount) {
    (self.model, teacher, self.account) = (model, fingerprint, account)
  }

  var vocabulary: Int { model.configuration.vocabularySize }
  var largestK: Int { vocabulary }
  var ledger: Ledger? { account.ledger }

  mutating func add(earlier stage: LedgerStage) { account.add(earlier: stage) }
  mutating func count(_ examples: [Example]) { account.count(examples) }

  mutating func signals(
    for examples: [Example], numbers: [Int], _ header: SignalHeader
  ) throws -> [Example] {
    account.count(examples)
    let batch = TokenBatch(examples)
    var all = KeptSignal(
      k: header.k, logProbabilities: [], indices: [], tail: [], temperature: header.temperature)
    withoutGradient {
      let hidden = batch.learntStates(of: model)
      for first in stride(from: 0, to: batch.labelCount, by: 512) {
        let rows = first..<min(batch.labelCount, first + 512)
        let top = Kernels.topLogProbabilities(
          model.logits(of: slice(hidden, rows: rows)).buffer, columns: header.vocabulary, k: header.k,
          temperature: Float(header.temperature))
        all.append(
          KeptSignal(
            k: header.k, logProbabilities: top.values, indices: top.indices, tail: top.tails,
            temperature: header.temperature))
      }
    }
    var start = 0
    return examples.map { example in
      var example = example
      let rows = start..<start + example.labelCount
      start = rows.upperBound
      example.signal = all.rows(rows)
      return example
    }
  }
}
