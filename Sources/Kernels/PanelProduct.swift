internal import CKernels

/// Matrix products with B packed into panels of 32 columns, in C: fp32 in each
/// instruction set, bf16 where the processor multiplies it.
///
/// Each element of C is one sum in the order of k. So neither the split into row blocks and groups of panels, which
/// depends on the shape alone, nor the rows beside it touch a row's bits. Decoding needs this: a sequence's tokens
/// must not change with the sequences that share its batch.
enum PanelProduct {
  /// op(B) [k, n] in panels; a bf16 entry is two steps of k.
  ///
  /// - Parameters: `precision` bf16 asks for bf16 entries, which the processor must multiply.
  static func pack(_ b: Buffer, n: Int, k: Int, transposed: Bool, precision: Precision) -> Buffer {
    let panels = (n + 31) / 32
    // Some 32 Ki elements per block.
    let blockSize = max(1, 1024 / max(k, 1))
    let stride = transposed ? k : n
    let packed = Buffer.uninitialized(count(n: n, k: k, precision: precision))
    switch precision {
    case .fp32:
      let kernels = Processor.kernels
      Threads.parallel(rows: panels, blockSize: blockSize) { range in
        kernels.pack_panels(
          packed.pointer, b.pointer, stride, transposed, n, k, range.lowerBound, range.upperBound)
      }
    case .bf16:
      packed.withEntries { entries in
        Threads.parallel(rows: panels, blockSize: blockSize) { range in
          swiftlet_bf16_pack(entries, b.pointer, stride, transposed, n, k, range.lowerBound, range.upperBound)
        }
      }
    }
    return packed
  }

  /// Entries of the panels of n columns; where n is a multiple of 32, the panels of more columns begin behind them.
  static func count(n: Int, k: Int, precision: Precision) -> Int {
    precision == .bf16 ? swiftlet_bf16_packed_count(n, k) : (n + 31) / 32 * 32 * k
  }

  /// C [m, n] (+)= op(A) B, for a B packed in the same precision.
  static func multiply(
    _ a: Buffer, transposed: Bool, packed: Buffer, m: Int, n: Int, k: Int, into c: Buffer, accumulate: Bool,
    precision: Precision
  ) {
    let panels = (n + 31) / 32
    // Blocks of equal height, whole register tiles of 12 rows.
    let highest = m >= 16 * 96 ? 96 : 48
    let wantedBlocks = (m + highest - 1) / highest
    let rowBlock = max(12, ((m + wantedBlocks - 1) / max(1, wantedBlocks) + 11) / 12 * 12)
    let rowBlocks = (m + rowBlock - 1) / rowBlock
    // With few row blocks the panels are split too, each group packing A for itself; below about half a million
    // multiplications a block is not worth a hand-over.
    let wantedGroups = min((8 + rowBlocks - 1) / rowBlocks, max(1, (min(m, rowBlock) * n * k) >> 19))
    let groupSize = max(min(4, panels), (panels + wantedGroups - 1) / wantedGroups)
    let groups = (panels + groupSize - 1) / groupSize
    let stride = transposed ? m : k
    let kernels = Processor.kernels
    Threads.blocksInParallel(rowBlocks * groups) { unit in
      let (block, group) = unit.quotientAndRemainder(dividingBy: groups)
      let (row0, row1) = (block * rowBlock, min(m, (block + 1) * rowBlock))
      let (panel0, panel1) = (group * groupSize, min(panels, (group + 1) * groupSize))
      let scratch = Threads.scratch(Int(swiftlet_product_scratch))
      switch precision {
      case .fp32:
        kernels.multiply_panels(
          a.pointer, stride, transposed, packed.pointer, c.pointer, n, row0, row1, panel0, panel1, n, k,
          accumulate, scratch)
      case .bf16:
        packed.withEntries { entries in
          scratch.withMemoryRebound(to: UInt32.self, capacity: Int(swiftlet_product_scratch)) { scratch in
            swiftlet_bf16_multiply(
              a.pointer, stride, transposed, entries, c.pointer, n, row0, row1, panel0, panel1, n, k,
              accumulate, scratch)
          }
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
