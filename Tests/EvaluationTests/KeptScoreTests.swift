import Corpus
import Evaluation
import Files
import Foundation
import Kernels
import LanguageModels
import Testing
import Text

/// Scores that an archive keeps, for choices and for windows of texts.
@Suite struct KeptScoreTests {
  private struct Stopped: Error {}

  private static let tokenizer = Result {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try Tokenizer.load(tests.deletingLastPathComponent().appendingPathComponent("Models/tiny"))
  }

  private let tokenizer: Tokenizer
  private let generator: Generator

  init() throws {
    tokenizer = try Self.tokenizer.get()
    var random = SeededRandom(seed: 5)
    generator = Generator(
      try Transformer(
        ModelConfiguration(
          vocabularySize: tokenizer.vocabularySize, hiddenSize: 8, intermediateSize: 16, layerCount: 2,
          queryHeadCount: 2, keyValueHeadCount: 1, headDimension: 4, maximumPositions: 512,
          initializerRange: 0.3), using: &random), weights: .fp32)
  }

  /// Questions of which the model reads a few at a time.
  private static func questions(_ count: Int, _ prompt: String = "Which?") throws
    -> [ChoiceExamination.Question]
  {
    try (0..<count).map { index in
      let text = prompt + String(repeating: " Part \(index) of the line.", count: 24)
      let problem = Problem(
        id: "\(index)", domain: "general", family: "records", level: nil, language: "en", prompt: text,
        reasoning: "", answer: .choice("B", count: 3), group: text)
      return ChoiceExamination.Question(
        problem: problem,
        choices: try #require(
          try ListedChoices(problem, choices: ["a valve", "no", "eleven"], form: .texts, place: "x")))
    }
  }

  private func examination(unconditional: Bool = true) -> ChoiceExamination {
    var examination = ChoiceExamination(generator: generator, tokenizer: tokenizer, template: .chatML)
    examination.measuresUnconditional = unconditional
    return examination
  }

  @Test func brokenOffChoicesGoOnAndEqualWholeOnesToTheBit() throws {
    let (examination, questions) = (examination(), try Self.questions(12))
    let whole = try examination.answers(to: questions)
    let archive = CountingArchive<[KeptScore]>()
    #expect(throws: Stopped.self) {
      try examination.answers(to: questions, archive: archive) { progress in
        #expect(archive.kept == progress.finished, "kept before it is told")
        if progress.finished >= 3 { throw Stopped() }
      }
    }
    let first = archive.kept
    // Twelve questions and the list of choices behind an empty one.
    #expect(first >= 3 && first < 13)
    var told: [ExaminationProgress] = []
    let resumed = try examination.answers(to: questions, archive: archive) { told.append($0) }
    #expect(resumed.map(\.scores) == whole.map(\.scores))
    #expect(resumed.map(\.graded.tokenCount) == whole.map(\.graded.tokenCount))
    #expect(archive.kept == 13 && archive.found == first)
    #expect(told.allSatisfy { $0.reused == first && $0.answers == 13 } && told.last?.finished == 13)
    told = []
    let again = try examination.answers(to: questions, archive: archive) { told.append($0) }
    #expect(again.map(\.scores) == whole.map(\.scores) && told.isEmpty && archive.kept == 13)
    // Fewer of the same questions ask nothing, whether or not the empty question is asked too.
    let few = try self.examination(unconditional: false).answers(
      to: [questions[7], questions[2]], archive: archive)
    #expect(few.map(\.scores.logLikelihoods) == [7, 2].map { whole[$0].scores.logLikelihoods })
    #expect(archive.kept == 13)
  }

  @Test func brokenOffTextsGoOnAndEqualWholeOnesToTheBit() throws {
    let texts = (0..<3).map { text in (0..<700).map { "word \(text * 1000 + $0)" }.joined(separator: " ") }
    let documents = texts.enumerated().map { TextReader.Document(place: "\($0)", text: $1) }
    let examination = try TextExamination(
      generator: generator, tokenizer: tokenizer, windowLength: 96, stride: 48)
    let whole = try examination.score(documents).map(\.perplexity)
    let windows = try texts.reduce(0) {
      $0 + TokenWindow.covering(try tokenizer.encode($1).count, length: 96, stride: 48).count
    }
    #expect(windows > 64, "several batches")
    let archive = CountingArchive<[KeptScore]>()
    #expect(throws: Stopped.self) {
      try examination.score(documents, archive: archive) { progress in
        #expect(archive.kept == progress.finished && progress.answers == windows)
        if progress.finished >= 40 { throw Stopped() }
      }
    }
    let first = archive.kept
    #expect(first >= 40 && first < windows)
    var told: [ExaminationProgress] = []
    let resumed = try examination.score(documents, archive: archive) { told.append($0) }
    #expect(resumed.map(\.perplexity) == whole)
    #expect(archive.kept == windows && archive.found == first)
    #expect(told.allSatisfy { $0.answers == windows } && told.last?.finished == windows)
    #expect(told.last?.reused == first)
    // A text that comes to it has the others' windows from before, wherever it stands.
    let more = [TextReader.Document(place: "new", text: "One more line.")] + documents
    let wider = try examination.score(more, archive: archive).map(\.perplexity)
    #expect(Array(wider.dropFirst()) == whole && archive.kept == windows + 1)
  }

  @Test func whateverChangesAScoreChangesItsKey() throws {
    func keys(
      weights: String = "w", _ ask: (CountingArchive<[KeptScore]>) throws -> Void
    ) throws -> Set<AnswerKey> {
      let archive = CountingArchive<[KeptScore]>(weights: weights)
      try ask(archive)
      return Set(archive.answers.keys)
    }
    func choices(_ archive: CountingArchive<[KeptScore]>) throws {
      _ = try examination(unconditional: false).answers(to: try Self.questions(1), archive: archive)
    }
    func texts(_ window: Int, _ stride: Int) throws -> Set<AnswerKey> {
      try keys { archive in
        let examination = try TextExamination(
          generator: generator, tokenizer: tokenizer, windowLength: window, stride: stride)
        _ = try examination.score(
          [TextReader.Document(place: "a", text: "The takt time is 47 s.")], archive: archive)
      }
    }
    let whole = try texts(512, 512)
    var sets = [
      try keys(choices), try keys(weights: "v", choices),
      try keys {
        _ = try examination(unconditional: false).answers(to: try Self.questions(1, "What?"), archive: $0)
      },
      try keys { archive in
        var plain = ChoiceExamination(generator: generator, tokenizer: tokenizer, template: .plain)
        plain.measuresUnconditional = false
        _ = try plain.answers(to: try Self.questions(1), archive: archive)
      },
      try keys { archive in
        var question = try Self.questions(1)[0]
        question = ChoiceExamination.Question(
          problem: question.problem,
          choices: try #require(
            try ListedChoices(
              question.problem, choices: ["a valve", "no", "twelve"], form: .texts, place: "x")))
        _ = try examination(unconditional: false).answers(to: [question], archive: archive)
      },
      try Precision.$current.withValue(.bf16) { try keys(choices) },
      whole,
    ]
    if Processor.variant != .base {
      sets.append(try Processor.$forcedVariant.withValue(.base) { try keys(choices) })
    }
    #expect(Set(sets.flatMap { $0 }).count == sets.count)
    #expect(try texts(4, 2).isDisjoint(with: whole) && texts(4, 4).isDisjoint(with: whole))
    // A window that holds the whole text is the same, however long it might be.
    #expect(try texts(400, 100) == whole)
    let program = try Fingerprint.sha256(file: URL(fileURLWithPath: "/proc/self/exe"))
    for key in whole {
      let request = try JSONValue(parsing: key.request, source: "key")
      #expect(request["program"]?.string?.hasSuffix(program) == true)
      #expect(request["weights"]?.string == "w" && request["cache"]?.string == "fp32")
    }
  }

  /// What somebody else wrote into the store must not stop the program.
  @Test func scoresOfAnotherNumberOfChoicesAreAskedAnew() throws {
    let (examination, questions) = (examination(), try Self.questions(2))
    let whole = try examination.answers(to: questions)
    let archive = CountingArchive<[KeptScore]>()
    _ = try examination.answers(to: questions, archive: archive)
    let spoilt = CountingArchive(answers: archive.answers.mapValues { Array($0.prefix(2)) })
    #expect(try examination.answers(to: questions, archive: spoilt).map(\.scores) == whole.map(\.scores))
    #expect(spoilt.kept == 3)
  }
}
