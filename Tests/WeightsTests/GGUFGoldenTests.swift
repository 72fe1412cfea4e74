import Files
import Foundation
import GoldenVectors
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
