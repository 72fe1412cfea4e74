/// Finds program text in a trace: a line that begins with three backticks or tildes, as Markdown fences it.
public enum CodeBlocks {
  public static func contains(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let start = line.drop { $0 == " " }
      return start.hasPrefix("```") || start.hasPrefix("~~~")
    }
  }
}
