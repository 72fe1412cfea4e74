import Kernels

/// What can be wrong with what a model is measured on.
public enum EvaluationError: Diagnostic, Equatable {
  case noChoices(place: String, found: String)
  case answerNotListed(place: String, answer: String, choices: Int)
  /// No question that lists its answers.
  case noneListed(path: String, questions: Int)
  /// A choice of which the tokenizer makes no token.
  case noTokens(place: String, choice: String)
  case missingLanguages(place: String, id: String, expected: [String], missing: [String], others: Int)
  case noStartToken
  case noText(path: String)
  case invalidWindow(name: String, limit: Int, found: Int)

  public var place: String {
    switch self {
    case .noChoices(let place, _), .answerNotListed(let place, _, _), .noTokens(let place, _): place
    case .missingLanguages(let place, let id, _, _, _): "\(place): parallel_id \(id)"
    case .noStartToken: "tokenizer"
    case .noneListed(let path, _), .noText(let path): path
    case .invalidWindow(let name, _, _): name
    }
  }

  public var expected: String {
    switch self {
    case .noChoices: "the texts of two or more options in \"choices\""
    case .answerNotListed(_, _, let count): "\"answer\" among the \(count) choices, or the letter of one"
    case .noneListed: "choice or boolean questions"
    case .noTokens: "choices that the tokenizer can write"
    case .missingLanguages(_, _, let languages, _, _): "records in " + languages.joined(separator: ", ")
    case .noStartToken: "a token that begins or ends a text"
    case .noText: "text of at least one token"
    case .invalidWindow(_, let limit, _): "1 to \(limit) tokens"
    }
  }

  public var found: String {
    switch self {
    case .noChoices(_, let found): found
    case .answerNotListed(_, let answer, _): "\"\(answer)\""
    case .noneListed(_, let questions): "none among \(questions) questions"
    case .noTokens(_, let choice): "no token for \"\(choice)\""
    case .missingLanguages(_, _, _, let missing, let others):
      "none in " + missing.joined(separator: ", ") + (others > 0 ? " (and \(others) more such groups)" : "")
    case .noStartToken, .noText: "none"
    case .invalidWindow(_, _, let found): "\(found)"
    }
  }

  public var nextStep: String {
    switch self {
    case .noChoices, .answerNotListed:
      "mend the record, or pass --skip-bad to count and leave out such records"
    case .noneListed: "ask them with --method generate"
    case .noTokens: "use a model whose vocabulary covers the language, or pass --skip-bad"
    case .missingLanguages:
      "add the missing records, or pass --skip-bad to count and leave out such groups"
    case .noStartToken: "name a bos_token or an eos_token in tokenizer_config.json"
    case .noText: "give texts that are not empty"
    case .invalidWindow: "choose a number in that range"
    }
  }

  public var exitCode: ExitCode { if case .invalidWindow = self { .usage } else { .badData } }
}
