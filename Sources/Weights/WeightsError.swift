import Kernels

/// What can be wrong with a weight file or with what is asked of it.
public enum WeightsError: Diagnostic, Equatable {
  /// The file breaks its format. `part` is where: `header`, `tensor "a"`.
  case malformedFile(file: String, part: String, expected: String, found: String)
  case missingTensor(file: String, name: String, tensorCount: Int)
  case wrongType(file: String, name: String, expected: String, found: TensorType)
  case shapeMismatch(name: String, expected: [Int], found: [Int])
  case cannotStore(name: String, expected: String, found: String)

  public var place: String {
    switch self {
    case .malformedFile(let file, let part, _, _): "\(file): \(part)"
    case .missingTensor(let file, let name, _), .wrongType(let file, let name, _, _):
      "\(file): tensor \"\(name)\""
    case .shapeMismatch(let name, _, _), .cannotStore(let name, _, _): "tensor \"\(name)\""
    }
  }

  public var expected: String {
    switch self {
    case .malformedFile(_, _, let expected, _), .wrongType(_, _, let expected, _): expected
    case .missingTensor: "a tensor of that name"
    case .shapeMismatch(_, let expected, _): "shape \(expected)"
    case .cannotStore(_, let expected, _): expected
    }
  }

  public var found: String {
    switch self {
    case .malformedFile(_, _, _, let found), .cannotStore(_, _, let found): found
    case .missingTensor(_, _, let count): "\(count) others"
    case .wrongType(_, _, _, let found): found.rawValue
    case .shapeMismatch(_, _, let found): "shape \(found)"
    }
  }

  public var nextStep: String {
    switch self {
    case .malformedFile: "get the file again or write it again with the program that made it"
    case .missingTensor: "check that the file belongs to this model"
    case .wrongType: "convert the file"
    case .shapeMismatch: "check that config.json belongs to these weights"
    case .cannotStore: "correct the values before they are saved"
    }
  }

  public var exitCode: ExitCode {
    if case .cannotStore = self { .internalFault } else { .badData }
  }
}
