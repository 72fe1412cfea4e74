import Foundation
import Synchronization

/// Ctrl-C, `kill` and the end of a command's time: a flag that the loop polls after every update, so that a run ends with a
/// checkpoint.
public enum Interruption {
  private static let requested = Atomic<Bool>(false)
  private static let deadline = Mutex<ContinuousClock.Instant?>(nil)

  /// Installs the handlers of SIGINT and SIGTERM; a second signal ends the process at once.
  public static func listen() {
    // The flag exists before a handler can touch it.
    requested.store(false, ordering: .sequentiallyConsistent)
    for name in [SIGINT, SIGTERM] {
      signal(name) { received in
        if Interruption.requested.exchange(true, ordering: .sequentiallyConsistent) { _exit(128 + received) }
      }
    }
  }

  /// Ends what is running after so many seconds, as a first Ctrl-C does.
  public static func request(after seconds: Double) {
    deadline.withLock { $0 = .now + .seconds(seconds) }
  }

  public static var isRequested: Bool { requested.load(ordering: .relaxed) || isPast }

  /// Whether it is the time alone that ends it.
  public static var isOutOfTime: Bool { !requested.load(ordering: .relaxed) && isPast }

  private static var isPast: Bool { deadline.withLock { $0.map { $0 <= .now } ?? false } }
}
