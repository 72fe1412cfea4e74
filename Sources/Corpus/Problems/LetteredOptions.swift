/// The choices of a question under the letters A, B, C, …
struct LetteredOptions {
  static let letters = ["A", "B", "C", "D", "E"]
  let names: [Localized]

  /// The choices in a line: `A) red form; B) blue form`.
  var text: Localized { listed(names.indices, separator: "; ") }

  func letter(of index: Int) -> String { Self.letters[index] }

  /// The step that reads the choices up to the one that was found: `A) red form, B) blue form`.
  func search(for index: Int) -> Localized { listed(0..<index + 1, separator: ", ") }

  private func listed(_ indices: Range<Int>, separator: String) -> Localized {
    func text(_ language: Language) -> String {
      indices.map { "\(Self.letters[$0])) \(names[$0][language])" }.joined(separator: separator)
    }
    return Localized(en: text(.en), ko: text(.ko))
  }
}
