internal import CKernels
import Glibc
import Synchronization

/// Freed blocks by size class, so that a training step touches the same memory as the one before it.
///
/// The first touch of a page costs 17 times a refill of it, and the C library gives blocks above 32 MiB back to
/// the system at once. Four classes per doubling waste at most a fifth of a block.
enum BufferPool {
  /// A block on loan; `byteCount` is its size class.
  struct Block: @unchecked Sendable {  // The address is owned by one buffer or by the pool, never by both.
    let address: UnsafeMutableRawPointer
    let byteCount: Int
    /// What the block is a part of; nil for one of its own.
    var slab: Slab?
  }

  /// A large block that smaller ones share; it goes back when the last of them does.
  final class Slab: Sendable {
    static let byteCount = 16 * hugePage
    fileprivate let block = BufferPool.take(byteCount: byteCount)
    deinit { BufferPool.give(block) }
  }

  /// The slab that is being filled, and how far.
  private static let filling = Mutex<(slab: Slab, used: Int)?>(nil)

  private struct Shelves {
    var free: [Int: [Block]] = [:]
    var freeBytes = 0
  }

  private static let shelves = Mutex(Shelves())

  /// Above this many idle bytes, blocks go back to the system: a third of its memory, 3 GiB at least. A step's
  /// activations are all idle at its end, and the next step wants them again.
  private static let idleByteLimit = max(
    3 << 30, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)) / 3)

  private static let hugePage = 2 << 20
  /// From here on a block has huge pages of its own.
  private static let largeBlock = 2 * hugePage

  static func take(byteCount: Int) -> Block {
    let size = sizeClass(byteCount)
    let pooled = shelves.withLock { shelves -> Block? in
      guard let block = shelves.free[size]?.popLast() else { return nil }
      shelves.freeBytes -= size
      return block
    }
    return pooled ?? allocate(size)
  }

  /// A block that stays long and is read from end to end, as weights are: several side by side in huge pages. A token then
  /// finds its way to all weights through tens of entries of the address table instead of tens of thousands.
  static func takeToKeep(byteCount: Int) -> Block {
    let size = (byteCount + 63) & ~63
    guard size < largeBlock else { return take(byteCount: byteCount) }
    return filling.withLock { filling in
      var (slab, used) = filling ?? (Slab(), 0)
      if used + size > Slab.byteCount { (slab, used) = (Slab(), 0) }
      filling = (slab, used + size)
      return Block(address: slab.block.address + used, byteCount: size, slab: slab)
    }
  }

  static func give(_ block: Block) {
    guard block.slab == nil else { return }
    let kept = shelves.withLock { shelves -> Bool in
      guard shelves.freeBytes + block.byteCount <= idleByteLimit else { return false }
      shelves.free[block.byteCount, default: []].append(block)
      shelves.freeBytes += block.byteCount
      return true
    }
    if !kept { free(block.address) }
  }

  /// Gives all idle blocks back to the system.
  static func releaseIdle() {
    // What is taken to be kept next begins a new slab; this one then goes with its last block.
    filling.withLock { $0 = nil }
    let idle = shelves.withLock { shelves in
      let blocks = shelves.free.values.flatMap { $0 }
      shelves = Shelves()
      return blocks
    }
    for block in idle { free(block.address) }
    // Once it has got some back, the C library keeps those of up to 32 MiB otherwise.
    swiftlet_return_free_memory()
  }

  /// The size rounded up to a quarter of its power of two, 64 bytes at least.
  static func sizeClass(_ byteCount: Int) -> Int {
    guard byteCount > 256 else { return max(64, (byteCount + 63) & ~63) }
    let octave = Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount
    let step = 1 << (octave - 2)
    return (byteCount + step - 1) & ~(step - 1)
  }

  private static func allocate(_ size: Int) -> Block {
    let isLarge = size >= largeBlock
    var address: UnsafeMutableRawPointer?
    let status = posix_memalign(&address, isLarge ? hugePage : 64, size)
    guard status == 0, let address else { fatalError("out of memory: \(size) bytes asked for") }
    // Huge pages make the first touch six times cheaper; without them nothing else changes.
    if isLarge { madvise(address, size, Int32(MADV_HUGEPAGE)) }
    return Block(address: address, byteCount: size)
  }
}
