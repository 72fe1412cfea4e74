import Foundation

/// What a stage has taken, all sittings together.
struct StageTime: Codable {
  var seconds = 0.0
  /// Time that all threads of the process have run.
  var coreSeconds = 0.0
}

/// Wall-clock and processor time since a moment, after what was taken before.
struct StageClock {
  private let before: StageTime
  private let start = ContinuousClock.now
  private let processorStart = StageClock.processorSeconds

  init(after before: StageTime = StageTime()) { self.before = before }

  var seconds: Double { before.seconds + (ContinuousClock.now - start) / .seconds(1) }
  var coreSeconds: Double { before.coreSeconds + StageClock.processorSeconds - processorStart }
  var time: StageTime { StageTime(seconds: seconds, coreSeconds: coreSeconds) }

  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
