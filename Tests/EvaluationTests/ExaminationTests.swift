import Corpus
import Evaluation
import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing
import Text

/// Choices and texts scored by a small model with random weights, against plain forward passes.
@Suite(.serialized) struct ScoredExaminationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models/tiny")

  private let tokenizer: Tokenizer
  private let model: Transformer
  private let generator: Generator

  init() throws {
    tokenizer = try Tokenizer.load(Self.folder)
    var configuration = try ModelConfiguration(reading: Self.folder.appendingPathComponent("config.json"))
    configuration.initializerRange = 0.3
    var random = SeededRandom(seed: 4)
    model = try Transformer(configuration, using: &random)
    generator = Generator(model, weights: .fp32)
  }

  /// Σ ln p of `tokens` from index `first` on, by one forward pass.
  private func logLikelihood(_ tokens: [Int32], from first: Int) -> Double {
    let columns = model.configuration.vocabularySize
    let logits = withoutGradient {
      model.logits(of: model.forward(tokens: tokens, documentLengths: [tokens.count]))
    }.buffer.array()
    return (first..<tokens.count).reduce(0) { sum, index in
      let row = logits[(index - 1) * columns..<index * columns].map(Double.init)
      let largest = row.max() ?? 0
      return sum + row[Int(tokens[index])] - largest - log(row.reduce(0) { $0 + exp($1 - largest) })
    }
  }

  private static func problem(_ answer: Answer, _ prompt: String = "Which?") -> Problem {
    Problem(
      id: prompt, domain: "general", family: "records", level: nil, language: "en", prompt: prompt,
      reasoning: "", answer: answer, group: prompt)
  }

  @Test(arguments: [ChoiceForm.answers, .texts]) func choicesAreWhatTheAssistantSays(_ form: ChoiceForm)
    throws
  {
    let texts = ["a red valve", "부산 광역시", "no"]
    let problems = [
      Self.problem(.choice("B", count: 3), "Which of three?"),
      Self.problem(.boolean(false), "Is it so? Answer Yes or No."),
    ]
    let questions = try problems.map { problem in
      ChoiceExamination.Question(
        problem: problem,
        choices: try #require(
          try ListedChoices(problem, choices: problem.answer.isListed ? texts : nil, form: form, place: "x")))
    }
    let expectedTexts = form == .answers ? [["A", "B", "C"], ["yes", "no"]] : [texts, ["Yes", "No"]]
    for template in [ModelTemplate.chatML, .plain] {
      var examination = ChoiceExamination(generator: generator, tokenizer: tokenizer, template: template)
      examination.measuresUnconditional = form == .texts
      let scored = try examination.answers(to: questions)
      for (index, result) in scored.enumerated() {
        #expect(result.scores.choices == expectedTexts[index])
        let prompt = try template.promptTokens(
          [ChatMessage(role: "user", content: problems[index].prompt)], tokenizer)
        for (choice, found) in zip(result.scores.choices, result.scores.logLikelihoods) {
          let expected = try logLikelihood(prompt + tokenizer.encode(choice), from: prompt.count)
          #expect(abs(found - expected) <= 1e-4 * max(1, abs(expected)), "\(choice): \(found), \(expected)")
        }
        #expect((result.scores.unconditional == nil) == (form == .answers))
        let empty = try template.promptTokens([ChatMessage(role: "user", content: "")], tokenizer)
        for (choice, found) in zip(result.scores.choices, result.scores.unconditional ?? []) {
          let expected = try logLikelihood(empty + tokenizer.encode(choice), from: empty.count)
          #expect(abs(found - expected) <= 1e-4 * max(1, abs(expected)), "\(choice): \(found), \(expected)")
        }
        let best = try #require(result.scores.choice(by: .sum))
        #expect(result.graded.isCorrect == (best == 1))
        #expect(result.graded.completion == expectedTexts[index][best])
      }
    }
  }

  /// The order in which a set lists them is another in every process, and so would be the batches.
  @Test func listsStandInTheOrderOfTheQuestions() throws {
    let texts = (0..<24).map { ["a\($0 % 12)", "b"] }
    let questions = try texts.enumerated().map { index, texts in
      let problem = Self.problem(.choice("B", count: 2), "\(index)")
      return ChoiceExamination.Question(
        problem: problem,
        choices: try #require(try ListedChoices(problem, choices: texts, form: .texts, place: "x")))
    }
    #expect(ChoiceExamination.lists(of: questions) == Array(texts.prefix(12)))
  }

  @Test func windowsScoreEachTokenOnceAndFitTheModel() {
    for (count, length, stride) in [
      (0, 4, 4), (1, 4, 4), (4, 4, 4), (5, 4, 4), (23, 4, 4), (23, 7, 3), (23, 7, 1), (9, 1, 1), (5, 100, 50),
    ] {
      let windows = TokenWindow.covering(count, length: length, stride: stride)
      #expect(windows.flatMap { Array($0.scored) } == Array(0..<count), "\(count) \(length) \(stride)")
      for window in windows {
        // Inputs up to the one that predicts the last scored token.
        #expect(window.scored.upperBound - window.context.lowerBound <= length)
        #expect(window.context.upperBound == window.scored.lowerBound + 1)
      }
    }
    // By hand, as lm-evaluation-harness rolls: the last window reads a full one back.
    #expect(
      TokenWindow.covering(10, length: 4, stride: 4).map { [$0.context.lowerBound, $0.scored.lowerBound] }
        == [[0, 0], [4, 4], [6, 8]])
    #expect(
      TokenWindow.covering(8, length: 4, stride: 2).map { [$0.context.lowerBound, $0.scored.lowerBound] }
        == [[0, 0], [2, 4], [4, 6]])
  }

  @Test func textsAreScoredBehindTheStartToken() throws {
    let texts = ["The takt time is 47 s.", "가나다 라마", String(repeating: "One line of many. ", count: 60), ""]
    let documents = texts.enumerated().map { TextReader.Document(place: "\($0)", text: $1) }
    let start = try #require(tokenizer.beginID ?? tokenizer.endID)
    let whole = try TextExamination(generator: generator, tokenizer: tokenizer).score(documents)
    for (document, result) in zip(documents, whole) where document.text.count < 400 {
      let tokens = try tokenizer.encode(document.text)
      let expected = logLikelihood([start] + tokens, from: 1)
      #expect(abs(result.perplexity.logLikelihood - expected) <= 1e-4 * max(1, abs(expected)))
      #expect(result.perplexity.tokens == tokens.count)
      #expect(result.perplexity.bytes == document.text.utf8.count)
    }
    #expect(whole.map(\.perplexity.words) == [6, 2, 240, 0])
    #expect(whole[3].perplexity.tokenPerplexity == nil && whole[3].perplexity.logLikelihood == 0)

    // Strided windows by hand: each token behind exactly the tokens that its window shows.
    let tokens = try tokenizer.encode(texts[2])
    let input = [start] + tokens
    for (length, stride) in [(32, 32), (32, 8), (7, 3)] {
      let found = try TextExamination(
        generator: generator, tokenizer: tokenizer, windowLength: length, stride: stride
      ).score([documents[2]])[0].perplexity
      let expected = TokenWindow.covering(tokens.count, length: length, stride: stride).reduce(0.0) {
        let seen = Array(input[$1.context.lowerBound...$1.scored.upperBound])
        return $0 + logLikelihood(seen, from: $1.scored.lowerBound + 1 - $1.context.lowerBound)
      }
      #expect(found.tokens == tokens.count)
      #expect(abs(found.logLikelihood - expected) <= 1e-4 * abs(expected), "\(length), \(stride)")
    }
  }

  @Test func windowsOutsideTheContextAreRefused() {
    #expect(throws: EvaluationError.invalidWindow(name: "--window", limit: 512, found: 513)) {
      try TextExamination(generator: generator, tokenizer: tokenizer, windowLength: 513)
    }
    #expect(throws: EvaluationError.invalidWindow(name: "--stride", limit: 8, found: 9)) {
      try TextExamination(generator: generator, tokenizer: tokenizer, windowLength: 8, stride: 9)
    }
  }

  @Test func choicesThatCannotBeScoredAreNamed() throws {
    func listed(_ answer: Answer, _ choices: [String]?, _ form: ChoiceForm = .answers) throws
      -> ListedChoices?
    {
      try ListedChoices(Self.problem(answer, "예 또는 아니오로 답하시오."), choices: choices, form: form, place: "f:1")
    }
    #expect(try listed(.text("a"), []) == nil && listed(.number(3), []) == nil)
    #expect(throws: EvaluationError.noChoices(place: "f:1", found: "0")) {
      try listed(.choice("A", count: 2), [])
    }
    #expect(throws: EvaluationError.noChoices(place: "f:1", found: "an empty one")) {
      try listed(.choice("A", count: 2), ["a", " "])
    }
    #expect(throws: EvaluationError.answerNotListed(place: "f:1", answer: "C", choices: 2)) {
      try listed(.choice("C", count: 2), ["a", "b"])
    }
    #expect(throws: EvaluationError.answerNotListed(place: "f:1", answer: "Perhaps", choices: 2)) {
      try listed(.choice("Perhaps", count: 2), ["Yes", "No"])
    }
    #expect(throws: EvaluationError.self) { try listed(.choice("A", count: 30), (0..<30).map { "\($0)" }) }
    #expect(throws: EvaluationError.self) { try listed(.choice("A", count: 4), nil, .texts) }
    #expect(try listed(.choice("D", count: 4), nil)?.texts == ["A", "B", "C", "D"])
    #expect(try listed(.choice("No", count: 2), ["Yes", "No"])?.right == 1)
    #expect(try listed(.boolean(true), [], .texts)?.texts == ["예", "아니오"])
    #expect(try listed(.boolean(true), [])?.texts == ["yes", "no"])
  }
}
