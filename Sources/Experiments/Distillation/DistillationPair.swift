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
  func checked() throws -> (Tokenizer, ModelTemplate) {
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
    let templates = try tokenizers.map { try ModelTemplate(of: $0) }
    guard templates[0] == templates[1] else {
      throw DistillationError.differentTokens(
        base: base.path, teacher: "the template \(templates[0].name)", student: templates[1].name)
    }
    return (tokenizers[1], templates[1])
  }
}

/// What can keep a distillation from starting or finishing.
public enum DistillationError: Diagnostic {
  case differentTokens(base: String, teacher: String, student: String)
  case nothingKept(answers: Int, wrong: Int, domain: String)
  case unknownDomain(String)
  /// The partial directory belongs to another recipe or to other weights.
  case foreignPartial(path: String, expected: String, found: String)
  case partialInUse(path: String)

  public var place: String {
    switch self {
    case .differentTokens(let base, _, _): "\(base)/tokenizer.json"
    case .nothingKept(_, _, let domain): "teacher answers for \(domain)"
    case .unknownDomain: "domain"
    case .foreignPartial(let path, _, _), .partialInUse(let path): path
    }
  }

  public var expected: String {
    switch self {
    case .differentTokens(_, let teacher, _): "the teacher's \(teacher)"
    case .nothingKept: "at least one answer that the verifier accepts"
    case .unknownDomain: "manufacturing, public, finance or law"
    case .foreignPartial(_, let expected, _): expected
    case .partialInUse: "one distillation at a time"
    }
  }

  public var found: String {
    switch self {
    case .differentTokens(_, _, let student): student
    case .nothingKept(let answers, let wrong, _): "none of \(answers), \(wrong) of them wrong"
    case .unknownDomain(let name): "\"\(name)\""
    case .foreignPartial(_, _, let found): found
    case .partialInUse: "another that is running"
    }
  }

  public var nextStep: String {
    switch self {
    case .differentTokens:
      "use a student base that was trained with the teacher's tokenizer, or train by a recipe of method "
        + "logit_distillation with function universal_logit, which compares across tokenizers"
    case .nothingKept: "check the teacher with `swiftlet eval`, or ask more prompts"
    case .unknownDomain: "name one of the four domains in the recipe"
    case .foreignPartial: "choose another --output, or discard the earlier work with --overwrite"
    case .partialInUse: "wait for it, or choose another --output"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .foreignPartial, .partialInUse: .cannotWrite
    case .differentTokens, .nothingKept, .unknownDomain: .badData
    }
  }
}
