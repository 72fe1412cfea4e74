import Corpus
import LanguageModels
import Text

/// Asks a model how likely it finds each listed answer, instead of having it write one.
///
/// A choice is what the assistant says after the question under the model's template, without the token that ends the
/// turn: shorter choices pay nothing for ending.
public struct ChoiceExamination {
  public let generator: Generator
  public let tokenizer: Tokenizer
  public let template: ModelTemplate
  /// Score the choices behind an empty question too.
  public var measuresUnconditional = false

  public init(generator: Generator, tokenizer: Tokenizer, template: ModelTemplate) {
    self.generator = generator
    self.tokenizer = tokenizer
    self.template = template
  }

  public struct Question: Sendable {
    public let problem: Problem
    public let choices: ListedChoices

    public init(problem: Problem, choices: ListedChoices) {
      self.problem = problem
      self.choices = choices
    }
  }

  public struct Scored: Sendable {
    /// The answer by `ChoiceRule.sum`.
    public let graded: GradedAnswer
    public let scores: ChoiceScores
  }

  /// The lists of choices, each once: questions that list the same answers share what those are worth by themselves. In
  /// the order of the questions, so that every process scores the same batches.
  package static func lists(of questions: [Question]) -> [[String]] {
    var seen: Set<[String]> = []
    return questions.map(\.choices.texts).filter { seen.insert($0).inserted }
  }

  /// - Parameters:
  ///   - archive: has scores from before, and keeps those of each question when they are finished.
  ///   - progress: called after every step, when what is finished has been kept; what it throws ends the examination.
  /// - Returns: the choices' log-likelihoods, in the order of the questions.
  /// - Throws: `LanguageModelError` for a prompt with choices that does not fit the context, `EvaluationError.noTokens`,
  ///   and what `archive` and `progress` throw.
  public func answers(
    to questions: [Question], archive: (any AnswerArchive<[KeptScore]>)? = nil,
    progress: ((ExaminationProgress) throws -> Void)? = nil
  ) throws -> [Scored] {
    var encoder = ChoiceEncoder(tokenizer: tokenizer, template: template)
    let requests = try questions.map { try encoder.request($0.problem, $0.choices) }
    let lists = measuresUnconditional ? Self.lists(of: questions) : []
    let alone = try lists.map { try encoder.request("", $0, place: "an empty question") }
    let results = try generator.score(requests + alone, archive: archive, progress: progress)
    let unconditional = Dictionary(
      uniqueKeysWithValues: zip(lists, results.dropFirst(requests.count).map { $0.map(\.logLikelihood) }))
    return zip(zip(questions, requests), results).map { asked, continuations in
      let (question, request) = asked
      let (problem, choices) = (question.problem, question.choices)
      let scores = ChoiceScores(
        choices: choices.texts, logLikelihoods: continuations.map(\.logLikelihood),
        unconditional: unconditional[choices.texts], isGreedy: continuations.map(\.isGreedy),
        right: [choices.right])
      let chosen = scores.choice(by: .sum) ?? 0
      let verification = Verification(
        verdict: chosen == choices.right ? .correct : .wrong, parsed: choices.readings[chosen],
        method: "the likeliest choice")
      let graded = GradedAnswer(
        problem: problem, completion: choices.texts[chosen], verification: verification,
        tokenCount: request.continuations[chosen].count, stopped: true)
      return Scored(graded: graded, scores: scores)
    }
  }
}

/// Turns questions and their choices into tokens.
public struct ChoiceEncoder {
  private let tokenizer: Tokenizer
  private let template: ModelTemplate
  /// The tokens of a choice do not depend on the question.
  private var known: [String: [Int32]] = [:]

  public init(tokenizer: Tokenizer, template: ModelTemplate) {
    self.tokenizer = tokenizer
    self.template = template
  }

  /// - Throws: `EvaluationError.noTokens`, and what the template finds wrong.
  public mutating func request(_ problem: Problem, _ choices: ListedChoices) throws -> ScoringRequest {
    try request(problem.prompt, choices.texts, place: problem.id)
  }

  fileprivate mutating func request(
    _ question: String, _ choices: [String], place: String
  ) throws -> ScoringRequest {
    let prompt = try template.promptTokens([ChatMessage(role: "user", content: question)], tokenizer)
    return ScoringRequest(
      prompt: prompt, continuations: try choices.map { try tokens(of: $0, place: place) })
  }

  /// What the assistant's turn holds when it says `choice`, without the token that ends it.
  private mutating func tokens(of choice: String, place: String) throws -> [Int32] {
    if let tokens = known[choice] { return tokens }
    let whole = try template.tokens(prompt: "question", completion: choice, tokenizer)
    var tokens = zip(whole.tokens, whole.completionMask).filter { $1 == 1 }.map(\.0)
    if tokens.last == (try template.endID(tokenizer)) { tokens.removeLast() }
    guard !tokens.isEmpty else { throw EvaluationError.noTokens(place: place, choice: choice) }
    known[choice] = tokens
    return tokens
  }
}
