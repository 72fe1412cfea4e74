/// The letters under which a question lists its options.
package enum OptionLetter {
  /// A to Z.
  package static let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)

  /// The letters of `count` options, A first; those of 26 where there are more.
  package static func first(_ count: Int) -> [String] { Array(all.prefix(max(0, count))) }

  /// How many options a prompt lists on lines of their own, from A on: `A. text`, `A) text`, `(A) text`.
  static func listed(in prompt: String) -> Int {
    let marks = Set(
      prompt.split(separator: "\n").compactMap { line -> String? in
        let start = line.drop(while: \.isWhitespace).drop { $0 == "(" }
        guard let letter = start.first, let mark = start.dropFirst().first, ".)".contains(mark) else {
          return nil
        }
        return String(letter)
      })
    return all.prefix { marks.contains($0) }.count
  }
}
