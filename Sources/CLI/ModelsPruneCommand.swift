import ArgumentParser
import Files
import Foundation
import Kernels
import LanguageModels
import Training
import Weights

/// `swiftlet models prune RECIPE`: the student of a recipe, before any training.
struct ModelsPruneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Make the small model that a recipe cuts out of a larger one, and write it untrained.",
    discussion: """
      Example: swiftlet models prune Models/smollm2-135m/recipes/sharc-real-student.yaml --data DIR/sharc --output \
      runs/sharc-pruned

      The recipe says `model: {init: {from: MODEL, prune: {num_hidden_layers: 12, …}, vocabulary: {size: 8192}}}`. A run of \
      it starts from the same student.
      """)

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Records that show which parts matter, a file or folder of JSON Lines.")
  var data: String?

  @Option(help: "The directory to write.")
  var output: String

  @Option(help: "Of the weights.")
  var type = DirectoryFormat.f32

  @Flag(help: "Replace an existing directory.")
  var overwrite = false

  @OptionGroup var result: ResultOptions

  func run() throws { try withOutputLocked(output) { try prune() } }

  private func prune() throws {
    threads.apply()
    let reading = try recipe.read(flags: TrainingDataOptions.overrides(data))
    let place = URL(fileURLWithPath: output)
    if overwrite { try ModelDirectory.requireModelFilesOnly(place, others: CardFile.companions(in: place)) }
    let student = try PrunedStudent(reading)
    try student.write(to: place, type: type.tensorType, overwrite: overwrite)
    Terminal.printResult(
      result.json ? student.account.json.text() : (student.account.lines + [output]).joined(separator: "\n"))
  }
}
