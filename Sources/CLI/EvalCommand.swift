import ArgumentParser
import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import LanguageModels
import Training

extension Side: ExpressibleByArgument {}

/// `swiftlet eval MODEL`: the accuracy of a model, and whether another one differs.
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Measure a model on held-out problems, on records or on plain texts.",
    discussion: """
      Example: swiftlet eval Models/teacher-6m --suite finance --against Models/student-750k --json
      Example: swiftlet eval Models/teacher-6m --suite law --gate "accuracy >= 0.9" --junit eval.xml
      Example: swiftlet eval Models/teacher-6m --data questions.jsonl --verbose
      Example: swiftlet eval Models/teacher-6m --suite law --samples 8 --temperature 0.6 --pass-at 1,4,8
      Example: swiftlet eval Models/teacher-6m --data questions.jsonl --method likelihood
      Example: swiftlet eval Models/teacher-6m --text texts/ --window 512 --stride 256

      Answers are greedy, one to each question, unless --temperature and --samples say otherwise. Then pass@k (Chen et \
      al. 2021), the majority's accuracy (maj@N; answers that cannot be read do not vote) and how well its share of the \
      votes is calibrated are told.

      Every answer is kept in the store when it is finished, and so are the scores of every question with \
      --method likelihood and of every window with --text: after Ctrl-C or a crash the same command asks the \
      rest alone, says how much was in the store, and reports what an unbroken one reports; --fresh asks \
      everything anew. The accuracy is kept there too, by the digest of the weights, for `card` and \
      `export`.

      The answer prior is what always giving the commonest answer of the training side reaches, the \
      commonest answer here that of the questions themselves; balanced accuracy, where \
      the questions list their answers, is the mean over the right answers. Intervals are Wilson's at 95 %, with several \
      answers to a question by bootstrap over the questions; two models are compared by the exact McNemar test, of the \
      majority's answers where there are several, and a paired bootstrap, on plain texts over the documents (a file, or a \
      line of JSON Lines). By language, intervals of RA and of answering alike are by bootstrap over the parallel groups.

      \(ScoringOptions.discussion)
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

  @Flag(
    help: """
      Count and leave out records that cannot be read or scored or do not fit the context, and parallel groups that \
      lack a language.
      """)
  var skipBad = false

  @Option(help: "The most tokens of an answer that the model writes; 384 when not given.")
  var maxNewTokens: Int?

  @Option(
    help: "Write every answer of MODEL and how it was read to this file, as JSON Lines; none of --against.")
  var samplesOut: String?

  @Flag(help: "Print every answer of MODEL and how it was read; none of --against.")
  var verbose = false

  @Flag(help: "Ask anew what the store has answers to, or scores of.")
  var fresh = false

  @OptionGroup var sampling: ExamSamplingOptions
  @OptionGroup var scoring: ScoringOptions
  @OptionGroup var gating: GateOptions
  @OptionGroup var time: TimeLimitOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var result: OutcomeOptions

  func validate() throws {
    guard [suite, data, scoring.text].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --suite, --data and --text")
    }
    if side != nil, data == nil { throw ValidationError("--side belongs to --data") }
    if scoring.text != nil, problems != nil || samplesOut != nil || verbose {
      throw ValidationError("--problems, --samples-out and --verbose belong to --suite and --data")
    }
    if scoring.method == .likelihood || scoring.text != nil,
      maxNewTokens != nil || !sampling.isPlain
    {
      throw ValidationError(
        "--max-new-tokens, --samples, --temperature and what goes with them belong to --method generate"
      )
    }
    if let problems, !(1...1_000_000).contains(problems) {
      throw ValidationError("--problems must be from 1 to 1000000")
    }
    if let maxNewTokens, maxNewTokens < 1 { throw ValidationError("--max-new-tokens must be 1 or more") }
    if let suite { _ = try DomainName.list(suite) }
  }

  func run() throws {
    try gating.junit.reporting("eval") { report in
      report.unfinished = model
      try time.limiting {
        try compute.run { try measure(&report) }
      } ended: { document in
        // What was not measured has not passed.
        try gating.tell(
          document, text: "out of time", asJSON: result.json, isWhole: false, seconds: 0, &report
        ).end()
      }
    }
  }

  private func measure(_ report: inout JUnitReport) throws {
    let models = try ([model] + [against].compactMap { $0 }).map(LoadedModel.init)
    if let text = scoring.text { return try measure(text, models, &report) }
    guard let samplesOut else { return try examine(models, &report) }
    try requireFolder(of: samplesOut)
    try withOutputLocked(samplesOut) { try examine(models, &report) }
  }

  private func examine(_ models: [LoadedModel], _ report: inout JUnitReport) throws {
    var exam = try exam()
    for loaded in models { try exam.fit(loaded, scoring, skipsBad: skipBad) }
    // All weights are read before the first question, so that a broken second model costs no answers.
    let generators = try models.map { try $0.generator() }
    let results =
      try scoring.method == .likelihood
      ? scores(of: models, generators, for: exam)
      : answers(of: models, generators, to: exam)
    for message in exam.skipped.prefix(5) { Terminal.write("left out: \(message)\n") }
    if let samplesOut { try ExamPrinter.writeSamples(of: results[0], exam, to: samplesOut) }
    let printer = ExamPrinter(exam: exam, results: results)
    if verbose {
      for line in printer.answers { result.json ? Terminal.write(line + "\n") : Terminal.printResult(line) }
    }
    let ending = gating.tell(
      printer.json(precision: compute.precision.resolved), text: printer.text, asJSON: result.json,
      seconds: results.reduce(0) { $0 + $1.seconds }, &report)
    try keep(results, of: models, exam)
    try ending.end()
  }

  /// What the models write, as far as the store does not have it.
  private func answers(of models: [LoadedModel], _ generators: [Generator], to exam: Exam) throws
    -> [ExamResult]
  {
    let archives: [StoredAnswerArchive<StoredAnswer>] = try archives(of: models)
    let asked = try sampling.settings()
    return try models.indices.map {
      try ExamResult(
        models[$0], generators[$0], exam, maxNewTokens: maxNewTokens ?? 384, sampling: asked,
        archive: archives[$0])
    }
  }

  /// How likely the models find the choices.
  private func scores(of models: [LoadedModel], _ generators: [Generator], for exam: Exam) throws
    -> [ExamResult]
  {
    let archives: [StoredAnswerArchive<StoredScores>] = try archives(of: models)
    return try models.indices.map {
      try ExamResult(models[$0], generators[$0], exam, scoring, archive: archives[$0])
    }
  }

  /// What the store has of each model, and where the rest is kept.
  private func archives<Row>(of models: [LoadedModel]) throws -> [StoredAnswerArchive<Row>] {
    let store = try result.store.open()
    let archives = try models.map {
      StoredAnswerArchive<Row>(
        store, model: $0.path, identity: try $0.source.identity($0.configuration, $0.tokenizer),
        asksAnew: fresh)
    }
    // From here on Ctrl-C ends after the current step; before, there is nothing to lose.
    Interruption.listen()
    return archives
  }

  private func exam() throws -> Exam {
    var exam =
      try data.map { try Exam(data: $0, side: side, skipsBad: skipBad) }
      ?? Exam(suite: try DomainName.list(suite ?? "all"), count: problems ?? 1000)
    try exam.select(problems, scoring, skipsBad: skipBad)
    return exam
  }

  /// `--text`: perplexity and bits per byte in place of an accuracy.
  private func measure(_ text: String, _ models: [LoadedModel], _ report: inout JUnitReport) throws {
    let exam = try TextExam(path: text, skipsBad: skipBad)
    let generators = try models.map { try $0.generator() }
    let examinations = try zip(models, generators).map {
      try TextExamination(
        generator: $1, tokenizer: $0.tokenizer, windowLength: scoring.window, stride: scoring.stride)
    }
    let archives: [StoredAnswerArchive<StoredScores>] = try archives(of: models)
    let results = try models.indices.map {
      try TextResult(models[$0], examinations[$0], exam, archive: archives[$0])
    }
    let printer = TextPrinter(exam: exam, results: results)
    for message in exam.skipped.prefix(5) { Terminal.write("left out: \(message)\n") }
    try gating.tell(
      printer.json(precision: compute.precision.resolved), text: printer.text, asJSON: result.json,
      seconds: results.reduce(0) { $0 + $1.seconds }, &report
    ).end()
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
