import Kernels

/// The blocks of ggml's quantized types from numbers, as the format's reference quantizer makes them; those that
/// products read too are made in `Kernels.quantizedBlocks`.
enum Quantization {
  /// - Parameter values: a whole number of blocks, all finite.
  static func bytes(_ values: [Float], type: GGUFTensorType) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count / type.blockSize * type.bytesPerBlock)
    for start in stride(from: 0, to: values.count, by: type.blockSize) {
      let block = values[start..<start + type.blockSize]
      switch type {
      case .q5_0: q5_0(block, &bytes)
      case .q4K: SuperBlockQuantization.q4K(block, &bytes)
      case .q6K: SuperBlockQuantization.q6K(block, &bytes)
      default: preconditionFailure("\(type.name) is not written")
      }
    }
    return bytes
  }

  /// d = the element of the largest size / −16, q = x / d + 16.5 cut off; the fifth bits stand together before the
  /// halves.
  private static func q5_0(_ block: ArraySlice<Float>, _ bytes: inout [UInt8]) {
    let largest = block.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    let d = largest / -16
    append(d, &bytes)
    let inverse = inverse(d)
    let steps = block.map { UInt8(max(0, min(31, $0 * inverse + 16.5))) }
    for byte in 0..<4 {
      bytes.append((0..<8).reduce(UInt8(0)) { $0 | (steps[8 * byte + $1] >> 4) << UInt8($1) })
    }
    for i in 0..<16 { bytes.append(steps[i] & 15 | (steps[i + 16] & 15) << 4) }
  }

  /// 1 / d; 0 where the block is so small that d vanishes.
  private static func inverse(_ d: Float) -> Float { d == 0 || !(1 / d).isFinite ? 0 : 1 / d }

  private static func append(_ scale: Float, _ bytes: inout [UInt8]) {
    let bits = HalfFloat.bits(scale)
    bytes += [UInt8(bits & 255), UInt8(bits >> 8)]
  }
}
