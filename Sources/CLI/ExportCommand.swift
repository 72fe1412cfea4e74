import ArgumentParser
import Corpus
import Experiments
import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training
import Weights

/// The formats in which weights are given away.
enum WeightFormat: String, CaseIterable, ExpressibleByArgument {
  case f32, f16, bf16, q8_0, q4_0, q4_k_m

  var gguf: GGUFFormat {
    switch self {
    case .f32: .uniform(.f32)
    case .f16: .uniform(.f16)
    case .bf16: .uniform(.bf16)
    case .q8_0: .uniform(.q8_0)
    case .q4_0: .uniform(.q4_0)
    case .q4_k_m: .q4KM
    }
  }

  /// In safetensors; nil for the quantized ones.
  var safetensors: TensorType? { DirectoryFormat(rawValue: rawValue)?.tensorType }

  /// The mean KL in nats that rounding to this format may cost.
  var divergenceLimit: Double {
    switch self {
    case .f32: 1e-9
    case .f16: 1e-5
    case .bf16: 1e-3
    case .q8_0: 1e-2
    case .q4_0: 0.2
    case .q4_k_m: 0.1
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
      same greedy text on every prompt. A copy that differs is not kept, and the exit code is 3; --accept-loss keeps it. An output whose name ends in .gguf is a GGUF file; any other is a directory of f32, f16 or bf16.

      The model's ledger goes along, in the GGUF file's header or as ledger.json, with CARD.md in a directory or \
      NAME.CARD.md beside NAME.gguf; the card says how fast the copy and its teacher are here, unless --no-measure leaves \
      that out; --price and --watts stand for what its recipe stated. A model that learnt from sources whose licences \
      conflict is not exported.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Argument(help: "What to write: FILE.gguf, or a directory.")
  var output: String

  @Option(help: "f32, f16, bf16, q8_0, q4_0 or q4_k_m.")
  var type = WeightFormat.bf16

  @Option(
    help: "A text on which model and copy are compared; may be repeated. Problems of the domains by default.")
  var prompt: [String] = []

  @Flag(help: "Keep a copy that differs by more than its format's bound.")
  var acceptLoss = false

  @Flag(help: "Replace an existing output.")
  var overwrite = false

  @OptionGroup var prices: PriceOptions
  @OptionGroup var measuring: MeasureOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var result: ResultOptions

  private var isGGUF: Bool { output.hasSuffix(".gguf") }

  func validate() throws {
    if !isGGUF, type.safetensors == nil {
      throw ValidationError("--type \(type.rawValue) needs an output that ends in .gguf")
    }
  }

  func run() throws { try withOutputLocked(output) { try export() } }

  private func export() throws {
    let clock = StageClock()
    let road = try Ledger.road(to: model)
    try road.requireLicence(of: model)
    sayWhereLicenceIsUnknown(road.licence)
    let loaded = try LoadedModel(model)
    let place = URL(fileURLWithPath: output)
    let evaluations = try ModelEvaluation.known(
      of: loaded.source, at: ModelCatalog.standard.place(of: model), road: road, store: store.openKnown()
    ).evaluations
    // Before the work: a person's card there must stay.
    if isGGUF { _ = try CardFile.requireOwn(CardFile.place(besideGGUF: place)) }
    let (prompts, transformer) = (try prompts(loaded), try loaded.transformer())
    var parity: Parity?
    do {
      if isGGUF {
        try ModelDirectory.writeFile(to: place, overwrite: overwrite) { trial in
          let name = loaded.source.place.lastPathComponent
          try GGUFModel.save(
            transformer, tokenizer: loaded.tokenizer,
            name: name.hasSuffix(".gguf") ? String(name.dropLast(5)) : name, format: type.gguf, to: trial,
            place: place.lastPathComponent,
            statements: [
              ("general.license", road.licence.name.lowercased()),
              (Ledger.ggufKey, road.appending(stage(transformer, clock)).text),
            ])
          let copy = try StoredModel(readingGGUF: trial)
          try requireSameTokens(loaded.tokenizer, copy.tokenizer(), prompts)
          parity = try accepted(Parity(of: copy.transformer(), with: transformer, prompts: prompts))
        }
        try ModelCard.write(
          besideGGUF: place, evaluations, called: output, price: prices.price, watts: prices.watts,
          measure: measuring.fillOfNew)
      } else {
        if overwrite {
          try ModelDirectory.requireModelFilesOnly(place, others: CardFile.companions(in: place))
        }
        try ModelDirectory.write(to: place, overwrite: overwrite) { trial in
          try ModelDirectory.fill(
            trial, with: transformer, type: type.safetensors ?? .float32, companions: loaded.source,
            place: output)
          parity = try accepted(
            Parity(of: ModelDirectory.load(trial), with: transformer, prompts: prompts))
          try ModelCard.writeAll(
            road.appending(stage(transformer, clock)), evaluations, in: trial, called: output,
            price: prices.price, watts: prices.watts, measure: measuring.fillOfNew)
        }
      }
    } catch let loss as LossyCopy {
      print(loss.parity, passed: false, bytes: 0)
      throw ArgumentParser.ExitCode(ExitCode.gateMissed.rawValue)
    }
    if let parity { print(parity, passed: passes(parity), bytes: bytes(of: place)) }
  }

  /// Weights of which it is not known may be passed on, and the card says so.
  private func sayWhereLicenceIsUnknown(_ licence: DerivedLicence) {
    guard case .unknown(let sources) = licence else { return }
    Terminal.write(
      "licence unknown: that of \(sources.joined(separator: ", ")) is not stated (dataset.license in the recipe)\n"
    )
  }

  /// What this command enters into the ledger; nothing is trained.
  private func stage(_ transformer: Transformer, _ clock: StageClock) -> LedgerStage {
    var stage = LedgerStage(name: "export as \(type.rawValue)", method: "export")
    stage.base = model
    stage.parameters = transformer.parameterCount
    (stage.trainedTokens, stage.generatedTokens, stage.flops) = (0, 0, 0)
    (stage.seconds, stage.coreSeconds) = (clock.seconds, clock.coreSeconds)
    stage.version = RunAccount.version
    stage.command = ShellCommand.repeating
    return stage
  }

  /// A copy that is not kept.
  private struct LossyCopy: Error {
    let parity: Parity
  }

  private func passes(_ parity: Parity) -> Bool {
    parity.divergence <= type.divergenceLimit && parity.sameContinuations == parity.prompts
  }

  private func accepted(_ parity: Parity) throws -> Parity {
    guard acceptLoss || passes(parity) else { throw LossyCopy(parity: parity) }
    return parity
  }

  private func requireSameTokens(_ a: Tokenizer, _ b: Tokenizer, _ prompts: [[Int32]]) throws {
    for prompt in prompts {
      let text = a.decode(prompt)
      let (expected, found) = (try a.encode(text), try b.encode(text))
      guard expected == found else {
        throw CommandError.otherTokens(path: output, text: String(text.prefix(40)))
      }
    }
  }

  /// The given texts, or four problems of the domains as users ask them.
  private func prompts(_ loaded: LoadedModel) throws -> [[Int32]] {
    let limit = loaded.configuration.maximumPositions - 1
    guard limit >= 1 else { throw CommandError.nothingToCompare(limit: limit) }
    var prompts = try prompt.map { try loaded.tokenizer.encode($0, addSpecialTokens: true) }
    if prompt.isEmpty {
      let generator = ProblemGenerator(domains: DomainName.allCases, side: .validation, seed: 1)
      prompts = try (0..<64).map {
        try loaded.promptTokens([ChatMessage(role: "user", content: generator.problem(at: 17 * $0).prompt)])
      }
      prompts = Array(prompts.filter { (1...limit).contains($0.count) }.prefix(4))
    }
    guard !prompts.isEmpty, prompts.allSatisfy({ (1...limit).contains($0.count) }) else {
      throw CommandError.nothingToCompare(limit: limit)
    }
    return prompts
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
    let verdict =
      passed
      ? "\(bytes) bytes, passed"
      : acceptLoss
        ? "\(bytes) bytes, differs, kept"
        : "differs, not kept: take a finer type, or keep it with --accept-loss"
    Terminal.printResult(
      "\(output): \(type.rawValue), \(verdict)\n"
        + String(
          format:
            "KL %.2g nats (at most %.2g), largest logit difference %.3g, same greedy text on %d of %d prompts",
          parity.divergence, type.divergenceLimit, parity.largestDifference, parity.sameContinuations,
          parity.prompts))
  }
}
