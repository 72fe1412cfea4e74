internal import CKernels

/// The bf16 matrix product on processors with AVX512-BF16: B in panels of 32 columns, A packed block by block.
///
/// The split into row blocks and groups of panels depends on the shape alone. It does not touch the bits either:
/// each element of C is one sum in the order of k.
enum BF16Product {
  /// op(B) [k, n] in panels, as `swiftlet_bf16_packed_count` entries of two bf16 each.
  static func pack(_ b: Buffer, n: Int, k: Int, transposed: Bool) -> Buffer {
    let packed = Buffer.uninitialized(swiftlet_bf16_packed_count(n, k))
    let panels = (n + 31) / 32
    // Some 32 Ki elements per block.
    let blockSize = max(1, 1024 / max(k, 1))
    packed.withEntries { entries in
      Threads.parallel(rows: panels, blockSize: blockSize) { range in
        swiftlet_bf16_pack(
          entries, b.pointer, transposed ? k : n, transposed, n, k, range.lowerBound, range.upperBound)
      }
    }
    return packed
  }

  /// C [m, n] (+)= op(A) B, for a packed B.
  static func multiply(
    _ a: Buffer, transposed: Bool, packed: Buffer, m: Int, n: Int, k: Int, into c: Buffer, accumulate: Bool
  ) {
    let panels = (n + 31) / 32
    let rowBlock = m >= 16 * 96 ? 96 : 48
    let rowBlocks = (m + rowBlock - 1) / rowBlock
    // With few row blocks the panels are split too, each group packing A for itself; below about a million
    // multiplications a block is not worth a hand-over.
    let wantedGroups = min((8 + rowBlocks - 1) / rowBlocks, max(1, min(m, rowBlock) * n * k >> 20))
    let groupSize = max(min(4, panels), (panels + wantedGroups - 1) / wantedGroups)
    let groups = (panels + groupSize - 1) / groupSize
    packed.withEntries { entries in
      Threads.blocksInParallel(rowBlocks * groups) { unit in
        let (block, group) = unit.quotientAndRemainder(dividingBy: groups)
        Buffer.uninitialized(Int(swiftlet_bf16_scratch)).withEntries { scratch in
          swiftlet_bf16_multiply(
            a.pointer, transposed ? m : k, transposed, entries, c.pointer, n, block * rowBlock,
            min(m, (block + 1) * rowBlock), group * groupSize, min(panels, (group + 1) * groupSize), n, k,
            accumulate, scratch)
        }
      }
    }
  }
}

extension Buffer {
  /// The memory as 32-bit entries, for packed numbers.
  func withEntries(_ body: (UnsafeMutablePointer<UInt32>) -> Void) {
    pointer.withMemoryRebound(to: UInt32.self, capacity: count, body)
  }
}
