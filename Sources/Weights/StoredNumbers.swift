import Foundation

/// Numbers to and from their little-endian bytes, on any processor and at any alignment.
enum StoredNumbers {
  static func floats(_ data: Data, _ type: TensorType) -> [Float] {
    let bytes = data.span
    let count = bytes.count / type.size
    var values = [Float](repeating: 0, count: count)
    var output = values.mutableSpan
    switch type {
    case .float32:
      for i in 0..<count { output[i] = Float(bitPattern: UInt32(truncatingIfNeeded: load4(bytes, 4 * i))) }
    case .bfloat16:
      for i in 0..<count { output[i] = Float(bitPattern: UInt32(load2(bytes, 2 * i)) << 16) }
    case .float16:
      for i in 0..<count { output[i] = float(half: load2(bytes, 2 * i)) }
    case .float64:
      for i in 0..<count { output[i] = Float(Double(bitPattern: load8(bytes, 8 * i))) }
    case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8, .boolean:
      preconditionFailure("floats: \(type.rawValue) holds integers")
    }
    return values
  }

  static func doubles(_ data: Data) -> [Double] {
    let bytes = data.span
    return (0..<bytes.count / 8).map { Double(bitPattern: load8(bytes, 8 * $0)) }
  }

  static func integers(_ data: Data, _ type: TensorType) -> [Int] {
    let bytes = data.span
    return (0..<bytes.count / type.size).map { i in
      switch type {
      case .int64: Int(Int64(bitPattern: load8(bytes, 8 * i)))
      case .int32: Int(Int32(bitPattern: load4(bytes, 4 * i)))
      case .int16: Int(Int16(bitPattern: load2(bytes, 2 * i)))
      case .int8: Int(Int8(bitPattern: bytes[i]))
      case .uint64: Int(clamping: load8(bytes, 8 * i))
      case .uint32: Int(load4(bytes, 4 * i))
      case .uint16: Int(load2(bytes, 2 * i))
      case .uint8: Int(bytes[i])
      case .boolean: bytes[i] == 0 ? 0 : 1
      case .float64, .float32, .float16, .bfloat16:
        preconditionFailure("integers: \(type.rawValue) holds floating-point numbers")
      }
    }
  }

  private static func load2(_ bytes: Span<UInt8>, _ at: Int) -> UInt16 {
    UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
  }

  private static func load4(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
    UInt32(load2(bytes, at)) | UInt32(load2(bytes, at + 2)) << 16
  }

  private static func load8(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
    UInt64(load4(bytes, at)) | UInt64(load4(bytes, at + 4)) << 32
  }
}

extension StoredNumbers {
  /// A binary16 number, widened: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. Exact.
  static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let exponent = UInt32(half >> 10) & 0x1F
    let fraction = UInt32(half) & 0x3FF
    switch exponent {
    case 0:  // zero and subnormals: fraction · 2^-24
      return Float(bitPattern: (Float(fraction) * 0x1p-24).bitPattern | sign)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The nearest binary16 number, ties to even; beyond ±65519 it is infinite, and NaN stays NaN.
  static func half(_ value: Float) -> UInt16 {
    let sign = UInt16(truncatingIfNeeded: value.bitPattern >> 16) & 0x8000
    let magnitude = value.magnitude
    if magnitude.isNaN { return sign | 0x7E00 }
    if magnitude >= 65520 { return sign | 0x7C00 }
    if magnitude < 0x1p-14 {  // subnormal: multiples of 2^-24
      return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
    }
    let bits = magnitude.bitPattern - 112 << 23
    return sign | UInt16((bits + 0xFFF + (bits >> 13 & 1)) >> 13)
  }

  /// The nearest bfloat16 number, ties to even; NaN stays NaN.
  static func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
    return UInt16(truncatingIfNeeded: (UInt64(bits) + 0x7FFF + UInt64(bits >> 16 & 1)) >> 16)
  }

  /// `values` as little-endian bytes of `type`, a floating-point type other than F64.
  static func bytes(_ values: ArraySlice<Float>, _ type: TensorType) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * type.size)
    for value in values {
      let bits: UInt32
      switch type {
      case .float32: bits = value.bitPattern
      case .float16: bits = UInt32(half(value))
      case .bfloat16: bits = UInt32(bfloat16(value))
      default: preconditionFailure("bytes: \(type.rawValue) is not written from floats")
      }
      for i in 0..<type.size { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * i))) }
    }
    return bytes
  }
}
