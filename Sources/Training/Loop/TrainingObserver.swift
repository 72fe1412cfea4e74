import Evaluation
import Kernels
import LanguageModels

/// Receives what happens in a run: a terminal, a store, a test.
public protocol TrainingObserver: AnyObject {
  func observe(_ event: TrainingEvent)
}

/// One thing that happened, in the order in which it happened.
public enum TrainingEvent: Sendable {
  case started(RunStart)
  case progressed(StepReport)
  case evaluated(EvaluationReport)
  case saved(step: Int, path: String)
  case warning(String)
  /// What was found out on the way.
  case note(String)
  /// Answers on their way that are no update's: to the held-out problems, or to try whether there is anything to learn.
  case answering(stage: String, GenerationProgress)
  /// The answers that an update learns from, before it is made.
  case sampled(step: Int, [Rollout])
  case finished(RunOutcome)
}

/// What is known before the first update.
public struct RunStart: Sendable {
  public var method: MethodName
  public var parameterCount: Int
  /// Nil when only the clock ends the run.
  public var totalSteps: Int?
  /// Updates that an earlier run has made.
  public var resumedStep: Int
  public var precision: Precision
  public var threads: Int
  public var exampleCount: Int
}

/// The state of a run after an update; means are over the updates since the last report.
public struct StepReport: Sendable {
  public var step: Int
  public var totalSteps: Int?
  /// Named as in TRL: `loss`, `mean_token_accuracy`, `num_tokens`, `grad_norm`, `learning_rate`, `epoch`,
  /// `train/tokens_per_second`, and the terms of the objective.
  public var metrics: [String: Double]
  /// Seconds of all parts of the run, earlier ones included.
  public var elapsedSeconds: Double
  /// The share of the run that is done, 0…1.
  public var fractionDone: Double
}

/// What an evaluation found.
public struct EvaluationReport: Sendable {
  public var step: Int
  /// `eval/loss`, `eval/accuracy`, …
  public var metrics: [String: Double]
  /// Answers to be read.
  public var samples: [GradedAnswer]
  /// For every held-out problem, in their order.
  public var isCorrect: [Bool] = []
  /// Of each of them, what it belongs together with.
  public var groups: [String] = []
  /// The whole table, where problems were answered.
  public var accuracy: AccuracyReport?

  public init(step: Int, metrics: [String: Double], samples: [GradedAnswer] = []) {
    self.step = step
    self.metrics = metrics
    self.samples = samples
  }
}

/// How a run ended.
public struct RunOutcome: Sendable {
  public enum Ending: String, Sendable {
    case completed
    /// `max_seconds` ran out.
    case outOfTime = "out_of_time"
    case interrupted
  }

  public var ending: Ending
  public var steps: Int
  public var tokens: Int
  public var elapsedSeconds: Double
  /// The last value of every metric.
  public var metrics: [String: Double]
  public var verdicts: [Gate.Verdict]
  /// Of methods that start from a model that answers; nil for others.
  public var comparison: Comparison?
  /// The road to the model that was written; nil for an interrupted run.
  public var ledger: Ledger?

  /// Accuracy on the held-out problems before and after, with the exact two-sided McNemar p of the difference.
  public struct Comparison: Sendable {
    public var accuracyBefore: Double
    public var accuracy: Double
    public var mcNemarP: Double
    public var problems: Int
    /// Tokens of an answer.
    public var meanLengthBefore: Double
    public var meanLength: Double
  }

  /// 0, 3 for a missed gate, 130 when interrupted.
  public var exitCode: ExitCode {
    if ending == .interrupted { return .interrupted }
    return verdicts.allSatisfy(\.passed) ? .done : .gateMissed
  }
}

extension RunOutcome {
  /// Nothing was trained or written yet.
  init(interruptedBefore clock: StageClock) {
    self.init(
      ending: .interrupted, steps: 0, tokens: 0, elapsedSeconds: clock.seconds, metrics: [:], verdicts: [])
  }
}
