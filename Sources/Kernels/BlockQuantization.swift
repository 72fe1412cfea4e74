internal import CKernels

extension Kernels {
  /// `values` in blocks of 32, as ggml's reference quantizer makes them.
  ///
  /// Q8_0: d = max |x| / 127, q = x / d rounded to the nearest. Q4_0: d = the element of the largest size / −8, q =
  /// x / d + 8.5 cut off, so that this element is met at q = 0; element i lies in the lower half of byte i, element
  /// i + 16 in its upper half. d is stored in half precision.
  ///
  /// - Parameter values: a whole number of blocks, all finite.
  /// - Returns: for each block d, then the numbers; see `BlockType.bytes`.
  public static func quantizedBlocks(_ values: Buffer, type: BlockType) -> [UInt8] {
    precondition(values.count.isMultiple(of: BlockType.columns), "quantizedBlocks: a broken block at the end")
    let blocks = values.count / BlockType.columns
    return [UInt8](unsafeUninitializedCapacity: blocks * type.bytes) { bytes, count in
      count = blocks * type.bytes
      guard let base = bytes.baseAddress else { return }
      let scales = Buffer.uninitialized(blocks)
      Threads.parallel(rows: blocks, blockSize: 512) { range in
        let (first, out) = (range.lowerBound, base + range.lowerBound * type.bytes)
        Processor.kernels.quantize_blocks(
          out, scales.pointer + first, values.pointer + first * BlockType.columns, range.count,
          Int32(type.bits))
        for block in 0..<range.count {
          let bits = HalfFloat.bits(scales.pointer[first + block])
          (out[block * type.bytes], out[block * type.bytes + 1]) = (UInt8(bits & 255), UInt8(bits >> 8))
        }
      }
    }
  }
}
