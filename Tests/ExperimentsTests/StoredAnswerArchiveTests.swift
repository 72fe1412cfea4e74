import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import GRDB
import Kernels
import LanguageModels
import Testing
import Text

@Suite struct StoredAnswerArchiveTests {
  private let path = NSTemporaryDirectory() + "store-\(UUID().uuidString)/store.sqlite"

  private static func examination() throws -> ChoiceExamination {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let tokenizer = try Tokenizer.load(
      tests.deletingLastPathComponent().appendingPathComponent("Models/tiny"))
    var random = SeededRandom(seed: 5)
    let model = try Transformer(
      ModelConfiguration(
        vocabularySize: tokenizer.vocabularySize, hiddenSize: 8, intermediateSize: 16, layerCount: 1,
        queryHeadCount: 2, keyValueHeadCount: 1, headDimension: 4, maximumPositions: 128,
        initializerRange: 0.3), using: &random)
    return ChoiceExamination(
      generator: Generator(model, weights: .fp32), tokenizer: tokenizer, template: .chatML)
  }

  private static func questions(_ count: Int) throws -> [ChoiceExamination.Question] {
    try (0..<count).map { index in
      let problem = Problem(
        id: "\(index)", domain: "general", family: "records", level: nil, language: "en",
        prompt: "Does pump \(index) leak?", reasoning: "", answer: .boolean(true), group: "\(index)")
      let choices = try ListedChoices(problem, choices: nil, form: .answers, place: "x")
      return ChoiceExamination.Question(problem: problem, choices: try #require(choices))
    }
  }

  /// Rows that another program spoilt: two that cannot be read, one without the scores of all choices.
  @Test func spoiltRowsAreAskedAnewReplacedAndNotCountedAsReused() throws {
    let (examination, questions) = (try Self.examination(), try Self.questions(6))
    let whole = try examination.answers(to: questions).map(\.scores)
    func reused(_ expected: Int, asksAnew: Bool = false) throws {
      let archive = StoredAnswerArchive<StoredScores>(
        try ExperimentStore(path: path), model: "m", identity: JSONObject([("weights", .string("w"))]),
        asksAnew: asksAnew)
      #expect(try examination.answers(to: questions, archive: archive).map(\.scores) == whole)
      #expect(archive.requests == 6 && archive.reused == expected && archive.kept == 6 - expected)
    }
    try reused(0)
    try reused(6)
    try DatabaseQueue(path: path).write { db in
      for (row, change) in [(2, "scores = '[1'"), (3, "time = 'never'"), (5, "scores = '[]'")] {
        try db.execute(sql: "UPDATE score SET \(change) WHERE rowid = ?", arguments: [row])
      }
    }
    try reused(3)
    try reused(6)
    try reused(0, asksAnew: true)
  }
}
