import Kernels

/// What can stop a collection of teacher outputs.
public enum TeachingError: Diagnostic, Equatable {
  /// Nobody's name: what stands in place of the variable's may be the key itself.
  case missingKey
  case badKey
  case noQuestions(place: String, heldOut: Int)
  case exists(path: String)
  /// The output would be written over what the recipe reads.
  case replacesInput(path: String)
  /// A directory where a file is to be written, or a file where a directory is.
  case otherKind(path: String, isDirectory: Bool)
  case unavailable(address: String, reason: String, kept: Int, of: Int)
  case interrupted(kept: Int, of: Int)
  /// A model here that can read none of the prompts; why of the first.
  case noneFits(place: String, prompts: Int, reason: String)
  case badStoredAnswer(store: String, hash: String, found: String)
  case nothingKept(place: String, answers: Int, commonest: String)

  public var place: String {
    switch self {
    case .missingKey, .badKey: "the environment variable that api_key_environment names"
    case .noQuestions(let place, _): place
    case .exists(let path), .otherKind(let path, _), .replacesInput(let path): path
    case .unavailable(let address, _, _, _): address
    case .interrupted: "interrupted"
    case .badStoredAnswer(let store, let hash, _): "\(store), answer \(hash.prefix(12))"
    case .nothingKept(let place, _, _), .noneFits(let place, _, _): place
    }
  }

  public var expected: String {
    switch self {
    case .missingKey: "the key of the endpoint"
    case .badKey: "a key of printable ASCII characters without spaces"
    case .noQuestions: "records with a prompt"
    case .exists: "a new file or directory"
    case .replacesInput: "an output beside what the recipe reads"
    case .otherKind(_, let isDirectory):
      isDirectory
        ? "a file, since its name ends with .jsonl" : "a directory, since its name does not end with .jsonl"
    case .unavailable: "an answer"
    case .interrupted(_, let all): "\(all) answers"
    case .noneFits: "prompts that the model can read"
    case .badStoredAnswer: "a stored answer"
    case .nothingKept: "traces to keep"
    }
  }

  public var found: String {
    switch self {
    case .missingKey: "no value"
    case .badKey: "others in it"
    case .noQuestions(_, let heldOut):
      heldOut == 0 ? "none" : "\(heldOut) of the test and validation side, and none to train on"
    case .exists: "one that exists"
    case .replacesInput: "the same place"
    case .otherKind(_, let isDirectory): isDirectory ? "a directory" : "a file"
    case .unavailable(_, let reason, _, _): reason
    case .interrupted(let kept, _): "\(kept)"
    case .noneFits(_, let prompts, let reason): "none among \(prompts) (\(reason))"
    case .badStoredAnswer(_, _, let found): found
    case .nothingKept(_, let answers, let commonest):
      answers == 0 ? "no answers" : "none among \(answers) answers (\(commonest))"
    }
  }

  public var nextStep: String {
    switch self {
    case .missingKey:
      "set it, for example with `read -rs NAME && export NAME`, or leave out api_key_environment"
    case .badKey: "set it anew"
    case .noQuestions: "see the accepted forms with `swiftlet data check --help`"
    case .exists: "name another, or pass --overwrite"
    case .otherKind, .replacesInput: "name another"
    case .unavailable(_, let reason, let kept, let all):
      (reason.contains("status 400")
        ? "leave out keys that the server does not take (omit_keys, max_tokens_key in the recipe); " : "")
        + "\(kept) of \(all) answers are kept: run the same command again to go on"
    case .interrupted: "they are kept: run the same command again to go on"
    case .noneFits: "shorten the prompts, or use another model"
    case .badStoredAnswer: "name another store with --store"
    case .nothingKept: "look at them with --dropped FILE, and at curation and evaluation_sets in the recipe"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .missingKey, .badKey: .usage
    case .noQuestions, .badStoredAnswer, .nothingKept, .noneFits: .badData
    case .exists, .otherKind, .replacesInput: .cannotWrite
    case .unavailable: .serviceUnavailable
    case .interrupted: .interrupted
    }
  }
}
