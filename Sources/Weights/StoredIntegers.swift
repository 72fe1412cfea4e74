/// Integers and doubles from their little-endian bytes, on any processor. Floats are read in `Kernels`.
enum StoredIntegers {
  static func integers(_ bytes: [UInt8], _ type: TensorType) -> [Int] {
    (0..<bytes.count / type.size).map { i in
      let bits = word(bytes, type.size * i, size: type.size)
      return switch type {
      case .int64: Int(Int64(bitPattern: bits))
      case .int32: Int(Int32(truncatingIfNeeded: bits))
      case .int16: Int(Int16(truncatingIfNeeded: bits))
      case .int8: Int(Int8(truncatingIfNeeded: bits))
      case .uint64, .uint32, .uint16, .uint8: Int(clamping: bits)
      case .boolean: bits == 0 ? 0 : 1
      case .float64, .float32, .float16, .bfloat16:
        preconditionFailure("integers: \(type.rawValue) holds floating-point numbers")
      }
    }
  }

  static func doubles(_ bytes: [UInt8]) -> [Double] {
    (0..<bytes.count / 8).map { Double(bitPattern: word(bytes, 8 * $0, size: 8)) }
  }

  private static func word(_ bytes: [UInt8], _ start: Int, size: Int) -> UInt64 {
    var word: UInt64 = 0
    for i in 0..<size { word |= UInt64(bytes[start + i]) << UInt64(8 * i) }
    return word
  }
}
