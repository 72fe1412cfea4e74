import Files
import Foundation
import GoldenVectors
import Testing
import Weights

@Suite struct SafetensorsGoldenTests {
  @Test func validFilesGiveTheirValues() throws {
    let folder = "files/safetensors/valid"
    let files = try #require(try Golden.json("\(folder)/manifest.json")["files"]?.array)
    #expect(files.count == 11)
    for item in files {
      let name = try #require(item["file"]?.string)
      let file = try SafetensorsFile(reading: Golden.url("\(folder)/\(name)"))
      let tensors = try #require(item["tensors"]?.object)
      #expect(file.names.sorted() == tensors.keys.sorted(), "\(name)")
      let metadata = try #require(item["metadata"]?.object)
      #expect(
        file.metadata
          == Dictionary(uniqueKeysWithValues: metadata.entries.map { ($0.key, $0.value.string ?? "") }))
      for tensor in tensors.entries {
        let label = "\(name) \(tensor.key)"
        let shape = try #require(tensor.value["shape"]?.array).compactMap(\.int)
        #expect(try file.shape(tensor.key) == shape, "\(label)")
        let values = try #require(tensor.value["values"]?.array)
        if try file.entry(tensor.key).type.isFloatingPoint {
          try requireClose(
            file.doubles(tensor.key), values.compactMap(\.goldenDouble), tolerance: 0, "\(label) doubles")
          try requireClose(
            file.floats(tensor.key), values.compactMap { $0.goldenDouble.map { Double(Float($0)) } },
            tolerance: 0, "\(label) floats")
        } else {
          try requireEqual(file.integers(tensor.key), values.compactMap(\.int), label)
        }
      }
      GoldenRegistry.countRun(1)
    }
  }

  @Test func malformedFilesAreRefused() throws {
    let folder = "files/safetensors/malformed"
    let files = try #require(try Golden.json("\(folder)/manifest.json")["files"]?.array)
    #expect(files.count == 38)
    for item in files {
      let name = try #require(item["file"]?.string)
      let why = item["why"]?.string ?? ""
      let error = #expect(throws: WeightsError.self, "\(name): \(why)") {
        _ = try SafetensorsFile(reading: Golden.url("\(folder)/\(name)"))
      }
      #expect(error?.exitCode == .badData)
      #expect(error?.description.hasPrefix(name) == true)
      GoldenRegistry.countRun(1)
    }
  }
}
