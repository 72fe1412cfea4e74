import Foundation
import Synchronization

/// Ctrl-C and `kill`: a flag that the loop polls after every update, so that a run ends with a checkpoint.
public enum Interruption {
  private static let requested = Atomic<Bool>(false)

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

  public static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
