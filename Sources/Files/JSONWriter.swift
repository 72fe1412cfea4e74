extension JSONValue {
  /// The value as JSON text: on one line, or indented by two spaces when `isPretty`.
  public func text(isPretty: Bool = false) -> String {
    var writer = JSONWriter(isPretty: isPretty)
    writer.write(self, indent: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

struct JSONWriter {
  let isPretty: Bool
  var bytes: [UInt8] = []

  init(isPretty: Bool) { self.isPretty = isPretty }

  mutating func write(_ value: JSONValue, indent: Int) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .number(let text): append(text)
    case .string(let text): write(text)
    case .array(let elements):
      writeAll("[", "]", count: elements.count, indent: indent) { writer, i in
        writer.write(elements[i], indent: indent + 1)
      }
    case .object(let object):
      writeAll("{", "}", count: object.entries.count, indent: indent) { writer, i in
        writer.write(object.entries[i].key)
        writer.append(writer.isPretty ? ": " : ":")
        writer.write(object.entries[i].value, indent: indent + 1)
      }
    }
  }

  private mutating func writeAll(
    _ opening: String, _ closing: String, count: Int, indent: Int, _ element: (inout JSONWriter, Int) -> Void
  ) {
    append(opening)
    for i in 0..<count {
      if i > 0 { append(",") }
      newLine(indent + 1)
      element(&self, i)
    }
    if count > 0 { newLine(indent) }
    append(closing)
  }

  private mutating func newLine(_ indent: Int) {
    guard isPretty else { return }
    bytes.append(0x0A)
    for _ in 0..<(2 * indent) { bytes.append(0x20) }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        append("\\u00" + (digits.count == 1 ? "0" : "") + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
