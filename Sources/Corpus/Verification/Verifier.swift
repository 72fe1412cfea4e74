import Foundation

/// Whether a completion gives the right answer; one that cannot be read is counted apart from a wrong one.
public enum Verdict: String, Codable, Sendable {
  case correct, wrong, unparsable
}

/// A verdict with what was read and how, so that a person can audit it.
public struct Verification: Codable, Sendable, Equatable {
  public let verdict: Verdict
  /// The answer in canonical form: "42.5", "B", "yes", "2026-03-14"; nil when nothing could be read.
  public let parsed: String?
  /// "whole answer", "last number in the answer", "no closing </think>", …
  public let method: String

  public init(verdict: Verdict, parsed: String?, method: String) {
    self.verdict = verdict
    self.parsed = parsed
    self.method = method
  }
}

/// Reads the answer out of a completion and compares it with the right one.
public enum Verifier {
  /// - Parameters:
  ///   - completion: what the model wrote; reasoning in `<think>…</think>` is skipped.
  ///   - choices: the options' texts, first is A; lets an answer name the option by its words.
  public static func verify(_ completion: String, against answer: Answer, choices: [String] = [])
    -> Verification
  {
    guard let written = finalAnswer(of: completion) else {
      return Verification(verdict: .unparsable, parsed: nil, method: "no closing </think>")
    }
    let readings = AnswerParser.readings(written, as: answer, choices: choices)
    guard let (parsed, method) = readings.first(where: { isEqual($0.parsed, answer) }) ?? readings.last else {
      let found = written.isEmpty ? "empty answer" : "no \(answer.type) in the answer"
      return Verification(verdict: .unparsable, parsed: nil, method: found)
    }
    return Verification(verdict: isEqual(parsed, answer) ? .correct : .wrong, parsed: parsed, method: method)
  }

  /// The text after the reasoning, trimmed; nil when the reasoning was opened and never closed.
  public static func finalAnswer(of completion: String) -> String? {
    if let end = completion.range(of: "</think>", options: .backwards) {
      return completion[end.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard !completion.contains("<think>") else { return nil }
    return completion.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The reasoning inside `<think>…</think>`, or nil.
  public static func reasoning(of completion: String) -> String? {
    guard let start = completion.range(of: "<think>"),
      let end = completion.range(of: "</think>", options: .backwards), start.upperBound <= end.lowerBound
    else { return nil }
    return String(completion[start.upperBound..<end.lowerBound])
  }

  private static func isEqual(_ parsed: String, _ answer: Answer) -> Bool {
    switch answer {
    case .number(let value, _, let tolerance):
      guard let found = Double(parsed) else { return false }
      return abs(found - value.double) <= tolerance
    case .choice(let letter, _): return parsed == letter
    case .boolean(let value): return parsed == (value ? "yes" : "no")
    case .date(let iso): return parsed == iso
    case .text(let words): return parsed == AnswerParser.normalized(words)
    }
  }
}
