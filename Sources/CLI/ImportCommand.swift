import ArgumentParser
import Files
import Foundation
import LanguageModels
import Text
import Training

/// `swiftlet import FILE.gguf DIR`: another program's model as a directory.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn a GGUF file into a Hugging Face directory: weights, configuration, tokenizer.",
    discussion: """
      Example: swiftlet import teacher.gguf runs/teacher-from-gguf --type bf16

      Quantized weights become numbers again. generate, chat, eval, logits and export also \
      take a GGUF file as it is.
      """)

  @Argument(help: "A GGUF file of a Llama model with a byte-level BPE tokenizer.")
  var file: String

  @Argument(help: "The directory to write.")
  var output: String

  @Option(help: "Of the weights.")
  var type = DirectoryFormat.f32

  @Flag(help: "Replace an existing directory.")
  var overwrite = false

  func run() throws { try withOutputLocked(output) { try bring() } }

  private func bring() throws {
    let source = try StoredModel(readingGGUF: URL(fileURLWithPath: file))
    let model = try source.transformer()
    let place = URL(fileURLWithPath: output)
    if overwrite { try ModelDirectory.requireModelFilesOnly(place, others: CardFile.companions(in: place)) }
    let road = try Ledger.road(to: file)
    try ModelDirectory.write(to: place, overwrite: overwrite) { temporary in
      try ModelDirectory.fill(
        temporary, with: model, type: type.tensorType, companions: source, place: output)
      // What was written must be what this program reads: f16 may have overflowed, the tokenizer be of another kind.
      _ = try (Tokenizer.load(temporary), ModelDirectory.load(temporary))
      try road.write(to: temporary)
    }
    Terminal.printResult("\(output): \(model.parameterCount) parameters, \(type.rawValue)")
  }
}
