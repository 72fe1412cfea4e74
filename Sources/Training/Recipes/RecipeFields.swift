/// A value that a recipe can hold.
package protocol RecipeValue: Sendable {
  /// What an error says was expected: "a whole number", "true or false".
  static var expectation: String { get }
  /// Nil when the node is of another type; deeper problems are left in `problems`.
  static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Self?
  /// The value as the resolved recipe prints it.
  var node: RecipeNode { get }
}

/// A mapping with known keys. Each key is named once, in `visit`, which serves reading, printing and the list of known keys.
package protocol RecipeSection: RecipeValue {
  init()
  mutating func visit(_ fields: inout RecipeFields)
}

extension RecipeSection {
  package static var expectation: String { "a mapping" }

  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Self? {
    guard case .mapping(let entries) = node.content else {
      if node.isNull { return Self() }
      return nil
    }
    var section = Self()
    var fields = RecipeFields(reading: entries, path: path, place: node.place)
    section.visit(&fields)
    problems += fields.finish()
    return section
  }

  package var node: RecipeNode { wholeNode }

  /// Every key with its value.
  var wholeNode: RecipeNode {
    var copy = self
    var fields = RecipeFields(writing: ())
    copy.visit(&fields)
    return RecipeNode(.mapping(fields.written))
  }

  /// The keys of the section.
  package static var keys: [String] {
    var section = Self()
    var fields = RecipeFields(writing: ())
    section.visit(&fields)
    return fields.known
  }
}

/// Walks over the keys of a section, either filling its values from a mapping or collecting them for print.
package struct RecipeFields {
  package private(set) var known: [String] = []
  package private(set) var written: [RecipeNode.Entry] = []
  private var entries: [RecipeNode.Entry]
  private let isReading: Bool
  private let path: String
  private let place: String
  private var problems: [RecipeError] = []

  init(reading entries: [RecipeNode.Entry], path: String, place: String) {
    self.entries = entries
    self.path = path
    self.place = place
    isReading = true
  }

  init(writing: Void) {
    entries = []
    path = ""
    place = ""
    isReading = false
  }

  private func pathOf(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private mutating func value<V: RecipeValue>(_ key: String, as type: V.Type) -> V? {
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    let before = problems.count
    if let value = V.read(entry.value, path: pathOf(key), problems: &problems) { return value }
    if problems.count == before {
      problems.append(
        RecipeError(
          place: entry.value.place, expected: "\(V.expectation) for \(pathOf(key))",
          found: entry.value.summary,
          nextStep: "change the value"))
    }
    return nil
  }

  /// A key with a default.
  package mutating func field<V: RecipeValue>(_ key: String, _ target: inout V) {
    known.append(key)
    if isReading {
      if let value = value(key, as: V.self) { target = value }
    } else {
      written.append(.init(key: key, keyPlace: "", value: target.node))
    }
  }

  /// A key that may be absent; `null` is absent.
  package mutating func field<V: RecipeValue>(_ key: String, _ target: inout V?) {
    known.append(key)
    if isReading {
      if let entry = entries.first(where: { $0.key == key }), entry.value.isNull { return }
      if let value = value(key, as: V.self) { target = value }
    } else if let target {
      written.append(.init(key: key, keyPlace: "", value: target.node))
    }
  }

  /// Reads a key under another spelling too.
  package mutating func spell(_ key: String, also other: String) {
    guard !entries.contains(where: { $0.key == key }) else { return }
    for index in entries.indices where entries[index].key == other { entries[index].key = key }
  }

  /// Reports a value that is of the right type and still wrong.
  ///
  /// - Parameter isSecret: the value may be a key, which no message shows.
  package mutating func require(
    _ condition: Bool, _ key: String, expected: String, isSecret: Bool = false
  ) {
    guard isReading, !condition else { return }
    let entry = entries.first { $0.key == key }
    problems.append(
      RecipeError(
        place: entry?.value.place ?? place, expected: "\(pathOf(key)) \(expected)",
        found: entry.map { isSecret ? "another text, not shown here" : $0.value.summary } ?? "no such key",
        nextStep: "set \(pathOf(key))"))
  }

  /// The unknown keys first: a mistyped key explains a missing one.
  fileprivate func finish() -> [RecipeError] {
    let unknown = entries.filter { !known.contains($0.key) }.map { entry in
      let suggestion = nearest(entry.key, among: known)
      return RecipeError(
        place: entry.keyPlace,
        expected: path.isEmpty ? "a key of a recipe" : "a key of \(path)", found: "\(entry.key)",
        nextStep: suggestion.map { "did you mean \($0)?" } ?? "known keys: \(known.joined(separator: ", "))")
    }
    return unknown + problems
  }
}
