import ArgumentParser
import Corpus
import Evaluation
import Files
import Foundation
import LanguageModels

/// `swiftlet data pairs MODEL`: right and wrong answers of one model to the same problem, for method preference.
struct DataPairsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "Let a model answer problems several times, and keep a right and a wrong answer of each.",
    discussion: """
      Example: swiftlet data pairs runs/law-start --suite law --n 2000 --output pairs.jsonl

      Problems are of the training side. The verifier decides; answers that ran into the token limit are not kept. A problem \
      that was always answered right, or always wrong, gives no pair.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Option(help: "finance, law, public, manufacturing, several separated by commas, or all.")
  var suite: String

  @Option(help: "Write the pairs to this file, as JSON Lines.")
  var output: String

  @Option(name: .customLong("n"), help: "How many problems.")
  var count = 1000

  @Option(help: "Answers to each.")
  var samples = 4

  @Option(help: "Divides the logits.")
  var temperature: Float = 1

  @Option(help: "The most tokens of an answer.")
  var maxNewTokens = 384

  @Option(help: "Problems of this level alone, 1 to 5.")
  var level: Int?

  @Option(help: "Problems of this language alone: en or ko.")
  var language: Language?

  @Option(help: "The seed of problems and draws.")
  var seed: UInt64 = 7

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var result: ResultOptions

  func validate() throws {
    if !(1...1_000_000).contains(count) { throw ValidationError("--n must be from 1 to 1000000") }
    if !(2...64).contains(samples) { throw ValidationError("--samples must be from 2 to 64") }
    if !(temperature > 0 && temperature <= 10) {
      throw ValidationError("--temperature must be above 0, at most 10")
    }
    if maxNewTokens < 1 { throw ValidationError("--max-new-tokens must be 1 or more") }
    if let level, !(1...5).contains(level) { throw ValidationError("--level must be from 1 to 5") }
    _ = try DomainName.list(suite)
  }

  func run() throws { try withOutputLocked(output) { try ask() } }

  private func ask() throws {
    try compute.run {
      let loaded = try LoadedModel(model)
      let generator = ProblemGenerator(
        domains: try DomainName.list(suite), languages: language.map { [$0] } ?? Language.allCases,
        levels: level.map { [$0] } ?? Array(1...5), side: .train, seed: seed)
      var examination = Examination(
        generator: try loaded.generator(), tokenizer: loaded.tokenizer, template: loaded.template)
      examination.maximumNewTokens = maxNewTokens
      examination.sampling = SamplingParameters(temperature: temperature, topK: 0, topP: 1)
      examination.seed = seed
      let problems = (0..<count).map { generator.problem(at: $0) }
      let meter = GenerationMeter(label: model, unit: "answers")
      let answers = try examination.answers(to: problems, samples: samples) { meter.show($0, reused: 0) }
        .map(\.graded)
      meter.finish()
      var pairs = 0
      try AtomicFile.write(to: URL(fileURLWithPath: output)) { file in
        for first in stride(from: 0, to: answers.count, by: samples) {
          guard let line = DataPairsCommand.pair(Array(answers[first..<first + samples])) else { continue }
          try file.append(line.text() + "\n")
          pairs += 1
        }
      }
      if result.json {
        return Terminal.printResult(
          JSONValue.object(
            JSONObject([("output", .string(output)), ("problems", .int(count)), ("pairs", .int(pairs))])
          ).text())
      }
      Terminal.printResult("\(pairs) pairs of \(count) problems in \(output)")
    }
  }

  /// The first right and the first wrong answer to one problem; nil unless there are both.
  private static func pair(_ answers: [GradedAnswer]) -> JSONValue? {
    let whole = answers.filter(\.stopped)
    guard let chosen = whole.first(where: \.isCorrect), let rejected = whole.first(where: { !$0.isCorrect })
    else { return nil }
    let problem = chosen.problem
    return [
      "prompt": .string(problem.prompt), "chosen": .string(chosen.completion),
      "rejected": .string(rejected.completion), "answer": .string(problem.answer.text),
      "answer_type": .string(problem.answer.type), "lang": .string(problem.language),
      "domain": .string(problem.domain), "task": .string(problem.family),
      "level": problem.level.map { .int($0) } ?? .null, "group": .string(problem.group),
    ]
  }
}
