import Corpus
import Evaluation
import Foundation
import Kernels
import Text

/// What examples and problems are held out for.
enum HeldOutPurpose {
  /// To say in the end how good the model is.
  case judge
  /// To choose among models before that.
  case choose

  /// Of records; problems of tasks are those of the validation side for both, as suites judge them.
  var side: Side {
    switch self {
    case .judge: .test
    case .choose: .validation
    }
  }
}

/// What a recipe's `dataset` stands for: examples to train on, examples and problems to evaluate on.
struct TrainingData {
  var training: any ExampleSource
  /// Held-out examples whose loss is measured; nil when there are none.
  var validation: (any ExampleSource)?
  /// Held-out problems to be answered.
  var problems: [Problem]
  /// Options of each of those problems, by id.
  var choices: [String: [String]] = [:]
  /// The commonest answers of the records to train on; nil where problems of other kinds are asked.
  var prior: AnswerPrior?
  /// What a person should know of the data.
  var warnings: [String] = []
  /// The questions of the training side, for methods that answer them anew.
  var prompts: PromptSource
  /// Records with a chosen and a rejected answer, for preference.
  var preferences: (training: [Record], held: [Record]) = ([], [])
  /// What is learnt from, for the ledger.
  var rows: [LedgerData]
  /// Languages of what is learnt from, as far as problems name them.
  var languages: Set<String> = []

  /// - Parameters:
  ///   - resolve: turns a path of the recipe into one that can be opened.
  ///   - purpose: what the held-out examples and problems are for.
  init(
    _ recipe: Recipe, encoder: ExampleEncoder, heldOutTo purpose: HeldOutPurpose = .judge,
    resolve: @escaping (String) -> String
  ) throws {
    let dataset = recipe.dataset
    let builder = Builder(recipe: recipe, encoder: encoder, purpose: purpose, resolve: resolve)
    var sources: [any ExampleSource] = []
    var held: [any ExampleSource] = []
    problems = []
    rows = dataset.generatedRows
    if !rows.isEmpty { languages = Set(builder.languages.map(\.rawValue)) }
    if !dataset.tasks.isEmpty {
      sources.append(builder.generated(dataset.tasks, side: .train, count: dataset.trainCount ?? 10_000))
      let generator = builder.generator(dataset.tasks, side: .validation)
      held.append(builder.generated(dataset.tasks, side: .validation, count: max(1, dataset.evaluationCount)))
      problems += (0..<dataset.evaluationCount).map { generator.problem(at: $0) }
    }
    var learnt: [Problem] = []
    var asked = QuestionBook()
    var trained = QuestionBook()
    var tellings = OptionTelling()
    for path in dataset.paths where recipe.method == .preference {
      let pairs = try builder.pairs(resolve(path))
      preferences.training += pairs.training
      preferences.held += pairs.held
      warnings += pairs.warnings
      rows += LedgerData.rows(of: pairs.training, named: path, license: dataset.license)
    }
    for path in dataset.paths where recipe.method != .preference {
      let split = try builder.records(resolve(path), &asked, &trained)
      sources.append(split.examples)
      if split.validation.count > 0 { held.append(split.validation) }
      problems += split.problems
      learnt += split.questions
      rows += LedgerData.rows(of: split.training, named: path, license: dataset.license)
      languages.formUnion(split.training.compactMap(\.problemLanguage))
      warnings += split.warnings
      tellings.merge(split.telling)
    }
    choices = asked.choices
    try builder.require(tellings)
    if !dataset.texts.isEmpty {
      let (training, validation, ledgerRows) = try builder.plainTexts(dataset.texts)
      sources.append(training)
      if let validation { held.append(validation) }
      rows += ledgerRows
    }
    if !dataset.domains.isEmpty {
      sources.append(
        builder.domainText(dataset.domains, seed: dataset.seed, count: dataset.trainCount ?? 100_000))
      if dataset.evaluationCount > 0 {
        // Other documents of the same kind: statements recur, questions and equations do not.
        held.append(
          builder.domainText(dataset.domains, seed: dataset.seed &+ 1, count: dataset.evaluationCount))
      }
    }
    if let count = dataset.arithmetic {
      sources.append(DrawnExamples.arithmetic(encoder: encoder, count: count, seed: dataset.seed))
    }
    if let count = dataset.lookups {
      let drills = LookupDrills(domains: DomainName.allCases, languages: builder.languages)
      sources.append(DrawnExamples.lookups(drills, encoder: encoder, count: count, seed: dataset.seed))
    }
    let suites = purpose == .judge ? recipe.evaluation.suites : []
    if dataset.tasks.isEmpty, suites.isEmpty, !learnt.isEmpty { prior = AnswerPrior(training: learnt) }
    if !suites.isEmpty {
      problems =
        Suite(
          DatasetSettings.domains(suites), count: recipe.evaluation.problems, languages: builder.languages
        ).problems
    }
    problems = Array(problems.prefix(recipe.evaluation.problems))
    prompts = PromptSource(
      generator: dataset.tasks.isEmpty ? nil : builder.generator(dataset.tasks, side: .train),
      generatedCount: dataset.trainCount ?? 10_000, records: learnt, choices: trained.choices)
    if recipe.method == .preference { sources = [ExampleList([], name: "pairs")] }
    training = sources.count == 1 ? sources[0] : ExampleMixture(sources)
    validation = held.isEmpty ? nil : held.count == 1 ? held[0] : ExampleMixture(held)
  }

  /// Reads all that is held out by a student's trimmed tokenizer.
  ///
  /// - Throws: `TokenizerError.unknownByte` before a run would meet it.
  func requireReadable(by encoder: ExampleEncoder) throws {
    for index in 0..<(validation?.count ?? 0) { _ = try validation?.example(at: index) }
    for problem in problems { _ = try encoder.prompt(problem.prompt) }
  }

  /// Measures no loss where no held-out example fits `maxLength` tokens, and says so: an evaluation after hours would find
  /// none.
  ///
  /// - Returns: what a person should know of it.
  mutating func measureNoLoss(longerThan maxLength: Int) throws -> String? {
    guard let validation else { return nil }
    for index in 0..<validation.count {
      let example = try validation.example(at: index)
      if example.count <= maxLength, example.labelCount > 0 { return nil }
    }
    self.validation = nil
    return "\(validation.name): no held-out example fits \(maxLength) tokens: no loss is measured"
  }

  /// Refuses a choice of which the data say nothing.
  func requireAnything(for metric: ChoiceMetric) throws {
    let isThere = metric.readsAnswers ? !problems.isEmpty : validation != nil
    guard !isThere else { return }
    throw TrainingError.badRecord(
      place: training.name,
      expected: "\(metric.readsAnswers ? "questions" : "examples") on the validation side, which "
        + "load_best_model_at_end chooses by", found: "none")
  }

  private struct SplitRecords {
    /// As they stand in the file.
    var training: [Record]
    /// As they are learnt.
    var examples: RecordExamples
    var validation: RecordExamples
    var telling: OptionTelling
    var warnings: [String]
    /// What the training side asks.
    var questions: [Problem]
    var problems: [Problem] = []
  }

  private struct Builder {
    let recipe: Recipe
    let encoder: ExampleEncoder
    let purpose: HeldOutPurpose
    let resolve: (String) -> String
    var dataset: DatasetSettings { recipe.dataset }

    var languages: [Language] { DatasetSettings.languages(dataset.languages) }

    func generator(_ names: [String], side: Side) -> ProblemGenerator {
      ProblemGenerator(
        domains: DatasetSettings.domains(names), languages: languages,
        levels: dataset.levels.isEmpty ? Array(1...5) : dataset.levels, side: side, seed: dataset.seed,
        shuffledShare: side == .train ? dataset.shuffledShare : 0,
        composedShare: side == .train ? dataset.composedShare : 0,
        extraTurns: side == .train ? dataset.extraTurns : [])
    }

    func generated(_ names: [String], side: Side, count: Int) -> any ExampleSource {
      ProblemExamples(
        generator(names, side: side), encoder: encoder, count: count,
        includesReasoning: dataset.includesReasoning)
    }

    func domainText(_ names: [String], seed: UInt64, count: Int) -> any ExampleSource {
      DomainTextExamples(
        DomainText(
          domains: DatasetSettings.domains(names), languages: languages, seed: seed,
          composedShare: dataset.composedShare),
        encoder: encoder, maxLength: recipe.training.maxLength, count: count)
    }

    /// Records split by group: those of the test side are held out to judge the model, those of the validation side to choose
    /// it.
    ///
    /// A teacher's wrong answers are not learnt, nor measured by their loss; the verifier decides. What they answer is asked.
    func records(_ path: String, _ asked: inout QuestionBook, _ trained: inout QuestionBook) throws
      -> SplitRecords
    {
      let result = try RecordReader(skipsBadLines: dataset.skipsBadLines).read(path: path)
      var warnings = result.skipped.prefix(3).map { "left out: \($0)" }
      if !result.skipped.isEmpty { warnings.append("\(path): \(result.skipped.count) lines cannot be read") }
      let records = result.records.filter { record in
        guard case .problem(let problem) = record.content, !dataset.languages.isEmpty else { return true }
        return dataset.languages.contains(problem.language)
      }
      var training = records.filter { $0.side() == .train }
      let all = training.count
      training.removeAll(where: \.isWrongTrace)
      if training.count < all {
        warnings.append("\(path): \(all - training.count) traces with a wrong answer are left out")
      }
      if let limit = dataset.trainCount { training = Array(training.prefix(limit)) }
      let heldOut = records.filter { $0.side() == purpose.side }
      let held = heldOut.filter { !$0.isWrongTrace }.prefix(dataset.evaluationCount)
      let telling = OptionTelling(training, dataset)
      if let warning = telling.warning { warnings.append("\(path): \(warning)") }
      var split = SplitRecords(
        training: training, examples: examples(telling.told, path),
        validation: examples(Array(held), path), telling: telling,
        warnings: warnings, questions: training.compactMap { trained.question(of: $0) })
      var seen = Set<String>()
      for record in heldOut.prefix(dataset.evaluationCount) {
        // Several traces of one problem ask it once.
        guard case .problem(let problem) = record.content, seen.insert(problem.prompt).inserted,
          let question = asked.question(of: record)
        else { continue }
        split.problems.append(question)
      }
      return split
    }

    /// Pairs of answers, split as records are.
    func pairs(_ path: String) throws -> (training: [Record], held: [Record], warnings: [String]) {
      let result = try RecordReader(skipsBadLines: dataset.skipsBadLines).read(path: path)
      if let other = result.records.first(where: { !$0.isPreference }), !dataset.skipsBadLines {
        _ = try encoder.pair(other)
      }
      let pairs = result.records.filter(\.isPreference)
      let bad = result.skipped.count + result.records.count - pairs.count
      let training = pairs.filter { $0.side() == .train }
      return (
        dataset.trainCount.map { Array(training.prefix($0)) } ?? training,
        Array(pairs.filter { $0.side() == .test }.prefix(dataset.evaluationCount)),
        bad > 0 ? ["\(path): \(bad) lines hold no pair of answers"] : []
      )
    }

    /// The keys of lettered options must find some in one of the files.
    func require(_ telling: OptionTelling) throws {
      let found = [
        ("choice_orders", dataset.choiceOrders > 1, telling.reordered),
        ("state_choice", dataset.statesChoice, telling.statable),
      ]
      for (key, isGiven, count) in found where isGiven && count == 0 {
        throw TrainingError.badRecord(
          place: dataset.paths.joined(separator: ", "),
          expected: "questions without steps that list lettered options, as dataset.\(key) needs"
            + (key == "choice_orders" ? ", each on a line of its own (A. text)" : ""),
          found: "none")
      }
    }

    private func examples(_ records: [Record], _ path: String) -> RecordExamples {
      let records = dataset.statesChoice ? records.map(\.statingOption) : records
      return RecordExamples(
        records, encoder: encoder, includesReasoning: dataset.includesReasoning, name: path)
    }

    /// Text files. Of a long text the last fiftieth is held out, of fifty short ones or more each fiftieth, whole, by the hash of
    /// its words. `rows` are what is learnt at each path.
    func plainTexts(_ paths: [String]) throws
      -> (training: TextExamples, validation: TextExamples?, rows: [LedgerData])
    {
      var training: [String] = []
      var held: [String] = []
      let reader = TextReader(passesOverOtherRecords: true)
      let documents = try paths.map { try reader.read(path: resolve($0)).documents }
      let texts = documents.joined().map(\.text)
      let sizes = texts.map(\.count)
      let areMany = sizes.count { $0 < 5_000 } >= 50
      for (text, characters) in zip(texts, sizes) {
        if characters >= 5_000 {
          let kept = text.index(text.startIndex, offsetBy: characters - characters / 50)
          training.append(String(text[..<kept]))
          held.append(String(text[kept...]))
        } else if areMany, StableHash.of(text) % 50 == 0 {
          held.append(text)
        } else {
          training.append(text)
        }
      }
      let maxLength = recipe.training.maxLength
      let name = paths.joined(separator: ", ")
      let validation = try TextExamples(held, encoder: encoder, maxLength: maxLength, name: name)
      return (
        try TextExamples(training, encoder: encoder, maxLength: maxLength, name: name),
        validation.count > 0 ? validation : nil,
        zip(paths, documents).flatMap { LedgerData.rows(of: $1, named: $0, license: dataset.license) }
      )
    }
  }
}

extension Record {
  fileprivate var problemLanguage: String? {
    if case .problem(let problem) = content { problem.language } else { nil }
  }

  fileprivate var isPreference: Bool { if case .preference = content { true } else { false } }

  /// Whether the record holds a teacher's answer that the verifier rejects.
  var isWrongTrace: Bool {
    guard let teacherAnswer, case .problem(let problem) = content else { return false }
    return Verifier.verify(teacherAnswer, against: problem.answer, choices: choices).verdict != .correct
  }
}
