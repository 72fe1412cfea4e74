import Evaluation
import Foundation
import Testing
import Training

/// Rewards by a program of the user.
@Suite struct CommandRewardTests {
  private let answers = ["<think>3+4=7</think>7", "8", "9"].map { PolicyTests.answer($0, "7") }

  private func scores(_ command: String, seconds: Double = 20) -> RewardScores {
    CommandReward(command, timeoutSeconds: seconds).scores(answers)
  }

  @Test func aScoreALineIsRead() {
    // `correct` is our verifier's word, which the program sees.
    let found = scores(
      #"""
      while read -r line; do
        case "$line" in *'"correct": true'*|*'"correct":true'*) echo 1;; *) echo '{"reward": -0.5}';; esac
      done
      """#)
    #expect(found == RewardScores([1, -0.5, -0.5]))
    #expect(scores("echo 0.5; echo null; echo '{\"reward\": null}'") == RewardScores([0.5, nil, nil]))
    #expect(CommandReward("echo 2").score(answers[0]) == 2)
    #expect(CommandReward("true").scores([]) == RewardScores([]))
  }

  @Test(arguments: [
    ("exit 3", 3, "status 3"), ("echo cannot find x >&2; exit 2", 3, "cannot find x"),
    ("kill -9 $$", 3, "signal 9"), ("no-such-program-anywhere", 3, "status 127"), ("true", 3, "0 lines"),
    ("echo 1; exit 1", 2, "status 1"), ("echo 1; echo yes; echo 2", 1, "\"yes\" instead of a score"),
    ("echo 1; echo NaN; echo 1e999", 2, "\"NaN\""), ("for i in 1 2 3 4; do echo 1; done", 3, "4 lines for 3"),
    (#"printf '\377\n1\n{"score": 1}\n'"#, 2, "instead of a score"), ("yes 1", 3, "wrote more than"),
  ])
  func whatFailsIsNotApplicableAndCounted(command: String, failures: Int, words: String) {
    let found = scores(command)
    #expect(found.failures == failures && found.values.count { $0 == nil } == failures, "\(found)")
    #expect(found.reason?.contains(words) == true, "\(found)")
  }

  /// What was written before the limit counts; the program and its children are ended.
  @Test func aProgramThatHangsIsEnded() throws {
    let folder = CheckpointTests.temporaryDirectory()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let mark = folder.appendingPathComponent("late").path
    let start = ContinuousClock.now
    let found = scores("echo 1; (sleep 3; touch \(mark)) & wait", seconds: 0.5)
    #expect(ContinuousClock.now - start < .seconds(3))
    #expect(found.values == [1, nil, nil] && found.failures == 2)
    #expect(found.reason?.contains("more than 0.5 s") == true)
    Thread.sleep(forTimeInterval: 3)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  /// More input than a pipe holds, to a program that reads none of it.
  @Test func anInputThatIsNotReadDoesNoHarm() {
    let long = PolicyTests.answer(String(repeating: "x", count: 300_000), "7")
    #expect(CommandReward("echo 1").scores([long]).values == [1])
  }
}
