import Evaluation

/// One student beside its teacher and beside its plain twin, all seeds together.
public struct StudyRow: Sendable {
  /// Of one role, over the seeds that are counted.
  public struct Accuracy: Sendable {
    /// Of each seed.
    public let seeds: [Double]
    public let interval: ConfidenceInterval?
    /// The mean over the seeds; nil where the answers are not listed.
    public let balanced: Double?
    public let macroF1: Double?
    public let parameters: Int
    /// Tokens and seconds of one seed in the mean.
    public let tokens: Double
    public let seconds: Double

    public var mean: Double { seeds.reduce(0, +) / Double(seeds.count) }

    /// - Parameters: `results`, usable, of the seeds that `draws` draws from.
    fileprivate init(_ results: [StudyResult], _ draws: ((NestedBootstrap.Draw) -> Double) -> [Double]) {
      let reports = results.compactMap(\.accuracy)
      seeds = reports.map(\.overall.accuracy)
      let solved = results.map(\.numbers)
      interval = ConfidenceInterval(draws: draws { $0.mean(solved) })
      func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
      balanced = mean(reports.compactMap(\.balancedAccuracy))
      macroF1 = mean(reports.compactMap(\.macroF1))
      parameters = results[0].parameters
      tokens = results.reduce(0) { $0 + Double($1.tokens) } / Double(results.count)
      seconds = results.reduce(0) { $0 + $1.seconds } / Double(results.count)
    }
  }

  /// A figure with its interval.
  public struct Figure: Sendable {
    public let value: Double
    public let interval: ConfidenceInterval?
    /// What the bootstrap drew.
    let draws: [Double]

    init(_ value: Double, draws: [Double]) {
      (self.value, self.draws) = (value, draws)
      interval = ConfidenceInterval(draws: draws)
    }
  }

  public let set: String
  public let pair: String
  /// Seeds that are counted, and that the study names. Where no teacher, student and twin of one seed are all finished, the
  /// teacher's alone are counted, and there is nothing to compare.
  public let seeds: (counted: Int, of: Int)
  public let problems: Int
  /// What always giving one answer would reach, as `AccuracyReport.commonestAccuracy`.
  public let commonest: Double?
  public private(set) var teacher: Accuracy?
  public private(set) var student: Accuracy?
  public private(set) var plain: Accuracy?
  /// accuracy(student) ÷ accuracy(teacher); nil where there is no teacher.
  public private(set) var retention: Figure?
  /// accuracy(student) − accuracy(plain)
  public private(set) var difference: Figure?
  /// Of a single seed: answers of several to one problem are not independent.
  public private(set) var mcNemarP: Double?
  /// The median, the least and the most of the turns of all seeds.
  public private(set) var decoding: (median: Double, least: Double, most: Double)?
  /// Where that was measured.
  let machines: Set<String>
  /// Whether a run ended by its time, or student and twin were not trained on as many tokens.
  public private(set) var isUneven = false
  /// Whether the teachers know more than the commonest answer; nil where that is not known yet.
  public let hasTeacher: Bool?

  var label: String {
    let size = student.map { ", \(String(format: "%.1f", Double($0.parameters) / 1e6)) M" } ?? ""
    return set + (pair.isEmpty ? "" : " \(pair)") + size
  }

  /// A row for each pair of each set.
  static func rows(
    _ plan: StudyPlan, _ results: [String: StudyResult], decoding: [String: DecodingComparison]
  ) -> [StudyRow] {
    plan.study.sets.enumerated().flatMap { index, set in
      let trials = plan.trials.filter { $0.set == set.name }
      // A seed of its own for the draws of each set, so that those of different sets are independent.
      return set.pairs.map { StudyRow(set, $0, trials, results, decoding, drawSeed: UInt64(index + 1)) }
    }
  }

  private init(
    _ set: Study.RecordSet, _ pair: Study.Pair, _ trials: [StudyPlan.Trial], _ results: [String: StudyResult],
    _ decoding: [String: DecodingComparison], drawSeed: UInt64
  ) {
    let roles: [StudyPlan.Role] = [.teacher, .student(pair: pair.name), .plain(pair: pair.name)]
    func result(_ role: StudyPlan.Role, _ seed: UInt64) -> StudyResult? {
      let trial = trials.first { $0.role == role && $0.seed == seed }
      return trial.flatMap { results[$0.name] }.flatMap { $0.isUsable ? $0 : nil }
    }
    // Only whole triples that answered the same questions are compared.
    let questions = set.seeds.lazy.compactMap { result(.teacher, $0)?.groups }.first ?? []
    let ofTeacher = set.seeds.compactMap { result(.teacher, $0) }.filter { $0.groups == questions }
    let triples = set.seeds.map { seed in roles.compactMap { result($0, seed) } }
      .filter { $0.count == 3 && $0.allSatisfy { $0.groups == questions } }
    self.set = set.name
    self.pair = pair.name
    seeds = (triples.isEmpty ? ofTeacher.count : triples.count, set.seeds.count)
    problems = questions.count
    commonest = ofTeacher.first?.accuracy?.commonestAccuracy
    hasTeacher = StudyResult.teach(ofTeacher)
    let comparisons = trials.filter { $0.role == roles[1] }.compactMap { decoding[$0.name] }
    machines = Set(comparisons.map(\.machine))
    self.decoding = Spread(comparisons.flatMap(\.ratios)).map { ($0.median, $0.minimum, $0.maximum) }
    guard let seeds = [triples.count, ofTeacher.count].first(where: { $0 > 0 }) else { return }
    let bootstrap = NestedBootstrap(groups: questions, seeds: seeds)
    func draws(_ statistic: (NestedBootstrap.Draw) -> Double) -> [Double] {
      bootstrap.draws(seed: drawSeed, statistic)
    }
    guard let first = triples.first else {
      teacher = Accuracy(ofTeacher, draws)
      return
    }
    let (taught, own, alone) = (triples.map { $0[0] }, triples.map { $0[1] }, triples.map { $0[2] })
    let accuracies = [taught, own, alone].map { Accuracy($0, draws) }
    (teacher, student, plain) = (accuracies[0], accuracies[1], accuracies[2])
    let solved = [taught, own, alone].map { $0.map(\.numbers) }
    difference = Figure(
      accuracies[1].mean - accuracies[2].mean,
      draws: draws { $0.mean(solved[1]) - $0.mean(solved[2]) })
    if hasTeacher == true {
      retention = Figure(
        accuracies[1].mean / accuracies[0].mean,
        draws: draws { $0.mean(solved[1]) / $0.mean(solved[0]) })
    }
    if triples.count == 1 { mcNemarP = McNemarTest(first[1].solved, first[2].solved).p }
    isUneven = triples.contains { $0.contains { !$0.isWhole } || $0[1].tokens != $0[2].tokens }
  }
}

extension StudyResult {
  /// 1 for a problem that was solved, else 0.
  fileprivate var numbers: [Double] { solved.map { $0 ? 1 : 0 } }
}
