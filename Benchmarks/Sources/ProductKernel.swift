import Kernels

/// The products of this program that are measured.
public enum ProductKernel: String, CaseIterable, Sendable {
  /// Three loops in plain Swift.
  case naive
  /// Plain Swift in blocks for the caches.
  case blocked
  /// `Kernels.matmul` in fp32 by OpenBLAS on one thread a block of rows, the blocks over our threads.
  case openblas
  /// `Kernels.matmul` in fp32 by our own kernels: both matrices are packed inside the time.
  case panels
  /// `PackedMatrix` in fp32: B, a weight, is packed once before, A inside the time. Not TN, where both are activations.
  case panelsPacked = "panels-packed"
  /// `Kernels.matmul` in bf16: both matrices are packed inside the time.
  case bf16
  /// `PackedMatrix` in bf16: B, a weight, is packed once before, A inside the time. Not TN, where both are activations.
  case bf16Packed = "bf16-packed"

  public var precision: Precision {
    switch self {
    case .naive, .blocked, .openblas, .panels, .panelsPacked: .fp32
    case .bf16, .bf16Packed: .bf16
    }
  }

  /// Whether the kernel is measured on the shape: naive products of large matrices take minutes.
  func applies(to shape: ProductShape) -> Bool {
    switch self {
    case .naive: shape.operations <= 0x1p29
    case .blocked, .openblas, .panels, .bf16: true
    case .panelsPacked, .bf16Packed: shape.layout != .tn
    }
  }

  /// What is timed, after all that may be done once before.
  func prepared(_ shape: ProductShape, a: Buffer, b: Buffer, into c: Buffer) -> () -> Void {
    let (m, n, k) = (shape.m, shape.n, shape.k)
    let (transposeA, transposeB) = (shape.layout.transposesA, shape.layout.transposesB)
    switch self {
    case .naive:
      return {
        TextbookProducts.naive(
          a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: c)
      }
    case .blocked:
      return {
        TextbookProducts.blocked(
          a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: c)
      }
    case .openblas, .panels, .bf16:
      return { [precision] in
        Kernels.matmul(
          a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB, into: c,
          precision: precision, fp32: self == .openblas ? .openBLAS : .panels)
      }
    case .panelsPacked, .bf16Packed:
      let rows = transposeB ? b : Kernels.transposed(b, rows: k, columns: n)
      let packed = PackedMatrix(rows, rows: n, columns: k, precision: precision)
      return { Kernels.matmul(a, packed, m: m, into: c) }
    }
  }
}

/// Whatever multiplies: a kernel of this program, or a function of a library that a person named.
public enum ProductCandidate {
  case own(ProductKernel)
  case foreign(ForeignProduct)

  public var name: String {
    switch self {
    case .own(let kernel): kernel.rawValue
    case .foreign(let product): product.name
    }
  }

  /// What its results are held to and its speed is compared with.
  public var precision: Precision {
    switch self {
    case .own(let kernel): kernel.precision
    case .foreign: .fp32
    }
  }

  public var threadPolicy: String {
    switch self {
    case .own: "fixed blocks over the program's own threads"
    case .foreign(let product): product.threadPolicy
    }
  }

  func applies(to shape: ProductShape) -> Bool {
    switch self {
    case .own(let kernel): kernel.applies(to: shape)
    case .foreign: true
    }
  }

  /// A product that returns whether it did the case.
  func prepared(_ shape: ProductShape, a: Buffer, b: Buffer, into c: Buffer, threads: Int) -> () -> Bool {
    switch self {
    case .own(let kernel):
      let multiply = kernel.prepared(shape, a: a, b: b, into: c)
      return {
        multiply()
        return true
      }
    case .foreign(let product):
      return {
        product.multiply(
          a, b, m: shape.m, n: shape.n, k: shape.k, transposeA: shape.layout.transposesA,
          transposeB: shape.layout.transposesB, into: c, threads: threads)
      }
    }
  }

  func withThreads<Result>(_ threads: Int, _ body: () throws -> Result) rethrows -> Result {
    switch self {
    case .own: try body()
    case .foreign(let product): try product.withThreads(threads, body)
    }
  }
}
