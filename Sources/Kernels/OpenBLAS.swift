internal import COpenBLAS

/// The fp32 matrix product of the system's OpenBLAS, always on the calling thread.
///
/// OpenBLAS's own threads are switched off once, at first use: two pools that share the cores cost about half a
/// millisecond at every change from one to the other.
public enum OpenBLAS {
  /// What `openblas_get_config` says: version, threading layer, core type.
  public static let configuration: String = {
    openblas_set_num_threads(1)
    return openblas_get_config().map { String(cString: $0) } ?? "unknown"
  }()

  /// Whether several threads may call it; the serial build shares one scratch buffer between them.
  static let isThreadSafe: Bool = {
    guard configuration.contains("SINGLE_THREADED") else { return true }
    Processor.warn(
      "this OpenBLAS is its serial build, which is not thread-safe: staying on one thread; "
        + "install libopenblas0-pthread")
    return false
  }()

  /// C [m, n] = op(A) op(B) (+ C), each matrix row-major with the given row stride.
  static func multiply(
    _ a: UnsafePointer<Float>, stride aStride: Int, transposed transposeA: Bool,
    _ b: UnsafePointer<Float>, stride bStride: Int, transposed transposeB: Bool,
    m: Int, n: Int, k: Int, into c: UnsafeMutablePointer<Float>, stride cStride: Int, accumulate: Bool
  ) {
    _ = configuration
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      blasint(m), blasint(n), blasint(k), 1, a, blasint(max(aStride, 1)), b, blasint(max(bStride, 1)),
      accumulate ? 1 : 0, c, blasint(max(cStride, 1)))
  }
}
