/// Words of other people (names, paths, licences of foreign files) as Markdown that says them and does nothing else.
enum MarkdownText {
  /// One line of a paragraph, list or table; no tag, link, code or emphasis begins in it.
  static func line(_ text: String) -> String {
    let line = oneLine(text).reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\\", "`", "*", "[", "]": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return line.hasPrefix("#") ? "\\" + line : line
  }

  /// Code within a line.
  static func code(_ text: String) -> String {
    let line = oneLine(text)
    let fence = String(repeating: "`", count: longestRun(in: line) + 1)
    // The spaces are stripped by the reader; they part a backtick of the text from the fence.
    return fence.count == 1 ? fence + line + fence : "\(fence) \(line) \(fence)"
  }

  /// Lines of code, as they are, within a fence that none of them ends.
  static func block(_ text: String, language: String = "") -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(in: text) + 1))
    return "\(fence)\(language)\n\(text)\n\(fence)\n"
  }

  /// The text with spaces for line ends and control characters.
  static func oneLine(_ text: String) -> String {
    text.split { $0.isNewline || $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control } }
      .joined(separator: " ")
  }

  private static func longestRun(in text: String) -> Int {
    text.split { $0 != "`" }.map(\.count).max() ?? 0
  }
}
