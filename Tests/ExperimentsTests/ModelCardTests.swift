import Evaluation
import Experiments
import Files
import Foundation
import LanguageModels
import Testing
import Training

/// The card says what is known, and of everything else that it is not.
@Suite struct ModelCardTests {
  private static let teacher = DistillationTests.root.appendingPathComponent("Models/teacher-6m").path

  /// Every word of a text that holds a digit.
  private static func numbers(_ text: some StringProtocol) -> [Substring] {
    text.split { $0.isWhitespace || "|`(),".contains($0) }.filter { $0.contains(where: \.isNumber) }
      .map { Substring($0) }
  }

  @Test func aCardHasAllSectionsAndNoNumberThatNobodyMeasured() throws {
    let card = try ModelCard(of: Self.teacher)
    let text = card.markdown
    for section in CardSection.allCases { #expect(text.contains("\n## \(section.title)\n"), "\(section)") }
    #expect(text.hasPrefix("---\nlicense: apache-2.0\n") && text.contains(CardFile.mark))
    #expect(text.contains("- \"ko\"") && text.contains("6,147,840"))
    let sections = text.components(separatedBy: "\n## ")
    let accuracy = try #require(sections.first { $0.hasPrefix(CardSection.accuracy.title) })
    #expect(accuracy.contains("Not evaluated"))
    #expect(Self.numbers(accuracy.replacing(Self.teacher, with: "")).isEmpty, "\(accuracy)")
    let serving = try #require(sections.first { $0.hasPrefix(CardSection.serving.title) })
    #expect(serving.contains("not measured") && serving.contains("no price stated"))
    #expect(Self.numbers(serving.replacing(Self.teacher, with: "")) == ["512", "511"], "\(serving)")
    // The logs hold no processor time, so nothing costs anything, whatever the price.
    #expect(!(try ModelCard(of: Self.teacher, price: 0.03)).markdown.contains("| cost |"))
    let json = card.json
    #expect(json["serving"]?.array?[0]["tokens_per_second"]?.isNull == true)
    #expect(json["evaluations"]?.array?.isEmpty == true && json["price"]?.isNull == true)
    #expect(json["totals"]?["trained_tokens"]?.int == 109_316_231)
  }

  @Test func measurementsAndPricesAreShownAsTheyWere() throws {
    var card = try ModelCard(of: Self.teacher, price: 0.036)
    card.serving[0].measured = ModelCard.Measurement(
      promptTokens: 64, newTokens: 64, firstTokenSeconds: 0.032, promptTokensPerSecond: 2000,
      tokensPerSecond: 500, threads: 2, format: "bf16")
    // 10^6 / 500 s · 2 cores / 3600 · 0.036 = 0.04
    #expect(card.markdown.contains("| 0.0100 | 0.0400 | 32.0 ms | 500 tokens/s |"), "\(card.markdown)")
    let row = try #require(card.json["serving"]?.array?.first)
    #expect(abs((row["price_out"]?.double ?? 0) - 0.04) < 1e-12)
    #expect(row["first_token_seconds"]?.double == 0.032)
  }

  /// A directory with the weights of the small student and a ledger of our own.
  static func model(_ stages: [LedgerStage]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("card-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let student = DistillationTests.root.appendingPathComponent("Models/student-750k")
    for name in ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"] {
      try FileManager.default.copyItem(
        at: student.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    try Ledger(stages).write(to: folder)
    return folder
  }

  @Test func theServingPriceIsThatOfTheRecipeWhereNoOtherIsGiven() throws {
    var (first, last) = (LedgerStage(name: "a", method: "pretrain"), LedgerStage(name: "b", method: "sft"))
    (first.coreHourPrice, last.coreHourPrice) = (0.5, 0.036)
    let folder = try Self.model([first, last, LedgerStage(name: "c", method: "export")])
    defer { try? FileManager.default.removeItem(at: folder) }
    func card(price: Double? = nil) throws -> ModelCard {
      var card = try ModelCard(of: folder.path, price: price)
      #expect(!card.markdown.contains("no price stated") && card.markdown.contains("--measure`"))
      card.serving[0].measured = ModelCard.Measurement(
        promptTokens: 64, newTokens: 64, firstTokenSeconds: 0.032, promptTokensPerSecond: 2000,
        tokensPerSecond: 500, threads: 2, format: "bf16")
      return card
    }
    let stated = try card()
    #expect(stated.markdown.contains("| 0.0100 | 0.0400 |"), "\(stated.markdown)")
    #expect(stated.markdown.contains("at 0.036 for an hour of one, for one sequence"))
    #expect(stated.json["serving_price"]?.double == 0.036 && stated.json["price"]?.isNull == true)
    let given = try card(price: 0.36)
    #expect(given.markdown.contains("| 0.1000 | 0.4000 |"), "\(given.markdown)")
    #expect(given.json["serving"]?.array?[0]["price_out"]?.double.map { abs($0 - 0.4) < 1e-12 } == true)
  }

  @Test func aProvidersPriceStandsBesideThatOfTheStudent() throws {
    var teacher = LedgerTeacher(name: "served-1")
    (teacher.inputPrice, teacher.outputPrice) = (2, 8.5)
    var stage = LedgerStage(name: "a", method: "collection")
    stage.teachers = [teacher]
    let folder = try Self.model([stage])
    defer { try? FileManager.default.removeItem(at: folder) }
    let card = try ModelCard(of: folder.path)
    let row =
      "| served-1 | not found here | not found here | 2.0000, its provider's | 8.5000, its provider's |"
    #expect(card.markdown.contains(row), "\(card.markdown)")
    let teachers = try #require(card.json["serving"]?.array?.last)
    #expect(teachers["price_in"]?.double == 2 && teachers["price_out"]?.double == 8.5)
  }

  @Test func weightsThatNobodyMayPassOnGetNoCard() throws {
    var stage = LedgerStage(name: "a", method: "sft")
    stage.data = [
      LedgerData(name: "one", licence: "CC BY-SA 3.0"), LedgerData(name: "two", licence: "CC BY-NC 4.0"),
    ]
    let folder = try Self.model([stage])
    defer { try? FileManager.default.removeItem(at: folder) }
    let refusal = TrainingError.licencesConflict(
      model: folder.path, first: "one (CC-BY-SA-3.0)", second: "two (CC-BY-NC-4.0)")
    #expect(throws: refusal) { try ModelCard(of: folder.path) }
    #expect(throws: refusal) {
      try ModelCard.writeAll(Ledger([stage]), [], in: folder, called: folder.path)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent(CardFile.name).path))
  }

  /// What lies at a teacher's place today may be another model than the one that taught.
  @Test func onlyTheTeacherThatTaughtIsServedAsIt() throws {
    var (same, other, unknown) = (
      LedgerTeacher(name: Self.teacher), LedgerTeacher(name: Self.teacher), LedgerTeacher(name: "elsewhere")
    )
    same.sha256 = try Fingerprint.sha256(
      file: URL(fileURLWithPath: Self.teacher).appendingPathComponent("model.safetensors"))
    other.sha256 = String(repeating: "0", count: 64)
    unknown.sha256 = nil
    var stage = LedgerStage(name: "kd", method: "logit_distillation")
    stage.teachers = [other, same, unknown]
    let folder = try Self.model([stage, stage])
    defer { try? FileManager.default.removeItem(at: folder) }
    let card = try ModelCard(of: folder.path)
    #expect(card.serving.count == 4, "the model and three teachers, each once")
    #expect(card.serving.map(\.path) == [folder.path, nil, Self.teacher, nil])
    #expect(card.serving.map { $0.context == nil } == [false, true, false, true])
    #expect(Set(card.serving.map(\.name)).count == 4, "\(card.serving.map(\.name))")
    let text = card.markdown
    for digest in [same.sha256, other.sha256] {
      let start = try #require(digest).prefix(16)
      #expect(text.contains("weights SHA-256 \(start)…"), "\(text)")
    }
  }

  /// A run evaluates its model under the place where it writes it, whatever the card calls it.
  @Test func theModelIsCalledTheSameInEveryTable() throws {
    let folder = try Self.model([LedgerStage(name: "a", method: "sft")])
    defer { try? FileManager.default.removeItem(at: folder) }
    let accuracy = try JSONDecoder().decode(
      AccuracyReport.self, from: Data(Self.report(cell: "all").utf8))
    try ModelEvaluation.write(
      [
        ModelEvaluation(model: folder.path + "/", suite: "s", accuracy),
        ModelEvaluation(model: "other", suite: "s", accuracy),
      ],
      to: folder)
    let place = FileManager.default.currentDirectoryPath
    let path = String(repeating: "../", count: place.split(separator: "/").count) + folder.path.dropFirst()
    let card = try ModelCard(of: path)
    #expect(card.evaluations.map(\.model) == [path, "other"] && card.name == path)
  }

  private static func report(cell name: String) -> String {
    let cell = """
      {"name": "\(name)", "problems": 1, "answers": 1, "correct": 1, "unparsed": 0, "chance": 0,
       "interval": {"low": 0, "high": 1}}
      """
    return """
      {"overall": \(cell), "byLanguage": [\(cell)], "byFamily": [], "byLevel": [], "byDomain": [], "stopRate": 1,
       "meanTokens": 1}
      """
  }

  /// A ledger may come with a foreign file: nothing in it makes a heading, a tag or the end of a block.
  @Test func wordsOfOthersStayWords() throws {
    let evil = "a\n## Evil\n<script>x</script> `b` [c](d)"
    var stage = LedgerStage(name: evil, method: "sft")
    stage.languages = [evil]
    stage.version = evil
    stage.command = "```\n\(evil)\n```"
    stage.data = [LedgerData(name: evil, records: 1, licence: evil)]
    var teacher = LedgerTeacher(name: evil)
    teacher.sha256 = evil
    stage.teachers = [teacher]
    let folder = try Self.model([stage])
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = Self.report(cell: #"a\n## Evil\n<script>"#)
    let accuracy = try JSONDecoder().decode(AccuracyReport.self, from: Data(report.utf8))
    try ModelEvaluation.write([ModelEvaluation(model: evil, suite: evil, accuracy)], to: folder)
    let text = try ModelCard(of: folder.path).markdown
    let parts = text.components(separatedBy: "\n````")
    #expect(parts.count == 3, "one block, with a fence that no word of it ends: \(text)")
    let outside = parts.enumerated().filter { $0.offset != 1 }.map(\.element).joined()
    let headings = outside.split(separator: "\n").filter { $0.hasPrefix("#") }
    #expect(headings.count == 1 + CardSection.allCases.count, "\(headings)")
    // JSON strings of the front matter hold what they hold.
    let body = try #require(outside.components(separatedBy: CardFile.mark).last)
    #expect(!body.contains("<script") && !body.contains("[c](d)"), "\(body)")
    #expect(body.replacing("\\`", with: "").count { $0 == "`" }.isMultiple(of: 2))
    #expect(!body.contains(" `b`"))
  }
}
