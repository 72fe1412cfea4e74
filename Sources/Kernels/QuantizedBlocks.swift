internal import CKernels

/// Weights in blocks of 4 or 8 bits, as ggml's types Q4_0 and Q8_0 hold them.
public enum BlockType: Sendable {
  case q4_0
  case q8_0

  /// Columns that share a scale.
  public static let columns = 32

  /// Of a block in a file: the scale in half precision, then the numbers.
  public var bytes: Int {
    switch self {
    case .q4_0: QuantizedType.q4_0.bytesPerBlock
    case .q8_0: QuantizedType.q8_0.bytesPerBlock
    }
  }

  var bits: Int {
    switch self {
    case .q4_0: 4
    case .q8_0: 8
    }
  }
}

/// A matrix of such blocks with 16 rows side by side, for products with activations of 8 bits.
///
/// An activation is rounded to 8 bits in blocks of 32, each with its own scale, as llama.cpp does. Sums over a block are
/// exact and blocks are added in their order, so neither the instruction set nor the rows beside a row change its bits
/// where the processor fuses multiplication and addition.
struct QuantizedBlocks: Sendable {
  let rows: Int
  let columns: Int
  private let type: BlockType
  /// [group][block][bits][16 rows][4 bytes]; see `swiftlet_blocks`.
  private let weights: Buffer
  /// [group][block][16 rows] in half precision.
  private let scales: Buffer

  var byteCount: Int { weights.byteCount + scales.byteCount }

  private var blocks: Int { columns / BlockType.columns }
  private var groups: Int { (rows + 15) / 16 }

  /// - Parameters:
  ///   - columns: a multiple of 32.
  ///   - blocks: some of the rows, [rows, columns / 32] blocks of `type` as a file holds them; asked for in turn, so that
  ///     they are not all in memory at once.
  init(rows: Int, columns: Int, type: BlockType, blocks: (Range<Int>) throws -> [UInt8]) rethrows {
    precondition(columns.isMultiple(of: BlockType.columns), "QuantizedBlocks: columns are no multiple of 32")
    self.rows = rows
    self.columns = columns
    self.type = type
    let size = (rows + 15) / 16 * (columns / BlockType.columns)
    weights = Buffer.uninitializedToKeep(size * 16 * type.bits)
    scales = Buffer.uninitializedToKeep(size * 8)
    for range in PackedMatrix.parts(of: rows) { interleave(try blocks(range), range) }
  }

  /// Puts 16 rows side by side, zeros where the last group has fewer.
  private func interleave(_ bytes: [UInt8], _ rows: Range<Int>) {
    precondition(
      bytes.count == rows.count * blocks * type.bytes, "QuantizedBlocks: the bytes do not match the shape")
    let groups = (rows.count + 15) / 16
    bytes.withUnsafeBytes { bytes in
      Threads.parallel(rows: groups, blockSize: max(1, 64 / max(1, blocks))) { range in
        for group in range { interleave(bytes, group: group, rows: rows) }
      }
    }
  }

  private func interleave(_ bytes: UnsafeRawBufferPointer, group: Int, rows: Range<Int>) {
    let count = min(16, rows.count - 16 * group)
    let first = (rows.lowerBound / 16 + group) * blocks
    weights.pointer.withMemoryRebound(to: UInt32.self, capacity: weights.count) { weights in
      scales.pointer.withMemoryRebound(to: UInt16.self, capacity: 2 * scales.count) { scales in
        for block in 0..<blocks {
          let (weights, scales) = (
            weights + (first + block) * 16 * type.bits, scales + (first + block) * 16
          )
          for lane in 0..<count {
            let from = ((16 * group + lane) * blocks + block) * type.bytes
            scales[lane] = bytes.loadUnaligned(fromByteOffset: from, as: UInt16.self)
            // Signed numbers of 8 bits get their offset of 128; those of 4 bits have theirs.
            let offset: UInt32 = type == .q8_0 ? 0x8080_8080 : 0
            for quad in 0..<type.bits {
              weights[quad * 16 + lane] =
                bytes.loadUnaligned(fromByteOffset: from + 2 + 4 * quad, as: UInt32.self) ^ offset
            }
          }
          for lane in count..<16 {
            scales[lane] = 0
            for quad in 0..<type.bits { weights[quad * 16 + lane] = 0 }
          }
        }
      }
    }
  }

  /// C (+)= A Wᵀ.
  ///
  /// - Parameters: `a` [m, columns]; `into` [m, rows].
  func multiply(_ a: Buffer, m: Int, into c: Buffer, accumulate: Bool) {
    let quantized = QuantizedRows(a, rows: m, blocks: blocks)
    let multiply =
      Processor.variant == .v4vnni ? swiftlet_vnni_multiply_blocks : Processor.kernels.multiply_blocks
    // Many rows are cut into blocks whose activations stay in the second cache; few rows into groups alone, of some 64
    // kB of weights: enough that a hand-over costs little, few enough that no thread waits long for another.
    let rowBlock = m > 64 ? 64 : m
    let rowBlocks = (m + rowBlock - 1) / rowBlock
    let groupBlock = max(1, min(groups, (1 << 16) / max(1, columns * 16)))
    let groupBlocks = (groups + groupBlock - 1) / groupBlock
    weights.pointer.withMemoryRebound(to: UInt8.self, capacity: 4 * weights.count) { weights in
      scales.pointer.withMemoryRebound(to: UInt16.self, capacity: 2 * scales.count) { scales in
        quantized.withRows { rows in
          var blocks = swiftlet_blocks(
            weights: weights, scales: scales, n: self.rows, blocks: self.blocks, bits: Int32(type.bits))
          withUnsafePointer(to: &blocks) { blocks in
            Threads.blocksInParallel(rowBlocks * groupBlocks) { unit in
              let (group, row) = unit.quotientAndRemainder(dividingBy: rowBlocks)
              multiply(
                blocks, rows, c.pointer, row * rowBlock, min(m, (row + 1) * rowBlock), group * groupBlock,
                min(groups, (group + 1) * groupBlock), accumulate)
            }
          }
        }
      }
    }
  }
}

/// Activations rounded to 8 bits.
private struct QuantizedRows {
  /// Numbers of 8 bits [rows, 32 blocks]; scales [rows, blocks]; sums as integers [rows, blocks].
  private let numbers, scales, sums: Buffer

  init(_ x: Buffer, rows: Int, blocks: Int) {
    let (numbers, scales, sums) = (
      Buffer.uninitialized(rows * blocks * 8), Buffer.uninitialized(rows * blocks),
      Buffer.uninitialized(rows * blocks)
    )
    let kernels = Processor.kernels
    Threads.parallel(rows: rows, blockSize: Kernels.rowBlock(32 * blocks)) { range in
      let (first, count) = (range.lowerBound, range.count)
      numbers.pointer.withMemoryRebound(to: Int8.self, capacity: 4 * numbers.count) { numbers in
        sums.pointer.withMemoryRebound(to: Int32.self, capacity: sums.count) { sums in
          kernels.quantize_rows(
            numbers + first * blocks * 32, scales.pointer + first * blocks, sums + first * blocks,
            x.pointer + first * blocks * 32, 32 * blocks, count, blocks)
        }
      }
    }
    (self.numbers, self.scales, self.sums) = (numbers, scales, sums)
  }

  func withRows(_ body: (UnsafePointer<swiftlet_quantized_rows>) -> Void) {
    numbers.pointer.withMemoryRebound(to: Int8.self, capacity: 4 * numbers.count) { numbers in
      sums.pointer.withMemoryRebound(to: Int32.self, capacity: sums.count) { sums in
        var rows = swiftlet_quantized_rows(q: numbers, scale: scales.pointer, sums: sums)
        withUnsafePointer(to: &rows, body)
      }
    }
  }
}
