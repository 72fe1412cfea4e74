import Foundation
import Kernels
import LanguageModels
import Testing
import Training

@Suite(.serialized) struct RunTests {
  /// The repository: the tests' own files are two levels below it.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func recipes() -> [String] {
    let models = root.appendingPathComponent("Models")
    let files = FileManager.default.enumerator(atPath: models.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.contains("/recipes/") && $0.hasSuffix(".yaml") }.sorted()
  }

  static func run(_ recipe: String, _ overrides: [String], _ change: (inout RunOptions) -> Void) throws
    -> RunOutcome
  {
    let file = root.appendingPathComponent("Models/" + recipe).path
    var options = RunOptions()
    change(&options)
    return try TrainingRun(try Recipe.read(file: file, overrides: overrides), options: options).start()
  }

  /// Two steps of a recipe on a few examples, whatever its size.
  static let short = [
    "training.max_steps=2", "training.per_device_train_batch_size=1",
    "training.gradient_accumulation_steps=1",
    "training.precision=fp32", "dataset.eval=2", "evaluation.problems=0", "gates={}",
  ]

  @Test(arguments: recipes()) func everyRecipeRunsTwoSteps(recipe: String) throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let reading = try Recipe.read(file: Self.root.appendingPathComponent("Models/" + recipe).path)
    // A recipe that builds on a model or data which is not in the repository is only decoded.
    let needed =
      [reading.recipe.model.directory, reading.recipe.teacher?.directory].compactMap { $0 }
      + reading.recipe.dataset.paths + reading.recipe.dataset.texts
    guard
      needed.allSatisfy({ FileManager.default.fileExists(atPath: Self.root.appendingPathComponent($0).path) })
    else { return }
    let outcome = try Self.run(recipe, Self.short) { $0.output = output.path }
    #expect(outcome.steps == 2)
    #expect(outcome.metrics["loss"]?.isFinite == true)
    let reloaded = try ModelDirectory.load(output)
    #expect(reloaded.parameterCount > 0)
  }

  @Test func theCIRecipeIsAmongThem() { #expect(Self.recipes().contains("tiny/recipes/ci.yaml")) }

  @Test func anExistingOutputNeedsAWordFromItsOwner() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let recipe = "tiny/recipes/ci.yaml"
    _ = try Self.run(recipe, Self.short) { $0.output = output.path }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run(recipe, Self.short) { $0.output = output.path }
    }
    #expect(error?.exitCode == .cannotWrite)
    let foreign = output.appendingPathComponent("diary.txt")
    try Data("mine".utf8).write(to: foreign)
    _ = try Self.run(recipe, Self.short) {
      $0.output = output.path
      $0.overwrites = true
    }
    #expect(
      FileManager.default.fileExists(atPath: foreign.path), "--overwrite removes only what a run writes")
    let other = #expect(throws: TrainingError.self) {
      _ = try Self.run(recipe, Self.short + ["training.learning_rate=3e-4"]) {
        $0.output = output.path
        $0.resumes = true
      }
    }
    #expect(other == .otherRecipe(path: output.appendingPathComponent("checkpoints/checkpoint-0000002").path))
  }

  @Test func gatesDecideTheExitCode() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    func exitCode(_ condition: String) throws -> ExitCode {
      try Self.run("tiny/recipes/ci.yaml", Self.short.dropLast() + ["gates={eval/loss: \"\(condition)\"}"]) {
        $0.output = output.path
        $0.overwrites = true
      }.exitCode
    }
    #expect(try exitCode("<= 100") == .done)
    #expect(try exitCode("<= 0") == .gateMissed)
  }

  @Test func resumingWithoutACheckpointIsAnError() {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let error = #expect(throws: TrainingError.self) {
      _ = try Self.run("tiny/recipes/ci.yaml", Self.short) {
        $0.output = output.path
        $0.resumes = true
      }
    }
    #expect(error?.exitCode == .noInput)
  }
}
