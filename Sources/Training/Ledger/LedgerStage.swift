/// What one stage on the road to a model took, and what it learnt from. An amount that nobody measured is nil.
public struct LedgerStage: Codable, Sendable, Equatable {
  public enum Origin: String, Codable, Sendable {
    /// By the run itself.
    case recorded
    /// From a log and a recipe that the run left.
    case logs
    /// Nothing is known but the model's name.
    case notRecorded = "not_recorded"
  }

  public var name: String
  /// The recipe's method, or `collection`, `signals`, `prune`, `export`.
  public var method: String
  public var origin = Origin.recorded
  /// Of the model after the stage.
  public var parameters: Int?
  /// Tokens that passed forward and backward through the model.
  public var trainedTokens: Int?
  /// Tokens that a model wrote, to be learnt from.
  public var generatedTokens: Int?
  /// Tokens that a teacher read, of a stage that is a teacher's: prompts, or texts that it said its distributions of.
  public var readTokens: Int?
  /// Requests that a teacher answered.
  public var requests: Int?
  /// Floating-point operations of the result: training (6 N + 12 · layers · querySize · length a token), writing and
  /// reading answers, and the passes of a teacher or reference beside it (a third of that). Work that was repeated after
  /// a stop, and evaluations, are not in it.
  public var flops: Double?
  /// On the wall, all sittings together, loading, evaluations and checkpoints included.
  public var seconds: Double?
  /// Processor time of the process in these seconds, all threads together.
  public var coreSeconds: Double?
  /// Stated by the user: what an hour of one core costs.
  public var coreHourPrice: Double?
  /// Stated by the user: what the machine draws.
  public var watts: Double?
  /// What a provider asked for its answers, by the price that the recipe states.
  public var paid: Double?
  /// The model that it started from, as the recipe calls it; nil for random weights.
  public var base: String?
  public var recipe: String?
  /// SHA-256 of the resolved recipe.
  public var recipeHash: String?
  public var seed: UInt64?
  /// Of the program.
  public var version: String?
  /// What a person enters to repeat it.
  public var command: String?
  public var languages: [String]?
  public var data: [LedgerData] = []
  public var teachers: [LedgerTeacher] = []
  /// Of the weights, as their maker states it; of a road that is not recorded alone.
  public var licence: String?

  public init(name: String, method: String) {
    self.name = name
    self.method = method
  }

  /// A model of which nothing but its licence is known.
  static func unrecorded(_ name: String, licence: String?) -> LedgerStage {
    var stage = LedgerStage(name: name, method: "unknown")
    stage.origin = .notRecorded
    stage.licence = licence
    return stage
  }

  /// A teacher's work that was done before it was recorded: signals at `place`.
  static func unrecordedSignals(_ place: String, of teachers: [LedgerTeacher]) -> LedgerStage {
    var stage = LedgerStage(name: "teacher's signals (\(place))", method: "signals")
    stage.origin = .notRecorded
    stage.teachers = teachers
    return stage
  }

  /// At `price` for an hour of one core, or at the price that was stated when it ran, with what was paid to a provider; nil
  /// where neither is known.
  public func cost(price: Double? = nil) -> Double? {
    guard let coreSeconds, let rate = price ?? coreHourPrice else { return paid }
    return coreSeconds / 3600 * rate + (paid ?? 0)
  }

  /// In watt-hours; nil where nobody stated watts.
  public func energy(watts stated: Double? = nil) -> Double? {
    guard let seconds, let watts = stated ?? watts else { return nil }
    return seconds / 3600 * watts
  }
}

/// Data that a stage learnt from, or asked.
public struct LedgerData: Codable, Sendable, Equatable {
  public var name: String
  /// In one pass over the source; a run may end within its first pass.
  public var records: Int?
  /// Those of the stage that came from here; nil where several sources were mixed.
  public var tokens: Int?
  /// As it is stated.
  public var licence: String?
  /// Whether this program's generators made it.
  public var isGenerated: Bool?
  /// Of the model that wrote the records, where one did and its licence is stated.
  public var teacherLicence: String?

  public init(
    name: String, records: Int? = nil, tokens: Int? = nil, licence: String? = nil,
    teacherLicence: String? = nil, isGenerated: Bool? = nil
  ) {
    self.isGenerated = isGenerated
    self.name = name
    self.records = records
    self.tokens = tokens
    self.licence = licence
    self.teacherLicence = teacherLicence
  }
}

/// A teacher, by reference to its own ledger: who it is, and what the road to it took.
public struct LedgerTeacher: Codable, Sendable, Equatable {
  public var name: String
  /// Of the weights.
  public var sha256: String?
  /// Of the weights, derived from the teacher's own ledger, or stated.
  public var licence: String?
  /// Sources on the teacher's road that are to be named.
  public var attributions: [String]?
  public var trainedTokens: Int?
  public var generatedTokens: Int?
  public var flops: Double?
  public var coreSeconds: Double?
  /// Whether those are the whole road.
  public var isComplete: Bool?
  /// What its provider asks for a million tokens of prompts, and of answers, as a recipe stated it.
  public var inputPrice: Double?
  public var outputPrice: Double?

  public init(name: String) { self.name = name }
}
