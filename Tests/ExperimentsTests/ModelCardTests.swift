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
    #expect(json["totals"]?["trained_tokens"]?.int == 92_571_059)
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
}
