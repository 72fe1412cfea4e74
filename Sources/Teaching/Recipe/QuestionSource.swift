import Corpus
import Evaluation
import Training

/// The questions that a recipe asks, each once.
struct QuestionSource {
  private(set) var questions: [TeacherQuestion] = []
  /// Lines that could not be read, and records without a question.
  private(set) var skipped = 0
  /// Questions of the other sides of a split, which no training may see.
  private(set) var heldOut = 0
  /// Where they come from, for the ledger.
  private(set) var rows: [LedgerData] = []
  private var seen = Set<String>()

  /// - Parameter resolve: turns a path of the recipe into one that can be opened.
  /// - Throws: `CorpusError` for a file that is missing or broken; `TeachingError.noQuestions`.
  init(_ settings: PromptSettings, resolve: (String) -> String) throws {
    for path in settings.paths { try read(resolve(path), named: path, settings) }
    if !settings.tasks.isEmpty { generate(settings) }
    guard !questions.isEmpty else {
      throw TeachingError.noQuestions(place: settings.paths.joined(separator: ", "), heldOut: heldOut)
    }
  }

  private mutating func generate(_ settings: PromptSettings) {
    let domains = DatasetSettings.domains(settings.tasks)
    let generator = ProblemGenerator(
      domains: domains, languages: DatasetSettings.languages(settings.languages),
      levels: settings.levels.isEmpty ? Array(1...5) : settings.levels, side: .train, seed: settings.seed,
      shuffledShare: settings.shuffledShare, composedShare: settings.composedShare)
    let count = settings.count ?? 1000
    var added = 0
    // Two draws can give the same problem; an easy level may have fewer problems than are asked for.
    for index in 0..<count * 20 where added < count {
      let problem = generator.problem(at: index)
      let isNew = add(
        TeacherQuestion(
          prompt: problem.prompt, language: problem.language, problem: problem, group: problem.group,
          source: "generator \(problem.domain), seed \(settings.seed)", licence: "Apache-2.0"))
      if isNew { added += 1 }
    }
    rows.append(
      LedgerData(
        name:
          "problems of \(domains.map(\.rawValue).joined(separator: ", ")) (generated, seed \(settings.seed))",
        records: added, licence: "Apache-2.0", isGenerated: true))
  }

  /// - Parameter name: what the recipe calls the path.
  private mutating func read(_ path: String, named name: String, _ settings: PromptSettings) throws {
    let result = try RecordReader(skipsBadLines: settings.skipsBadLines).read(path: path)
    skipped += result.skipped.count
    var asked: [Record] = []
    for record in result.records where asked.count < settings.count ?? .max {
      guard let question = TeacherQuestion(record, licence: settings.licence) else {
        skipped += 1
        continue
      }
      let isWanted = settings.languages.isEmpty || settings.languages.contains(question.language)
      guard isWanted else { continue }
      if record.side() != .train {
        heldOut += 1
      } else if add(question) {
        asked.append(record)
      }
    }
    rows += LedgerData.rows(of: asked, named: name, license: settings.licence)
  }

  private mutating func add(_ question: TeacherQuestion) -> Bool {
    guard seen.insert(question.prompt).inserted else { return false }
    questions.append(question)
    return true
  }
}

extension TeacherQuestion {
  /// The question of a record, with the answer that it says; nil for plain texts and longer conversations.
  ///
  /// - Parameter licence: of records that state none.
  init?(_ record: Record, licence: String?) {
    let problem = record.question
    let prompt: String
    switch record.content {
    case .prompt(let text): prompt = text
    case .problem, .completion, .messages:
      guard let problem else { return nil }
      prompt = problem.prompt
    case .preference(let text, _, _): prompt = text
    case .text: return nil
    }
    self.init(
      prompt: prompt, language: record.language, problem: problem, choices: record.choices,
      group: record.group, source: record.place, licence: Licence.stated(record.licence, else: licence) ?? "")
  }
}
