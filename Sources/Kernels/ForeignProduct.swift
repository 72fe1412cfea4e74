internal import CKernels
import Glibc

/// A matrix product from a shared library that a person names: any CBLAS library, or a kernel of their own.
///
/// The C signature of an own kernel, for dense row-major matrices of 32-bit floats:
///
///     int KERNEL(int64_t m, int64_t n, int64_t k, int transpose_a, int transpose_b,
///                const float *a, const float *b, float *c, int threads);
///
/// It overwrites C [m, n] with op(A) op(B): A is [m, k], or [k, m] when `transpose_a`; B is [k, n], or [n, k] when
/// `transpose_b`. It may use up to `threads` threads, and returns 0, or another number when it does not do the case.
/// The code runs in this process: a wild write or a signal in it ends the program.
public struct ForeignProduct {
  private typealias CBLAS =
    @convention(c) (
      CInt, CInt, CInt, CInt, CInt, CInt, Float, UnsafePointer<Float>, CInt, UnsafePointer<Float>, CInt,
      Float, UnsafeMutablePointer<Float>, CInt
    ) -> Void
  private typealias Kernel =
    @convention(c) (
      Int64, Int64, Int64, CInt, CInt, UnsafePointer<Float>, UnsafePointer<Float>,
      UnsafeMutablePointer<Float>, CInt
    ) -> CInt
  private typealias ThreadSetter = @convention(c) (Int) -> Void

  private enum Code {
    case cblas(CBLAS, setter: ThreadSetter?)
    case kernel(Kernel)
  }

  private let code: Code
  /// The library's file name, with the symbol of an own kernel.
  public let name: String
  /// How the library learns how many threads to use.
  public let threadPolicy: String

  /// `cblas_sgemm` of a library with 32-bit integers (LP64, the usual kind).
  ///
  /// - Throws: `ForeignProductError`.
  public static func cblas(path: String) throws -> ForeignProduct {
    let library = try open(path)
    let product = try symbol("cblas_sgemm", in: library, path: path)
    let setters = [
      "openblas_set_num_threads", "bli_thread_set_num_threads", "MKL_Set_Num_Threads", "omp_set_num_threads",
    ]
    for setter in setters {
      if let address = swiftlet_library_symbol(library, setter) {
        return ForeignProduct(
          code: .cblas(
            unsafeBitCast(product, to: CBLAS.self), setter: unsafeBitCast(address, to: ThreadSetter.self)),
          name: fileName(path), threadPolicy: setter)
      }
    }
    return ForeignProduct(
      code: .cblas(unsafeBitCast(product, to: CBLAS.self), setter: nil), name: fileName(path),
      threadPolicy: "the library's own choice")
  }

  /// An own kernel. - Throws: `ForeignProductError`.
  public static func kernel(path: String, symbol: String) throws -> ForeignProduct {
    let address = try ForeignProduct.symbol(symbol, in: try open(path), path: path)
    return ForeignProduct(
      code: .kernel(unsafeBitCast(address, to: Kernel.self)), name: "\(fileName(path)):\(symbol)",
      threadPolicy: "the kernel's argument")
  }

  /// Calls `body` while the library may use `threads` threads.
  ///
  /// Afterwards it is back at one: the library may be the very OpenBLAS that this program splits by itself.
  public func withThreads<Result>(_ threads: Int, _ body: () throws -> Result) rethrows -> Result {
    guard case .cblas(_, let setter?) = code else { return try body() }
    setter(threads)
    defer { setter(1) }
    return try body()
  }

  /// C = op(A) op(B). False when an own kernel does not do the case.
  ///
  /// - Parameters: `a` [m, k], or [k, m] with `transposeA`; `b` [k, n], or [n, k] with `transposeB`; `into` [m, n].
  public func multiply(
    _ a: Buffer, _ b: Buffer, m: Int, n: Int, k: Int, transposeA: Bool, transposeB: Bool, into c: Buffer,
    threads: Int
  ) -> Bool {
    precondition(
      a.count == m * k && b.count == k * n && c.count == m * n, "a product's buffers do not match m, n, k")
    switch code {
    case .cblas(let sgemm, _):
      // Row-major is 101, not transposed 111, transposed 112 in every CBLAS.
      sgemm(
        101, transposeA ? 112 : 111, transposeB ? 112 : 111, CInt(m), CInt(n), CInt(k), 1, a.pointer,
        CInt(transposeA ? m : k), b.pointer, CInt(transposeB ? k : n), 0, c.pointer, CInt(n))
      return true
    case .kernel(let kernel):
      return kernel(
        Int64(m), Int64(n), Int64(k), transposeA ? 1 : 0, transposeB ? 1 : 0, a.pointer, b.pointer, c.pointer,
        CInt(clamping: threads)) == 0
    }
  }

  /// Opened libraries stay open: their threads may still run.
  private static func open(_ path: String) throws -> UnsafeMutableRawPointer {
    // A bare name would be searched for on the system's paths.
    let place = path.contains("/") ? path : "./" + path
    guard access(place, R_OK) == 0 else {
      throw ForeignProductError.missingLibrary(path: path, reason: String(cString: strerror(errno)))
    }
    guard let library = swiftlet_open_library(place) else {
      throw ForeignProductError.notALibrary(path: path, reason: String(cString: swiftlet_library_error()))
    }
    return library
  }

  private static func symbol(
    _ name: String, in library: UnsafeMutableRawPointer, path: String
  ) throws -> UnsafeMutableRawPointer {
    guard let address = swiftlet_library_symbol(library, name) else {
      throw ForeignProductError.missingSymbol(path: path, symbol: name)
    }
    return address
  }

  private static func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// A library that cannot be measured.
public enum ForeignProductError: Diagnostic {
  case missingLibrary(path: String, reason: String)
  case notALibrary(path: String, reason: String)
  case missingSymbol(path: String, symbol: String)

  public var place: String {
    switch self {
    case .missingLibrary(let path, _), .notALibrary(let path, _), .missingSymbol(let path, _): path
    }
  }
  public var expected: String {
    switch self {
    case .missingLibrary: "a readable file"
    case .notALibrary: "a shared library for this machine"
    case .missingSymbol(_, let symbol): "a function \(symbol)"
    }
  }
  public var found: String {
    switch self {
    case .missingLibrary(_, let reason), .notALibrary(_, let reason): reason
    case .missingSymbol: "no such symbol"
    }
  }
  public var nextStep: String {
    switch self {
    case .missingLibrary: "check the path and its permissions"
    case .notALibrary: "build it with -shared -fPIC"
    case .missingSymbol(let path, _): "list its functions with nm -D \(path)"
    }
  }
  public var exitCode: ExitCode {
    switch self {
    case .missingLibrary: .noInput
    case .notALibrary, .missingSymbol: .badData
    }
  }
}
