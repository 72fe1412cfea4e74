import Yams

/// A recipe as it was written: the YAML tree with the line of every key and value.
///
/// Overrides and aliases edit this tree before it is read into typed settings, so that an error always names the place
/// that a person can change.
package struct RecipeNode: Sendable, Equatable {
  package indirect enum Content: Sendable, Equatable {
    case scalar(String, isQuoted: Bool)
    case sequence([RecipeNode])
    case mapping([Entry])
  }

  package struct Entry: Sendable, Equatable {
    package var key: String
    package var keyPlace: String
    package var value: RecipeNode
  }

  package var content: Content
  /// `file:line`, or `--set key`.
  package var place: String

  package init(_ content: Content, place: String = "") {
    self.content = content
    self.place = place
  }

  /// More than any recipe has: aliases of aliases make a few lines endless.
  private static let mostNodes = 100_000

  /// Parses YAML; an anchor's alias is copied, a duplicate key is an error.
  package static func parse(_ text: String, file: String) throws -> RecipeNode {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        return RecipeNode(.mapping([]), place: "\(file):1")
      }
      var count = 0
      return try convert(node, file: file, &count)
    } catch let error as YamlError {
      throw RecipeError(syntax: error, file: file)
    }
  }

  private static func convert(_ node: Node, file: String, _ count: inout Int) throws -> RecipeNode {
    let place = "\(file):\(node.mark?.line ?? 1)"
    count += 1
    guard count <= mostNodes else {
      throw RecipeError(
        place: place, expected: "at most \(mostNodes) values, those of aliases counted", found: "more",
        nextStep: "write what the aliases stand for once")
    }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      return RecipeNode(.scalar(scalar.string, isQuoted: isQuoted), place: place)
    case .sequence(let sequence):
      return RecipeNode(.sequence(try sequence.map { try convert($0, file: file, &count) }), place: place)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        Entry(
          key: key.scalar?.string ?? "?", keyPlace: "\(file):\(key.mark?.line ?? 1)",
          value: try convert(value, file: file, &count))
      }
      return RecipeNode(.mapping(entries), place: place)
    case .alias:
      return RecipeNode(.scalar("", isQuoted: false), place: place)
    }
  }

  package subscript(key: String) -> RecipeNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// What a person wrote, for the "found" part of an error.
  package var summary: String {
    switch content {
    case .scalar(let text, let isQuoted):
      isQuoted ? "the text \"\(text)\"" : (text.isEmpty ? "nothing" : text)
    case .sequence(let items): "a list of \(items.count)"
    case .mapping(let entries): "a mapping with \(entries.map(\.key).joined(separator: ", "))"
    }
  }

  /// Whether the value is absent in YAML's sense (`key:`, `null`, `~`).
  package var isNull: Bool {
    if case .scalar(let text, false) = content { return ["", "null", "~", "Null", "NULL"].contains(text) }
    return false
  }

  /// What stands at a path of keys; nil where there is nothing.
  package func value(at path: ArraySlice<String>) -> RecipeNode? {
    guard let key = path.first else { return self }
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value.value(at: path.dropFirst())
  }

  /// Sets the value at a dotted path, making the mappings on the way; a number names an item of a list that is there.
  package mutating func set(_ path: ArraySlice<String>, to value: RecipeNode) {
    guard let key = path.first else {
      self = value
      return
    }
    if case .sequence(var items) = content, let index = Int(key), items.indices.contains(index) {
      items[index].set(path.dropFirst(), to: value)
      content = .sequence(items)
      return
    }
    var entries: [Entry] = []
    if case .mapping(let present) = content { entries = present }
    let index = entries.firstIndex { $0.key == key }
    var child = index.map { entries[$0].value } ?? RecipeNode(.mapping([]), place: value.place)
    child.set(path.dropFirst(), to: value)
    if let index {
      entries[index].value = child
    } else {
      entries.append(Entry(key: key, keyPlace: value.place, value: child))
    }
    content = .mapping(entries)
  }
}
