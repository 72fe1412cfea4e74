import Foundation
import Kernels
import Testing

@Suite(.serialized) struct ProcessMemoryTests {
  /// What is resident now, in bytes.
  private func resident() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
  }

  @Test func memoryOfDroppedBuffersGoesBack() throws {
    // Twice, as the C library gives smaller blocks out of its own store after it has once got some back.
    for count in [1, 64, 64] {
      let size = 256 << 20
      do {
        let buffers = (0..<count).map { _ in Buffer.repeating(1, count: size / 4 / count) }
        #expect(buffers.count == count)
      }
      let kept = try resident()
      ProcessMemory.releaseIdle()
      // Tests beside this one take some meanwhile.
      let left = try resident()
      #expect(left < kept - size / 2, "\(count) buffers: \(kept >> 20) MiB before, \(left >> 20) after")
      #expect(ProcessMemory.peakBytes >= size)
    }
  }
}
