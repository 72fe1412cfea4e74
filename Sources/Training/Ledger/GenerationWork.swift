import Evaluation
import LanguageModels

/// How many tokens passed through a model while it answered.
public struct GenerationWork: Codable, Sendable, Equatable {
  /// Prompts, each once however many samples it has, and all generated tokens.
  public private(set) var tokens = 0
  /// The generated ones alone.
  public private(set) var generated = 0
  private var sequences = 0
  private var lengths = 0

  package init(_ answers: [Examination.Answered] = []) { add(answers) }

  /// - Throws: `DecodingError` for counts that no run reaches, whose sums could overflow.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func count(_ key: CodingKeys) throws -> Int {
      let count = try container.decode(Int.self, forKey: key)
      guard Ledger.counts.contains(count) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "a count from 0 to \(Ledger.counts.upperBound)")
      }
      return count
    }
    (tokens, generated) = (try count(.tokens), try count(.generated))
    (sequences, lengths) = (try count(.sequences), try count(.lengths))
  }

  package mutating func add(_ answers: [Examination.Answered]) {
    for answer in answers {
      add(prompt: answer.prompt.count, generated: answer.sequence.tokens.count, sample: answer.sample)
    }
  }

  /// One answer, in tokens; `sample` is its number among those of its prompt.
  package mutating func add(prompt: Int, generated: Int, sample: Int) {
    tokens += generated + (sample == 0 ? prompt : 0)
    self.generated += generated
    lengths += generated + prompt
    sequences += 1
  }

  /// Forward operations, attention at the mean length of the sequences.
  package func flops(of configuration: ModelConfiguration) -> Double {
    Double(tokens) * configuration.forwardFLOPsPerToken(sequenceLength: lengths / max(1, sequences))
  }
}
