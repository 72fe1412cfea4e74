import Foundation

/// Turns the text of an answer into its canonical form.
enum AnswerParser {
  typealias Reading = (parsed: String, method: String)

  /// What the text may say, the likeliest last; empty where nothing can be read.
  static func readings(_ text: String, as answer: Answer, choices: [String]) -> [Reading] {
    switch answer {
    case .number: NumberReader.readings(text)
    case .choice(let letter, let count):
      // A word may be a single character too: 예.
      [
        OptionLetter.first(max(1, count)).contains(letter)
          ? choice(text, count: count, choices: choices) : word(text, among: choices)
      ].compactMap(\.self)
    case .boolean: [boolean(text)].compactMap(\.self)
    case .date: [DateReader.read(text)].compactMap(\.self)
    case .text: text.isEmpty ? [] : [(normalized(text), "whole answer")]
    }
  }

  /// Lower case, single spaces, no closing punctuation.
  static func normalized(_ text: String) -> String {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.trimmingCharacters(in: CharacterSet(charactersIn: " .。,;:!\"'"))
  }

  static func choice(_ text: String, count: Int, choices: [String]) -> Reading? {
    let letters = OptionLetter.first(max(1, count))
    let marks = text.split { !$0.isLetter && !$0.isNumber }
    if marks.count == 1, let mark = marks.first, letters.contains(mark.uppercased()) {
      return (mark.uppercased(), "whole answer")
    }
    if let position = choices.firstIndex(where: { normalized($0) == normalized(text) }) {
      return (letters[min(position, letters.count - 1)], "the option's words")
    }
    // Options may hold letters that are others': vitamin C, as option A.
    var rest = text
    for (own, option) in zip(letters, choices)
    where option.split(whereSeparator: isBorder).contains(where: { letters.contains(String($0)) && $0 != own }
    ) {
      rest = withoutWords(option, rest)
    }
    let named = rest.split(whereSeparator: isBorder).map(String.init).filter(letters.contains)
    if let last = named.last { return (last, "last letter in the answer") }
    // `b) a writ`: the one form in which a small letter is an option's.
    if let letter = leadingLetter(text), letters.contains(letter) {
      return (letter, "the letter before an option")
    }
    return nil
  }

  private static func isBorder(_ character: Character) -> Bool { !character.isLetter && !character.isNumber }

  /// The text without an option's words, where they stand as words.
  private static func withoutWords(_ option: String, _ text: String) -> String {
    var kept = ""
    var rest = Substring(text)
    while let range = rest.range(of: option) {
      let before = range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      kept += rest[..<range.lowerBound] + (isBorder(before) && isBorder(after) ? " " : rest[range])
      rest = rest[range.upperBound...]
    }
    return kept + rest
  }

  /// The letter of `b) a writ`, `(b) a writ`.
  private static func leadingLetter(_ text: String) -> String? {
    let rest = Substring(text).drop { $0.isWhitespace || $0 == "(" }
    guard let letter = rest.first, let mark = rest.dropFirst().first, ".):".contains(mark),
      rest.dropFirst(2).first?.isWhitespace ?? true
    else { return nil }
    return letter.uppercased()
  }

  static func word(_ text: String, among choices: [String]) -> Reading? {
    let words = normalized(text)
    if let exact = choices.first(where: { normalized($0) == words }) { return (exact, "whole answer") }
    let named = choices.filter { words.split { !$0.isLetter }.contains(Substring(normalized($0))) }
    return named.count == 1 ? (named[0], "the one option named") : nil
  }

  static func boolean(_ text: String) -> Reading? {
    let words = Set(normalized(text).split { !$0.isLetter }.map(String.init))
    let saysYes = !words.isDisjoint(with: ["yes", "true", "예", "네", "그렇다", "참"])
    let saysNo = !words.isDisjoint(with: ["no", "false", "아니요", "아니오", "아니다", "거짓"])
    guard saysYes != saysNo else { return nil }
    return (saysYes ? "yes" : "no", words.count == 1 ? "whole answer" : "the one word of yes or no")
  }
}
