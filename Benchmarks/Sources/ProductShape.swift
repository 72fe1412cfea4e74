import Kernels

/// How the two matrices of a product are stored: N as they enter it, T transposed.
public enum ProductLayout: String, CaseIterable, Sendable {
  /// A [m, k], B [k, n]: dx = dy · W.
  case nn = "NN"
  /// A [m, k], B [n, k]: y = x · Wᵀ.
  case nt = "NT"
  /// A [k, m], B [k, n]: dW = dyᵀ · x.
  case tn = "TN"

  public var transposesA: Bool { self == .tn }
  public var transposesB: Bool { self == .nt }
}

/// One product to measure: C [m, n] = op(A) op(B), summed over k.
public struct ProductShape: Sendable, Equatable {
  public var name: String
  public var layout: ProductLayout
  public var m: Int
  public var n: Int
  public var k: Int
  /// Where products of this shape come from.
  public var origin: String

  public init(_ name: String, _ layout: ProductLayout, m: Int, n: Int, k: Int, origin: String = "") {
    self.name = name
    self.layout = layout
    self.m = m
    self.n = n
    self.k = k
    self.origin = origin
  }

  /// Floating-point operations.
  public var operations: Double { 2 * Double(m) * Double(n) * Double(k) }

  /// Bytes that must move at least once: A and B read, C written, in fp32.
  public var bytes: Double { 4 * (Double(m) * Double(k) + Double(k) * Double(n) + Double(m) * Double(n)) }
}
