import Corpus
import Files
import Foundation
import Kernels
import Text

/// The log-probabilities that servers told with their answers, in the records that are learnt from (`logprobs`).
///
/// A server tells of the likeliest tokens alone, and most tell of none that ends the answer. Where a learnt token is not told of,
/// because the words around the answer's are the student's own or were cut into other tokens, it is taken as nearly certain
/// (`AnswerSignals.certainty`): as the text alone teaches it. A server that scales what it tells by the temperature of its draws
/// tells of another distribution, which nothing here can see.
struct AnswerSignals: SignalSource {
  /// SHA-256 of what was told: nothing else is known of the teacher's weights.
  let teacher: String
  /// Of the student.
  let vocabulary: Int
  let largestK: Int
  /// Who told it, by what the records say. What the answers took is in the ledger beside them.
  let ledger: Ledger?
  /// Learnt tokens, and those of them that a server told of; ends of answers are counted where it did.
  private(set) var counts = (tokens: 0, told: 0)
  private let place: String
  private let encoder: ExampleEncoder
  /// For each example, by its fingerprint, and each of its learnt tokens: the likeliest, largest first; nil where none were told.
  private let told: [UInt64: [[Choice]?]]
  /// Examples whose records hold no log-probabilities.
  private let silent: Set<UInt64>

  private struct Choice {
    var token: Int32
    var probability: Float
  }

  /// Of a token that no server told of.
  static let certainty: Float = 0.9999
  /// What is left at least for tokens that are not named: servers round.
  private static let leastTail = 1e-6
  /// Where servers told of a smaller share of the tokens, these are another tokenizer's.
  private static let leastShare = 0.5

  /// - Parameters:
  ///   - paths: the files or folders of records.
  ///   - examples: that are learnt from; other records are passed over.
  ///   - vocabulary: tokens of the student.
  ///   - stage: of the ledger, without a teacher.
  /// - Throws: `CorpusError` for unreadable records; `SignalError.otherAnswers`.
  init(
    reading paths: [String], skipsBadLines: Bool, for examples: any ExampleSource, encoder: ExampleEncoder,
    includesReasoning: Bool, vocabulary: Int, stage: LedgerStage
  ) throws {
    guard encoder.learnsCompletionOnly else {
      throw SignalError.otherAnswers(
        place: "training.completion_only_loss", expected: "true: servers tell of their answers alone",
        found: "false")
    }
    place = paths.isEmpty ? "dataset.path" : paths.joined(separator: ", ")
    self.vocabulary = vocabulary
    self.encoder = encoder
    let wanted = Set(try (0..<examples.count).map { try examples.example(at: $0).fingerprint })
    let spellings = AnswerSignals.spellings(encoder.tokenizer)
    var told: [UInt64: [[Choice]?]] = [:]
    var silent = Set<UInt64>()
    var digest = ""
    var (names, licences) = (Set<String>(), Set<String?>())
    for path in paths {
      try RecordReader(skipsBadLines: skipsBadLines).forEach(in: path) { record, fields in
        guard record.isAnswer, !record.isWrongTrace else { return }
        let example = try RecordExamples(
          [record], encoder: encoder, includesReasoning: includesReasoning, name: path
        ).example(at: 0)
        let key = example.fingerprint
        guard wanted.contains(key), told[key] == nil else { return }
        let value = fields["logprobs"] ?? .null
        let answer: ToldAnswer?
        do throws(ToldAnswer.Malformed) {
          answer = value.isNull ? nil : try ToldAnswer(reading: value)
        } catch {
          throw SignalError.otherAnswers(place: record.place, expected: error.expected, found: error.found)
        }
        guard let answer, !answer.tokens.isEmpty else {
          silent.insert(key)
          return
        }
        digest += Fingerprint.sha256(Array(value.text().utf8))
        names.insert(fields["teacher"]?.string ?? "a server's model")
        licences.insert(record.teacherLicence)
        let learnt = example.learntLabels.map { Array(encoder.tokenizer.bytes(of: $0)) }
        told[key] = answer.places(of: learnt).map { place in
          place.map { AnswerSignals.choices(answer.tokens[$0].choices, spellings) }
        }
      }
    }
    guard let largest = told.values.joined().compactMap({ $0?.count }).max() else {
      throw SignalError.otherAnswers(
        place: place, expected: "records with `logprobs` of their answers in the student's tokens",
        found: told.isEmpty ? "\(silent.count) records without" : "none of \(told.count) in them")
    }
    teacher = Fingerprint.sha256(Array(digest.utf8))
    var stage = stage
    stage.teachers = [LedgerTeacher(name: names.sorted().joined(separator: ", "))]
    stage.teachers[0].sha256 = teacher
    if licences.count == 1 { stage.teachers[0].licence = licences.first ?? nil }
    ledger = Ledger([stage])
    largestK = min(max(1, largest), vocabulary)
    self.told = told
    self.silent = silent.subtracting(told.keys)
  }

  /// The token that each spelling stands for in texts.
  private static func spellings(_ tokenizer: Tokenizer) -> [[UInt8]: Int32] {
    var spellings: [[UInt8]: Int32] = [:]
    // Tokens that stand for single bytes come first, and the later one is the one that texts are cut into.
    for id in 0..<Int32(tokenizer.vocabularySize) {
      let bytes = Array(tokenizer.bytes(of: id))
      if !bytes.isEmpty { spellings[bytes] = id }
    }
    return spellings
  }

  /// The tokens of the student among what a server named.
  ///
  /// The distribution is over the student's tokens alone, renormalized, as a larger teacher's is that is asked; what lost its
  /// spelling is left to the tail.
  private static func choices(_ named: [ToldAnswer.Choice], _ spellings: [[UInt8]: Int32]) -> [Choice] {
    var masses: [Int32: Double] = [:]
    var foreign = 0.0
    for (bytes, logarithm) in named where !bytes.isEmpty {
      if let token = spellings[bytes] {
        masses[token, default: 0] += exp(logarithm)
      } else {
        foreign += exp(logarithm)
      }
    }
    let own = masses.values.sorted().reduce(0, +)
    let whole = max(1 - foreign, own / (1 - leastTail))
    return masses.map { Choice(token: $0, probability: whole > 0 ? Float($1 / whole) : 0) }
      .sorted { ($0.probability, $1.token) > ($1.probability, $0.token) }
  }

  mutating func signals(
    for examples: [Example], numbers: [Int], _ header: SignalHeader
  ) throws -> [Example] {
    return try zip(examples, numbers).map { example, number in
      let rows = told[example.fingerprint]
      guard let rows, rows.count == example.labelCount else {
        throw SignalError.otherAnswers(
          place: place, expected: "`logprobs` for example \(number) of the dataset",
          found: silent.contains(example.fingerprint)
            ? "none in its record"
            : "no such answer: state_choice, choice_orders and what a recipe makes itself write others")
      }
      var example = example
      var signal = KeptSignal(k: header.k, logProbabilities: [], indices: [], tail: [], temperature: 1)
      let ends = [try encoder.template.endID(encoder.tokenizer), encoder.tokenizer.endID]
      for (label, choices) in zip(example.learntLabels, rows) {
        if choices != nil || !ends.contains(label) { counts.tokens += 1 }
        if choices != nil { counts.told += 1 }
        append(choices ?? [Choice(token: label, probability: AnswerSignals.certainty)], to: &signal)
      }
      example.signal = signal
      return example
    }
  }

  /// The first k of a row. Where fewer were named, other tokens take the share of the unnamed mass that any of them has.
  private func append(_ choices: [Choice], to signal: inout KeptSignal) {
    var kept = Array(choices.prefix(signal.k))
    var rest = max(0, 1 - kept.reduce(0) { $0 + Double($1.probability) })
    let share = rest / Double(max(1, vocabulary - kept.count))
    let named = Set(kept.map(\.token))
    var token: Int32 = 0
    while kept.count < signal.k {
      if !named.contains(token) {
        kept.append(Choice(token: token, probability: Float(share)))
        rest -= share
      }
      token += 1
    }
    kept.sort { ($0.probability, $1.token) > ($1.probability, $0.token) }
    // Beyond what servers write, and finite in every type that keeps it.
    func logarithm(_ mass: Double) -> Float { mass > 0 ? Float(max(-9999, log(mass))) : -9999 }
    signal.logProbabilities += kept.map { logarithm(Double($0.probability)) }
    signal.indices += kept.map(\.token)
    signal.tail.append(logarithm(rest))
  }

  /// - Throws: `SignalError.otherAnswers` for answers in the tokens of another tokenizer.
  mutating func finish() throws {
    guard Double(counts.told) >= AnswerSignals.leastShare * Double(counts.tokens) else {
      throw SignalError.otherAnswers(
        place: place,
        expected:
          "answers of a model with the student's tokenizer, in whose tokens at least half of them are cut",
        found: "\(counts.told) of \(counts.tokens) tokens")
    }
  }
}

extension Example {
  fileprivate var learntLabels: [Int32] { labels.filter { $0 != Example.ignoredLabel } }
}

extension Record {
  /// Whether it holds a prompt and what answers it.
  fileprivate var isAnswer: Bool {
    switch content {
    case .completion, .problem: true
    case .text, .messages, .prompt, .preference: false
    }
  }
}
