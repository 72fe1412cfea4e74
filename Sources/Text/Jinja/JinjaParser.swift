/// Builds the parsed form by recursive descent, with Jinja's precedences.
struct JinjaParser {
  private let pieces: [JinjaLexer.Piece]
  private var next = 0
  private var tokens: [(token: JinjaLexer.Token, line: Int)] = []
  private var place = 0
  private var line = 1
  private var depth = 0
  /// Deeper expressions than any template has, fewer levels than the stack.
  private static let deepest = 100
  /// Operators of this tag so far: a chain of them is as deep as it is long.
  private var links = 0
  private static let mostLinks = 1_000

  /// - Throws: `JinjaError`.
  static func nodes(_ template: String) throws(JinjaError) -> [JinjaNode] {
    var parser = JinjaParser(pieces: try JinjaLexer.pieces(template))
    let (nodes, end) = try parser.block(until: [])
    if let end { throw .syntax(line: parser.line, expected: "the end", found: end) }
    return nodes
  }

  private init(pieces: [JinjaLexer.Piece]) { self.pieces = pieces }

  // MARK: Statements

  /// Nodes up to a statement that begins with one of `ends`, whose name is returned and consumed.
  private mutating func block(until ends: Set<String>) throws(JinjaError) -> (
    nodes: [JinjaNode], end: String?
  ) {
    try enter()
    defer { depth -= 1 }
    var nodes: [JinjaNode] = []
    while next < pieces.count {
      let piece = pieces[next]
      next += 1
      switch piece {
      case .text(let text): nodes.append(.text(text))
      case .expression(let tokens, let line):
        begin(tokens, line)
        nodes.append(.output(try expression()))
        try finish()
      case .statement(let tokens, let line):
        begin(tokens, line)
        let name = try name("a statement")
        if ends.contains(name) { return (nodes, name) }
        nodes.append(try statement(name))
      }
    }
    guard ends.isEmpty else {
      throw .syntax(line: line, expected: ends.sorted().joined(separator: " or "), found: "the end")
    }
    return (nodes, nil)
  }

  private mutating func statement(_ name: String) throws(JinjaError) -> JinjaNode {
    switch name {
    case "if": return try branches()
    case "for": return try loop()
    case "set": return try set()
    case "generation":
      try finish()
      let body = try block(until: ["endgeneration"]).nodes
      try finish()
      return .generation(body)
    case "break", "continue":
      try finish()
      return name == "break" ? .breakLoop : .continueLoop
    case "macro", "call", "include", "import", "from", "extends", "block", "filter", "raw", "with",
      "autoescape":
      throw .unsupported(line: line, construct: "{% \(name) %}")
    default: throw .syntax(line: line, expected: "a statement", found: name)
    }
  }

  private mutating func branches() throws(JinjaError) -> JinjaNode {
    var branches: [(test: JinjaExpression?, body: [JinjaNode])] = []
    var test: JinjaExpression? = try expression()
    while true {
      try finish()
      let (body, end) = try block(until: test == nil ? ["endif"] : ["elif", "else", "endif"])
      branches.append((test, body))
      switch end {
      case "elif": test = try expression()
      case "else": test = nil
      default:
        try finish()
        return .branches(branches)
      }
    }
  }

  private mutating func loop() throws(JinjaError) -> JinjaNode {
    let start = line
    var names = [try name("a loop variable")]
    while accept(",") { names.append(try name("a loop variable")) }
    guard acceptName("in") else { throw .syntax(line: line, expected: "in", found: found) }
    let list = try or()
    let test = acceptName("if") ? try or() : nil
    try finish()
    let (body, end) = try block(until: ["else", "endfor"])
    try finish()
    var otherwise: [JinjaNode] = []
    if end == "else" {
      otherwise = try block(until: ["endfor"]).nodes
      try finish()
    }
    return .loop(names: names, list, test: test, body: body, otherwise: otherwise, line: start)
  }

  private mutating func set() throws(JinjaError) -> JinjaNode {
    let start = line
    let target = try name("a name")
    if place == tokens.count {
      let body = try block(until: ["endset"]).nodes
      try finish()
      return .setBlock(name: target, body)
    }
    let attribute = accept(".") ? try name("an attribute") : nil
    try expect("=")
    let value = try expression()
    try finish()
    return .set(target: attribute.map { .attribute(of: target, $0) } ?? .name(target), value, line: start)
  }

  // MARK: Expressions, the loosest binding first

  private mutating func expression() throws(JinjaError) -> JinjaExpression {
    try enter()
    defer { depth -= 1 }
    let value = try or()
    guard acceptName("if") else { return value }
    let test = try or()
    return .conditional(value, test: test, otherwise: acceptName("else") ? try expression() : nil)
  }

  private mutating func or() throws(JinjaError) -> JinjaExpression {
    try chain(["or"]) { (parser) throws(JinjaError) in try parser.and() }
  }

  private mutating func and() throws(JinjaError) -> JinjaExpression {
    try chain(["and"]) { (parser) throws(JinjaError) in try parser.not() }
  }

  private mutating func not() throws(JinjaError) -> JinjaExpression {
    try enter()
    defer { depth -= 1 }
    return acceptName("not") ? .unary("not", try not(), line: line) : try comparison()
  }

  private mutating func comparison() throws(JinjaError) -> JinjaExpression {
    var left = try sum()
    while true {
      if let sign = acceptSign(["==", "!=", "<=", ">=", "<", ">"]) {
        left = .binary(sign, left, try sum(), line: line)
      } else if acceptName("in") {
        left = .binary("in", left, try sum(), line: line)
      } else if isName("not"), place + 1 < tokens.count, tokens[place + 1].token == .name("in") {
        place += 2
        left = .unary("not", .binary("in", left, try sum(), line: line), line: line)
      } else {
        return left
      }
      try link()
    }
  }

  private mutating func sum() throws(JinjaError) -> JinjaExpression {
    try chain(["+", "-"]) { (parser) throws(JinjaError) in try parser.joined() }
  }

  private mutating func joined() throws(JinjaError) -> JinjaExpression {
    try chain(["~"]) { (parser) throws(JinjaError) in try parser.product() }
  }

  private mutating func product() throws(JinjaError) -> JinjaExpression {
    try chain(["*", "//", "/", "%"]) { (parser) throws(JinjaError) in try parser.unary() }
  }

  /// Operands between `signs`, or one word, which bind to the left.
  private mutating func chain(
    _ signs: [String], _ operand: (inout JinjaParser) throws(JinjaError) -> JinjaExpression
  ) throws(JinjaError) -> JinjaExpression {
    var left = try operand(&self)
    while let sign = acceptSign(signs) ?? (acceptName(signs[0]) ? signs[0] : nil) {
      try link()
      left = .binary(sign, left, try operand(&self), line: line)
    }
    return left
  }

  private mutating func unary() throws(JinjaError) -> JinjaExpression {
    try enter()
    defer { depth -= 1 }
    if let sign = acceptSign(["-", "+"]) { return .unary(sign, try unary(), line: line) }
    return try postfix(try primary())
  }

  private mutating func postfix(_ start: JinjaExpression) throws(JinjaError) -> JinjaExpression {
    var value = start
    while true {
      if accept(".") {
        value = .attribute(value, try name("an attribute"), line: line)
      } else if accept("[") {
        value = try subscripted(value)
      } else if accept("(") {
        value = .call(value, try arguments(), line: line)
      } else if accept("|") {
        let filter = try name("a filter")
        value = .filter(value, filter, accept("(") ? try arguments() : [], line: line)
      } else if acceptName("is") {
        let isNegated = acceptName("not")
        let test = try name("a test")
        var arguments: [JinjaArgument] = []
        if accept("(") {
          arguments = try self.arguments()
        } else if ["equalto", "eq", "ne", "in", "divisibleby", "sameas"].contains(test) {
          arguments = [JinjaArgument(name: nil, value: try primary())]
        }
        value = .test(value, test, arguments, isNegated: isNegated, line: line)
      } else {
        return value
      }
      try link()
    }
  }

  private mutating func subscripted(_ value: JinjaExpression) throws(JinjaError) -> JinjaExpression {
    var parts: [JinjaExpression?] = [nil]
    var isSlice = false
    while !accept("]") {
      if accept(":") {
        isSlice = true
        parts.append(nil)
      } else {
        parts[parts.count - 1] = try expression()
      }
    }
    if isSlice {
      guard parts.count <= 3 else { throw .syntax(line: line, expected: "at most two colons", found: "more") }
      return .slice(
        value, start: parts[0], end: parts[1], step: parts.count == 3 ? parts[2] : nil, line: line)
    }
    guard let index = parts[0] else { throw .syntax(line: line, expected: "an index", found: "]") }
    return .index(value, index, line: line)
  }

  private mutating func arguments() throws(JinjaError) -> [JinjaArgument] {
    var arguments: [JinjaArgument] = []
    while !accept(")") {
      var label: String?
      if place + 1 < tokens.count, case .name(let name) = tokens[place].token,
        tokens[place + 1].token == .sign("=")
      {
        label = name
        place += 2
      }
      arguments.append(JinjaArgument(name: label, value: try expression()))
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return arguments
  }

  private mutating func primary() throws(JinjaError) -> JinjaExpression {
    guard place < tokens.count else { throw .syntax(line: line, expected: "an expression", found: "the end") }
    let token = tokens[place].token
    line = tokens[place].line
    place += 1
    switch token {
    case .string(var text):
      while place < tokens.count, case .string(let more) = tokens[place].token {
        text += more
        place += 1
      }
      return .value(.string(text))
    case .int(let value): return .value(.int(value))
    case .double(let value): return .value(.double(value))
    case .name("true"), .name("True"): return .value(.bool(true))
    case .name("false"), .name("False"): return .value(.bool(false))
    case .name("none"), .name("None"): return .value(.none)
    case .name(let name): return .name(name, line: line)
    case .sign("("):
      var values = [try expression()]
      var isTuple = false
      while accept(",") {
        isTuple = true
        if accept(")") { return .list(values) }
        values.append(try expression())
      }
      try expect(")")
      return isTuple ? .list(values) : values[0]
    case .sign("["):
      var values: [JinjaExpression] = []
      while !accept("]") {
        values.append(try expression())
        if !accept(",") {
          try expect("]")
          break
        }
      }
      return .list(values)
    case .sign("{"):
      var entries: [(key: JinjaExpression, value: JinjaExpression)] = []
      while !accept("}") {
        let key = try expression()
        try expect(":")
        entries.append((key, try expression()))
        if !accept(",") {
          try expect("}")
          break
        }
      }
      return .map(entries)
    case .sign(let sign): throw .syntax(line: line, expected: "an expression", found: sign)
    }
  }

  // MARK: Tokens

  private mutating func enter() throws(JinjaError) {
    depth += 1
    guard depth <= Self.deepest else {
      throw .syntax(line: line, expected: "at most \(Self.deepest) levels", found: "deeper ones")
    }
  }

  private mutating func link() throws(JinjaError) {
    links += 1
    guard links <= Self.mostLinks else {
      throw .syntax(line: line, expected: "at most \(Self.mostLinks) operators in a tag", found: "more")
    }
  }

  private mutating func begin(_ tokens: [(token: JinjaLexer.Token, line: Int)], _ line: Int) {
    self.tokens = tokens
    self.line = line
    place = 0
    links = 0
  }

  private mutating func finish() throws(JinjaError) {
    guard place == tokens.count else {
      throw .syntax(line: line, expected: "the end of the tag", found: found)
    }
  }

  private var found: String {
    guard place < tokens.count else { return "the end" }
    return switch tokens[place].token {
    case .name(let name): name
    case .string(let text): "'\(text.prefix(20))'"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .sign(let sign): sign
    }
  }

  private mutating func name(_ expected: String) throws(JinjaError) -> String {
    guard place < tokens.count, case .name(let name) = tokens[place].token else {
      throw .syntax(line: line, expected: expected, found: found)
    }
    line = tokens[place].line
    place += 1
    return name
  }

  private func isName(_ name: String) -> Bool { place < tokens.count && tokens[place].token == .name(name) }

  private mutating func acceptName(_ name: String) -> Bool {
    guard isName(name) else { return false }
    place += 1
    return true
  }

  private mutating func accept(_ sign: String) -> Bool { acceptSign([sign]) != nil }

  private mutating func acceptSign(_ signs: [String]) -> String? {
    guard place < tokens.count, case .sign(let sign) = tokens[place].token, signs.contains(sign) else {
      return nil
    }
    place += 1
    return sign
  }

  private mutating func expect(_ sign: String) throws(JinjaError) {
    guard accept(sign) else { throw .syntax(line: line, expected: sign, found: found) }
  }
}
