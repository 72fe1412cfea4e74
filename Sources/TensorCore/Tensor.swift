import Kernels

/// A row-major, contiguous fp32 array of any rank, with the tape node that made it where gradients are recorded.
///
/// Copies share one `Buffer`, which nothing writes to after the op that made it; only `Parameter` updates in place.
/// A tensor may hold a tape node and is therefore not `Sendable`.
public struct Tensor {
  /// The length of each axis; empty for a scalar.
  public let shape: [Int]
  public let buffer: Buffer
  let node: TapeNode?

  /// A constant of the given shape.
  public init(_ shape: [Int], _ buffer: Buffer) {
    self.init(shape, buffer, node: nil)
  }

  /// A constant of the given shape from values in row-major order.
  public init(_ shape: [Int], _ values: [Float]) {
    self.init(shape, Buffer(values), node: nil)
  }

  /// A constant scalar.
  public init(_ value: Float) {
    self.init([], [value])
  }

  init(_ shape: [Int], _ buffer: Buffer, node: TapeNode?) {
    requireShape(
      shape.reduce(1, *) == buffer.count,
      "Tensor: shape \(shape) asks for \(shape.reduce(1, *)) "
        + "elements, the buffer has \(buffer.count)")
    self.shape = shape
    self.buffer = buffer
    self.node = node
  }

  /// Zeros of the given shape.
  public static func zeros(_ shape: [Int]) -> Tensor {
    Tensor(shape, Buffer.zeros(shape.reduce(1, *)))
  }

  /// The number of elements.
  public var count: Int { buffer.count }

  /// The length of the last axis; 1 for a scalar.
  public var columns: Int { shape.last ?? 1 }

  /// The number of rows when all axes but the last are taken as one.
  public var rows: Int { shape.dropLast().reduce(1, *) }

  /// All elements in row-major order (a copy).
  public var values: [Float] { buffer.array() }

  /// The only element of a tensor of one element.
  public var item: Float {
    requireShape(count == 1, "item: shape \(shape) has \(count) elements, not 1")
    return buffer.array()[0]
  }

  /// Whether `backward` passes through or ends at this tensor.
  public var requiresGradient: Bool { node != nil }

  /// The same values without their history: no gradient flows through the result.
  public func detached() -> Tensor { Tensor(shape, buffer) }
}

/// Stops with a message that names the op and its shapes, in release builds too (`precondition` prints none there).
@inline(__always)
public func requireShape(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
