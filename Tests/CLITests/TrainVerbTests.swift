import Files
import Foundation
import Testing

/// Several recipes in one command: the stages of a model.
@Suite("train with several recipes")
struct TrainVerbTests {
  /// Two stages, the second from the model of the first.
  private static func stages(in folder: TemporaryFolder, steps: [Int] = [2, 3]) throws -> [String] {
    let outputs = ["first", "second"].map { folder.url.path + "/" + $0 }
    let models = ["Models/tiny", outputs[0]]
    return try (0...1).map { stage in
      try folder.file(
        "\(stage).yaml",
        """
        name: stage-\(stage)
        method: sft
        model: \(models[stage])
        output: \(outputs[stage])
        dataset: {task: finance, languages: [en], levels: [1], train: 40, eval: 2, seed: 7}
        training: {max_steps: \(steps[stage]), per_device_train_batch_size: 2, max_length: 256, save_steps: 1,
                   learning_rate: 1.0e-3, precision: fp32}
        evaluation: {problems: 0}
        """)
    }
  }

  @Test("the stages run in turn, and --resume passes over the finished ones") func stagesInTurn() throws {
    let folder = try TemporaryFolder()
    let store = folder.url.path + "/store.sqlite"
    let recipes = try Self.stages(in: folder)
    let whole = try SwiftletProgram.run(["train"] + recipes + ["--json", "--store", store])
    #expect(whole.status == 0 && whole.errors.contains("step 2/2"), "\(whole.errors)")
    let runs = try whole.json()["runs"]?.array ?? []
    #expect(runs.map { $0["steps"]?.int } == [2, 3])
    let model = folder.url.appendingPathComponent("second/model.safetensors")
    let bytes = try Data(contentsOf: model)

    let listed = try SwiftletProgram.run(["runs", "list", "--json", "--store", store]).json().array ?? []
    let ids = listed.compactMap { $0["id"]?.string }
    let plot = folder.url.path + "/loss.svg"
    let drawn = try SwiftletProgram.run(["runs", "plot"] + ids + ["--store", store, "--output", plot])
    #expect(drawn.status == 0, "\(drawn.errors)")
    let svg = try String(contentsOfFile: plot, encoding: .utf8)
    #expect(svg.contains(">first<") && svg.contains(">second<") && svg.contains("polyline"))
    let missing = try SwiftletProgram.run(
      ["runs", "plot"] + ids + ["--metric", "los", "--store", store, "--output", plot])
    #expect(missing.status == 65 && missing.errors.contains("grad_norm"), "\(missing.errors)")

    // As if the second stage had never begun: the first is passed over, the second starts.
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("second"))
    let resumed = try SwiftletProgram.run(["train"] + recipes + ["--resume", "--json", "--store", store])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try Data(contentsOf: model) == bytes)
    #expect(!resumed.errors.contains("step 2/2"), "the first stage was trained again: \(resumed.errors)")
    // What repeats it must start from nothing.
    let road = try SwiftletProgram.run("ledger", folder.url.path + "/second", "--json").json()
    #expect(
      road["stages"]?.array?.last?["command"]?.string == "swiftlet train " + recipes.joined(separator: " "))
  }

  @Test("a mistake in the last recipe stops the command before the first is trained")
  func readsAllFirst() throws {
    let folder = try TemporaryFolder()
    let recipes = try Self.stages(in: folder)
    let broken = try folder.file("broken.yaml", "method: sft\nmodle: Models/tiny\n")
    let result = try SwiftletProgram.run("train", recipes[0], broken)
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("broken.yaml:2"))
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/first"))
  }

  @Test("--output of several recipes is refused") func oneOutputForSeveral() throws {
    let folder = try TemporaryFolder()
    let recipes = try Self.stages(in: folder)
    let result = try SwiftletProgram.run(["train"] + recipes + ["--output", folder.url.path + "/x"])
    #expect(result.status == 64)
    #expect(result.errors.contains("key output"))
  }
}
