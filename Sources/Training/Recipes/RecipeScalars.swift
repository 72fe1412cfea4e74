extension RecipeNode {
  /// The unquoted scalar, or any scalar where quoting does not matter.
  fileprivate func scalar(quotedToo: Bool = false) -> String? {
    guard case .scalar(let text, let isQuoted) = content, quotedToo || !isQuoted else { return nil }
    return text
  }

  fileprivate static func plain(_ text: String) -> RecipeNode { RecipeNode(.scalar(text, isQuoted: false)) }
}

extension Int: RecipeValue {
  package static var expectation: String { "a whole number" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Int? {
    guard let text = node.scalar()?.replacing("_", with: "") else { return nil }
    return Int(text)
  }
  package var node: RecipeNode { .plain("\(self)") }
}

extension UInt64: RecipeValue {
  package static var expectation: String { "a whole number, zero or more" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> UInt64? {
    guard let text = node.scalar()?.replacing("_", with: "") else { return nil }
    return UInt64(text)
  }
  package var node: RecipeNode { .plain("\(self)") }
}

extension Double: RecipeValue {
  package static var expectation: String { "a finite number" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Double? {
    guard let text = node.scalar()?.replacing("_", with: ""), let value = Double(text), value.isFinite else {
      return nil
    }
    return value
  }
  package var node: RecipeNode { .plain("\(self)") }
}

extension Bool: RecipeValue {
  package static var expectation: String { "true or false" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Bool? {
    switch node.scalar()?.lowercased() {
    case "true", "yes", "on": true
    case "false", "no", "off": false
    default: nil
    }
  }
  package var node: RecipeNode { .plain(self ? "true" : "false") }
}

extension String: RecipeValue {
  package static var expectation: String { "text" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> String? {
    node.isNull ? nil : node.scalar(quotedToo: true)
  }
  package var node: RecipeNode { RecipeNode(.scalar(self, isQuoted: true)) }
}

/// A list; a single value stands for a list of one.
extension Array: RecipeValue where Element: RecipeValue {
  package static var expectation: String { "a list, each item \(Element.expectation)" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> [Element]? {
    guard case .sequence(let items) = node.content else {
      return Element.read(node, path: path, problems: &problems).map { [$0] }
    }
    var values: [Element] = []
    for (index, item) in items.enumerated() {
      let before = problems.count
      if let value = Element.read(item, path: "\(path)[\(index)]", problems: &problems) {
        values.append(value)
      } else if problems.count == before {
        problems.append(
          RecipeError(
            place: item.place, expected: "\(Element.expectation) for \(path)[\(index)]", found: item.summary,
            nextStep: "change the item"))
      }
    }
    return values
  }
  package var node: RecipeNode { RecipeNode(.sequence(map(\.node))) }
}

/// A word out of a fixed set; a wrong one is answered with the nearest.
package protocol RecipeWord: RecipeValue, RawRepresentable<String>, CaseIterable {}

extension RecipeWord {
  package static var expectation: String { "one of \(allCases.map(\.rawValue).joined(separator: ", "))" }
  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Self? {
    guard let text = node.scalar(quotedToo: true) else { return nil }
    if let value = Self(rawValue: text) { return value }
    let suggestion = nearest(text, among: allCases.map(\.rawValue))
    problems.append(
      RecipeError(
        place: node.place, expected: "\(expectation) for \(path)", found: text,
        nextStep: suggestion.map { "did you mean \($0)?" } ?? "choose one of them"))
    return nil
  }
  package var node: RecipeNode { RecipeNode(.scalar(rawValue, isQuoted: false)) }
}
