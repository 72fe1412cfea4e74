import ArgumentParser
import Corpus
import Evaluation
import Files
import Foundation
import LanguageModels

extension Side: ExpressibleByArgument {}

/// `swiftlet eval MODEL`: the accuracy of a model, and whether another one differs.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Measure a model's accuracy on held-out problems or on records.",
    discussion: """
      Example: swiftlet eval Models/teacher-6m --suite finance --against Models/student-750k --json
      Example: swiftlet eval Models/teacher-6m --data questions.jsonl --verbose

      Answers are greedy. The answer prior is what always giving the commonest answer of the training side reaches; \
      balanced accuracy, where the questions list their answers, is the mean over the right answers. Intervals are Wilson's at 95 %; two models are compared by the exact McNemar test and \
      a paired bootstrap.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Option(help: "finance, law, public, manufacturing, several separated by commas, or all.")
  var suite: String?

  @Option(help: "Questions to ask: 1000 of a suite, all of --data when not given.")
  var problems: Int?

  @Option(help: "Records with questions and answers: a file or folder of JSON Lines.")
  var data: String?

  @Option(help: "The records of one side of the split alone: train, validation or test.")
  var side: Side?

  @Option(help: "Another model, to be compared on the same questions.")
  var against: String?

  @Flag(help: "Count and leave out records that cannot be read or do not fit the context.")
  var skipBad = false

  @Option(help: "The most tokens of an answer.")
  var maxNewTokens = 384

  @Option(help: "Write every answer and how it was read to this file, as JSON Lines.")
  var samplesOut: String?

  @Flag(help: "Print every answer and how it was read.")
  var verbose = false

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var result: ResultOptions

  func validate() throws {
    if (suite == nil) == (data == nil) { throw ValidationError("give one of --suite and --data") }
    if side != nil, data == nil { throw ValidationError("--side belongs to --data") }
    if let problems, problems < 1 { throw ValidationError("--problems must be 1 or more") }
    if maxNewTokens < 1 { throw ValidationError("--max-new-tokens must be 1 or more") }
    if let suite { _ = try DomainName.list(suite) }
  }

  func run() throws {
    try compute.run {
      let models = try ([model] + [against].compactMap { $0 }).map(LoadedModel.init)
      if let samplesOut { try requireFolder(of: samplesOut) }
      var exam = try exam()
      for loaded in models { try exam.fit(loaded, skipsBad: skipBad) }
      // All weights are read before the first question, so that a broken second model costs no answers.
      let generators = try models.map { try $0.generator() }
      let results = try zip(models, generators).map {
        try ExamResult($0, $1, exam, maxNewTokens: maxNewTokens)
      }
      for message in exam.skipped.prefix(5) { Terminal.write("left out: \(message)\n") }
      if let samplesOut { try ExamPrinter.writeSamples(of: results[0], exam, to: samplesOut) }
      let printer = ExamPrinter(exam: exam, results: results)
      if verbose {
        for line in printer.answers { result.json ? Terminal.write(line + "\n") : Terminal.printResult(line) }
      }
      Terminal.printResult(
        result.json ? printer.json(precision: compute.precision.resolved).text() : printer.text)
    }
  }

  private func exam() throws -> Exam {
    if let data { return try Exam(data: data, side: side, count: problems, skipsBad: skipBad) }
    return Exam(suite: try DomainName.list(suite ?? "all"), count: problems ?? 1000)
  }

  private func requireFolder(of file: String) throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue
    else {
      throw CommandError.noPlace(path: file)
    }
  }
}

extension DomainName {
  /// `all`, or names separated by commas.
  static func list(_ text: String) throws -> [DomainName] {
    if text == "all" { return allCases }
    let names = text.split(separator: ",").map(String.init)
    let domains = try names.map { name in
      guard let domain = DomainName(rawValue: name) else {
        let known = allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("unknown domain '\(name)'; known: \(known), all")
      }
      return domain
    }
    if domains.isEmpty { throw ValidationError("no domain named") }
    return domains
  }
}
