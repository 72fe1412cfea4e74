extension Phrasing {
  /// Phrasings from one text: a blank line ends each; a line break inside one is a space.
  static func list(_ text: String) -> [Phrasing] { paragraphs(text).map(Phrasing.init) }

  /// The paragraphs of `text`, each on one line.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        paragraphs.append([])
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }
}
