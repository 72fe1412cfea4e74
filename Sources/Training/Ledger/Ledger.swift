/// The road to a model: every stage from its base on, in order. It lies beside the weights as `ledger.json`.
public struct Ledger: Codable, Sendable, Equatable {
  public static let fileName = "ledger.json"
  /// Training operations from which on export rules name a model (10^26).
  public static let exportRuleOperations = 1e26
  /// Counts that a file may hold: sums of `mostStages` of them do not overflow.
  static let counts = 0...(1 << 48)
  static let mostStages = 4096

  public var format = 1
  public var stages: [LedgerStage] = []

  public init(_ stages: [LedgerStage] = []) { self.stages = stages }

  public func appending(_ stage: LedgerStage) -> Ledger { Ledger(stages + [stage]) }

  /// The licence of the weights, from all that they learnt from; see `DerivedLicence`.
  public var licence: DerivedLicence { DerivedLicence(sources) }

  /// Everything that has a licence on the road, in order.
  public var sources: [DerivedLicence.Source] {
    stages.flatMap { stage -> [DerivedLicence.Source] in
      // What is not known of a teacher's work has no licence of its own: the teacher has.
      let base =
        stage.origin == .notRecorded && stage.teachers.isEmpty
        ? [DerivedLicence.Source(stage.name, stage.licence)] : []
      let data = stage.data.flatMap { row in
        [DerivedLicence.Source(row.name, row.licence, isOwn: row.isGenerated == true)]
          + (row.teacherLicence.map { [DerivedLicence.Source("the teacher of \(row.name)", $0)] } ?? [])
      }
      return base + data
        + stage.teachers.map {
          DerivedLicence.Source($0.name, $0.licence, attributions: $0.attributions ?? [])
        }
    }
  }

  /// All teachers on the road, each once: one name may have meant several weights.
  public var teachers: [LedgerTeacher] {
    var seen: Set<[String?]> = []
    return stages.flatMap(\.teachers).filter { seen.insert([$0.name, $0.sha256]).inserted }
  }

  /// Whether the weights are a copy for other programs, rounded perhaps.
  public var endsWithExport: Bool { stages.last?.method == "export" }

  public var languages: [String] { Set(stages.flatMap { $0.languages ?? [] }).sorted() }
}

/// Sums over stages. Stages without an amount add nothing, and make the sum a lower bound; a sum of none is nil.
public struct LedgerTotals: Sendable, Equatable {
  public private(set) var trainedTokens: Int?
  public private(set) var generatedTokens: Int?
  public private(set) var flops: Double?
  public private(set) var seconds: Double?
  public private(set) var coreSeconds: Double?
  /// Nil without a price.
  public private(set) var cost: Double?
  /// In watt-hours; nil where nobody stated watts.
  public private(set) var energy: Double?
  /// Whether every stage said its tokens and operations.
  public private(set) var hasAllOperations = true
  /// Whether every stage said its core-seconds.
  public private(set) var hasAllTimes = true

  /// - Parameters: `price` of a core-hour and `watts` stand for those that the stages state.
  public init(_ ledger: Ledger, price: Double? = nil, watts: Double? = nil) {
    func add<Amount: AdditiveArithmetic>(_ part: Amount?, to sum: inout Amount?) {
      if let part { sum = (sum ?? .zero) + part }
    }
    for stage in ledger.stages {
      add(stage.trainedTokens, to: &trainedTokens)
      add(stage.generatedTokens, to: &generatedTokens)
      add(stage.flops, to: &flops)
      add(stage.seconds, to: &seconds)
      add(stage.coreSeconds, to: &coreSeconds)
      add(stage.cost(price: price), to: &cost)
      add(stage.energy(watts: watts), to: &energy)
      if stage.flops == nil || stage.trainedTokens == nil || stage.generatedTokens == nil {
        hasAllOperations = false
      }
      if stage.coreSeconds == nil { hasAllTimes = false }
    }
  }

  /// The share of the 10^26 operations of export rules.
  public var exportRuleShare: Double? { flops.map { $0 / Ledger.exportRuleOperations } }
}
