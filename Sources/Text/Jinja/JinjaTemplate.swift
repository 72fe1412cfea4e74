import Files

/// A chat template in Jinja, as models carry it.
///
/// The constructs that published templates use, rendered as transformers renders them (trim_blocks, lstrip_blocks,
/// `{% generation %}`): an unsupported one is named.
public struct JinjaTemplate: Sendable {
  /// A rendered conversation.
  public struct Rendering: Equatable, Sendable {
    /// Pieces in order; `isGeneration` where `{% generation %}` marks what an assistant says.
    public var pieces: [(text: String, isGeneration: Bool)]
    public var text: String { pieces.map(\.text).joined() }

    public static func == (a: Rendering, b: Rendering) -> Bool {
      a.pieces.elementsEqual(b.pieces) { $0.text == $1.text && $0.isGeneration == $1.isGeneration }
    }
  }

  private let nodes: [JinjaNode]

  /// - Throws: `JinjaError.syntax` or `.unsupported`.
  public init(_ source: String) throws(JinjaError) {
    nodes = try JinjaParser.nodes(source)
  }

  /// Renders with `variables`: `messages`, `add_generation_prompt`, `bos_token` and what else the template asks for.
  ///
  /// - Throws: `JinjaError`.
  public func render(_ variables: [String: JSONValue]) throws(JinjaError) -> Rendering {
    var run = JinjaRun(variables: variables.mapValues(JinjaValue.init))
    try run.run(nodes)
    return Rendering(pieces: run.pieces)
  }
}

/// One rendering: its names, and what it wrote.
struct JinjaRun {
  private var scopes: [[String: JinjaValue]]
  private(set) var pieces: [(text: String, isGeneration: Bool)] = []
  private var isGeneration = false
  private var steps = 0
  /// More nodes than any conversation takes: a template must end.
  private static let mostSteps = 5_000_000
  private static let longestRange = 100_000
  /// Levels of lists in lists: more than JSON may have.
  private static let deepestValue = 200

  private enum Flow { case goesOn, breaks, continues }

  init(variables: [String: JinjaValue]) { scopes = [variables] }

  // MARK: Nodes

  mutating func run(_ nodes: [JinjaNode]) throws(JinjaError) { _ = try flow(nodes) }

  private mutating func flow(_ nodes: [JinjaNode]) throws(JinjaError) -> Flow {
    for node in nodes {
      let flow = try self.flow(node)
      if flow != .goesOn { return flow }
    }
    return .goesOn
  }

  private mutating func flow(_ node: JinjaNode) throws(JinjaError) -> Flow {
    try count()
    switch node {
    case .text(let text): try write(text)
    case .output(let expression): try write(try value(expression).text)
    case .set(.name(let name), let expression, _): scopes[scopes.count - 1][name] = try value(expression)
    case .set(.attribute(let name, let attribute), let expression, let line):
      guard case .namespace(let namespace) = lookup(name) else {
        throw .wrongValue(line: line, expected: "a namespace named \(name)", found: lookup(name).kind)
      }
      let assigned = try value(expression)
      try charge(assigned, depth: 1, line: line)
      namespace[attribute] = assigned
    case .setBlock(let name, let body):
      let outer = pieces
      pieces = []
      _ = try flow(body)
      let text = pieces.map(\.text).joined()
      try charge(.string(text), line: 0)
      pieces = outer
      scopes[scopes.count - 1][name] = .string(text)
    case .branches(let branches):
      for (test, body) in branches {
        if let test, try !value(test).isTrue { continue }
        return try flow(body)
      }
    case .loop(let names, let list, let test, let body, let otherwise, let line):
      try loop(names, list, test, body, otherwise, line)
    case .generation(let body):
      let outer = isGeneration
      isGeneration = true
      let flow = try flow(body)
      isGeneration = outer
      return flow
    case .breakLoop: return .breaks
    case .continueLoop: return .continues
    }
    return .goesOn
  }

  private mutating func write(_ text: String) throws(JinjaError) {
    guard !text.isEmpty else { return }
    try count(text.utf8.count / 64)
    if let last = pieces.last, last.isGeneration == isGeneration {
      pieces[pieces.count - 1].text += text
    } else {
      pieces.append((text, isGeneration))
    }
  }

  private mutating func loop(
    _ names: [String], _ list: JinjaExpression, _ test: JinjaExpression?, _ body: [JinjaNode],
    _ otherwise: [JinjaNode], _ line: Int
  ) throws(JinjaError) {
    var items = try elements(try value(list), line: line)
    scopes.append([:])
    defer { scopes.removeLast() }
    if let test {
      var kept: [JinjaValue] = []
      for item in items {
        try bind(names, item, line)
        if try value(test).isTrue { kept.append(item) }
      }
      items = kept
    }
    guard !items.isEmpty else {
      _ = try flow(otherwise)
      return
    }
    for (index, item) in items.enumerated() {
      scopes[scopes.count - 1] = [:]
      try bind(names, item, line)
      scopes[scopes.count - 1]["loop"] = .map([
        ("index", .int(index + 1)), ("index0", .int(index)), ("first", .bool(index == 0)),
        ("last", .bool(index + 1 == items.count)), ("length", .int(items.count)),
        ("revindex", .int(items.count - index)), ("revindex0", .int(items.count - index - 1)),
        ("previtem", index > 0 ? items[index - 1] : .undefined),
        ("nextitem", index + 1 < items.count ? items[index + 1] : .undefined),
      ])
      if try flow(body) == .breaks { break }
    }
  }

  private mutating func bind(_ names: [String], _ item: JinjaValue, _ line: Int) throws(JinjaError) {
    guard names.count > 1 else {
      scopes[scopes.count - 1][names[0]] = item
      return
    }
    guard case .list(let parts) = item, parts.count == names.count else {
      throw .wrongValue(line: line, expected: "\(names.count) values for each loop", found: item.kind)
    }
    for (name, part) in zip(names, parts) { scopes[scopes.count - 1][name] = part }
  }

  private mutating func count(_ amount: Int = 1) throws(JinjaError) {
    steps += amount
    guard steps <= Self.mostSteps else {
      throw .wrongValue(
        line: 0, expected: "a template that ends", found: "more than \(Self.mostSteps) steps")
    }
  }

  /// Counts a value that was made by its size, so that no template fills the memory, nor the stack by its depth.
  private mutating func charge(_ value: JinjaValue, depth: Int = 0, line: Int) throws(JinjaError) {
    guard depth <= Self.deepestValue else {
      throw .wrongValue(line: line, expected: "at most \(Self.deepestValue) levels of lists", found: "more")
    }
    switch value {
    case .string(let text): try count(1 + text.utf8.count / 64)
    case .list(let values):
      try count(1 + values.count)
      for value in values { try charge(value, depth: depth + 1, line: line) }
    case .map(let entries):
      try count(1 + entries.count)
      for entry in entries { try charge(entry.value, depth: depth + 1, line: line) }
    case .namespace where depth > 0:
      // They could hold each other, without end.
      throw .wrongValue(line: line, expected: "a value other than a namespace", found: value.kind)
    default: break
    }
  }

  private mutating func charged(_ value: JinjaValue) throws(JinjaError) -> JinjaValue {
    try charge(value, line: 0)
    return value
  }

  /// As `charged`, of a value whose parts were there before: they make it no deeper.
  private mutating func chargedFlat(_ value: JinjaValue) throws(JinjaError) -> JinjaValue {
    switch value {
    case .list(let values): try count(1 + values.count)
    case .map(let entries): try count(1 + entries.count)
    default: try charge(value, line: 0)
    }
    return value
  }

  private func lookup(_ name: String) -> JinjaValue {
    for scope in scopes.reversed() { if let value = scope[name] { return value } }
    return .undefined
  }

  private func elements(_ value: JinjaValue, line: Int) throws(JinjaError) -> [JinjaValue] {
    switch value {
    case .list(let values): return values
    case .map(let entries): return entries.map { .string($0.key) }
    case .string(let text): return try JinjaFunctions.characters(text, line: line)
    case .undefined: return []
    default: throw .wrongValue(line: line, expected: "a list", found: value.kind)
    }
  }

  // MARK: Expressions

  private mutating func value(_ expression: JinjaExpression) throws(JinjaError) -> JinjaValue {
    try count()
    switch expression {
    case .value(let value): return value
    case .name(let name, _): return lookup(name)
    case .list(let expressions):
      var values: [JinjaValue] = []
      for expression in expressions { values.append(try value(expression)) }
      return try charged(.list(values))
    case .map(let pairs):
      var entries: [(key: String, value: JinjaValue)] = []
      for pair in pairs { entries.append((try value(pair.key).text, try value(pair.value))) }
      return try charged(.map(entries))
    case .attribute(let object, let name, let line): return try member(try value(object), name, line)
    case .index(let object, let index, let line):
      return try element(try value(object), try value(index), line)
    case .slice(let object, let start, let end, let step, let line):
      let slice = try slice(
        try value(object), try bound(start, line: line), try bound(end, line: line),
        try bound(step, line: line), line)
      return try chargedFlat(slice)
    case .call(let callee, let arguments, let line):
      return try chargedFlat(try call(callee, arguments, line))
    case .filter(let object, let name, let arguments, let line):
      return try chargedFlat(
        try JinjaFunctions.filter(name, try value(object), try values(arguments), line: line))
    case .test(let object, let name, let arguments, let isNegated, let line):
      let holds = try JinjaFunctions.test(name, try value(object), try values(arguments).places, line: line)
      return .bool(holds != isNegated)
    case .unary("not", let operand, _): return .bool(try !value(operand).isTrue)
    case .unary(let sign, let operand, let line):
      switch try value(operand) {
      case .int(let number): return .int(sign == "-" ? 0 &- number : number)
      case .double(let number): return .double(sign == "-" ? -number : number)
      case let other: throw .wrongValue(line: line, expected: "a number after \(sign)", found: other.kind)
      }
    case .binary("or", let left, let right, _):
      let first = try value(left)
      return first.isTrue ? first : try value(right)
    case .binary("and", let left, let right, _):
      let first = try value(left)
      return first.isTrue ? try value(right) : first
    case .binary(let sign, let left, let right, let line):
      return try chargedFlat(
        try JinjaFunctions.binary(sign, try value(left), try value(right), line: line))
    case .conditional(let first, let test, let otherwise):
      if try value(test).isTrue { return try value(first) }
      return try otherwise.map { (other) throws(JinjaError) in try value(other) } ?? .undefined
    }
  }

  /// A bound of a slice; nil where it is left out.
  private mutating func bound(_ expression: JinjaExpression?, line: Int) throws(JinjaError) -> Int? {
    guard let expression else { return nil }
    let bound = try value(expression)
    guard case .int(let number) = bound else {
      throw .wrongValue(line: line, expected: "a whole number", found: bound.kind)
    }
    return number
  }

  private mutating func values(_ arguments: [JinjaArgument]) throws(JinjaError) -> JinjaArguments {
    var result = JinjaArguments()
    for argument in arguments {
      let value = try value(argument.value)
      if let name = argument.name { result.names[name] = value } else { result.places.append(value) }
    }
    return result
  }

  private func member(_ object: JinjaValue, _ name: String, _ line: Int) throws(JinjaError) -> JinjaValue {
    switch object {
    case .map(let entries): return entries.last { $0.key == name }?.value ?? .undefined
    case .namespace(let namespace): return namespace[name] ?? .undefined
    case .undefined: throw .wrongValue(line: line, expected: "something with .\(name)", found: "undefined")
    default: return .undefined
    }
  }

  private func element(_ object: JinjaValue, _ index: JinjaValue, _ line: Int) throws(JinjaError)
    -> JinjaValue
  {
    if case .string(let key) = index { return try member(object, key, line) }
    guard case .int(let place) = index else {
      throw .wrongValue(line: line, expected: "a whole number or a key in [ ]", found: index.kind)
    }
    if case .undefined = object { throw .wrongValue(line: line, expected: "a list", found: "undefined") }
    let items = try elements(object, line: line)
    let at = place < 0 ? place &+ items.count : place
    return items.indices.contains(at) ? items[at] : .undefined
  }

  private func slice(
    _ object: JinjaValue, _ start: Int?, _ end: Int?, _ step: Int?, _ line: Int
  ) throws(JinjaError) -> JinjaValue {
    let items = try elements(object, line: line)
    let step = step ?? 1
    guard step != 0 else { throw .wrongValue(line: line, expected: "a step other than 0", found: "0") }
    func bound(_ place: Int?, _ fallback: Int) -> Int {
      guard let place else { return fallback }
      let at = place < 0 ? place &+ items.count : place
      return step > 0 ? min(max(at, 0), items.count) : min(max(at, -1), items.count - 1)
    }
    let first = bound(start, step > 0 ? 0 : items.count - 1), last = bound(end, step > 0 ? items.count : -1)
    let stride = step.magnitude > UInt(items.count) ? (step > 0 ? items.count + 1 : -items.count - 1) : step
    let chosen = Swift.stride(from: first, to: last, by: stride).map { items[$0] }
    if case .string = object { return .string(chosen.map(\.text).joined()) }
    return .list(chosen)
  }

  private mutating func call(
    _ callee: JinjaExpression, _ arguments: [JinjaArgument], _ line: Int
  ) throws(JinjaError) -> JinjaValue {
    let given = try values(arguments)
    switch callee {
    case .name("namespace", _):
      for value in given.names.values { try charge(value, depth: 1, line: line) }
      return .namespace(JinjaNamespace(given.names))
    case .name("dict", _):
      return try charged(.map(given.names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    case .name("raise_exception", _): throw .raised(line: line, message: given.places.first?.text ?? "")
    case .name("range", _):
      var bounds: [Int] = []
      for value in given.places {
        guard case .int(let number) = value else {
          throw .wrongValue(line: line, expected: "whole numbers for range", found: value.kind)
        }
        bounds.append(number)
      }
      guard (1...3).contains(bounds.count), bounds.count < 3 || bounds[2] != 0 else {
        throw .wrongValue(
          line: line, expected: "range(stop), range(start, stop) or with a step", found: "others")
      }
      let (first, last) = bounds.count == 1 ? (0, bounds[0]) : (bounds[0], bounds[1])
      let numbers = stride(from: first, to: last, by: bounds.count == 3 ? bounds[2] : 1)
      var values: [JinjaValue] = []
      for number in numbers {
        values.append(.int(number))
        guard values.count <= Self.longestRange else {
          throw .wrongValue(line: line, expected: "at most \(Self.longestRange) numbers", found: "more")
        }
      }
      return .list(values)
    case .attribute(let object, let name, _):
      return try JinjaFunctions.method(name, of: try value(object), given, line: line)
    case .name(let name, _): throw .unsupported(line: line, construct: "\(name)()")
    default: throw .unsupported(line: line, construct: "a call of this kind")
    }
  }
}

/// Arguments by place and by name.
struct JinjaArguments {
  var places: [JinjaValue] = []
  var names: [String: JinjaValue] = [:]

  func value(_ place: Int, _ name: String) -> JinjaValue? {
    names[name] ?? (places.indices.contains(place) ? places[place] : nil)
  }
}
