import Files
import Foundation
import GoldenVectors
import Kernels
import Testing
import Weights

@Suite struct SafetensorsTests {
  @Test(arguments: [(TensorType.float32, 0.0), (.bfloat16, 0x1p-8), (.float16, 0x1p-11)])
  func writesWhatItReads(type: TensorType, error: Double) throws {
    try inTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.safetensors")
      var random = SeededRandom(seed: 7)
      let values = (0..<589).map { _ in Float.random(in: -4...4, using: &random) }
      let tensors = [
        StoredTensor("zz", shape: [19, 31], type: type, floats: values),
        StoredTensor("ids", shape: [3], type: .int32, integers: [-1, 0, 7]),
        StoredTensor("empty", shape: [0, 2], floats: []),
        StoredTensor("scalar", shape: [], buffer: Buffer([2.5])),
      ]
      try SafetensorsWriter.write(tensors, metadata: ["format": "pt", "name": "\"é\""], to: url)
      let file = try SafetensorsFile(reading: url)
      #expect(file.metadata == ["format": "pt", "name": "\"é\""])
      #expect(file.names.sorted() == ["empty", "ids", "scalar", "zz"])
      #expect(try file.shape("zz") == [19, 31])
      try requireClose(file.floats("zz"), values.map(Double.init), tolerance: error)
      #expect(try file.integers("ids") == [-1, 0, 7])
      #expect(try file.floats("scalar") == [2.5])
      #expect(try file.floats("empty") == [])
      for entry in file.entries where entry.elementCount > 0 {
        #expect(entry.range.lowerBound % entry.type.size == 0)
      }
    }
  }

  @Test func refusesTensorsThatDoNotFit() throws {
    try inTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.safetensors")
      let short = StoredTensor("a", shape: [3], floats: [1, 2])
      let twice = StoredTensor("b", shape: [1], floats: [1])
      let large = StoredTensor("c", shape: [1], type: .int32, integers: [1 << 40])
      let asInteger = StoredTensor("d", shape: [1], type: .int64, floats: [1])
      for tensors in [
        [short], [twice, twice], [large], [asInteger], [StoredTensor("__metadata__", shape: [], floats: [1])],
      ] {
        #expect(throws: WeightsError.self) { try SafetensorsWriter.write(tensors, to: url) }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }

  @Test func namesTheMissingTensorAndTheWrongKind() throws {
    let file = try SafetensorsFile(reading: Golden.url("files/safetensors/valid/ints.safetensors"))
    let missing = #expect(throws: WeightsError.self) { try file.floats("none") }
    #expect(missing?.place == "ints.safetensors: tensor \"none\"")
    #expect(throws: WeightsError.self) { try file.floats("i32") }
    #expect(throws: WeightsError.self) { try file.doubles("bool") }
  }

  /// No byte string may trap, hang or allocate: each is read whole or refused.
  @Test func anyBytesAreReadOrRefused() throws {
    var random = SeededRandom(seed: 11)
    let folder = Golden.url("files/safetensors/valid")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix("tensors")
    }
    var refused = 0
    for name in names.sorted() {
      let original = [UInt8](try readFile(folder.appendingPathComponent(name)))
      for _ in 0..<150 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes.removeLast(min(bytes.count, Int.random(in: 0..<20, using: &random)))
          case 1: bytes.append(UInt8.random(in: 0...255, using: &random))
          case 2 where !bytes.isEmpty:
            let digits = Array("0123456789-[]{},:\"eE.".utf8)
            bytes[Int.random(in: bytes.indices, using: &random)] =
              digits[Int.random(in: digits.indices, using: &random)]
          default:
            if bytes.isEmpty { continue }
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
          }
        }
        do {
          let file = try SafetensorsFile(content: bytes, name: name)
          for entry in file.entries {
            let count =
              entry.type.isFloatingPoint
              ? try file.doubles(entry.name).count : try file.integers(entry.name).count
            #expect(count == entry.shape.reduce(1, *))
          }
        } catch {
          #expect(error.exitCode == .badData)
          refused += 1
        }
      }
    }
    #expect(refused > 500)
  }

  @Test func shardsAreReadThroughTheirIndex() throws {
    try inTemporaryFolder { folder in
      func write(_ index: String) throws {
        try AtomicFile.write(index, to: folder.appendingPathComponent("model.safetensors.index.json"))
      }
      for (name, tensor) in [("one.safetensors", "a"), ("two.safetensors", "b")] {
        try SafetensorsWriter.write(
          [StoredTensor(tensor, shape: [2], floats: [1, 2])], to: folder.appendingPathComponent(name))
      }
      try write(#"{"metadata":{"total_size":16},"weight_map":{"a":"one.safetensors","b":"two.safetensors"}}"#)
      let weights = try ModelWeights(directory: folder)
      #expect(weights.names == ["a", "b"])
      #expect(try weights.floats("b", shape: [2]) == [1, 2])
      #expect(throws: WeightsError.shapeMismatch(name: "b", expected: [1, 2], found: [2])) {
        try weights.floats("b", shape: [1, 2])
      }
      for index in [
        #"{"weight_map":{"a":"two.safetensors"}}"#, #"{"weight_map":{"a":"../one.safetensors"}}"#,
        #"{"weight_map":{"a":1}}"#, #"{"weight_map":[]}"#, "{}",
      ] {
        try write(index)
        #expect(throws: WeightsError.self, "\(index)") { try ModelWeights(directory: folder) }
      }
      try write(#"{"weight_map":{"a":"three.safetensors"}}"#)
      #expect(throws: FileError.self) { try ModelWeights(directory: folder) }
    }
  }

  private func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swiftlet-weights-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}
