import Evaluation
import Kernels
import Training

/// Everything that one distillation found out, as the reports and the JSON document show it.
public struct DistillationReport: Sendable {
  /// A model with what it reached on the held-out problems.
  public struct Entry: Sendable {
    public var name: String
    /// What it was trained on, for a reader.
    public var about: String
    public var parameters: Int
    public var accuracy: AccuracyReport
    /// Whether it solved problem i, for paired comparisons.
    public var solved: [Bool]
    /// The learning rate chosen on validation data; nil where none was chosen.
    public var learningRate: Double?

    public init(
      name: String, about: String, parameters: Int, accuracy: AccuracyReport, solved: [Bool],
      learningRate: Double? = nil
    ) {
      self.name = name
      self.about = about
      self.parameters = parameters
      self.accuracy = accuracy
      self.solved = solved
      self.learningRate = learningRate
    }
  }

  /// What a stage cost.
  public struct Stage: Codable, Sendable {
    public var name: String
    public var seconds: Double
    public var coreSeconds: Double
    public var tokens: Int
    public var flops: Double
    /// Those of the tokens that a model wrote; nil where it wrote none.
    public var generated: Int?

    public init(
      name: String, seconds: Double, coreSeconds: Double, tokens: Int, flops: Double, generated: Int? = nil
    ) {
      self.generated = generated
      self.name = name
      self.seconds = seconds
      self.coreSeconds = coreSeconds
      self.tokens = tokens
      self.flops = flops
    }
  }

  /// What one of the `--stages` made of the student.
  public struct StageGain: Sendable {
    public var name: StageName
    public var accuracyBefore: Double
    public var accuracy: Double
    public var mcNemar: McNemarTest
    public var seconds: Double
    /// Of a later stage: 0 where the rewards left nothing to learn.
    public var updates: Int?

    package init(
      _ name: StageName, before: [GradedAnswer], after: [GradedAnswer], seconds: Double, updates: Int? = nil
    ) {
      func share(_ answers: [GradedAnswer]) -> Double {
        Double(answers.count(where: \.isCorrect)) / Double(max(1, answers.count))
      }
      self.name = name
      accuracyBefore = share(before)
      accuracy = share(after)
      mcNemar = McNemarTest(before.map(\.isCorrect), after.map(\.isCorrect))
      self.seconds = seconds
      self.updates = updates
    }
  }

  /// What became of the teacher's answers.
  public struct Collection: Codable, Sendable {
    public var prompts = 0
    public var answers = 0
    public var wrong = 0
    public var unparsable = 0
    public var duplicates = 0
    public var nearEvaluation = 0
    public var kept = 0

    public init() {}
  }

  /// The student against one control: difference in accuracy and whether chance explains it.
  public struct Comparison: Sendable {
    public var control: String
    public var bootstrap: PairedBootstrap
    public var mcNemar: McNemarTest
    /// Holm's correction over the comparisons of this report.
    public var adjustedP: Double
  }

  public var domain: String
  public var command: String
  public var seed: UInt64
  public var budget: String
  public var machine: [(key: String, value: String)]
  public var problems: Int
  public var seconds: Double
  public var teacher: Entry
  public var student: Entry
  public var accuracyBefore: AccuracyReport
  public var controls: [Entry]
  public var stages: [Stage]
  /// What each of the `--stages` made of the student.
  public var gains: [StageGain] = []
  public var collection: Collection
  public var curves: [LineChart.Series]
  /// Both models' answers to some of the problems.
  public var samples: [(student: GradedAnswer, teacher: GradedAnswer)]
  /// What the student's base was pre-trained on, with hashes.
  public var baseData: [String]
  public var path: String
  /// How the recipe's gates ended.
  public var verdicts: [Gate.Verdict] = []

  public init(
    domain: String, command: String, seed: UInt64, budget: String, machine: [(key: String, value: String)],
    problems: Int, seconds: Double, teacher: Entry, student: Entry, accuracyBefore: AccuracyReport,
    controls: [Entry], stages: [Stage], collection: Collection, curves: [LineChart.Series],
    samples: [(student: GradedAnswer, teacher: GradedAnswer)], baseData: [String], path: String
  ) {
    self.domain = domain
    self.command = command
    self.seed = seed
    self.budget = budget
    self.machine = machine
    self.problems = problems
    self.seconds = seconds
    self.teacher = teacher
    self.student = student
    self.accuracyBefore = accuracyBefore
    self.controls = controls
    self.stages = stages
    self.collection = collection
    self.curves = curves
    self.samples = samples
    self.baseData = baseData
    self.path = path
  }

  public var flops: Double { stages.reduce(0) { $0 + $1.flops } }
  public var coreSeconds: Double { stages.reduce(0) { $0 + $1.coreSeconds } }

  /// The student's accuracy as a share of the teacher's.
  public var retention: Double {
    let teacher = teacher.accuracy.overall.accuracy
    return teacher == 0 ? 0 : student.accuracy.overall.accuracy / teacher
  }

  /// The names of `metrics`.
  static func metricNames(withControls: Bool) -> [String] {
    ["eval/accuracy", "eval/accuracy_before", "retention", "teacher/accuracy"]
      + (withControls ? ControlName.allCases.map { "controls/\($0.rawValue)/accuracy" } : [])
  }

  /// What gates and sweeps ask for.
  public var metrics: [String: Double] {
    var metrics = [
      "eval/accuracy": student.accuracy.overall.accuracy, "retention": retention,
      "eval/accuracy_before": accuracyBefore.overall.accuracy,
      "teacher/accuracy": teacher.accuracy.overall.accuracy,
    ]
    for control in controls {
      metrics["controls/\(control.name)/accuracy"] = control.accuracy.overall.accuracy
    }
    return metrics
  }

  /// 3 where a gate was missed.
  public var exitCode: ExitCode { verdicts.allSatisfy(\.passed) ? .done : .gateMissed }

  public var comparisons: [Comparison] {
    let tests = controls.map { McNemarTest(student.solved, $0.solved) }
    let adjusted = HolmCorrection.adjusted(tests.map(\.p))
    return controls.indices.map { index in
      Comparison(
        control: controls[index].name, bootstrap: PairedBootstrap(student.solved, controls[index].solved),
        mcNemar: tests[index], adjustedP: adjusted[index])
    }
  }
}
