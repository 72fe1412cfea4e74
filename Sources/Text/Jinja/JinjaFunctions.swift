/// Operators, filters, tests and methods, as Python and Jinja define them.
enum JinjaFunctions {
  static func binary(
    _ sign: String, _ a: JinjaValue, _ b: JinjaValue, line: Int
  ) throws(JinjaError) -> JinjaValue {
    switch (sign, a, b) {
    case ("==", _, _): return .bool(a == b)
    case ("!=", _, _): return .bool(a != b)
    case ("in", _, .string(let text)):
      guard case .string(let part) = a else { break }
      return .bool(part.isEmpty || text.contains(part))
    case ("in", _, .list(let values)): return .bool(values.contains(a))
    case ("in", .string(let key), .map(let entries)): return .bool(entries.contains { $0.key == key })
    case ("in", _, .undefined): return .bool(false)
    case ("~", _, _): return .string(a.text + b.text)
    case ("+", .string(let x), .string(let y)): return .string(x + y)
    case ("+", .list(let x), .list(let y)): return .list(x + y)
    case ("<", .string(let x), .string(let y)): return .bool(x < y)
    case (">", .string(let x), .string(let y)): return .bool(x > y)
    case (_, .int(let x), .int(let y)):
      if let value = try integers(sign, x, y, line: line) { return value }
    default: break
    }
    if let x = a.number, let y = b.number {
      switch sign {
      case "<": return .bool(x < y)
      case "<=": return .bool(x <= y)
      case ">": return .bool(x > y)
      case ">=": return .bool(x >= y)
      case "+": return .double(x + y)
      case "-": return .double(x - y)
      case "*": return .double(x * y)
      case "/" where y != 0: return .double(x / y)
      default: break
      }
    }
    throw .wrongValue(line: line, expected: "values that \(sign) joins", found: "\(a.kind) and \(b.kind)")
  }

  private static func integers(_ sign: String, _ x: Int, _ y: Int, line: Int) throws(JinjaError)
    -> JinjaValue?
  {
    let result: (partialValue: Int, overflow: Bool)
    switch sign {
    case "+": result = x.addingReportingOverflow(y)
    case "-": result = x.subtractingReportingOverflow(y)
    case "*": result = x.multipliedReportingOverflow(by: y)
    case "//", "%":
      guard y != 0 else { throw .wrongValue(line: line, expected: "a divisor other than 0", found: "0") }
      result = sign == "//" ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
      let adjusts = x % (y == -1 ? 1 : y) != 0 && (x < 0) != (y < 0)
      if adjusts { return .int(sign == "//" ? result.partialValue - 1 : result.partialValue + y) }
    default: return nil
    }
    guard !result.overflow else {
      throw .wrongValue(line: line, expected: "numbers of 64 bits", found: "larger ones")
    }
    return .int(result.partialValue)
  }

  // MARK: Limits

  /// Of a list that is made at once, before its size is counted.
  private static let mostItems = 1_000_000
  /// Bytes of a text that is made at once.
  private static let longestText = 1 << 28

  private static func tooMany(_ what: String, line: Int) -> JinjaError {
    .wrongValue(line: line, expected: "at most \(mostItems) \(what)", found: "more")
  }

  /// The characters of a text, each a text.
  static func characters(_ text: String, line: Int) throws(JinjaError) -> [JinjaValue] {
    guard text.utf8.count <= mostItems || text.count <= mostItems else {
      throw tooMany("characters", line: line)
    }
    return text.map { .string(String($0)) }
  }

  private static func require(_ count: Int, times length: Int, line: Int) throws(JinjaError) {
    let size = count.multipliedReportingOverflow(by: length)
    guard !size.overflow, size.partialValue <= longestText else {
      throw .wrongValue(line: line, expected: "a text of at most \(longestText) bytes", found: "a longer one")
    }
  }

  private static func replacing(
    _ old: JinjaValue, with new: JinjaValue, in text: String, line: Int
  ) throws(JinjaError) -> String {
    let (old, new) = (old.text, new.text)
    try require(text.utf8.count / max(1, old.utf8.count) + 1, times: new.utf8.count, line: line)
    return text.replacing(old, with: new)
  }

  // MARK: Filters

  static func filter(
    _ name: String, _ value: JinjaValue, _ arguments: JinjaArguments, line: Int
  ) throws(JinjaError) -> JinjaValue {
    switch name {
    case "trim": return .string(trimmed(value.text, arguments.value(0, "chars"), left: true, right: true))
    case "upper": return .string(value.text.uppercased())
    case "lower": return .string(value.text.lowercased())
    case "capitalize": return .string(value.text.prefix(1).uppercased() + value.text.dropFirst().lowercased())
    case "string": return .string(value.text)
    case "safe", "e", "escape": return name == "safe" ? value : .string(value.text)
    case "length", "count":
      switch value {
      case .string(let text): return .int(text.unicodeScalars.count)
      case .list(let values): return .int(values.count)
      case .map(let entries): return .int(entries.count)
      case .undefined: return .int(0)
      default: throw .wrongValue(line: line, expected: "something with a length", found: value.kind)
      }
    case "tojson":
      guard case .int(let indent)? = arguments.value(0, "indent") else { return .string(value.json()) }
      return .string(value.json(indent: max(0, min(indent, 16))))
    case "default", "d":
      let byTruth = arguments.value(1, "boolean")?.isTrue ?? false
      if value == .undefined || (byTruth && !value.isTrue) {
        return arguments.value(0, "default_value") ?? .string("")
      }
      return value
    case "first", "last", "reverse", "list", "join":
      return try sequence(name, value, arguments, line: line)
    case "items":
      guard case .map(let entries) = value else { return .list([]) }
      return .list(entries.map { .list([.string($0.key), $0.value]) })
    case "int":
      return .int(value.number.flatMap { Int(exactly: $0.rounded(.towardZero)) } ?? Int(value.text) ?? 0)
    case "replace":
      guard let old = arguments.value(0, "old"), let new = arguments.value(1, "new") else { break }
      return .string(try replacing(old, with: new, in: value.text, line: line))
    default: throw .unsupported(line: line, construct: "the filter \(name)")
    }
    throw .wrongValue(line: line, expected: "the arguments of \(name)", found: "others")
  }

  private static func sequence(
    _ name: String, _ value: JinjaValue, _ arguments: JinjaArguments, line: Int
  ) throws(JinjaError) -> JinjaValue {
    let items: [JinjaValue]
    switch value {
    case .list(let values): items = values
    case .string(let text): items = try characters(text, line: line)
    case .map(let entries): items = entries.map { .string($0.key) }
    default: throw .wrongValue(line: line, expected: "a list before \(name)", found: value.kind)
    }
    switch name {
    case "first": return items.first ?? .undefined
    case "last": return items.last ?? .undefined
    case "list": return .list(items)
    case "join":
      let separator = arguments.value(0, "d")?.text ?? ""
      try require(items.count, times: separator.utf8.count, line: line)
      return .string(items.map(\.text).joined(separator: separator))
    default:
      if case .string(let text) = value { return .string(String(text.reversed())) }
      return .list(items.reversed())
    }
  }

  // MARK: Tests

  static func test(
    _ name: String, _ value: JinjaValue, _ arguments: [JinjaValue], line: Int
  ) throws(JinjaError) -> Bool {
    switch (name, value) {
    case ("defined", _): return value != .undefined
    case ("undefined", _): return value == .undefined
    case ("none", .none), ("string", .string), ("boolean", .bool), ("mapping", .map): return true
    case ("number", .int), ("number", .double), ("integer", .int), ("float", .double): return true
    case ("sequence", .list), ("sequence", .string), ("sequence", .map): return true
    case ("iterable", .list), ("iterable", .string), ("iterable", .map): return true
    case ("true", .bool(true)), ("false", .bool(false)): return true
    case ("equalto", _), ("eq", _), ("sameas", _): return arguments.first.map { $0 == value } ?? false
    case ("ne", _): return arguments.first.map { $0 != value } ?? false
    case ("odd", .int(let number)): return number % 2 != 0
    case ("even", .int(let number)): return number % 2 == 0
    case ("in", _):
      guard let list = arguments.first else { return false }
      return try binary("in", value, list, line: line).isTrue
    case ("none", _), ("string", _), ("boolean", _), ("mapping", _), ("number", _), ("integer", _),
      ("float", _),
      ("sequence", _), ("iterable", _), ("true", _), ("false", _), ("odd", _), ("even", _):
      return false
    default: throw .unsupported(line: line, construct: "the test \(name)")
    }
  }

  // MARK: Methods

  static func method(
    _ name: String, of value: JinjaValue, _ arguments: JinjaArguments, line: Int
  ) throws(JinjaError) -> JinjaValue {
    switch value {
    case .string(let text):
      let first = arguments.places.first
      switch name {
      case "strip": return .string(trimmed(text, first, left: true, right: true))
      case "lstrip": return .string(trimmed(text, first, left: true, right: false))
      case "rstrip": return .string(trimmed(text, first, left: false, right: true))
      case "upper": return .string(text.uppercased())
      case "lower": return .string(text.lowercased())
      case "title": return .string(text.capitalizedWords)
      case "startswith": return .bool(text.utf8.starts(with: (first?.text ?? "").utf8))
      case "endswith": return .bool(text.utf8.reversed().starts(with: (first?.text ?? "").utf8.reversed()))
      case "replace" where arguments.places.count >= 2:
        return .string(
          try replacing(arguments.places[0], with: arguments.places[1], in: text, line: line))
      case "split":
        guard let first, first != .none else {
          let parts = text.split(maxSplits: mostItems, whereSeparator: \.isWhitespace)
          guard parts.count <= mostItems else { throw tooMany("parts", line: line) }
          return .list(parts.map { .string(String($0)) })
        }
        guard !first.text.isEmpty else { break }
        var limit = mostItems
        if case .int(let most)? = arguments.value(1, "maxsplit"), most >= 0 { limit = min(most, limit) }
        let parts = text.split(separator: first.text, maxSplits: limit, omittingEmptySubsequences: false)
        guard parts.count <= mostItems else { throw tooMany("parts", line: line) }
        return .list(parts.map { .string(String($0)) })
      default: break
      }
    case .map(let entries):
      switch name {
      case "get":
        let key = arguments.places.first?.text ?? ""
        return entries.last { $0.key == key }?.value ?? arguments.value(1, "default") ?? .none
      case "items": return .list(entries.map { .list([.string($0.key), $0.value]) })
      case "keys": return .list(entries.map { .string($0.key) })
      case "values": return .list(entries.map(\.value))
      default: break
      }
    default: break
    }
    throw .unsupported(line: line, construct: "the method \(name) of \(value.kind)")
  }

  /// Without blanks, or without the given characters, at either end.
  private static func trimmed(_ text: String, _ characters: JinjaValue?, left: Bool, right: Bool) -> String {
    let set: Set<Unicode.Scalar>? = characters.flatMap { $0 == .none ? nil : Set($0.text.unicodeScalars) }
    func goes(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? scalar.properties.isWhitespace }
    var scalars = Substring(text).unicodeScalars
    if left { scalars = scalars.drop(while: goes) }
    if right { while let last = scalars.last, goes(last) { scalars.removeLast() } }
    return String(scalars)
  }
}

extension String {
  fileprivate var capitalizedWords: String {
    split(separator: " ", omittingEmptySubsequences: false)
      .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: " ")
  }
}
