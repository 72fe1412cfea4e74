/// How numbers lie in a file.
public enum StoredType: String, CaseIterable, Sendable {
  case f32, f16, bf16

  public var byteCount: Int { self == .f32 ? 4 : 2 }
}

/// How a tensor's elements lie in a file: one by one, or in blocks of quantized ones along a row.
public enum StoredLayout: Sendable, Equatable {
  case plain(StoredType)
  case blocks(QuantizedType)

  /// Elements of a block.
  public var blockSize: Int {
    switch self {
    case .plain: 1
    case .blocks(let type): type.blockSize
    }
  }

  public var bytesPerBlock: Int {
    switch self {
    case .plain(let type): type.byteCount
    case .blocks(let type): type.bytesPerBlock
    }
  }
}

extension Buffer {
  /// Reads little-endian numbers as floats; `bytes` holds a whole number of the layout's blocks, at any alignment.
  public convenience init(_ bytes: RawSpan, _ layout: StoredLayout) {
    let blocks = bytes.byteCount / layout.bytesPerBlock
    precondition(bytes.byteCount == blocks * layout.bytesPerBlock, "Buffer: a broken number at the end")
    self.init(count: blocks * layout.blockSize) { target in
      bytes.withUnsafeBytes { source in
        Threads.parallel(rows: blocks, blockSize: max(1, 1 << 14 / layout.blockSize)) { range in
          let bytes = UnsafeRawBufferPointer(
            rebasing: source[
              range.lowerBound * layout.bytesPerBlock..<range.upperBound * layout.bytesPerBlock])
          let values = target + range.lowerBound * layout.blockSize
          switch layout {
          case .plain(let type): Self.read(bytes, type, count: range.count, into: values)
          case .blocks(let type): Dequantization.read(bytes, type, count: range.count, into: values)
          }
        }
      }
    }
  }

  private static func read(
    _ source: UnsafeRawBufferPointer, _ type: StoredType, count: Int, into target: UnsafeMutablePointer<Float>
  ) {
    switch type {
    case .f32:
      for i in 0..<count {
        let bits = source.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        target[i] = Float(bitPattern: UInt32(littleEndian: bits))
      }
    case .f16:
      for i in 0..<count {
        let bits = source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
        target[i] = HalfFloat.float(UInt16(littleEndian: bits))
      }
    case .bf16:
      for i in 0..<count {
        let bits = source.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)
        target[i] = BFloat16.float(UInt16(littleEndian: bits))
      }
    }
  }

  /// The numbers as little-endian bytes of `type`, rounded to the nearest, ties to even.
  public func bytes(as type: StoredType) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count * type.byteCount) { target, byteCount in
      let raw = UnsafeMutableRawBufferPointer(target)
      for i in 0..<count {
        switch type {
        case .f32:
          raw.storeBytes(of: pointer[i].bitPattern.littleEndian, toByteOffset: 4 * i, as: UInt32.self)
        case .f16:
          raw.storeBytes(of: HalfFloat.bits(pointer[i]).littleEndian, toByteOffset: 2 * i, as: UInt16.self)
        case .bf16:
          raw.storeBytes(of: BFloat16.bits(pointer[i]).littleEndian, toByteOffset: 2 * i, as: UInt16.self)
        }
      }
      byteCount = count * type.byteCount
    }
  }
}

/// IEEE half precision, by bits: not every processor that Swift runs on has the type.
public enum HalfFloat {
  public static func float(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }

  /// The nearest half, ties to even; above 65504 (rounded) it is infinity.
  public static func bits(_ x: Float) -> UInt16 {
    let sign = UInt16(x.bitPattern >> 16 & 0x8000)
    let magnitude = x.bitPattern & 0x7FFF_FFFF
    if magnitude > 0x7F80_0000 { return sign | 0x7E00 }
    if magnitude >= 0x4780_0000 { return sign | 0x7C00 }
    if magnitude < 0x3880_0000 {  // Below 2⁻¹⁴: a multiple of 2⁻²⁴.
      return sign | UInt16((Float(bitPattern: magnitude) * 0x1p24).rounded(.toNearestOrEven))
    }
    let rounded = magnitude &+ 0xFFF &+ (magnitude >> 13 & 1)
    return sign | UInt16((rounded &- 112 << 23) >> 13)
  }
}
