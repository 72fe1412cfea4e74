import Files
import Foundation
import Kernels
import Text
import Training

/// Whether teacher and student speak the same tokens; checked before any work.
struct DistillationPair {
  let teacher: URL
  let base: URL

  /// The shared tokenizer and template. - Throws: `DistillationError.differentTokens`, or what loading finds wrong.
  func checked() throws -> (Tokenizer, ChatTemplate) {
    let tokenizers = try [teacher, base].map { try Tokenizer.load($0) }
    guard tokenizers[0].vocabularySize == tokenizers[1].vocabularySize else {
      throw DistillationError.differentTokens(
        base: base.path, teacher: "\(tokenizers[0].vocabularySize) tokens",
        student: "\(tokenizers[1].vocabularySize) tokens")
    }
    for id in 0..<Int32(tokenizers[0].vocabularySize) {
      let (taught, own) = (tokenizers[0].token(id), tokenizers[1].token(id))
      guard taught == own else {
        throw DistillationError.differentTokens(
          base: base.path, teacher: "token \(id) \"\(taught ?? "none")\"", student: "\"\(own ?? "none")\"")
      }
    }
    let templates = zip(tokenizers, [teacher, base]).map { ModelLoader.template(of: $0, in: $1) }
    guard templates[0] == templates[1] else {
      throw DistillationError.differentTokens(
        base: base.path, teacher: "the template \(templates[0].rawValue)", student: templates[1].rawValue)
    }
    return (tokenizers[1], templates[1])
  }
}

/// What can keep a distillation from starting or finishing.
public enum DistillationError: Diagnostic {
  case differentTokens(base: String, teacher: String, student: String)
  case nothingKept(answers: Int, wrong: Int, domain: String)
  case unknownDomain(String)

  public var place: String {
    switch self {
    case .differentTokens(let base, _, _): "\(base)/tokenizer.json"
    case .nothingKept(_, _, let domain): "teacher answers for \(domain)"
    case .unknownDomain: "domain"
    }
  }

  public var expected: String {
    switch self {
    case .differentTokens(_, let teacher, _): "the teacher's \(teacher)"
    case .nothingKept: "at least one answer that the verifier accepts"
    case .unknownDomain: "manufacturing, public, finance or law"
    }
  }

  public var found: String {
    switch self {
    case .differentTokens(_, _, let student): student
    case .nothingKept(let answers, let wrong, _): "none of \(answers), \(wrong) of them wrong"
    case .unknownDomain(let name): "\"\(name)\""
    }
  }

  public var nextStep: String {
    switch self {
    case .differentTokens: "use a student base that was trained with the teacher's tokenizer"
    case .nothingKept: "check the teacher with `swiftlet eval`, or ask more prompts"
    case .unknownDomain: "name one of the four domains in the recipe"
    }
  }

  public var exitCode: ExitCode { .badData }
}
