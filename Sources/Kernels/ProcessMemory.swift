import Foundation

/// The memory of this process.
public enum ProcessMemory {
  /// The most that was ever resident, in bytes; 0 where /proc does not tell.
  public static var peakBytes: Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kibibytes * 1024
  }

  /// Gives the memory of dropped buffers back to the system, which the next ones would use again otherwise. Worth it when
  /// something large is gone whose sizes do not come back.
  public static func releaseIdle() { BufferPool.releaseIdle() }
}
