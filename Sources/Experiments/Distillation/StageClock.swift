import Foundation

/// Wall-clock and processor time since a moment.
struct StageClock {
  private let start = ContinuousClock.now
  private let processorStart = StageClock.processorSeconds

  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
  var coreSeconds: Double { StageClock.processorSeconds - processorStart }

  /// Time that all threads of this process have run.
  private static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
