import Files
import Synchronization

/// A value in a template.
indirect enum JinjaValue: Equatable, Sendable {
  /// A name or key that is not there.
  case undefined
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([JinjaValue])
  case map([(key: String, value: JinjaValue)])
  case namespace(JinjaNamespace)

  init(_ json: JSONValue) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .list(values.map(JinjaValue.init))
    case .object(let object): self = .map(object.entries.map { ($0.key, JinjaValue($0.value)) })
    case .number: self = json.int.map(JinjaValue.int) ?? .double(json.double ?? .nan)
    }
  }

  static func == (a: JinjaValue, b: JinjaValue) -> Bool {
    switch (a, b) {
    case (.undefined, .undefined), (.none, .none): true
    case (.bool(let x), .bool(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.list(let x), .list(let y)): x == y
    case (.map(let x), .map(let y)):
      x.count == y.count
        && x.allSatisfy { entry in y.contains { $0.key == entry.key && $0.value == entry.value } }
    case (.namespace(let x), .namespace(let y)): x === y
    default: a.number.flatMap { x in b.number.map { x == $0 } } ?? false
    }
  }

  /// A number; true and false are 1 and 0, as in Python.
  var number: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .double(let value): value != 0
    case .string(let value): !value.isEmpty
    case .list(let values): !values.isEmpty
    case .map(let entries): !entries.isEmpty
    case .namespace: true
    }
  }

  /// As Python prints it in a template.
  var text: String {
    switch self {
    case .undefined: ""
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): "\(value)"
    case .double(let value): "\(value)"
    case .string(let value): value
    case .list(let values): "[" + values.map(\.quoted).joined(separator: ", ") + "]"
    case .map(let entries):
      "{" + entries.map { "\(JinjaValue.string($0.key).quoted): \($0.value.quoted)" }.joined(separator: ", ")
        + "}"
    case .namespace: "<Namespace>"
    }
  }

  private var quoted: String { if case .string(let value) = self { "'\(value)'" } else { text } }

  /// What messages call its type.
  var kind: String {
    switch self {
    case .undefined: "undefined"
    case .none: "none"
    case .bool: "a boolean"
    case .int, .double: "a number"
    case .string: "a string"
    case .list: "a list"
    case .map: "a mapping"
    case .namespace: "a namespace"
    }
  }

  /// JSON as transformers' `tojson` writes it: not escaped for HTML, `", "` and `": "` between.
  func json(indent: Int? = nil, depth: Int = 0) -> String {
    func joined(_ parts: [String], _ open: String, _ close: String) -> String {
      guard let indent, !parts.isEmpty else { return open + parts.joined(separator: ", ") + close }
      let inner = "\n" + String(repeating: " ", count: indent * (depth + 1))
      return open + inner + parts.joined(separator: "," + inner) + "\n"
        + String(repeating: " ", count: indent * depth) + close
    }
    switch self {
    case .undefined, .none, .namespace: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int, .double: return text
    case .string(let value): return JSONValue.string(value).text()
    case .list(let values): return joined(values.map { $0.json(indent: indent, depth: depth + 1) }, "[", "]")
    case .map(let entries):
      return joined(
        entries.map {
          JSONValue.string($0.key).text() + ": " + $0.value.json(indent: indent, depth: depth + 1)
        },
        "{", "}")
    }
  }
}

/// `namespace(…)`: the one thing that a template can change from inside a loop.
final class JinjaNamespace: Sendable {
  private let values: Mutex<[String: JinjaValue]>
  init(_ values: [String: JinjaValue]) { self.values = Mutex(values) }

  subscript(name: String) -> JinjaValue? {
    get { values.withLock { $0[name] } }
    set { values.withLock { $0[name] = newValue } }
  }
}
