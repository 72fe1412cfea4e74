import Glibc

/// Memory to push everything else out of the caches: a kernel that runs after `flush` finds its inputs in memory.
public struct CacheFlush {
  private let filler: Buffer

  /// Twice the last cache of the processor, from 64 to 256 MiB: virtual machines may tell the sum over many caches, of
  /// which a core fills one.
  public init() {
    filler = Buffer.zeros(min(max(64 << 20, 2 * CacheFlush.lastCacheBytes), 256 << 20) / 4)
  }

  /// Writes all of it, on every thread, so that each core's own caches are taken too.
  public func flush() {
    Threads.parallel(rows: filler.count, blockSize: 1 << 18) { range in
      (filler.pointer + range.lowerBound).update(repeating: 1, count: range.count)
    }
  }

  /// The size of the largest cache that the system tells of; 0 where it does not.
  public static let lastCacheBytes: Int = Int(max(sysconf(Int32(_SC_LEVEL3_CACHE_SIZE)), 0))
}
