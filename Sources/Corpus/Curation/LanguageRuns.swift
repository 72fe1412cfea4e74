/// The longest passages of a text in a script that is not its language's.
enum LanguageRuns {
  /// The most letters in a row that `language` has no use for; spaces, signs and digits between them do not end a row.
  static func foreignLetters(in text: String, language: String) -> Int {
    var (run, longest) = (0, 0)
    for script in text.unicodeScalars.lazy.compactMap(Script.init) {
      run = script.isForeign(in: language) ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// The most words of two and more Latin letters in a row of one line; numbers and signs between them do not end a row,
  /// words with letters of another script do.
  static func latinWords(in text: String) -> Int {
    var longest = 0
    for line in text.split(whereSeparator: \.isNewline) {
      var run = 0
      for word in line.split(whereSeparator: \.isWhitespace) {
        let scripts = word.unicodeScalars.compactMap(Script.init)
        if scripts.contains(where: { $0 == .hangul || $0 == .other }) {
          run = 0
        } else if scripts.count(where: { $0 == .latin }) >= 2 {
          run += 1
        }
        longest = max(longest, run)
      }
    }
    return longest
  }
}
