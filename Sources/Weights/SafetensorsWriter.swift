import Files
import Foundation
import Kernels

/// A tensor to be written: its values are asked for when their turn comes, so a model is never copied whole.
public struct StoredTensor {
  public let name: String
  public let shape: [Int]
  /// F32, BF16 or F16 for `floats`; I32 or I64 for `integers`.
  public let type: TensorType
  let content: Content

  enum Content {
    case buffer(() -> Buffer)
    case integers(() -> [Int])
  }

  /// Row-major `values`, rounded to `type` (nearest, ties to even) as they are written.
  public init(
    _ name: String, shape: [Int], type: TensorType = .float32,
    floats values: @autoclosure @escaping () -> [Float]
  ) {
    self.init(name, shape: shape, type: type, buffer: Buffer(values()))
  }

  public init(
    _ name: String, shape: [Int], type: TensorType = .float32, buffer: @autoclosure @escaping () -> Buffer
  ) {
    self.name = name
    self.shape = shape
    self.type = type
    content = .buffer(buffer)
  }

  public init(
    _ name: String, shape: [Int], type: TensorType = .int64,
    integers values: @autoclosure @escaping () -> [Int]
  ) {
    self.name = name
    self.shape = shape
    self.type = type
    content = .integers(values)
  }
}

/// Writes safetensors files that the format's own library reads back.
public enum SafetensorsWriter {
  /// Writes `tensors` and `metadata` to `url`, whole or not at all.
  ///
  /// The tensors lie in the file by falling element size and then by name, so that each is aligned to its
  /// size; the same values give the same bytes. Transformers expects the metadata `format: pt`.
  ///
  /// - Throws: `WeightsError.cannotStore` for a repeated name, a type that is not written, or values that do
  ///   not fill the shape; `FileError.cannotWrite`.
  public static func write(_ tensors: [StoredTensor], metadata: [String: String] = [:], to url: URL) throws {
    let ordered = tensors.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
    let header = try header(ordered, metadata: metadata)
    try AtomicFile.write(to: url) { file in
      try file.append(header)
      for tensor in ordered { try append(tensor, to: &file) }
    }
  }

  private static func header(_ tensors: [StoredTensor], metadata: [String: String]) throws -> [UInt8] {
    var entries: [(String, JSONValue)] = []
    if !metadata.isEmpty {
      let sorted = metadata.sorted { $0.key < $1.key }
      entries.append(("__metadata__", .object(JSONObject(sorted.map { ($0.key, .string($0.value)) }))))
    }
    var seen: Set<String> = ["__metadata__"]
    var start = 0
    for tensor in tensors {
      guard seen.insert(tensor.name).inserted else {
        throw WeightsError.cannotStore(name: tensor.name, expected: "each name once", found: "it again")
      }
      let end = start + elementCount(tensor) * tensor.type.size
      entries.append(
        (
          tensor.name,
          [
            "dtype": .string(tensor.type.rawValue), "shape": .array(tensor.shape.map(JSONValue.int)),
            "data_offsets": [.int(start), .int(end)],
          ]
        ))
      start = end
    }
    var text = Array(JSONValue.object(JSONObject(uniqueKeysWithValues: entries)).text().utf8)
    while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return length + text
  }

  private static func elementCount(_ tensor: StoredTensor) -> Int { tensor.shape.reduce(1, *) }

  private static func append(_ tensor: StoredTensor, to file: inout AtomicFile) throws {
    func check(_ count: Int, _ types: [TensorType]) throws {
      guard types.contains(tensor.type) else {
        throw WeightsError.cannotStore(
          name: tensor.name, expected: types.map(\.rawValue).sorted().joined(separator: ", "),
          found: tensor.type.rawValue)
      }
      guard count == elementCount(tensor) else {
        throw WeightsError.cannotStore(
          name: tensor.name, expected: "\(elementCount(tensor)) values for shape \(tensor.shape)",
          found: "\(count)")
      }
    }
    let storedTypes: [TensorType: StoredType] = [.float32: .f32, .bfloat16: .bf16, .float16: .f16]
    let chunk = 1 << 18
    switch tensor.content {
    case .buffer(let values):
      let values = values()
      try check(values.count, Array(storedTypes.keys))
      guard let stored = storedTypes[tensor.type] else { return }
      for start in stride(from: 0, to: values.count, by: chunk) {
        try file.append(values.slice(start..<min(start + chunk, values.count)).bytes(as: stored))
      }
    case .integers(let values):
      let values = values()
      try check(values.count, [.int64, .int32])
      for start in stride(from: 0, to: values.count, by: chunk) {
        try file.append(bytes(values[start..<min(start + chunk, values.count)], tensor))
      }
    }
  }

  private static func bytes(_ values: ArraySlice<Int>, _ tensor: StoredTensor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
      if tensor.type == .int32, Int32(exactly: value) == nil {
        throw WeightsError.cannotStore(name: tensor.name, expected: "values within I32", found: "\(value)")
      }
      for i in 0..<tensor.type.size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * i))) }
    }
    return bytes
  }
}
