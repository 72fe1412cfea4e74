import Kernels

/// What can stop a run.
public enum TrainingError: Diagnostic, Equatable {
  case noSuchFile(path: String, role: String)
  case outputExists(path: String)
  case outputInUse(path: String)
  case nothingToResume(path: String)
  case otherRecipe(path: String)
  case badCheckpoint(path: String, expected: String, found: String)
  case cannotWrite(path: String, reason: String)
  /// `quantity` is "loss" or "gradient"; `name` is the parameter's, or the batch's position for a loss.
  case notFinite(quantity: String, name: String, step: Int, value: String)
  case noExamples(source: String, dropped: Int, maxLength: Int)
  case badRecord(place: String, expected: String, found: String)
  case vocabularyMismatch(role: String, expected: Int, found: Int)
  case notAvailable(what: String, instead: String)
  /// No group of answers holds right and wrong ones.
  case unreachable(groups: Int, groupSize: Int, solved: Int)
  /// No reward that counts says anything about any answer.
  case noRewardApplies(names: [String], answers: Int)
  /// A reward's own program did not score the answers.
  case rewardFailed(name: String, failed: Int, answers: Int, reason: String)
  case badLedger(path: String, found: String)
  /// The weights learnt from sources whose licences cannot both be passed on.
  case licencesConflict(model: String, first: String, second: String)

  public var place: String {
    switch self {
    case .noSuchFile(let path, _), .outputExists(let path), .outputInUse(let path),
      .nothingToResume(let path),
      .otherRecipe(let path),
      .badCheckpoint(let path, _, _), .cannotWrite(let path, _), .badLedger(let path, _):
      path
    case .licencesConflict(let model, _, _): model
    case .notFinite(let quantity, let name, let step, _): "step \(step), \(quantity) of \(name)"
    case .noExamples(let source, _, _): source
    case .badRecord(let place, _, _): place
    case .vocabularyMismatch(let role, _, _): role
    case .notAvailable(let what, _): what
    case .unreachable: "the policy before its first update"
    case .noRewardApplies: "rewards"
    case .rewardFailed(let name, _, _, _): "reward \(name)"
    }
  }

  public var expected: String {
    switch self {
    case .noSuchFile(_, let role): role
    case .outputExists: "a new directory"
    case .outputInUse: "one run at a time"
    case .nothingToResume: "a checkpoint to continue"
    case .otherRecipe: "the recipe of the checkpoint"
    case .badCheckpoint(_, let expected, _): expected
    case .cannotWrite: "a place that can be written"
    case .notFinite: "a finite number"
    case .noExamples(_, _, let maxLength): "examples of at most \(maxLength) tokens"
    case .badRecord(_, let expected, _): expected
    case .vocabularyMismatch(_, let expected, _): "\(expected) tokens in the vocabulary"
    case .notAvailable(_, let instead): instead
    case .unreachable(_, let size, _): "groups of \(size) answers with different rewards"
    case .noRewardApplies: "one with a weight that applies to the answers"
    case .rewardFailed: "a score for most answers"
    case .badLedger: "the ledger of a model"
    case .licencesConflict: "sources whose licences can be passed on together"
    }
  }

  public var found: String {
    switch self {
    case .noSuchFile: "nothing"
    case .outputExists: "files from another run"
    case .outputInUse: "another that is running"
    case .nothingToResume: "none"
    case .otherRecipe: "one that gives other numbers"
    case .badCheckpoint(_, _, let found): found
    case .cannotWrite(_, let reason): reason
    case .notFinite(_, _, _, let value): value
    case .noExamples(_, let dropped, _): dropped == 0 ? "none" : "none (\(dropped) were longer)"
    case .badRecord(_, _, let found): found
    case .vocabularyMismatch(_, _, let found): "\(found)"
    case .notAvailable: "no support in this version"
    case .unreachable(let groups, _, let solved):
      "equal rewards in each of \(groups) groups, "
        + (solved == 0 ? "all answers wrong" : "\(solved) of them with right answers")
    case .noRewardApplies(let names, let answers):
      names.isEmpty
        ? "weights of 0 alone" : "no score of \(names.joined(separator: ", ")) for any of \(answers) answers"
    case .rewardFailed(_, let failed, let answers, let reason):
      "none for \(failed) of \(answers) (\(reason.replacing("\n", with: " ")))"
    case .badLedger(_, let found): found
    case .licencesConflict(_, let first, let second): "\(first) beside \(second)"
    }
  }

  public var nextStep: String {
    switch self {
    case .noSuchFile: "check the path"
    case .outputExists: "choose another --output, or pass --overwrite (or --resume, to train on)"
    case .outputInUse: "wait for it, or choose another --output"
    case .nothingToResume: "start without --resume"
    case .otherRecipe: "resume with the recipe that started the run, or start anew with --overwrite"
    case .badCheckpoint: "resume from an earlier checkpoint, or start anew"
    case .cannotWrite: "free space or choose another --output"
    case .notFinite: "lower the learning rate, or look at the data of this step; the last checkpoint is whole"
    case .noExamples: "raise training.max_length or change the dataset"
    case .badRecord: "correct the line"
    case .vocabularyMismatch(let role, _, _):
      role.hasPrefix("teacher")
        ? "use a teacher with the student's tokenizer, or \(TeacherPair.acrossTokenizers)"
        : "use the tokenizer that belongs to the model"
    case .notAvailable: "change the recipe"
    case .unreachable(_, _, let solved):
      solved == 0
        ? "train by sft first, or choose easier dataset.levels" : "choose harder dataset.levels"
    case .noRewardApplies: "add a reward such as accuracy, or see what a command prints for these answers"
    case .rewardFailed: "try the command on a line by hand; --resume continues from the last checkpoint"
    case .badLedger: "restore the file, or remove it: what it held then counts as not recorded"
    case .licencesConflict: "train without one of the two (swiftlet ledger lists the data)"
    }
  }

  /// Whether it came between two updates, so that what was trained is as good as before.
  var leavesTheRunWhole: Bool {
    switch self {
    case .rewardFailed, .noRewardApplies: true
    default: false
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .noSuchFile, .nothingToResume: .noInput
    case .outputExists, .outputInUse, .cannotWrite: .cannotWrite
    case .otherRecipe, .badCheckpoint, .notFinite, .noExamples, .badRecord, .vocabularyMismatch, .unreachable,
      .noRewardApplies, .badLedger, .licencesConflict:
      .badData
    case .notAvailable: .usage
    case .rewardFailed: .serviceUnavailable
    }
  }
}
