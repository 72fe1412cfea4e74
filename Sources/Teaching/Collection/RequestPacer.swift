import Synchronization

/// Spreads requests evenly over the minute.
final class RequestPacer: Sendable {
  private let interval: Duration?
  private let next: Mutex<ContinuousClock.Instant>

  /// - Parameter perMinute: as many as come when nil.
  init(perMinute: Double?) {
    interval = perMinute.map { .seconds(60 / $0) }
    next = Mutex(.now)
  }

  /// Takes the next turn: how long its owner must wait for it.
  func turn() -> Duration {
    guard let interval else { return .zero }
    return next.withLock { next in
      let start = max(next, .now)
      next = start + interval
      return ContinuousClock.now.duration(to: start)
    }
  }
}
