import Corpus
import Foundation

extension Record {
  /// The record as a question with a checkable answer: the problem itself, a prompt with its completion, or a
  /// conversation of one question; nil for texts, prompts alone and longer conversations.
  ///
  /// An answer that was not stored as such is what follows the reasoning (and `####`, as GSM8K marks it), a
  /// number where it is nothing else.
  public var question: Problem? {
    if case .problem(let problem) = content { return problem }
    return exchange.flatMap { question(prompt: $0.prompt, completion: $0.completion) }
  }

  private func question(prompt: String, completion: String) -> Problem? {
    guard var text = Verifier.finalAnswer(of: completion) else { return nil }
    if let mark = text.range(of: "####", options: .backwards) { text = String(text[mark.upperBound...]) }
    text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { return nil }
    return Problem(
      id: place, domain: domain ?? "general", family: "records", level: level,
      language: language, prompt: prompt, reasoning: "", answer: answer ?? readAnswer(text), group: group)
  }

  private func readAnswer(_ text: String) -> Answer {
    if choices.count >= 2, OptionLetter.first(choices.count).contains(text) {
      return .choice(text, count: choices.count)
    }
    let plain = text.filter { $0 != "," && $0 != "$" }
    guard let number = Number(plain) else { return .text(text) }
    return .number(number)
  }
}
