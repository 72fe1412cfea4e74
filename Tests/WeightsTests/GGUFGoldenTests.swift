import Files
import Foundation
import GoldenVectors
import Kernels
import Testing
import Weights

@Suite struct GGUFGoldenTests {
  private static let folder = "files/gguf"

  @Test func everyTypeGivesItsValues() throws {
    let files = try #require(try Golden.json("\(Self.folder)/valid/manifest.json")["files"]?.array)
    let values = try SafetensorsFile(reading: Golden.url("\(Self.folder)/valid/values.safetensors"))
    for item in files {
      guard let type = item["type"]?.string else { continue }
      let name = try #require(item["file"]?.string)
      let file = try GGUFFile(reading: Golden.url("\(Self.folder)/valid/\(name)"))
      let entry = try #require(file.entries.first)
      #expect(file.entries.count == 1 && entry.type.name == type)
      try requireEqual(
        entry.shape, #require(item["shape_row_major"]?.array).compactMap(\.int), "\(name) shape")
      #expect(
        entry.type.blockSize == item["block"]?.int && entry.type.bytesPerBlock == item["bytes_per_block"]?.int
      )
      try requireClose(
        file.buffer(entry.name).array().map(Double.init), values.doubles("\(type).dequantized"),
        tolerance: 1e-6, name)
      GoldenRegistry.countRun(1)
    }
  }

  /// Quantized as the format's own package quantizes: the same bytes, which dequantize to the same numbers.
  @Test(arguments: [GGUFTensorType.f32, .f16, .bf16, .q8_0, .q5_0, .q4_0])
  func writtenValuesAreTheReferences(type: GGUFTensorType) throws {
    let values = try SafetensorsFile(reading: Golden.url("\(Self.folder)/valid/values.safetensors"))
    let source = type == .f32 || type == .f16 ? "\(type.name).dequantized" : "source"
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gguf")
    defer { try? FileManager.default.removeItem(at: url) }
    try GGUFWriter.write(
      metadata: [
        ("general.architecture", .string("llama")), ("list", .array(.int32, [.int32(-1), .int32(2)])),
      ],
      tensors: [
        GGUFWriter.Tensor("a.weight", shape: [2, 64], type: type) {
          (try? values.buffer(source)) ?? .zeros(0)
        },
        GGUFWriter.Tensor("b", shape: [3], type: .f32) { Buffer([1, -2, 0.5]) },
      ], to: url)
    let file = try GGUFFile(reading: url)
    #expect(file.metadata["list"]?.array == [.int32(-1), .int32(2)])
    try requireClose(
      file.buffer("a.weight").array().map(Double.init), values.doubles("\(type.name).dequantized"),
      tolerance: 0, type.name)
    #expect(try file.buffer("b").array() == [1, -2, 0.5])
    #expect(try file.entry("a.weight").shape == [2, 64])
  }

  /// The types of 256-element blocks have no one right quantizer: their error is bounded instead, and smaller than that
  /// of the simple type of the same bits.
  @Test func superBlocksLoseLittle() throws {
    var random = SeededRandom(seed: 4)
    let normal = (0..<2048).map { _ in random.normal() }
    let hard: [[Float]] = [
      Array(repeating: 0, count: 256), Array(repeating: -0.75, count: 256),
      (0..<256).map { $0 == 9 ? 60 : Float($0 % 5) * 1e-3 }, (0..<256).map { Float($0) * 1e-4 },
      (0..<256).map { Float($0 - 128) },
    ]
    func read(_ values: [Float], _ type: GGUFTensorType) throws -> [Float] {
      let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gguf")
      defer { try? FileManager.default.removeItem(at: url) }
      try GGUFWriter.write(
        metadata: [("general.architecture", .string("llama"))],
        tensors: [
          GGUFWriter.Tensor("a.weight", shape: [values.count / 256, 256], type: type) { Buffer(values) }
        ],
        to: url)
      return try GGUFFile(reading: url).buffer("a.weight").array()
    }
    func error(_ type: GGUFTensorType) throws -> Float {
      let squares = zip(normal, try read(normal, type)).map { ($0 - $1) * ($0 - $1) }
      return (squares.reduce(0, +) / Float(squares.count)).squareRoot()
    }
    #expect(try error(.q4K) < 0.08)
    #expect(try error(.q4K) < error(.q4_0))
    #expect(try error(.q6K) < 0.02)
    #expect(try error(.q6K) < error(.q5_0))
    for values in hard {
      let largest = values.map(abs).max() ?? 0
      for (type, share) in [(GGUFTensorType.q4K, Float(0.07)), (.q6K, 0.025)] {
        let found = try read(values, type)
        let worst = zip(values, found).map { abs($0 - $1) }.max() ?? 0
        #expect(worst <= share * largest, "\(type.name), largest \(largest)")
      }
    }
  }

  @Test func whatCannotBeStoredIsRefused() {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gguf")
    for tensor in [
      GGUFWriter.Tensor("a", shape: [2, 48], type: .q8_0) { .zeros(96) },
      GGUFWriter.Tensor("a", shape: [2, 32], type: .q8_0) { .zeros(63) },
      GGUFWriter.Tensor("a", shape: [1, 256], type: .q5K) { .zeros(256) },
    ] {
      #expect(throws: WeightsError.self) { try GGUFWriter.write(metadata: [], tensors: [tensor], to: url) }
      #expect(!FileManager.default.fileExists(atPath: url.path))
    }
  }

  @Test func metadataOfEveryTypeIsRead() throws {
    let files = try #require(try Golden.json("\(Self.folder)/valid/manifest.json")["files"]?.array)
    let item = try #require(files.first { $0["metadata"] != nil })
    let file = try GGUFFile(reading: Golden.url("\(Self.folder)/valid/metadata_align.gguf"))
    #expect(file.metadata["general.alignment"]?.int == item["alignment"]?.int)
    for (key, expected) in try #require(item["metadata"]?.object).entries.map({ ($0.key, $0.value) }) {
      // The writer of the set leaves empty strings out.
      if expected.string == "" { continue }
      let found = try #require(file.metadata[key], "\(key)")
      switch expected {
      case .array(let values):
        #expect(try #require(found.array).map(Self.text) == values.map(Self.text), "\(key)")
      case _: #expect(Self.text(found) == Self.text(expected), "\(key)")
      }
    }
    for tensor in try #require(item["tensors"]?.object).entries {
      let entry = try file.entry(tensor.key)
      try requireEqual(
        entry.shape, #require(tensor.value["shape_row_major"]?.array).compactMap(\.int), tensor.key)
      try requireClose(
        file.buffer(tensor.key).array().map(Double.init),
        #require(tensor.value["values"]?.array).compactMap(\.double),
        tolerance: 0, tensor.key)
    }
    let empty = try GGUFFile(reading: Golden.url("\(Self.folder)/valid/no_tensors.gguf"))
    #expect(empty.entries.isEmpty && empty.metadata.count == 1)
    GoldenRegistry.countRun(2)
  }

  /// Numbers as doubles; an integer above 2^53 stands as a string in the manifest.
  private static func text(_ value: JSONValue) -> String {
    value.string ?? value.bool.map { "\($0)" } ?? value.double.map { "\($0)" } ?? "none"
  }

  private static func text(_ value: GGUFValue) -> String {
    switch value {
    case .uint64(let number) where number > 1 << 53: "\(number)"
    case .string(let text): text
    case .bool(let bool): "\(bool)"
    case _: value.double.map { "\($0)" } ?? "none"
    }
  }

  /// Files that a lenient reader may accept are refused too: what breaks a rule of the format was not meant.
  @Test func malformedFilesAreRefused() throws {
    let files = try #require(try Golden.json("\(Self.folder)/malformed/manifest.json")["files"]?.array)
    #expect(files.count == 42)
    for item in files {
      let name = try #require(item["file"]?.string)
      let why = item["why"]?.string ?? ""
      let error = #expect(throws: WeightsError.self, "\(name): \(why)") {
        _ = try GGUFFile(reading: Golden.url("\(Self.folder)/malformed/\(name)"))
      }
      #expect(error?.exitCode == .badData && error?.description.hasPrefix(name) == true)
      GoldenRegistry.countRun(1)
    }
  }
}
