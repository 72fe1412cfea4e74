internal import CKernels

/// The process's worker threads. Kernels split their work here and nowhere else.
///
/// Work is cut into blocks by the shape alone, never by the number of threads, so that a sum over blocks in order
/// gives the same bits at any thread count.
public enum Threads {
  private static let started: Void = {
    swiftlet_pool_set_threads(OpenBLAS.isThreadSafe ? swiftlet_available_cores() : 1)
  }()

  /// Threads that share the work, the caller's among them; at first the cores this process may run on.
  ///
  /// It stays 1 with a serial OpenBLAS, which gives wrong results when two threads call it.
  public static var count: Int {
    get {
      _ = started
      return Int(swiftlet_pool_threads())
    }
    set {
      _ = started
      swiftlet_pool_set_threads(OpenBLAS.isThreadSafe ? Int32(clamping: newValue) : 1)
    }
  }

  /// Calls `body` with the ranges [0, blockSize), [blockSize, 2·blockSize), … that cover 0..<rows, on any threads
  /// in any order, and returns when all are done.
  ///
  /// `body` must write disjoint memory in each call. A call from inside `body`, or while another thread is in a
  /// job, runs all of its blocks itself.
  public static func parallel(rows: Int, blockSize: Int, _ body: (Range<Int>) -> Void) {
    precondition(blockSize > 0 && rows >= 0, "Threads.parallel: rows and block size")
    let blocks = (rows + blockSize - 1) / blockSize
    if blocks <= 1 {
      if rows > 0 { body(0..<rows) }
      return
    }
    blocksInParallel(blocks) { body($0 * blockSize..<min(rows, ($0 + 1) * blockSize)) }
  }

  /// Working memory of the calling thread alone, until it asks again: a block of work finds it in its core's cache, and no
  /// lock is taken for it.
  static func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
    guard let memory = swiftlet_thread_scratch(count) else {
      fatalError("out of memory: \(4 * count) bytes asked for")
    }
    return memory
  }

  /// Calls `body` for each of 0..<blocks, as `parallel` does.
  ///
  /// The closure crosses into C as a pointer to itself, which stays valid because the call returns after the last
  /// block. The compiler cannot see that the workers write disjoint rows; each kernel's block arithmetic ensures it.
  static func blocksInParallel(_ blocks: Int, _ body: (Int) -> Void) {
    _ = started
    withoutActuallyEscaping(body) { escaping in
      var closure = escaping
      withUnsafeMutablePointer(to: &closure) { pointer in
        swiftlet_pool_run(
          blocks,
          { context, block in context!.assumingMemoryBound(to: ((Int) -> Void).self).pointee(block) },
          pointer)
      }
    }
  }
}
