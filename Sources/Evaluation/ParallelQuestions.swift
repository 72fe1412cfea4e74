import Corpus

/// Questions of which some ask the same in several languages, as their `parallel_id` says.
public struct ParallelQuestions: Sendable {
  /// Indices of the questions of each group, by language, the first where a language has several.
  public let groups: [(id: String, members: [String: Int])]
  /// All languages of the groups: English first, the others by name.
  public let languages: [String]
  /// Those of each group's collection. Files that a group joins are one collection: there is one for each language, or
  /// one for all.
  private let expected: [[String]]

  /// - Parameters:
  ///   - languages: of each question.
  ///   - ids: the group of each question; nil for one that stands alone.
  ///   - files: where each question stands; all in one when nil.
  public init(languages: [String], ids: [String?], files: [String]? = nil) {
    precondition(languages.count == ids.count, "ParallelQuestions: \(languages.count) and \(ids.count)")
    var places: [String: Int] = [:]
    var groups: [(id: String, members: [String: Int])] = []
    var groupFiles: [Set<String>] = []
    for (index, id) in ids.enumerated() {
      guard let id else { continue }
      let place = places[id] ?? groups.count
      if place == groups.count {
        groups.append((id, [:]))
        groupFiles.append([])
      }
      groupFiles[place].insert(files?[index] ?? "")
      places[id] = place
      if groups[place].members[languages[index]] == nil { groups[place].members[languages[index]] = index }
    }
    self.groups = groups
    self.languages = Self.ordered(Set(groups.flatMap { $0.members.keys }))
    expected = Self.expected(groups.map { Set($0.members.keys) }, groupFiles)
  }

  public init(_ problems: [Problem], ids: [String: String]) {
    self.init(languages: problems.map(\.language), ids: problems.map { ids[$0.id] })
  }

  /// The languages of each group's collection, from the languages and the files of each group.
  private static func expected(_ languages: [Set<String>], _ files: [Set<String>]) -> [[String]] {
    var collections: [(files: Set<String>, languages: Set<String>)] = []
    for (languages, files) in zip(languages, files) {
      // Most groups add nothing to what is there.
      if collections.contains(where: {
        $0.files.isSuperset(of: files) && $0.languages.isSuperset(of: languages)
      }) {
        continue
      }
      var joined = (files: files, languages: languages)
      collections.removeAll { collection in
        guard !collection.files.isDisjoint(with: joined.files) else { return false }
        joined.files.formUnion(collection.files)
        joined.languages.formUnion(collection.languages)
        return true
      }
      collections.append(joined)
    }
    let expected = collections.map { ordered($0.languages) }
    return files.map { files in
      collections.firstIndex { $0.files.isSuperset(of: files) }.map { expected[$0] } ?? []
    }
  }

  /// English first, the others by name.
  static func ordered(_ languages: some Sequence<String>) -> [String] {
    languages.sorted { ($0 == "en" ? 0 : 1, $0) < ($1 == "en" ? 0 : 1, $1) }
  }

  /// The groups that lack a language which another group of the same collection has.
  public var incomplete: [(id: String, expected: [String], missing: [String])] {
    zip(groups, expected).compactMap { group, expected in
      let missing = expected.filter { group.members[$0] == nil }
      return missing.isEmpty ? nil : (group.id, expected, missing)
    }
  }

  /// What `incomplete` amounts to as an error that names the first group and counts the others; nil when none is.
  public func missingLanguages(place: String) -> EvaluationError? {
    let incomplete = incomplete
    return incomplete.first.map {
      .missingLanguages(
        place: place, id: $0.id, expected: $0.expected, missing: $0.missing, others: incomplete.count - 1)
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
