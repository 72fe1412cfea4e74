/// How many answers a model gives to each problem, and from which seeds it draws them.
public struct SamplePlan: Sendable, Equatable {
  /// Answers of one seed to each problem.
  public var samples: Int
  public var seeds: [UInt64]

  public init(samples: Int = 1, seeds: [UInt64] = [0]) {
    self.samples = samples
    self.seeds = seeds
  }

  public var answersPerProblem: Int { samples * seeds.count }
}

/// One of the answers to a problem.
public struct SampledAnswer: Sendable {
  public let graded: GradedAnswer
  public let seed: UInt64
  /// Which of the seed's answers, from 0.
  public let sample: Int
  /// The mean log-probability of its tokens under the distribution that they were drawn from; nil for an empty answer.
  public let meanLogProbability: Double?

  public init(graded: GradedAnswer, seed: UInt64, sample: Int, meanLogProbability: Double?) {
    self.graded = graded
    self.seed = seed
    self.sample = sample
    self.meanLogProbability = meanLogProbability
  }
}
