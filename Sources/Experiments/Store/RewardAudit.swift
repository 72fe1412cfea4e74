import Files

/// Where the judges of stored answers disagree: the verifier and the rewards, two by two.
///
/// A reward accepts an answer that it gives more than the middle of its range in these answers; the verifier (`verdict`) accepts
/// one that it read as correct. A reward that gave every answer the same judges nothing and is left out.
public struct RewardAudit: Sendable {
  /// Two judges and how they judged the answers that both did.
  public struct Pair: Sendable {
    public let first: String
    public let second: String
    public fileprivate(set) var bothAccept = 0
    public fileprivate(set) var neitherAccepts = 0
    /// Indices of the answers that one accepts alone.
    public fileprivate(set) var onlyFirst: [Int] = []
    public fileprivate(set) var onlySecond: [Int] = []

    public var judged: Int { bothAccept + neitherAccepts + onlyFirst.count + onlySecond.count }
    /// The share on which they agree; 1 where there is nothing to disagree on.
    public var agreement: Double {
      judged == 0 ? 1 : Double(bothAccept + neitherAccepts) / Double(judged)
    }
  }

  public let answers: [StoredRollout]
  /// The least agreement first.
  public let pairs: [Pair]
  /// Rewards that gave every answer the same.
  public let constant: [String]
  /// Answers of which the verifier could read nothing; it accepts none of them.
  public let unparsable: Int

  /// - Throws: what reading the rewards of a stored answer throws.
  public init(_ answers: [StoredRollout]) throws {
    self.answers = answers
    unparsable = answers.count { $0.verdict == "unparsable" }
    var scores: [String: [Int: Double]] = [:]
    for (index, answer) in answers.enumerated() {
      let rewards = try JSONValue(parsing: answer.rewards, source: "rewards of run \(answer.run)")
      for entry in rewards.object?.entries ?? [] {
        if let value = entry.value.double { scores[entry.key, default: [:]][index] = value }
      }
    }
    var judges: [(name: String, accepts: [Int: Bool])] = [
      (
        "verdict",
        Dictionary(uniqueKeysWithValues: answers.indices.map { ($0, answers[$0].verdict == "correct") })
      )
    ]
    var constant: [String] = []
    for (name, values) in scores.sorted(by: { $0.key < $1.key }) {
      let (low, high) = (values.values.min() ?? 0, values.values.max() ?? 0)
      guard low < high else {
        constant.append(name)
        continue
      }
      let middle = low / 2 + high / 2
      judges.append((name, values.mapValues { $0 > middle }))
    }
    self.constant = constant
    pairs = judges.indices.flatMap { first in
      (first + 1..<judges.count).map { second in
        RewardAudit.compare(judges[first], judges[second], count: answers.count)
      }
    }.sorted { $0.agreement < $1.agreement }
  }

  private static func compare(
    _ first: (name: String, accepts: [Int: Bool]), _ second: (name: String, accepts: [Int: Bool]), count: Int
  ) -> Pair {
    var pair = Pair(first: first.name, second: second.name)
    for index in 0..<count {
      guard let a = first.accepts[index], let b = second.accepts[index] else { continue }
      switch (a, b) {
      case (true, true): pair.bothAccept += 1
      case (false, false): pair.neitherAccepts += 1
      case (true, false): pair.onlyFirst.append(index)
      case (false, true): pair.onlySecond.append(index)
      }
    }
    return pair
  }
}
