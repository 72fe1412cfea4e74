import Kernels

/// Stored signals that cannot be learnt from, or cannot be made.
public enum SignalError: Diagnostic, Equatable {
  /// `part` of the header is another than the run's.
  case mismatch(place: String, part: String, expected: String, found: String)
  case malformed(place: String, expected: String, found: String)
  /// Logits of another program that are not those of this dataset and student.
  case otherLogits(place: String, expected: String, found: String)
  /// Records whose answers came without the log-probabilities of their tokens, or with those of another tokenizer's.
  case otherAnswers(place: String, expected: String, found: String)
  /// An example of the dataset that the teacher was not asked about.
  case missingExample(place: String, source: String, example: Int)
  /// More tokens are to be kept than there are.
  case tooMany(k: Int, available: Int)
  /// What an earlier sitting left is not the beginning of this collection.
  case otherParts(place: String, part: String, expected: String, found: String)
  /// Another program writes to the same place.
  case inUse(path: String)

  public var place: String {
    switch self {
    case .mismatch(let place, let part, _, _), .otherParts(let place, let part, _, _): "\(place): \(part)"
    case .malformed(let place, _, _), .otherLogits(let place, _, _), .otherAnswers(let place, _, _): place
    case .inUse(let path): path
    case .missingExample(let place, _, _): place
    case .tooMany: "k"
    }
  }

  public var expected: String {
    switch self {
    case .mismatch(_, let part, let expected, _): "the run's \(part) \(SignalError.short(expected))"
    case .malformed(_, let expected, _), .otherLogits(_, let expected, _), .otherAnswers(_, let expected, _):
      expected
    case .otherParts(_, _, let expected, _): "\(SignalError.short(expected)), as this collection has it"
    case .missingExample(_, let source, let example):
      "the teacher's signals for example \(example) of \(source)"
    case .tooMany(_, let available): "at most the \(available) tokens that the teacher tells of"
    case .inUse: "one collection at a time"
    }
  }

  public var found: String {
    switch self {
    case .mismatch(_, _, _, let found), .otherParts(_, _, _, let found): SignalError.short(found)
    case .malformed(_, _, let found), .otherLogits(_, _, let found), .otherAnswers(_, _, let found): found
    case .missingExample: "none"
    case .tooMany(let k, _): "\(k)"
    case .inUse: "another that is running"
    }
  }

  public var nextStep: String {
    switch self {
    case .mismatch: "collect the signals again for this run with `swiftlet signals`"
    case .malformed: "write the file again with `swiftlet signals`"
    case .otherLogits:
      "write the logits of this recipe's examples, one sequence each, in the dataset's order and the student's tokens"
    case .otherAnswers:
      "collect the answers with `swiftlet teach` and `logprobs: 20` in its endpoint, of a model with the student's tokenizer"
    case .missingExample:
      "collect the signals with this recipe's dataset, max_length and completion_only_loss"
    case .otherParts:
      "go on with the recipe and numbers of the earlier sitting, or begin anew with --overwrite"
    case .tooMany: "keep fewer"
    case .inUse: "wait for it, or choose another --output"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .mismatch, .malformed, .otherLogits, .otherAnswers, .missingExample, .otherParts: .badData
    case .tooMany: .usage
    case .inUse: .cannotWrite
    }
  }

  /// Enough of a digest to tell it from another.
  private static func short(_ text: String) -> String {
    text.count == 64 ? String(text.prefix(16)) + "…" : text
  }
}
