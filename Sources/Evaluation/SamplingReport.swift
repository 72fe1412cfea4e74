import Foundation

/// What several answers to each problem say: pass@k, the majority's accuracy, calibration and the seeds' spread.
///
/// pass@k and the majority are taken over the answers of one seed and averaged over the seeds; intervals are over the
/// problems.
public struct SamplingReport: Sendable {
  /// One seed's figures.
  public struct Seed: Sendable, Equatable {
    public let seed: UInt64
    public let accuracy: Double
    public let majorityAccuracy: Double
    /// In the order of `SamplingReport.passAtK`.
    public let passAtK: [Double]
  }

  /// A mean over the problems.
  public struct Estimate: Sendable, Equatable {
    public let mean: Double
    public let interval: ConfidenceInterval

    init(_ values: [Double]) {
      mean = SamplingReport.mean(values[...])
      interval = ConfidenceInterval(overProblems: values)
    }
  }

  public let plan: SamplePlan
  public let passAtK: [(k: Int, estimate: Estimate)]
  public let majority: Estimate
  /// Of the majority's answers, whose confidence is their share of the votes; nil without problems.
  public let calibration: Calibration?
  public let seeds: [Seed]
  /// Of the seeds' accuracies.
  public let spread: Spread?
  /// Whether the first seed's majority is right, by problem.
  public let solved: [Bool]

  /// - Parameters:
  ///   - answers: as `Examination.answers(to:plan:)` gives them.
  ///   - passAt: each k from 1 to the plan's samples.
  public init(_ answers: [SampledAnswer], plan: SamplePlan, passAt: [Int]) {
    precondition(
      answers.count % plan.answersPerProblem == 0,
      "SamplingReport: \(answers.count) answers, \(plan.answersPerProblem) to each problem")
    self.plan = plan
    let (samples, seedCount) = (plan.samples, plan.seeds.count)
    // Groups of one seed's answers to one problem: those of a problem stand together, in the order of the seeds.
    let groups = stride(from: 0, to: answers.count, by: samples).map {
      answers[$0..<$0 + samples].map(\.graded)
    }
    let votes = groups.map(MajorityVote.init)
    func overProblems(_ values: [Double]) -> Estimate {
      Estimate(
        stride(from: 0, to: values.count, by: seedCount).map { Self.mean(values[$0..<$0 + seedCount]) })
    }
    func ofSeed(_ place: Int, _ values: [Double]) -> Double {
      Self.mean(stride(from: place, to: values.count, by: seedCount).map { values[$0] }[...])
    }
    let passes = passAt.map { k in
      groups.map { PassAtK.estimate(answers: samples, correct: $0.count(where: \.isCorrect), k: k) }
    }
    let right = votes.map { $0.isCorrect ? 1.0 : 0 }
    let accuracies = groups.map(\.accuracy)
    passAtK = zip(passAt, passes).map { ($0, overProblems($1)) }
    majority = overProblems(right)
    calibration = Calibration(votes.map { ($0.share, $0.isCorrect) })
    seeds = plan.seeds.enumerated().map { place, seed in
      Seed(
        seed: seed, accuracy: ofSeed(place, accuracies), majorityAccuracy: ofSeed(place, right),
        passAtK: passes.map { ofSeed(place, $0) })
    }
    spread = Spread(seeds.map(\.accuracy))
    solved = stride(from: 0, to: votes.count, by: seedCount).map { votes[$0].isCorrect }
  }

  fileprivate static func mean(_ values: ArraySlice<Double>) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

extension Calibration {
  /// Of single answers, whose confidence is the geometric mean of their tokens' probabilities:
  /// exp(mean log-probability). Empty answers are left out.
  public init?(tokenProbabilities answers: [SampledAnswer]) {
    self.init(
      answers.compactMap { answer in
        answer.meanLogProbability.map { (min(1, exp($0)), answer.graded.isCorrect) }
      })
  }
}
