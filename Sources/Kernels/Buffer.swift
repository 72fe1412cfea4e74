import Glibc

/// A block of 32-bit floats, aligned to 64 bytes, that goes back to a pool when its last reference goes.
///
/// It is a reference: two tensors that share a buffer see each other's writes. Kernels write into fresh buffers,
/// except where their name or documentation says that they update one in place.
///
/// `@unchecked Sendable`: the class itself guards nothing. The invariant is that a buffer reachable from two tasks
/// is only read; whoever updates it in place (an optimizer, a cache) holds it alone.
public final class Buffer: @unchecked Sendable {
  /// The number of floats.
  public let count: Int
  /// What the elements take.
  public var byteCount: Int { count * MemoryLayout<Float>.stride }
  let pointer: UnsafeMutablePointer<Float>
  private let block: BufferPool.Block

  private init(uninitialized count: Int, stays: Bool = false) {
    precondition(count >= 0, "Buffer: a negative count")
    self.count = count
    let byteCount = count * MemoryLayout<Float>.stride
    block = stays ? BufferPool.takeToKeep(byteCount: byteCount) : BufferPool.take(byteCount: byteCount)
    pointer = block.address.bindMemory(to: Float.self, capacity: max(count, 1))
  }

  /// A copy of `values`.
  public convenience init(_ values: [Float]) {
    self.init(uninitialized: values.count)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { pointer.update(from: base, count: count) }
    }
  }

  /// A buffer that `fill` writes in full.
  convenience init(count: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) {
    self.init(uninitialized: count)
    fill(pointer)
  }

  deinit { BufferPool.give(block) }

  /// A buffer whose values are whatever the memory held: write every element before reading any.
  public static func uninitialized(_ count: Int) -> Buffer { Buffer(uninitialized: count) }

  /// The same for values that stay long and are read again and again from end to end, such as packed weights.
  package static func uninitializedToKeep(_ count: Int) -> Buffer {
    Buffer(uninitialized: count, stays: true)
  }

  /// A buffer of zeros.
  public static func zeros(_ count: Int) -> Buffer {
    let buffer = Buffer(uninitialized: count)
    memset(buffer.pointer, 0, count * MemoryLayout<Float>.stride)
    return buffer
  }

  /// A buffer of `count` times `value`.
  public static func repeating(_ value: Float, count: Int) -> Buffer {
    let buffer = Buffer(uninitialized: count)
    buffer.pointer.update(repeating: value, count: count)
    return buffer
  }

  /// One element, bounds checked; for loops use `withSpan` or `withMutableSpan`.
  public subscript(index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "Buffer: index out of range")
      return pointer[index]
    }
    set {
      precondition(index >= 0 && index < count, "Buffer: index out of range")
      pointer[index] = newValue
    }
  }

  /// Calls `body` with the elements, for reading.
  public func withSpan<Result>(_ body: (Span<Float>) throws -> Result) rethrows -> Result {
    try body(UnsafeBufferPointer(start: pointer, count: count).span)
  }

  /// Calls `body` with the elements, for reading and writing in place.
  public func withMutableSpan<Result>(_ body: (inout MutableSpan<Float>) throws -> Result) rethrows -> Result
  {
    var span = UnsafeMutableBufferPointer(start: pointer, count: count).mutableSpan
    return try body(&span)
  }

  /// The elements as an array.
  public func array() -> [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

  /// A buffer of its own with the same values.
  public func copy() -> Buffer {
    let copy = Buffer(uninitialized: count)
    copy.pointer.update(from: pointer, count: count)
    return copy
  }

  /// A copy of the elements in `range`.
  public func slice(_ range: Range<Int>) -> Buffer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "Buffer: slice out of range")
    let copy = Buffer(uninitialized: range.count)
    copy.pointer.update(from: pointer + range.lowerBound, count: range.count)
    return copy
  }

  /// Overwrites elements from `start` on with the whole of `source`.
  public func replace(from start: Int, with source: Buffer) {
    precondition(start >= 0 && start + source.count <= count, "Buffer: replacement out of range")
    (pointer + start).update(from: source.pointer, count: source.count)
  }
}
