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
  /// Of each group that is compared, whether two languages answer it alike, [group][language · languages + language]; nil
  /// where it lacks one of them.
  private let outcomes: [[Bool?]]

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
    let outcomes = compared.map { group in
      languages.flatMap { first in
        languages.map { second -> Bool? in
          guard let a = group.members[first], let b = group.members[second] else { return nil }
          return chosen[a] != nil && chosen[a] == chosen[b]
        }
      }
    }
    func count(_ isCounted: (Bool?) -> Bool) -> [[Int]] {
      languages.indices.map { row in
        languages.indices.map { column in
          outcomes.count { isCounted($0[row * languages.count + column]) }
        }
      }
    }
    self.languages = languages
    self.outcomes = outcomes
    pairs = count { $0 != nil }
    alike = count { $0 == true }
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

  /// The 95 % bootstrap interval of `share` over the groups that have both languages; nil where it is.
  public func interval(_ first: String, _ second: String) -> ConfidenceInterval? {
    guard let row = languages.firstIndex(of: first), let column = languages.firstIndex(of: second),
      pairs[row][column] > 0
    else { return nil }
    return ConfidenceInterval(
      overProblems: outcomes.compactMap { $0[row * languages.count + column] }.map { $0 ? 1 : 0 })
  }

  /// The mean over the languages but English of their share with English; nil without English.
  public var meanWithEnglish: Double? { mean(of: pairsWithEnglish) }

  /// The mean over all pairs of languages.
  public var meanOfPairs: Double? { mean(of: allPairs) }

  /// The 95 % bootstrap interval of `meanWithEnglish` over the groups, of which all languages are drawn together.
  public var meanWithEnglishInterval: ConfidenceInterval? { interval(ofMean: pairsWithEnglish) }

  /// … and of `meanOfPairs`.
  public var meanOfPairsInterval: ConfidenceInterval? { interval(ofMean: allPairs) }

  private typealias Pair = (row: Int, column: Int)

  private var pairsWithEnglish: [Pair] {
    guard let english = languages.firstIndex(of: "en") else { return [] }
    return languages.indices.filter { $0 != english }.map { (english, $0) }
  }

  private var allPairs: [Pair] {
    languages.indices.flatMap { row in (0..<row).map { (row, $0) } }
  }

  private func mean(of wanted: [Pair]) -> Double? {
    let shares = wanted.filter { pairs[$0.row][$0.column] > 0 }.map {
      Double(alike[$0.row][$0.column]) / Double(pairs[$0.row][$0.column])
    }
    return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
  }

  private func interval(ofMean wanted: [Pair]) -> ConfidenceInterval? {
    guard let mean = mean(of: wanted) else { return nil }
    // Drawing from equal values shows no doubt.
    if mean == 0 || mean == 1 {
      return ConfidenceInterval(WilsonInterval(successes: mean == 1 ? groups : 0, trials: groups))
    }
    let places = wanted.map { $0.row * languages.count + $0.column }
    let bootstrap = NestedBootstrap(groups: outcomes.indices.map(String.init), seeds: 1)
    return ConfidenceInterval(
      draws: bootstrap.draws { draw in
        var (sum, counted) = (0.0, 0)
        for place in places {
          var (common, alike) = (0, 0)
          for group in draw.problems {
            guard let outcome = outcomes[group][place] else { continue }
            common += 1
            if outcome { alike += 1 }
          }
          // A draw may miss all groups that a pair of languages has in common.
          if common > 0 { (sum, counted) = (sum + Double(alike) / Double(common), counted + 1) }
        }
        return sum / Double(counted)
      })
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
