import Files
import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing
import Weights

@Suite("Model directory") struct ModelDirectoryTests {
  /// A folder of its own that `body` may fill; removed afterwards.
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swiftlet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test(arguments: [TensorType.float32, .bfloat16, .float16])
  func loadsTheBitsItSaved(type: TensorType) throws {
    try withFolder { folder in
      let model = try GeneratorTests.tinyModel()
      let directory = folder.appendingPathComponent("model")
      try ModelDirectory.save(model, to: directory, type: type, extraFiles: ["note.txt": Data("x".utf8)])
      let loaded = try ModelDirectory.load(directory)
      #expect(loaded.configuration == model.configuration)
      #expect(loaded.parameters.map(\.name) == model.parameters.map(\.name))
      if type == .float32 {
        #expect(zip(loaded.parameters, model.parameters).allSatisfy { $0.value.values == $1.value.values })
      }
      // What was rounded once is not rounded again.
      let again = folder.appendingPathComponent("again")
      try ModelDirectory.save(loaded, to: again, type: type)
      let bytes = try ["model.safetensors", "config.json", "generation_config.json"].map { name in
        try [directory, again].map { try Data(contentsOf: $0.appendingPathComponent(name)) }
      }
      #expect(bytes.allSatisfy { $0[0] == $0[1] })
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(left == ["again", "model"])
    }
  }

  @Test func answersEndWhereTheGenerationConfigurationSays() throws {
    try withFolder { folder in
      let directory = folder.appendingPathComponent("model")
      try ModelDirectory.save(try GeneratorTests.tinyModel(), to: directory)
      let own = try StoredModel(opening: directory).configuration().endTokens
      let file = directory.appendingPathComponent("generation_config.json")
      try Data(#"{"eos_token_id": [5, 3, 99999999]}"#.utf8).write(to: file)
      let model = try StoredModel(opening: directory)
      #expect(try model.configuration().endTokens == own + [5, 3].filter { !own.contains($0) })
      #expect(try model.transformer().configuration == model.configuration())
      // And those who read what is saved from it.
      let again = folder.appendingPathComponent("again")
      try ModelDirectory.save(try model.transformer(), to: again)
      let saved = try ModelConfiguration(reading: again.appendingPathComponent("config.json"))
      #expect(try saved.endTokens == model.configuration().endTokens)
      try Data("[]".utf8).write(to: file)
      #expect(throws: LanguageModelError.self) { try model.configuration() }
    }
  }

  @Test func replacesOnlyWhenAllowed() throws {
    try withFolder { folder in
      let model = try GeneratorTests.tinyModel()
      let directory = folder.appendingPathComponent("model")
      try ModelDirectory.save(model, to: directory)
      #expect(throws: LanguageModelError.exists(path: directory.path)) {
        try ModelDirectory.save(model, to: directory)
      }
      try ModelDirectory.save(try GeneratorTests.tinyModel(seed: 2), to: directory, overwrite: true)
      #expect(
        try ModelDirectory.load(directory).parameters[0].value.values != model.parameters[0].value.values)
      // A failing writer leaves the old directory whole and nothing beside it.
      struct Failure: Error {}
      #expect(throws: Failure.self) {
        try ModelDirectory.write(to: directory, overwrite: true) { _ in throw Failure() }
      }
      _ = try ModelDirectory.load(directory)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model"])
    }
  }

  @Test func namesWrongTensors() throws {
    try withFolder { folder in
      let model = try GeneratorTests.tinyModel()
      let directory = folder.appendingPathComponent("model")
      try ModelDirectory.save(model, to: directory)
      func write(_ tensors: [StoredTensor]) throws {
        try SafetensorsWriter.write(tensors, to: directory.appendingPathComponent("model.safetensors"))
      }
      let tensors = model.parameters.map {
        StoredTensor($0.name, shape: $0.shape, floats: $0.value.values)
      }
      func expectError(_ text: String, _ tensors: [StoredTensor]) throws {
        try write(tensors)
        let error = #expect(throws: LanguageModelError.self) { try ModelDirectory.load(directory) }
        #expect(error?.description.contains(text) == true, "\(error?.description ?? "no error")")
      }
      try expectError(
        "model: expected tensor model.norm.weight [24], found none",
        tensors.filter { $0.name != "model.norm.weight" })
      try expectError("found extra", tensors + [StoredTensor("extra", shape: [1], floats: [1])])
      try expectError(
        "expected tensor model.norm.weight of shape [24], found [12, 2]",
        tensors.map {
          $0.name == "model.norm.weight"
            ? StoredTensor($0.name, shape: [12, 2], floats: [Float](repeating: 1, count: 24)) : $0
        })
      try expectError(
        "expected finite numbers in model.norm.weight, found NaN or infinity",
        tensors.map {
          $0.name == "model.norm.weight"
            ? StoredTensor($0.name, shape: [24], floats: [Float](repeating: .infinity, count: 24)) : $0
        })
      // A tied output layer may be stored a second time, but not with other numbers.
      let other = StoredTensor(
        "lm_head.weight", shape: [96, 24], floats: [Float](repeating: 1, count: 96 * 24))
      try expectError("expected lm_head.weight equal to the embedding table", tensors + [other])
      let head = StoredTensor("lm_head.weight", shape: [96, 24], floats: model.parameters[0].value.values)
      try write(tensors + [head])
      _ = try ModelDirectory.load(directory)
      model.parameters[0].value.buffer[5] = .nan
      #expect(
        throws: LanguageModelError.nonFiniteWeight(file: directory.path, name: model.parameters[0].name)
      ) { try ModelDirectory.save(model, to: directory, overwrite: true) }
      #expect(throws: FileError.missing(path: folder.appendingPathComponent("none/config.json").path)) {
        try ModelDirectory.load(folder.appendingPathComponent("none"))
      }
    }
  }
}
