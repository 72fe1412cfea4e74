import Corpus

/// Accuracy of one model on one set of problems, whole and by family, level and language.
public struct AccuracyReport: Codable, Sendable {
  /// One row of a table.
  public struct Cell: Codable, Sendable, Equatable {
    public let name: String
    public let problems: Int
    /// As many as problems, or several times as many.
    public let answers: Int
    public let correct: Int
    public let unparsed: Int
    /// Wilson's; `ConfidenceInterval(overProblems:)` where each problem has several answers.
    public let interval: ConfidenceInterval
    /// The accuracy of blind guessing, averaged over the problems.
    public let chance: Double

    public var accuracy: Double { answers == 0 ? 0 : Double(correct) / Double(answers) }
    /// RA = (accuracy − chance) / (1 − chance); negative values are kept.
    public var rescaledAccuracy: Double { RescaledAccuracy.of(accuracy, chance: chance) }

    init(name: String, answers: [GradedAnswer], samples: Int) {
      self.name = name
      problems = answers.count / samples
      self.answers = answers.count
      correct = answers.count(where: \.isCorrect)
      unparsed = answers.count { $0.verification.verdict == .unparsable }
      interval =
        samples == 1
        ? ConfidenceInterval(WilsonInterval(successes: correct, trials: problems))
        : ConfidenceInterval(overProblems: answers.accuracies(samples: samples))
      let chances = answers.reduce(0) { $0 + $1.problem.answer.chance }
      chance = answers.isEmpty ? 0 : chances / Double(answers.count)
    }
  }

  public let overall: Cell
  public let byFamily: [Cell]
  public let byLevel: [Cell]
  public let byLanguage: [Cell]
  public let byDomain: [Cell]
  /// What always giving a family's commonest training answer would reach; nil where no prior was measured.
  public let answerPrior: Double?
  /// What always giving the answer that is right most often among these problems would reach; nil where not all list their
  /// answers, and in reports of an earlier program.
  public let commonestShare: Double?
  /// The mean of the accuracies over the problems of each right answer, so that a common answer weighs no more than a
  /// rare one; nil where not all questions list their answers, or all have the same one.
  public let balancedAccuracy: Double?
  /// The mean of the F1 scores of the answers that are right somewhere or were given somewhere, F1 = 2 TP / (2 TP + FP + FN); an
  /// answer that cannot be read is a miss of the right one. Nil where `balancedAccuracy` is.
  public let macroF1: Double?
  /// Share of answers that the model ended by itself.
  public let stopRate: Double
  public let meanTokens: Double

  /// - Parameter samples: answers to each problem, those of one problem together.
  public init(_ answers: [GradedAnswer], prior: AnswerPrior? = nil, samples: Int = 1) {
    precondition(
      samples >= 1 && answers.count % samples == 0,
      "AccuracyReport: \(answers.count) answers, \(samples) to each problem")
    func table(_ key: (Problem) -> String?) -> [Cell] {
      let groups = Dictionary(grouping: answers.filter { key($0.problem) != nil }) { key($0.problem)! }
      return groups.keys.sorted().map { Cell(name: $0, answers: groups[$0]!, samples: samples) }
    }
    overall = Cell(name: "all", answers: answers, samples: samples)
    byFamily = table(\.family)
    byLevel = table { $0.level.map(String.init) }
    byLanguage = table(\.language)
    byDomain = table(\.domain)
    answerPrior = prior.map { prior in prior.accuracy(on: answers.map(\.problem)) }
    commonestShare = AccuracyReport.commonestShare(answers)
    balancedAccuracy = AccuracyReport.balancedAccuracy(answers)
    macroF1 = balancedAccuracy.map { _ in AccuracyReport.macroF1(answers) }
    let count = Double(max(1, answers.count))
    stopRate = Double(answers.count(where: \.stopped)) / count
    meanTokens = Double(answers.reduce(0) { $0 + $1.tokenCount }) / count
  }

  private static func commonestShare(_ answers: [GradedAnswer]) -> Double? {
    guard !answers.isEmpty, answers.allSatisfy({ $0.problem.answer.isListed }) else { return nil }
    let counts = Dictionary(grouping: answers, by: \.problem.answer.text).values.map(\.count)
    return Double(counts.max() ?? 0) / Double(answers.count)
  }

  private static func balancedAccuracy(_ answers: [GradedAnswer]) -> Double? {
    guard answers.allSatisfy({ $0.problem.answer.isListed }) else { return nil }
    let classes = Dictionary(grouping: answers, by: \.problem.answer.text)
    guard classes.count > 1 else { return nil }
    // In a fixed order: a float sum depends on it.
    let recalls = classes.sorted { $0.key < $1.key }.map { $0.value.accuracy }
    return recalls.reduce(0, +) / Double(classes.count)
  }

  private static func macroF1(_ answers: [GradedAnswer]) -> Double {
    var counts: [String: (hits: Int, given: Int, right: Int)] = [:]
    for answer in answers {
      let right = answer.problem.answer.text
      // In the words of the right answer, where it is one.
      let given = answer.isCorrect ? right : answer.verification.parsed
      counts[right, default: (0, 0, 0)].right += 1
      if let given { counts[given, default: (0, 0, 0)].given += 1 }
      if answer.isCorrect { counts[right]?.hits += 1 }
    }
    // 2 TP + FP + FN is how often it was given and how often it is right, together.
    let scores = counts.sorted { $0.key < $1.key }.map {
      2 * Double($0.value.hits) / Double($0.value.given + $0.value.right)
    }
    return scores.reduce(0, +) / Double(scores.count)
  }
}

extension [GradedAnswer] {
  /// The share of right answers; 0 of none.
  var accuracy: Double { isEmpty ? 0 : Double(count(where: \.isCorrect)) / Double(count) }

  /// The accuracy on each problem, of which every one has `samples` answers that stand together.
  package func accuracies(samples: Int) -> [Double] {
    stride(from: 0, to: count, by: samples).map { Array(self[$0..<$0 + samples]).accuracy }
  }
}
