import Kernels

/// One way of putting a problem into words: a text with named places.
///
/// - `{key}` stands for a fact; `{key|을}` adds the Korean particle that fits what the fact ends with.
/// - `[[ … ]]` is left out unless the scenario has every fact named inside it.
/// - `<a|b|c>` is one of the alternatives, drawn at random.
public struct Phrasing: Sendable {
  public let source: String
  private let parts: [Part]

  private indirect enum Part: Sendable {
    case text(String)
    case fact(key: String, particle: String?)
    case optional([Part])
    case choice([[Part]])
  }

  public init(_ source: String) {
    self.source = source
    var rest = Substring(source)
    parts = Phrasing.parse(&rest, until: [])
  }

  /// The keys that must be present, outside optional clauses.
  public var requiredKeys: Set<String> { Phrasing.keys(of: parts, insideOptional: false) }
  public var allKeys: Set<String> { Phrasing.keys(of: parts, insideOptional: true) }

  /// The words of the frame without facts: what two problems of one phrasing share.
  public func render(_ facts: [String: String], using random: inout SeededRandom) -> String {
    var text = ""
    Phrasing.append(parts, facts, to: &text, using: &random)
    return text.split(separator: " ").joined(separator: " ")
  }

  private static func append(
    _ parts: [Part], _ facts: [String: String], to text: inout String, using random: inout SeededRandom
  ) {
    for part in parts {
      switch part {
      case .text(let piece): text += piece
      case .fact(let key, let particle):
        guard let fact = facts[key] else { preconditionFailure("phrasing names an unknown fact {\(key)}") }
        text += fact
        if let particle { text += KoreanParticle.form(particle, after: fact) ?? particle }
      case .optional(let inner):
        if keys(of: inner, insideOptional: true).isSubset(of: facts.keys) {
          append(inner, facts, to: &text, using: &random)
        }
      case .choice(let options): append(random.pick(options), facts, to: &text, using: &random)
      }
    }
  }

  private static func keys(of parts: [Part], insideOptional: Bool) -> Set<String> {
    parts.reduce(into: []) { keys, part in
      switch part {
      case .text: break
      case .fact(let key, _): keys.insert(key)
      case .optional(let inner):
        if insideOptional { keys.formUnion(self.keys(of: inner, insideOptional: true)) }
      case .choice(let options):
        for option in options { keys.formUnion(self.keys(of: option, insideOptional: insideOptional)) }
      }
    }
  }

  private static func parse(_ rest: inout Substring, until ends: [String]) -> [Part] {
    var parts: [Part] = []
    var literal = ""
    func flush() {
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = ""
    }
    while !rest.isEmpty, !ends.contains(where: { rest.hasPrefix($0) }) {
      if rest.hasPrefix("[[") {
        flush()
        rest.removeFirst(2)
        parts.append(.optional(parse(&rest, until: ["]]"])))
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("{") {
        flush()
        let inside = rest.dropFirst().prefix { $0 != "}" }
        rest = rest.dropFirst(inside.count + 2)
        let pieces = inside.split(separator: "|")
        parts.append(
          .fact(key: String(pieces.first ?? ""), particle: pieces.count > 1 ? String(pieces[1]) : nil))
      } else if rest.hasPrefix("<") {
        flush()
        rest.removeFirst()
        var options = [parse(&rest, until: ["|", ">"])]
        while rest.hasPrefix("|") {
          rest.removeFirst()
          options.append(parse(&rest, until: ["|", ">"]))
        }
        rest = rest.dropFirst()
        parts.append(.choice(options))
      } else {
        literal.append(rest.removeFirst())
      }
    }
    flush()
    return parts
  }
}
