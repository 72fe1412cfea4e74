import Foundation

/// What a stage has taken, all sittings together.
public struct StageTime: Codable, Sendable, Equatable {
  public var seconds = 0.0
  /// Time that all threads of the process have run.
  public var coreSeconds = 0.0

  public init() {}
}

/// Wall-clock and processor time since a moment, after what was taken before.
package struct StageClock: Sendable {
  private let before: StageTime
  private let start = ContinuousClock.now
  private let processorStart = StageClock.processorSeconds

  package init(after before: StageTime = StageTime()) { self.before = before }

  package var seconds: Double { before.seconds + (ContinuousClock.now - start) / .seconds(1) }
  package var coreSeconds: Double { before.coreSeconds + StageClock.processorSeconds - processorStart }

  package var time: StageTime {
    var time = StageTime()
    (time.seconds, time.coreSeconds) = (seconds, coreSeconds)
    return time
  }

  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
