import Kernels

/// What can be wrong with a model directory, a generation request or a place to write to.
public enum LanguageModelError: Diagnostic, Equatable {
  case noModel(path: String)
  case missingKey(file: String, key: String)
  case invalidValue(file: String, expected: String, found: String, nextStep: String)
  case missingTensor(file: String, name: String, shape: [Int])
  case unexpectedTensor(file: String, name: String)
  case shapeMismatch(file: String, name: String, expected: [Int], found: [Int])
  case nonFiniteWeight(file: String, name: String)
  /// An adapter that was trained on another model; `base` is which.
  case foreignAdapter(path: String, expected: String, found: String, base: String)
  case exists(path: String)
  case holdsMore(path: String, name: String)
  case cannotWrite(path: String, reason: String)
  case emptyPrompt(request: Int)
  case promptTooLong(request: Int, length: Int, limit: Int)
  case tokenOutsideVocabulary(request: Int, token: Int32, vocabularySize: Int)
  case nonFiniteLogits(request: Int, position: Int)
  case invalidSetting(name: String, expected: String, found: String)

  public var place: String {
    switch self {
    case .missingKey(let file, _), .invalidValue(let file, _, _, _), .missingTensor(let file, _, _),
      .unexpectedTensor(let file, _),
      .shapeMismatch(let file, _, _, _), .nonFiniteWeight(let file, _):
      file
    case .noModel(let path), .foreignAdapter(let path, _, _, _), .exists(let path), .cannotWrite(let path, _),
      .holdsMore(let path, _):
      path
    case .emptyPrompt(let request), .promptTooLong(let request, _, _),
      .tokenOutsideVocabulary(let request, _, _), .nonFiniteLogits(let request, _):
      "prompt \(request)"
    case .invalidSetting(let name, _, _): name
    }
  }

  public var expected: String {
    switch self {
    case .noModel:
      "a model directory (config.json, model.safetensors, tokenizer.json), a GGUF file or a pulled name"
    case .missingKey(_, let key): "the key \(key)"
    case .invalidValue(_, let expected, _, _), .invalidSetting(_, let expected, _),
      .foreignAdapter(_, let expected, _, _):
      expected
    case .missingTensor(_, let name, let shape): "tensor \(name) \(shape)"
    case .unexpectedTensor: "only tensors of the configured model"
    case .shapeMismatch(_, let name, let expected, _): "tensor \(name) of shape \(expected)"
    case .nonFiniteWeight(_, let name): "finite numbers in \(name)"
    case .exists: "no file or directory of this name"
    case .holdsMore: "a directory of a model's files alone"
    case .cannotWrite: "a writable place"
    case .emptyPrompt: "at least one token"
    case .promptTooLong(_, _, let limit): "fewer than \(limit) tokens (max_position_embeddings)"
    case .nonFiniteLogits: "finite logits"
    case .tokenOutsideVocabulary(_, _, let size): "tokens 0 to \(size - 1)"
    }
  }

  public var found: String {
    switch self {
    case .cannotWrite(_, let reason): reason
    case .noModel: "nothing"
    case .missingKey: "none"
    case .invalidValue(_, _, let found, _), .invalidSetting(_, _, let found),
      .foreignAdapter(_, _, let found, _):
      found
    case .missingTensor: "none"
    case .unexpectedTensor(_, let name): name
    case .shapeMismatch(_, _, _, let found): "\(found)"
    case .nonFiniteWeight: "NaN or infinity"
    case .exists: "one"
    case .holdsMore(_, let name): name
    case .emptyPrompt: "none"
    case .promptTooLong(_, let length, _): "\(length)"
    case .tokenOutsideVocabulary(_, let token, _): "\(token)"
    case .nonFiniteLogits(_, let position): "NaN or infinity at token \(position)"
    }
  }

  public var nextStep: String {
    switch self {
    case .noModel: "check the path"
    case .missingKey: "correct the file, or export the model again"
    case .invalidValue(_, _, _, let nextStep): nextStep
    case .missingTensor, .unexpectedTensor, .shapeMismatch:
      "check that config.json belongs to these weights"
    case .nonFiniteWeight, .nonFiniteLogits: "use an earlier checkpoint"
    case .foreignAdapter(_, _, _, let base): "use the adapter with \(base)"
    case .exists: "choose another output, or allow overwriting with --overwrite"
    case .holdsMore: "choose another output; overwriting would lose it"
    case .cannotWrite: "choose another output directory, or free some space"
    case .emptyPrompt: "give the prompt some text, or a beginning-of-text token"
    case .promptTooLong: "shorten the prompt"
    case .tokenOutsideVocabulary: "use the tokenizer that belongs to the model"
    case .invalidSetting: "correct the setting"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .exists, .cannotWrite, .holdsMore: .cannotWrite
    case .invalidSetting: .usage
    case .noModel: .noInput
    default: .badData
    }
  }
}
