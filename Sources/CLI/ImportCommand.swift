import ArgumentParser
import Files
import Foundation
import LanguageModels
import Text

/// `swiftlet import FILE.gguf DIR`: another program's model as a directory.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Turn a GGUF file into a Hugging Face directory: weights, configuration, tokenizer.",
    discussion: """
      Example: swiftlet import teacher.gguf runs/teacher-from-gguf --type bf16

      Quantized weights become numbers again. Every verb that takes a model also takes a GGUF file as it is.
      """)

  @Argument(help: "A GGUF file of a Llama model with a byte-level BPE tokenizer.")
  var file: String

  @Argument(help: "The directory to write.")
  var output: String

  @Option(help: "f32, f16 or bf16.")
  var type = WeightFormat.f32

  @Flag(help: "Replace an existing directory.")
  var overwrite = false

  func validate() throws {
    if type.safetensors == nil { throw ValidationError("--type must be f32, f16 or bf16") }
  }

  func run() throws {
    let source = URL(fileURLWithPath: file)
    let model = try GGUFModel.load(source)
    let place = URL(fileURLWithPath: output)
    try ModelDirectory.write(to: place, overwrite: overwrite) { temporary in
      try GGUFModel.writeTokenizer(of: source, to: temporary)
      let inner = temporary.appendingPathComponent("model")
      try ModelDirectory.save(model, to: inner, type: type.safetensors ?? .float32)
      for name in try FileManager.default.contentsOfDirectory(atPath: inner.path) {
        try FileManager.default.moveItem(
          at: inner.appendingPathComponent(name), to: temporary.appendingPathComponent(name))
      }
      try FileManager.default.removeItem(at: inner)
      // The tokenizer must be one that this program reads.
      _ = try Tokenizer.load(temporary)
    }
    Terminal.printResult("\(output): \(model.parameterCount) parameters, \(type.rawValue)")
  }
}
