import Kernels

/// What a command can find wrong with its input before it asks a layer below.
enum CommandError: Diagnostic, Equatable {
  case foreignTokenizer(path: String, modelVocabulary: Int, tokenizerVocabulary: Int)
  case noPlace(path: String)
  case promptTooLong(place: String, tokens: Int, limit: Int)
  case nothingToAsk(path: String, records: Int)
  /// `counts` says what stands on each side.
  case emptySide(path: String, side: String, counts: String)
  case tooManyTokens(count: Int, limit: Int)
  case tokenOutsideVocabulary(token: Int32, vocabularySize: Int)
  case nothingToCompare(limit: Int)
  case otherTokens(path: String, text: String)
  case noSuchMetric(run: String, metric: String, known: [String])
  case examInterrupted(kept: Int, of: Int, unit: String)
  /// A card that the program did not write.
  case keptCard(path: String)
  /// An error that no layer explains.
  case internalFault(String)

  var place: String {
    switch self {
    case .noPlace(let path), .nothingToAsk(let path, _), .emptySide(let path, _, _): path
    case .foreignTokenizer(let path, _, _): "\(path)/tokenizer.json"
    case .promptTooLong(let place, _, _): place
    case .nothingToCompare: "--prompt"
    case .otherTokens(let path, _), .keptCard(let path): path
    case .noSuchMetric(let run, _, _): "run \(run)"
    case .tooManyTokens, .tokenOutsideVocabulary: "--tokens"
    case .examInterrupted: "interrupted"
    case .internalFault: "internal fault"
    }
  }

  var expected: String {
    switch self {
    case .foreignTokenizer(_, let model, _): "at most the model's \(model) tokens"
    case .noPlace: "a file in an existing folder"
    case .promptTooLong(_, _, let limit): "fewer than \(limit) tokens (max_position_embeddings)"
    case .nothingToAsk: "records with a question and an answer"
    case .emptySide(_, let side, _): "questions of the \(side) side"
    case .nothingToCompare(let limit): "texts of 1 to \(limit) tokens"
    case .otherTokens: "the tokens of the model's own tokenizer"
    case .noSuchMetric: "a metric of the run"
    case .keptCard: "a card that this program wrote, or none"
    case .tooManyTokens(_, let limit): "1 to \(limit) tokens (max_position_embeddings)"
    case .tokenOutsideVocabulary(_, let size): "ids from 0 to \(size - 1)"
    case .examInterrupted(_, let all, let unit): "\(all) \(unit)"
    case .internalFault: "no error here"
    }
  }

  var found: String {
    switch self {
    case .foreignTokenizer(_, _, let tokens): "\(tokens)"
    case .noPlace: "no such folder"
    case .promptTooLong(_, let tokens, _): "\(tokens)"
    case .nothingToAsk(_, let records): "none among \(records) records"
    case .emptySide(_, _, let counts): counts
    case .nothingToCompare: "none, or longer ones"
    case .otherTokens(_, let text): "others for \"\(text)\""
    case .noSuchMetric(_, let metric, _): metric
    case .keptCard: "one that a person keeps"
    case .tooManyTokens(let count, _): "\(count)"
    case .tokenOutsideVocabulary(let token, _): "\(token)"
    case .examInterrupted(let kept, _, _): "\(kept)"
    case .internalFault(let text): text
    }
  }

  var nextStep: String {
    switch self {
    case .noPlace: "check the path"
    case .foreignTokenizer: "use the tokenizer that belongs to the model"
    case .promptTooLong: "shorten the prompt, or use a model with a longer context"
    case .emptySide: "leave --side out, or name another"
    case .nothingToAsk: "see the accepted forms with `swiftlet data check --help`"
    case .nothingToCompare: "give other texts"
    case .otherTokens: "export to a directory instead"
    case .noSuchMetric(_, _, let known):
      known.isEmpty ? "the run has none" : "it has " + known.joined(separator: ", ")
    case .keptCard: "move it away, or write elsewhere (of `swiftlet card`: --output)"
    case .tooManyTokens: "give fewer tokens"
    case .tokenOutsideVocabulary: "use ids of this model's tokenizer"
    case .examInterrupted: "they are kept: run the same command again, without --fresh, to go on"
    case .internalFault: "report it with the output of `swiftlet env`"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .noPlace, .keptCard: .cannotWrite
    case .internalFault: .internalFault
    case .examInterrupted: .interrupted
    case .foreignTokenizer, .promptTooLong, .nothingToAsk, .emptySide, .tooManyTokens,
      .tokenOutsideVocabulary,
      .nothingToCompare, .otherTokens, .noSuchMetric:
      .badData
    }
  }
}
