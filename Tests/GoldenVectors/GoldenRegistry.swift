import Foundation
import Synchronization

/// Counts the golden cases of a test process and prints `golden: R run, S skipped` when it ends.
public enum GoldenRegistry {
  private struct Counts {
    var run = 0
    var skipped = 0
    var reportsAtExit = false
  }

  private static let counts = Mutex(Counts())

  /// Adds `cases` that ran and held.
  public static func countRun(_ cases: Int) { count { $0.run += cases } }

  /// Adds cases that were left out, and says why.
  public static func skip(_ group: String, cases: Int, reason: String) {
    print("skipped \(group) (\(cases) case\(cases == 1 ? "" : "s")): \(reason)")
    count { $0.skipped += cases }
  }

  private static func count(_ change: (inout Counts) -> Void) {
    counts.withLock {
      change(&$0)
      guard !$0.reportsAtExit else { return }
      $0.reportsAtExit = true
      atexit { GoldenRegistry.report() }
    }
  }

  private static func report() {
    let (run, skipped) = counts.withLock { ($0.run, $0.skipped) }
    print("golden: \(run) run, \(skipped) skipped")
  }
}
