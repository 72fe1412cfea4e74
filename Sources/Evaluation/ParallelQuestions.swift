import Corpus

/// Questions of which some ask the same in several languages, as their `parallel_id` says.
public struct ParallelQuestions: Sendable {
  /// Indices of the questions of each group, by language, the first where a language has several.
  public let groups: [(id: String, members: [String: Int])]
  /// All languages of the groups: English first, the others by name.
  public let languages: [String]

  /// - Parameters:
  ///   - languages: of each question.
  ///   - ids: the group of each question; nil for one that stands alone.
  public init(languages: [String], ids: [String?]) {
    precondition(languages.count == ids.count, "ParallelQuestions: \(languages.count) and \(ids.count)")
    var places: [String: Int] = [:]
    var groups: [(id: String, members: [String: Int])] = []
    for (index, id) in ids.enumerated() {
      guard let id else { continue }
      let place = places[id] ?? groups.count
      if place == groups.count { groups.append((id, [:])) }
      places[id] = place
      if groups[place].members[languages[index]] == nil { groups[place].members[languages[index]] = index }
    }
    self.groups = groups
    self.languages = Self.ordered(Set(groups.flatMap { $0.members.keys }))
  }

  public init(_ problems: [Problem], ids: [String: String]) {
    self.init(languages: problems.map(\.language), ids: problems.map { ids[$0.id] })
  }

  /// English first, the others by name.
  static func ordered(_ languages: some Sequence<String>) -> [String] {
    languages.sorted { ($0 == "en" ? 0 : 1, $0) < ($1 == "en" ? 0 : 1, $1) }
  }

  /// The groups that lack a language which another group has.
  public var incomplete: [(id: String, missing: [String])] {
    groups.compactMap { group in
      let missing = languages.filter { group.members[$0] == nil }
      return missing.isEmpty ? nil : (group.id, missing)
    }
  }

  /// What `incomplete` amounts to as an error that names the first group and counts the others; nil when none is.
  public func missingLanguages(place: String) -> EvaluationError? {
    let incomplete = incomplete
    return incomplete.first.map {
      .missingLanguages(
        place: place, id: $0.id, expected: languages, missing: $0.missing, others: incomplete.count - 1)
    }
  }

  /// The first `count` of some questions with whole groups as far as they go: a group counts as standing where its
  /// first question does.
  ///
  /// - Parameter ids: the group of each question; nil for one that stands alone.
  /// - Returns: indices in rising order.
  public static func first(_ count: Int, ids: [String?]) -> [Int] {
    var members: [String: [Int]] = [:]
    for (index, id) in ids.enumerated() { if let id { members[id, default: []].append(index) } }
    var chosen: [Int] = []
    for (index, id) in ids.enumerated() where chosen.count < count {
      guard let id else {
        chosen.append(index)
        continue
      }
      chosen += (members.removeValue(forKey: id) ?? []).prefix(count - chosen.count)
    }
    return chosen.sorted()
  }
}
