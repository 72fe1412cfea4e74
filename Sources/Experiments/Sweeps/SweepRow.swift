import Evaluation
import Training

/// What the seeds of one combination came to.
public struct SweepRow: Sendable {
  public struct Run: Sendable {
    public let seed: UInt64
    /// Of its directory.
    public let name: String
    /// The metric; nil for a run that is not finished, or failed.
    public let value: Double?
    public let seconds: Double?
    /// Why a run failed.
    public let error: String?
    /// A run that is not finished has passed no gate.
    public let verdicts: [Gate.Verdict]

    init(_ trial: SweepPlan.Trial, _ result: SweepResult?, metric: SweepMetric) {
      seed = trial.seed
      name = trial.name
      value = result?.metrics[metric.name]
      seconds = result?.seconds
      error = result?.error
      verdicts = Gate.verdicts(trial.recipe.gates, on: result?.metrics ?? [:])
    }
  }

  public let combination: SweepPlan.Combination
  /// A seed each.
  public let runs: [Run]
  /// Of the metric over the finished seeds; nil where none is finished.
  public let spread: Spread?
  /// Of one run.
  public let meanSeconds: Double?
  /// Against the plan's first combination, paired by seed; nil for that itself and below two common seeds.
  public let test: SignFlipTest?
  /// The same by Student's test, which few seeds can pass, and which takes the differences as normal.
  public let tTest: PairedTTest?

  /// The rows of a sweep, best first; combinations without a value come last.
  static func rows(_ plan: SweepPlan, _ results: [SweepResult?], metric: SweepMetric) -> [SweepRow] {
    var runs = [[Run]](repeating: [], count: plan.combinations.count)
    for (trial, result) in zip(plan.trials, results) {
      runs[trial.combination].append(Run(trial, result, metric: metric))
    }
    let rows = zip(plan.combinations, runs).enumerated().map { index, pair in
      SweepRow(pair.0, pair.1, against: index == 0 ? nil : runs[0])
    }
    return rows.enumerated().sorted { first, second in
      guard let a = first.element.spread?.mean, let b = second.element.spread?.mean else {
        let (hasFirst, hasSecond) = (first.element.spread != nil, second.element.spread != nil)
        return hasFirst == hasSecond ? first.offset < second.offset : hasFirst
      }
      return a == b ? first.offset < second.offset : metric.lowerIsBetter ? a < b : a > b
    }.map(\.element)
  }

  private init(_ combination: SweepPlan.Combination, _ runs: [Run], against first: [Run]?) {
    self.combination = combination
    self.runs = runs
    spread = Spread(runs.compactMap(\.value))
    meanSeconds = Spread(runs.filter { $0.value != nil }.compactMap(\.seconds))?.mean
    let others = Dictionary((first ?? []).map { ($0.seed, $0.value) }) { first, _ in first }
    let differences = runs.compactMap { run in
      (others[run.seed] ?? nil).flatMap { other in run.value.map { $0 - other } }
    }
    tTest = PairedTTest(differences)
    test = differences.count > 1 ? SignFlipTest(differences) : nil
  }
}
