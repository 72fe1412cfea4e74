import ArgumentParser
import Corpus
import Files
import Foundation
import Text
import Training

/// `swiftlet tokenizer train|encode|decode`.
struct TokenizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenizer", abstract: "Train a byte-level BPE tokenizer, or use one.",
    subcommands: [Train.self, Encode.self, Decode.self])

  /// The tokenizer of a model, or a tokenizer.json by its own name.
  static func load(_ path: String) throws -> Tokenizer {
    if path.hasSuffix(".json") { return try Tokenizer.load(URL(fileURLWithPath: path)) }
    return try ModelLoader.open(path).tokenizer()
  }

  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train a tokenizer on text files, on records and on the text of the domains.",
      discussion: """
        Example: swiftlet tokenizer train --vocabulary 4096 --domains all --output Models/my-model

        Writes tokenizer.json and tokenizer_config.json, which Hugging Face tokenizers loads.
        """)

    @Option(help: "Tokens in the vocabulary, special ones included.")
    var vocabulary = 4096

    @Option(help: "A text file. May be repeated.")
    var text: [String] = []

    @Option(help: "Records, a file or folder of JSON Lines, whose train side is read. May be repeated.")
    var data: [String] = []

    @Option(help: "all, or domains separated by commas, whose questions, statements and solutions are read.")
    var domains: String?

    @Option(help: "Generated documents for each of the domains.")
    var documents = 5000

    @Option(help: "Languages of the generated documents, separated by commas.")
    var languages = "en,ko"

    @Option(help: "The seed of the generated documents.")
    var seed: UInt64 = 7

    @Option(help: "The directory to write to.")
    var output: String

    @OptionGroup var result: ResultOptions

    func validate() throws {
      if !(0...10_000_000).contains(documents) {
        throw ValidationError("--documents must be from 0 to 10000000")
      }
      let names = languages.split(separator: ",", omittingEmptySubsequences: false)
      if chosenLanguages.count != names.count {
        let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--languages takes some of \(known), separated by commas")
      }
    }

    func run() throws { try withOutputLocked(output) { try train() } }

    private func train() throws {
      var trainer = try BPETrainer(
        BPETrainer.Settings(
          vocabularySize: vocabulary,
          specialTokens: ["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
          addedTokens: ["<think>", "</think>"]))
      for path in text {
        trainer.add(try String(decoding: readFile(URL(fileURLWithPath: path)), as: UTF8.self))
      }
      for path in data {
        let records = try RecordReader().read(path: path).records.filter { $0.side() == .train }
        for text in records.flatMap(\.texts) { trainer.add(text) }
      }
      for domain in try domains.map(DomainName.list) ?? [] { addText(of: domain, to: &trainer) }
      let tokenizer = trainer.train().with(
        TokenizerConfiguration(
          endToken: "<|endoftext|>", paddingToken: "<|endoftext|>", chatTemplate: ChatTemplate.chatML.jinja))
      let directory = URL(fileURLWithPath: output)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      try tokenizer.save(to: directory)
      Terminal.write("\(tokenizer.vocabularySize) tokens in \(output)/tokenizer.json\n")
      guard result.json else { return }
      let document: JSONValue = ["path": .string(output), "vocabulary": .int(tokenizer.vocabularySize)]
      Terminal.printResult(document.text())
    }

    private var chosenLanguages: [Language] {
      languages.split(separator: ",").compactMap { Language(rawValue: String($0)) }
    }

    /// The train side alone: questions with their solutions, and the texts of pre-training.
    private func addText(of domain: DomainName, to trainer: inout BPETrainer) {
      let chosen = chosenLanguages
      let problems = ProblemGenerator(domains: [domain], languages: chosen, side: .train, seed: seed)
      let texts = DomainText(domains: [domain], languages: chosen, seed: seed)
      for index in 0..<documents {
        let problem = problems.problem(at: index)
        trainer.add(problem.prompt)
        trainer.add(problem.solution)
        if index % 4 == 0 { trainer.add(texts.document(at: index)) }
      }
    }
  }

  struct Encode: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the token ids of a text.",
      discussion: "Example: swiftlet tokenizer encode Models/tiny \"What is 47×36?\"")

    @Argument(help: "A model directory, a GGUF file, a pulled name or a tokenizer.json.")
    var model: String

    @Argument(help: "The text.")
    var text: String

    @Flag(help: "Leave out bytes that no token spells, as Hugging Face tokenizers do.")
    var dropUnknown = false

    @OptionGroup var result: ResultOptions

    func run() throws {
      let tokenizer = try TokenizerCommand.load(model)
      let ids = try tokenizer.encode(text, dropsUnknownBytes: dropUnknown)
      guard result.json else { return Terminal.printResult(ids.map(String.init).joined(separator: " ")) }
      let document: JSONValue = [
        "ids": .array(ids.map { .int(Int($0)) }),
        "tokens": .array(ids.map { .string(tokenizer.token($0) ?? "") }),
      ]
      Terminal.printResult(document.text())
    }
  }

  struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the text of token ids.",
      discussion: "Example: swiftlet tokenizer decode Models/tiny 72 105")

    @Argument(help: "A model directory, a GGUF file, a pulled name or a tokenizer.json.")
    var model: String

    @Argument(help: "The ids.")
    var ids: [Int32]

    @OptionGroup var result: ResultOptions

    func run() throws {
      let text = try TokenizerCommand.load(model).decode(ids)
      let document: JSONValue = ["text": .string(text)]
      Terminal.printResult(result.json ? document.text() : text)
    }
  }
}
