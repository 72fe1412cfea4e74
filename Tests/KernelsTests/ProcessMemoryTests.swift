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
    let size = 96 << 20
    _ = Buffer.repeating(1, count: size / 4)
    let kept = try resident()
    ProcessMemory.releaseIdle()
    // Tests beside this one take some meanwhile.
    #expect(try resident() < kept - size / 2)
    #expect(ProcessMemory.peakBytes >= size)
  }
}
