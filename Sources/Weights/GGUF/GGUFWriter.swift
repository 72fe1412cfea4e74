import Files
import Foundation
import Kernels

/// Writes GGUF files, version 3, whole or not at all.
public enum GGUFWriter {
  /// The types that are written.
  public static let types: [GGUFTensorType] = [
    .f32, .f16, .bf16, .q8_0, .q5_0, .q4_0, .q4K, .q6K,
  ]

  /// A tensor to be written; its values are asked for when their turn comes.
  public struct Tensor {
    public let name: String
    /// Row-major.
    public let shape: [Int]
    public let type: GGUFTensorType
    let values: () -> Buffer

    public init(_ name: String, shape: [Int], type: GGUFTensorType, values: @escaping () -> Buffer) {
      self.name = name
      self.shape = shape
      self.type = type
      self.values = values
    }

    var byteCount: Int { shape.reduce(1, *) / type.blockSize * type.bytesPerBlock }
  }

  private static let alignment = 32

  /// Writes `metadata` and `tensors` in their order.
  ///
  /// - Throws: `WeightsError.cannotStore` for a type that is not written, a row that is no whole number of blocks, or
  ///   values that do not fill the shape; `FileError.cannotWrite`.
  public static func write(
    metadata: [(key: String, value: GGUFValue)], tensors: [Tensor], to url: URL
  ) throws {
    var header = Array("GGUF".utf8)
    append(UInt32(3), &header)
    append(UInt64(tensors.count), &header)
    append(UInt64(metadata.count), &header)
    for (key, value) in metadata {
      append(key, &header)
      append(value.kind.rawValue, &header)
      append(value, &header)
    }
    var offset = 0
    for tensor in tensors {
      try check(tensor)
      append(tensor.name, &header)
      append(UInt32(tensor.shape.count), &header)
      for size in tensor.shape.reversed() { append(UInt64(size), &header) }
      append(tensor.type.rawValue, &header)
      append(UInt64(offset), &header)
      offset += padded(tensor.byteCount)
    }
    header += Array(repeating: 0, count: padded(header.count) - header.count)
    try AtomicFile.write(to: url) { file in
      try file.append(header)
      for tensor in tensors {
        var bytes = try bytes(tensor)
        bytes += Array(repeating: 0, count: padded(bytes.count) - bytes.count)
        try file.append(bytes)
      }
    }
  }

  private static func padded(_ count: Int) -> Int { (count + alignment - 1) / alignment * alignment }

  private static func check(_ tensor: Tensor) throws(WeightsError) {
    guard types.contains(tensor.type) else {
      throw .cannotStore(
        name: tensor.name, expected: types.map(\.name).joined(separator: ", "), found: tensor.type.name)
    }
    guard (tensor.shape.last ?? 1) % tensor.type.blockSize == 0 else {
      throw .cannotStore(
        name: tensor.name, expected: "rows of a multiple of \(tensor.type.blockSize) (\(tensor.type.name))",
        found: "\(tensor.shape)")
    }
  }

  private static func bytes(_ tensor: Tensor) throws(WeightsError) -> [UInt8] {
    let values = tensor.values()
    guard values.count == tensor.shape.reduce(1, *) else {
      throw .cannotStore(
        name: tensor.name, expected: "\(tensor.shape.reduce(1, *)) values for shape \(tensor.shape)",
        found: "\(values.count)")
    }
    return switch tensor.type {
    case .f32: values.bytes(as: .f32)
    case .f16: values.bytes(as: .f16)
    case .bf16: values.bytes(as: .bf16)
    case .q8_0: Kernels.quantizedBlocks(values, type: .q8_0)
    case .q4_0: Kernels.quantizedBlocks(values, type: .q4_0)
    default: Quantization.bytes(values.array(), type: tensor.type)
    }
  }

  private static func append<T: FixedWidthInteger>(_ number: T, _ bytes: inout [UInt8]) {
    for i in 0..<T.bitWidth / 8 { bytes.append(UInt8(truncatingIfNeeded: number >> T(8 * i))) }
  }

  private static func append(_ text: String, _ bytes: inout [UInt8]) {
    append(UInt64(text.utf8.count), &bytes)
    bytes += Array(text.utf8)
  }

  private static func append(_ value: GGUFValue, _ bytes: inout [UInt8]) {
    switch value {
    case .uint8(let number): append(number, &bytes)
    case .int8(let number): append(number, &bytes)
    case .uint16(let number): append(number, &bytes)
    case .int16(let number): append(number, &bytes)
    case .uint32(let number): append(number, &bytes)
    case .int32(let number): append(number, &bytes)
    case .uint64(let number): append(number, &bytes)
    case .int64(let number): append(number, &bytes)
    case .float32(let number): append(number.bitPattern, &bytes)
    case .float64(let number): append(number.bitPattern, &bytes)
    case .bool(let bool): bytes.append(bool ? 1 : 0)
    case .string(let text): append(text, &bytes)
    case .array(let kind, let values):
      append(kind.rawValue, &bytes)
      append(UInt64(values.count), &bytes)
      for value in values { append(value, &bytes) }
    }
  }
}
