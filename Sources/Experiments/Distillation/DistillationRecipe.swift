import Corpus
import Objectives
import Training

/// What determines a distillation: teacher, student's base, domain, how much is collected and trained.
///
/// The numbers hold for `budget_minutes`; another budget multiplies prompts and steps in proportion, so the amount
/// of work, and with it the student, never depends on how fast the machine is.
public struct DistillationRecipe: Sendable, Equatable {
  public var name: String?
  /// Directory of the student's base, with weights.
  public var model = ""
  public var teacher = ""
  public var domain = ""
  public var languages: [String] = []
  public var budgetMinutes = 5.0
  /// What the student goes through, `sft` first.
  public var stages = [StageName.sft.rawValue]
  public var collection = CollectionSettings()
  public var objective = DistillationObjective()
  public var training = TrainingSettings()
  public var examination = ExaminationSettings()
  public var controls = ControlSettings()
  /// Conditions on `DistillationReport.metrics`.
  public var gates: [Gate] = []
  /// What an hour and a watt of this machine come to.
  public var ledger: LedgerSettings?

  public init() {}

  var laterStages: [StageName] { stages.dropFirst().compactMap(StageName.init) }

  /// Beyond any budget; a number of prompts above it would not fit the memory.
  private static let mostPrompts = 10_000_000

  /// The same work for another budget.
  ///
  /// - Throws: `RecipeError` for a budget of more prompts than can be asked.
  public func scaled(toMinutes minutes: Double) throws -> DistillationRecipe {
    var scaled = self
    let factor = minutes / budgetMinutes
    scaled.budgetMinutes = minutes
    let prompts = (Double(collection.prompts) * factor).rounded()
    guard prompts <= Double(Self.mostPrompts) else {
      throw RecipeError(
        place: "--budget", expected: "a budget of at most \(Self.mostPrompts) prompts",
        found: "\(PlotAxis.label(factor)) times the recipe's \(collection.prompts)",
        nextStep: "ask for less, or correct budget_minutes")
    }
    scaled.collection.prompts = max(1, Int(prompts))
    scaled.training.maxSteps = training.maxSteps.map { max(1, Int((Double($0) * factor).rounded())) }
    return scaled
  }
}

/// The loss of the student.
public struct DistillationObjective: Sendable, Equatable {
  public var lossFunctions: [LossTerm] = []
  public init() {}
}

/// What the teacher is asked and what is kept of its answers.
public struct CollectionSettings: Sendable, Equatable {
  /// Fresh training problems.
  public var prompts = 4000
  /// The share of them whose sentences are put in another order.
  public var shuffledShare = 0.0
  /// The share of the prompts whose statement is put together from single sentences.
  public var composedShare = 0.0
  /// Families of the domain that are asked more often: one more turn for each time a name stands here.
  public var extraTurns: [String] = []
  /// Answers to each.
  public var samples = 2
  public var temperature = 0.7
  /// Log-probabilities kept at every token of an answer.
  public var signalSize = 16
  public var maximumNewTokens = 384
  public var seed: UInt64 = 11

  public init() {}
}

/// The held-out problems on which all models are compared.
public struct ExaminationSettings: Sendable, Equatable {
  public var problems = 1000
  public init() {}
}

/// The controls: same base, size and tokens, each with the better of these learning rates.
public struct ControlSettings: Sendable, Equatable {
  public var learningRates: [Double] = []
  /// Validation problems by which the learning rate is chosen.
  public var problems = 300
  public init() {}
}

extension DistillationRecipe: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("model", &model)
    fields.field("teacher", &teacher)
    fields.field("domain", &domain)
    fields.field("languages", &languages)
    fields.field("budget_minutes", &budgetMinutes)
    fields.field("stages", &stages)
    fields.field("collection", &collection)
    fields.field("objective", &objective)
    fields.field("training", &training)
    fields.field("evaluation", &examination)
    fields.field("controls", &controls)
    fields.field(gates: &gates)
    fields.field("ledger", &ledger)
    let domains = DomainName.allCases.map(\.rawValue)
    fields.require(!model.isEmpty, "model", expected: "the directory of the student's base")
    fields.require(!teacher.isEmpty, "teacher", expected: "the directory of the teacher")
    fields.require(domains.contains(domain), "domain", expected: "one of \(domains.joined(separator: ", "))")
    fields.requireLanguages(languages)
    fields.require(
      collection.extraTurns.allSatisfy(DatasetSettings.families(of: [domain]).contains), "collection",
      expected: "extra_turns of families of the domain (swiftlet data list)")
    let known = StageName.allCases.map(\.rawValue)
    fields.require(
      stages.first == StageName.sft.rawValue && stages.allSatisfy(known.contains)
        && Set(stages).count == stages.count, "stages",
      expected: "sft first, then each of \(known.dropFirst().joined(separator: ", ")) at most once")
    fields.require(
      (0.01...10_080).contains(budgetMinutes), "budget_minutes", expected: "from 0.01 to 10080, a week")
    fields.require(training.maxSteps != nil, "training", expected: "max_steps")
    fields.require(
      training.reportTo == nil || training.reportTo == [.nobody], "training",
      expected: "without report_to, which runs of `swiftlet train` have")
  }
}

extension DistillationObjective: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("loss_functions", &lossFunctions)
  }
}

extension CollectionSettings {
  /// What the teacher is asked.
  package func problems(of domain: DomainName, languages: [Language]) -> [Problem] {
    let generator = ProblemGenerator(
      domains: [domain], languages: languages, side: .train, seed: seed, shuffledShare: shuffledShare,
      composedShare: composedShare, extraTurns: extraTurns)
    return (0..<prompts).map { generator.problem(at: $0) }
  }
}

extension CollectionSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("prompts", &prompts)
    fields.field("shuffle_sentences", &shuffledShare)
    fields.field("compose_sentences", &composedShare)
    fields.field("extra_turns", &extraTurns)
    fields.field("samples", &samples)
    fields.field("temperature", &temperature)
    fields.field("top_k_signals", &signalSize)
    fields.field("max_new_tokens", &maximumNewTokens)
    fields.field("seed", &seed)
    fields.require((1...10_000_000).contains(prompts), "prompts", expected: "from 1 to 10000000")
    fields.requireShares(shuffled: shuffledShare, composed: composedShare)
    fields.require((1...64).contains(samples), "samples", expected: "from 1 to 64")
    fields.require((0...10).contains(temperature), "temperature", expected: "from 0 to 10")
    fields.require((1...4096).contains(signalSize), "top_k_signals", expected: "from 1 to 4096")
    fields.require(
      (1...1_000_000).contains(maximumNewTokens), "max_new_tokens", expected: "from 1 to 1000000")
  }
}

extension ExaminationSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("problems", &problems)
    fields.require((1...1_000_000).contains(problems), "problems", expected: "from 1 to 1000000")
  }
}

extension ControlSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("learning_rates", &learningRates)
    fields.field("problems", &problems)
    fields.require(learningRates.allSatisfy { $0 > 0 }, "learning_rates", expected: "above 0")
    fields.require((1...1_000_000).contains(problems), "problems", expected: "from 1 to 1000000")
  }
}
