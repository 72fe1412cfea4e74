import Foundation
import Kernels
import Testing

/// Buffers that stay share large blocks.
@Suite struct BufferPoolTests {
  /// From nothing to beyond what has a block of its own.
  private static let sizes = [0, 1, 15, 16, 17, 100, 4_096, 99_999, 300_000, 1_000_000, 1_048_576, 2_000_000]

  @Test func keptBuffersDoNotTouchEachOther() {
    var kept: [(buffer: Buffer, value: Float)] = []
    for round in 0..<8 {
      // From several threads at once, as two models may be loaded.
      let sizes = Self.sizes
      let made = Mutexed<[(Buffer, Float)]>([])
      DispatchQueue.concurrentPerform(iterations: sizes.count) { index in
        let buffer = Buffer.uninitializedToKeep(sizes[index])
        let value = Float(100 * round + index)
        buffer.withMutableSpan { span in for place in span.indices { span[place] = value } }
        made.append((buffer, value))
      }
      kept += made.values
      // Every second one goes; what stays is whole.
      if round.isMultiple(of: 2) {
        kept = kept.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
      }
      for (buffer, value) in kept { #expect(buffer.array().allSatisfy { $0 == value }) }
    }
    for (buffer, _) in kept where buffer.count > 0 { #expect(buffer.isAligned) }
  }
}

/// A list that several threads add to.
private final class Mutexed<Values: RangeReplaceableCollection & Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Values
  init(_ values: Values) { stored = values }
  func append(_ value: Values.Element) { lock.withLock { stored.append(value) } }
  var values: Values { lock.withLock { stored } }
}

extension Buffer {
  /// To 64 bytes, as the kernels may ask.
  fileprivate var isAligned: Bool {
    withSpan { span in span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress).isMultiple(of: 64) } }
  }
}
