import Foundation

/// A JSON value as records carry it.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  public init(parsing data: Data) throws {
    self = JSONValue(try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]))
  }

  private init(_ any: Any) {
    switch any {
    case let text as String: self = .string(text)
    case let items as [Any]: self = .array(items.map(JSONValue.init))
    case let fields as [String: Any]: self = .object(fields.mapValues(JSONValue.init))
    case let number as NSNumber:
      self = CFBooleanProbe.isBoolean(number) ? .bool(number.boolValue) : .number(number.doubleValue)
    default: self = .null
    }
  }

  public var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public var array: [JSONValue]? {
    if case .array(let items) = self { items } else { nil }
  }

  public subscript(key: String) -> JSONValue? {
    if case .object(let fields) = self { fields[key] } else { nil }
  }

  /// The name of the JSON type, for messages.
  public var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// One text for equal values, keys in order: used to name groups.
  public var canonical: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let value): "\(value)"
    case .string(let text): "\"\(text)\""
    case .array(let items): "[" + items.map(\.canonical).joined(separator: ",") + "]"
    case .object(let fields):
      "{" + fields.keys.sorted().map { "\"\($0)\":\(fields[$0]!.canonical)" }.joined(separator: ",") + "}"
    }
  }
}

/// Foundation reads `true` and `1` into the same class; their Objective-C type codes differ.
private enum CFBooleanProbe {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
