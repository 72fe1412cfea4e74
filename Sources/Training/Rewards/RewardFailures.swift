/// How often a reward failed, in an update and in updates one after another.
struct RewardFailures {
  /// Of this update.
  private(set) var count = 0
  private var answers = 0
  private var reason: String?
  /// Updates in a row in which more than half of the answers got no score for a failure.
  private var badUpdates = 0
  /// Whether any answer of the run failed to be scored.
  private(set) var haveHappened = false

  static let badUpdateLimit = 3

  mutating func add(_ scores: RewardScores) {
    count += scores.failures
    answers += scores.values.count
    reason = reason ?? scores.reason
    haveHappened = haveHappened || scores.failures > 0
  }

  /// Whether more than half of the answers were not scored.
  private var isBad: Bool { 2 * count > answers }

  mutating func startUpdate() {
    badUpdates = isBad ? badUpdates + 1 : 0
    (count, answers, reason) = (0, 0, nil)
  }

  /// - Throws: `TrainingError.rewardFailed` at the third update in a row without most of its scores.
  func endUpdate(_ name: String) throws {
    guard isBad, badUpdates + 1 >= Self.badUpdateLimit else { return }
    throw error(name)
  }

  func error(_ name: String) -> TrainingError {
    .rewardFailed(name: name, failed: count, answers: answers, reason: reason ?? "no score")
  }

  /// For a look before the first update: a reward that fails from the start will not recover.
  static func check(_ name: String, _ scores: RewardScores) throws {
    var failures = RewardFailures()
    failures.add(scores)
    if failures.isBad { throw failures.error(name) }
  }
}
