import Corpus

/// How often a model answers the same question alike in two languages, by the option that it chooses and not only by
/// whether that is right.
///
/// An answer that could not be read is like no other. Groups whose right options stand at different places in
/// different languages cannot be compared so; they are counted and left out.
public struct LanguageAgreement: Sendable, Equatable {
  /// English first, the others by name.
  public let languages: [String]
  /// Groups that are compared, and those left out.
  public let groups: Int
  public let leftOut: Int
  /// Groups that are compared and have every language.
  public let complete: Int
  /// Groups that both languages have, [language][language].
  public let pairs: [[Int]]
  /// … and of those the ones that are answered alike.
  public let alike: [[Int]]

  /// - Parameters:
  ///   - questions: at least two languages.
  ///   - chosen: the option that each question got, the same name in every language; nil for none.
  ///   - right: the option that is right.
  /// - Returns: nil where no group has two languages.
  public init?(_ questions: ParallelQuestions, chosen: [String?], right: [String?]) {
    let languages = questions.languages
    let several = questions.groups.filter { $0.members.count > 1 }
    guard !several.isEmpty else { return nil }
    let compared = several.filter { group in
      let options = Set(group.members.values.map { right[$0] })
      return options.count == 1 && options.first != .some(nil)
    }
    var pairs = languages.map { _ in [Int](repeating: 0, count: languages.count) }
    var alike = pairs
    for group in compared {
      for (row, first) in languages.enumerated() {
        for (column, second) in languages.enumerated() {
          guard let a = group.members[first], let b = group.members[second] else { continue }
          pairs[row][column] += 1
          if let option = chosen[a], option == chosen[b] { alike[row][column] += 1 }
        }
      }
    }
    self.languages = languages
    self.pairs = pairs
    self.alike = alike
    groups = compared.count
    leftOut = several.count - compared.count
    complete = compared.count { $0.members.count == languages.count }
  }

  /// The share of common questions that two languages answer alike; on the diagonal the share that could be read. nil
  /// where they have none in common.
  public func share(_ first: String, _ second: String) -> Double? {
    guard let row = languages.firstIndex(of: first), let column = languages.firstIndex(of: second),
      pairs[row][column] > 0
    else { return nil }
    return Double(alike[row][column]) / Double(pairs[row][column])
  }

  /// The mean over the languages but English of their share with English; nil without English.
  public var meanWithEnglish: Double? {
    mean(languages.filter { $0 != "en" }.compactMap { share("en", $0) })
  }

  /// The mean over all pairs of languages.
  public var meanOfPairs: Double? {
    mean(
      languages.indices.flatMap { row in
        languages[..<row].compactMap { share($0, languages[row]) }
      })
  }

  private func mean(_ shares: [Double]) -> Double? {
    shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
  }
}

extension Answer {
  /// The option that a reading names, by the same name in every language: a letter, yes or no, the number of a word.
  ///
  /// nil where the question lists no answers.
  ///
  /// - Parameter reading: as `Verification.parsed`.
  public func option(_ reading: String, choices: [String]) -> String? {
    switch self {
    case .choice(let right, _):
      choices.firstIndex(of: right) == nil
        ? reading : choices.firstIndex(of: reading).map { "option \($0 + 1)" }
    case .boolean: reading
    case .number, .date, .text: nil
    }
  }
}
