/// The choices of a question under the letters A, B, C, …
package struct LetteredOptions {
  package static let letters = OptionLetter.first(5)
  let names: [Localized]

  /// The choices in a line: `A) red form; B) blue form`.
  var text: Localized {
    func text(_ language: Language) -> String {
      names.indices.map { lettered($0, language) }.joined(separator: "; ")
    }
    return Localized(en: text(.en), ko: text(.ko))
  }

  func letter(of index: Int) -> String { Self.letters[index] }

  /// The step that reads the choices up to the one looked for, each letter by letter beside it:
  /// `blue form: A) red form b-r, B) blue form b-b l-l u-u`. The names must differ in their first three letters.
  func search(for index: Int) -> Localized {
    func text(_ language: Language) -> String {
      let wanted = names[index][language]
      let read = (0...index).map {
        "\(lettered($0, language)) \(Worked.letters(wanted, names[$0][language]))"
      }
      return "\(wanted): " + read.joined(separator: ", ")
    }
    return Localized(en: text(.en), ko: text(.ko))
  }

  private func lettered(_ index: Int, _ language: Language) -> String {
    "\(Self.letters[index])) \(names[index][language])"
  }
}
