import Corpus

/// The checks of keys that choose among the problems of this program, the same in every section that has them.
extension RecipeFields {
  /// Names of domains, or `all`.
  package mutating func requireDomains(_ names: [String], _ key: String) {
    let known = DomainName.allCases.map(\.rawValue)
    require(
      names.allSatisfy { $0 == "all" || known.contains($0) }, key,
      expected: "all or any of \(known.joined(separator: ", "))")
  }

  package mutating func requireLanguages(_ names: [String]) {
    let known = Language.allCases.map(\.rawValue)
    require(
      names.allSatisfy(known.contains), "languages", expected: "any of \(known.joined(separator: ", "))")
  }

  package mutating func requireLevels(_ levels: [Int]) {
    require(levels.allSatisfy { (1...5).contains($0) }, "levels", expected: "numbers from 1 to 5")
  }

  /// - Parameters:
  ///   - shuffled: the share of problems whose sentences are put in another order
  ///   - composed: the share of problems put together from single sentences
  package mutating func requireShares(shuffled: Double, composed: Double) {
    require((0...1).contains(shuffled), "shuffle_sentences", expected: "from 0 to 1")
    require((0...1).contains(composed), "compose_sentences", expected: "from 0 to 1")
  }
}
