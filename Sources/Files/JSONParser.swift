import Foundation

extension JSONValue {
  /// Reads one JSON text (RFC 8259), strictly.
  ///
  /// Refused as well: a byte order mark, invalid UTF-8, a key that occurs twice in its object, half of a
  /// surrogate pair, and more than `maximumDepth` nested arrays and objects.
  ///
  /// - Parameter source: the file or request that errors name.
  /// - Throws: `FileError.malformedJSON`.
  public init(parsing text: [UInt8], source: String, maximumDepth: Int = 128) throws(FileError) {
    var parser = JSONParser(bytes: text, source: source, depthLimit: maximumDepth)
    self = try parser.document()
  }

  public init(parsing text: String, source: String) throws(FileError) {
    try self.init(parsing: Array(text.utf8), source: source)
  }

  /// Reads a JSON file. - Throws: `FileError`.
  public init(contentsOf url: URL) throws(FileError) {
    try self.init(parsing: Array(readFile(url)), source: url.lastPathComponent)
  }
}

/// Recursive descent over bytes; `depthLimit` bounds the recursion.
struct JSONParser {
  let bytes: [UInt8]
  let source: String
  let depthLimit: Int
  var index = 0

  init(bytes: [UInt8], source: String, depthLimit: Int) {
    self.bytes = bytes
    self.source = source
    self.depthLimit = depthLimit
  }

  mutating func document() throws(FileError) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw error("a JSON value", "a byte order mark") }
    if String(validating: bytes, as: UTF8.self) == nil {
      throw error("text in UTF-8", "bytes that are not UTF-8")
    }
    skipSpace()
    let value = try self.value(depth: 0)
    skipSpace()
    if index < bytes.count { throw unexpected("the end of the text") }
    return value
  }

  private mutating func value(depth: Int) throws(FileError) -> JSONValue {
    guard let first = peek else { throw unexpected("a JSON value") }
    switch first {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw unexpected("a JSON value")
    }
  }

  private mutating func object(depth: Int) throws(FileError) -> JSONObject {
    try enter(depth)
    var entries: [JSONObject.Entry] = []
    var seen: Set<ExactText> = []
    if try !closes(UInt8(ascii: "}")) {
      repeat {
        skipSpace()
        let start = index
        guard peek == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
        let key = try string()
        // A small object is searched; a large one (a vocabulary) keeps a set.
        if entries.count == 16 { seen = Set(entries.map { ExactText($0.key) }) }
        let isNew =
          entries.count < 16
          ? !entries.contains { $0.key.utf8.elementsEqual(key.utf8) }
          : seen.insert(ExactText(key)).inserted
        if !isNew { throw error("each key once", "\"\(key.prefix(80))\" again", at: start) }
        skipSpace()
        guard take(UInt8(ascii: ":")) else { throw unexpected("':'") }
        skipSpace()
        entries.append(JSONObject.Entry(key: key, value: try value(depth: depth)))
      } while try continues(UInt8(ascii: "}"))
    }
    return JSONObject(unique: entries)
  }

  private mutating func array(depth: Int) throws(FileError) -> [JSONValue] {
    try enter(depth)
    var elements: [JSONValue] = []
    if try !closes(UInt8(ascii: "]")) {
      repeat {
        skipSpace()
        elements.append(try value(depth: depth))
      } while try continues(UInt8(ascii: "]"))
    }
    return elements
  }

  private mutating func enter(_ depth: Int) throws(FileError) {
    if depth > depthLimit { throw error("at most \(depthLimit) nested values", "more") }
    index += 1
  }

  /// True when the container closes at once.
  private mutating func closes(_ end: UInt8) throws(FileError) -> Bool {
    skipSpace()
    return take(end)
  }

  /// After an element: true on a comma, false on the closing bracket.
  private mutating func continues(_ end: UInt8) throws(FileError) -> Bool {
    skipSpace()
    if take(UInt8(ascii: ",")) { return true }
    if take(end) { return false }
    throw unexpected("',' or '\(Character(Unicode.Scalar(end)))'")
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(FileError) -> JSONValue {
    guard bytes[index...].starts(with: text.utf8) else { throw unexpected("a JSON value") }
    index += text.utf8.count
    return value
  }

  private mutating func number() throws(FileError) -> String {
    let start = index
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(FileError) {
    let start = index
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    if index == start { throw unexpected("a digit") }
  }
}

extension JSONParser {
  private mutating func string() throws(FileError) -> String {
    index += 1
    let start = index
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { index += 1 }
    if peek == UInt8(ascii: "\"") {
      index += 1
      return String(decoding: bytes[start..<(index - 1)], as: UTF8.self)
    }
    var content = Array(bytes[start..<index])
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20:
        throw error("control characters written as \\u00XX", "byte \(byte)", at: index - 1)
      default: content.append(byte)
      }
    }
    throw unexpected("a closing '\"'")
  }

  private mutating func escape(into content: inout [UInt8]) throws(FileError) {
    let start = index - 1
    guard let letter = peek else { throw unexpected("an escape") }
    index += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(8)
    case UInt8(ascii: "f"): content.append(12)
    case UInt8(ascii: "n"): content.append(10)
    case UInt8(ascii: "r"): content.append(13)
    case UInt8(ascii: "t"): content.append(9)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if 0xD800...0xDBFF ~= code, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
        let low = try hexadecimal()
        guard 0xDC00...0xDFFF ~= low else { throw error("a surrogate pair", "half of one", at: start) }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw error("a surrogate pair", "half of one", at: start)
      }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw error("an escape", "an unknown escape", at: start)
    }
  }

  private mutating func hexadecimal() throws(FileError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw unexpected("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private func unexpected(_ expected: String) -> FileError {
    guard let byte = peek else { return error(expected, "the end of the text") }
    let found = (0x21..<0x7F).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    return error(expected, found)
  }

  private func error(_ expected: String, _ found: String, at offset: Int? = nil) -> FileError {
    let before = bytes[..<(offset ?? index)]
    let line = 1 + before.count { $0 == 0x0A }
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return .malformedJSON(
      source: source, position: "line \(line), column \(column)", expected: expected, found: found)
  }
}

/// Text that equals another only byte for byte. Swift's `==` calls canonically equivalent texts equal
/// ("é" in one scalar or two), but they are different keys and different tokens.
public struct ExactText: Hashable, Sendable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (a: ExactText, b: ExactText) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
