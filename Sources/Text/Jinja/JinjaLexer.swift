/// Cuts a template into text, expressions and statements, and these into tokens.
struct JinjaLexer {
  enum Token: Equatable {
    case name(String)
    case string(String)
    case int(Int)
    case double(Double)
    /// `==`, `(`, `.` and the like.
    case sign(String)
  }

  enum Piece {
    case text(String)
    /// What stands between `{{` and `}}`.
    case expression([(token: Token, line: Int)], line: Int)
    /// What stands between `{%` and `%}`.
    case statement([(token: Token, line: Int)], line: Int)
  }

  private let source: [Character]
  private var position = 0
  private var line = 1

  /// - Throws: `JinjaError.syntax`.
  static func pieces(_ template: String) throws(JinjaError) -> [Piece] {
    // One line break at the end does not count, as in Jinja without keep_trailing_newline.
    var source = Array(template.replacing("\r\n", with: "\n"))
    if source.last == "\n" { source.removeLast() }
    var lexer = JinjaLexer(source: source)
    return try lexer.run()
  }

  private init(source: [Character]) { self.source = source }

  private mutating func run() throws(JinjaError) -> [Piece] {
    var pieces: [Piece] = []
    var text = ""
    // What the tag before took from the following text: all blanks (`-%}`), or one line break (trim_blocks).
    var trimsAll = false, trimsBreak = false
    func trimmedStart(_ text: String) -> String {
      if trimsAll { return String(text.drop(while: \.isWhitespace)) }
      return trimsBreak && text.first == "\n" ? String(text.dropFirst()) : text
    }
    while position < source.count {
      guard source[position] == "{", position + 1 < source.count, "{%#".contains(source[position + 1]) else {
        if source[position] == "\n" { line += 1 }
        text.append(source[position])
        position += 1
        continue
      }
      let kind = source[position + 1], start = line, tag = position
      position += 2
      var before = trimmedStart(text)
      if peek("-") {
        position += 1
        while before.last?.isWhitespace == true { before.removeLast() }
      } else if peek("+") {
        position += 1
      } else if kind != "{" {
        // lstrip_blocks: blanks between the line's start and a statement.
        if startsLine(at: tag) { while before.last == " " || before.last == "\t" { before.removeLast() } }
      }
      if !before.isEmpty { pieces.append(.text(before)) }
      text = ""
      let close: String
      switch kind {
      case "{":
        let tokens = try tokens(until: "}}")
        pieces.append(.expression(tokens, line: start))
        close = "}}"
      case "%":
        let tokens = try tokens(until: "%}")
        pieces.append(.statement(tokens, line: start))
        close = "%}"
      default:
        try skipComment()
        close = "#}"
      }
      trimsAll = source[position - 3] == "-"
      trimsBreak = close != "}}"
    }
    let rest = trimmedStart(text)
    if !rest.isEmpty { pieces.append(.text(rest)) }
    return pieces
  }

  /// Whether nothing but blanks stands between the start of the line and the tag at `index`.
  private func startsLine(at index: Int) -> Bool {
    var index = index - 1
    while index >= 0, source[index] == " " || source[index] == "\t" { index -= 1 }
    return index < 0 || source[index] == "\n"
  }

  private func peek(_ character: Character) -> Bool {
    position < source.count && source[position] == character
  }

  private func isAt(_ text: String) -> Bool {
    position + text.count <= source.count && source[position..<position + text.count].elementsEqual(text)
  }

  private mutating func skipComment() throws(JinjaError) {
    let start = line
    while position < source.count, !isAt("#}") {
      if source[position] == "\n" { line += 1 }
      position += 1
    }
    guard position < source.count else { throw .syntax(line: start, expected: "#}", found: "the end") }
    position += 2
  }

  /// The tokens up to `close`, which is consumed, with a `-` or `+` before it.
  private mutating func tokens(until close: String) throws(JinjaError) -> [(token: Token, line: Int)] {
    var tokens: [(token: Token, line: Int)] = []
    let start = line
    var depth = 0
    while true {
      while position < source.count, source[position].isWhitespace {
        if source[position] == "\n" { line += 1 }
        position += 1
      }
      guard position < source.count else { throw .syntax(line: start, expected: close, found: "the end") }
      for mark in ["-", "+", ""] where isAt(mark + close) && (depth == 0 || close != "}}") {
        position += mark.count + close.count
        return tokens
      }
      let token = try token()
      if case .sign(let sign) = token { depth += "{".contains(sign) ? 1 : "}".contains(sign) ? -1 : 0 }
      tokens.append((token, line))
    }
  }

  private mutating func token() throws(JinjaError) -> Token {
    let first = source[position]
    if first.isLetter || first == "_" {
      return .name(take { $0.isLetter || $0.isNumber || $0 == "_" })
    }
    if first.isASCII, first.isNumber {
      let digits = take { $0.isASCII && $0.isNumber || $0 == "_" }.filter { $0 != "_" }
      if peek("."), position + 1 < source.count, source[position + 1].isNumber {
        position += 1
        let decimals = take { $0.isASCII && $0.isNumber }
        return .double(Double("\(digits).\(decimals)") ?? .nan)
      }
      guard let value = Int(digits) else {
        throw .syntax(line: line, expected: "a number of 64 bits", found: String(digits.prefix(30)))
      }
      return .int(value)
    }
    if first == "'" || first == "\"" { return .string(try string(first)) }
    for sign in ["==", "!=", "<=", ">=", "//", "**"] where isAt(sign) {
      position += 2
      return .sign(sign)
    }
    guard "=<>+-*/%~|.,:()[]{}".contains(first) else {
      throw .syntax(line: line, expected: "an expression", found: "'\(first)'")
    }
    position += 1
    return .sign(String(first))
  }

  private mutating func take(_ belongs: (Character) -> Bool) -> String {
    let start = position
    while position < source.count, belongs(source[position]) { position += 1 }
    return String(source[start..<position])
  }

  private mutating func string(_ quote: Character) throws(JinjaError) -> String {
    let start = line
    var text = ""
    position += 1
    while position < source.count, source[position] != quote {
      var character = source[position]
      if character == "\n" { line += 1 }
      if character == "\\", position + 1 < source.count {
        position += 1
        switch source[position] {
        case "n": character = "\n"
        case "t": character = "\t"
        case "r": character = "\r"
        case "\\", "'", "\"": character = source[position]
        case let other:
          text.append("\\")
          character = other
        }
      }
      text.append(character)
      position += 1
    }
    guard position < source.count else { throw .syntax(line: start, expected: "\(quote)", found: "the end") }
    position += 1
    return text
  }
}
