import ArgumentParser
import Corpus
import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Weights

/// The formats in which weights are given away.
enum WeightFormat: String, CaseIterable, ExpressibleByArgument {
  case f32, f16, bf16, q8_0, q4_0

  var gguf: GGUFTensorType {
    switch self {
    case .f32: .f32
    case .f16: .f16
    case .bf16: .bf16
    case .q8_0: .q8_0
    case .q4_0: .q4_0
    }
  }

  /// In safetensors; nil for the quantized ones.
  var safetensors: TensorType? {
    switch self {
    case .f32: .float32
    case .f16: .float16
    case .bf16: .bfloat16
    case .q8_0, .q4_0: nil
    }
  }

  /// The mean KL in nats that rounding to this format may cost.
  var divergenceLimit: Double {
    switch self {
    case .f32: 1e-9
    case .f16: 1e-5
    case .bf16: 1e-3
    case .q8_0: 1e-2
    case .q4_0: 0.2
    }
  }
}

/// `swiftlet export MODEL OUTPUT`: a model for other programs, checked against what it was made from.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a model as GGUF, for llama.cpp, or as a Hugging Face directory.",
    discussion: """
      Example: swiftlet export Models/teacher-6m teacher.gguf --type q8_0

      The copy is read again and compared with the model: next-token distributions within the format's bound, and the \
      same greedy text on every prompt. Where they differ the copy is removed and the exit code is 3; --accept-loss keeps \
      it. An output whose name ends in .gguf is a GGUF file; any other is a directory of f32, f16 or bf16.
      """)

  @Argument(help: "A model directory, or a GGUF file.")
  var model: String

  @Argument(help: "What to write: FILE.gguf, or a directory.")
  var output: String

  @Option(help: "f32, f16, bf16, q8_0 or q4_0.")
  var type = WeightFormat.bf16

  @Option(
    help: "A text on which model and copy are compared; may be repeated. Problems of the domains by default.")
  var prompt: [String] = []

  @Flag(help: "Keep a copy that differs by more than its format's bound.")
  var acceptLoss = false

  @Flag(help: "Replace an existing output.")
  var overwrite = false

  @OptionGroup var result: ResultOptions

  private var isGGUF: Bool { output.hasSuffix(".gguf") }

  func validate() throws {
    if !isGGUF, type.safetensors == nil {
      throw ValidationError("--type \(type.rawValue) needs an output that ends in .gguf")
    }
  }

  func run() throws {
    let loaded = try LoadedModel(model)
    let place = URL(fileURLWithPath: output)
    if FileManager.default.fileExists(atPath: output), !overwrite {
      throw LanguageModelError.exists(path: output)
    }
    // Beside its place until the check is passed, so that nothing half right ever has its name.
    let trial = place.deletingLastPathComponent().appendingPathComponent(
      ".\(ProcessInfo.processInfo.processIdentifier)-\(place.lastPathComponent)")
    defer { try? FileManager.default.removeItem(at: trial) }
    let copy = try write(loaded, to: trial)
    let parity = try Parity(of: copy, with: loaded.transformer, prompts: prompts(loaded))
    let passed = parity.divergence <= type.divergenceLimit && parity.sameContinuations == parity.prompts
    if passed || acceptLoss { try move(trial, to: place) }
    print(parity, passed: passed, bytes: bytes(of: passed || acceptLoss ? place : trial))
    if !passed, !acceptLoss { throw ArgumentParser.ExitCode(ExitCode.gateMissed.rawValue) }
  }

  private func write(_ loaded: LoadedModel, to url: URL) throws -> Transformer {
    guard let stored = type.safetensors, !isGGUF else {
      let name = URL(fileURLWithPath: model).deletingPathExtension().lastPathComponent
      try GGUFModel.save(
        loaded.transformer, tokenizer: loaded.tokenizer, name: name, type: type.gguf, to: url)
      return try GGUFModel.load(url)
    }
    let companions = LoadedModel.isGGUF(model) ? nil : try LoadedModel.directory(model)
    try ModelDirectory.save(loaded.transformer, to: url, type: stored, companions: companions)
    if companions == nil { try GGUFModel.writeTokenizer(of: URL(fileURLWithPath: model), to: url) }
    return try ModelDirectory.load(url)
  }

  /// The given texts, or four problems of the domains as users ask them.
  private func prompts(_ loaded: LoadedModel) -> [[Int32]] {
    guard prompt.isEmpty else {
      return prompt.map { loaded.tokenizer.encode($0, addSpecialTokens: true) }.filter { !$0.isEmpty }
    }
    let generator = ProblemGenerator(domains: DomainName.allCases, side: .validation, seed: 1)
    let limit = loaded.transformer.configuration.maximumPositions - 64
    return (0..<64).lazy.map { generator.problem(at: 17 * $0).prompt }
      .map { loaded.template.promptTokens([ChatMessage(role: "user", content: $0)], loaded.tokenizer) }
      .filter { $0.count < limit }.prefix(4).map { $0 }
  }

  private func move(_ trial: URL, to place: URL) throws {
    do {
      if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
      try FileManager.default.moveItem(at: trial, to: place)
    } catch {
      throw FileError.cannotWrite(path: place.path, reason: error.localizedDescription)
    }
  }

  private func bytes(of url: URL) -> Int {
    let files = FileManager.default
    let inside = ((try? files.subpathsOfDirectory(atPath: url.path)) ?? []).map {
      url.appendingPathComponent($0).path
    }
    return (inside.isEmpty ? [url.path] : inside).reduce(0) { sum, path in
      sum + ((try? files.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    }
  }

  private func print(_ parity: Parity, passed: Bool, bytes: Int) {
    guard !result.json else {
      let document: JSONValue = [
        "output": .string(output), "type": .string(type.rawValue), "bytes": .int(bytes),
        "passed": .bool(passed),
        "divergence": .double(parity.divergence), "divergence_limit": .double(type.divergenceLimit),
        "largest_logit_difference": .double(parity.largestDifference),
        "same_continuations": .int(parity.sameContinuations), "prompts": .int(parity.prompts),
      ]
      return Terminal.printResult(document.text())
    }
    let verdict = passed ? "passed" : acceptLoss ? "differs, kept" : "differs, removed"
    Terminal.printResult(
      "\(output): \(type.rawValue), \(bytes) bytes, \(verdict)\n"
        + String(
          format:
            "KL %.2g nats (at most %.2g), largest logit difference %.3g, same greedy text on %d of %d prompts",
          parity.divergence, type.divergenceLimit, parity.largestDifference, parity.sameContinuations,
          parity.prompts))
  }
}
