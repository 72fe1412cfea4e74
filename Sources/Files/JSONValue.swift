/// A JSON value that keeps what the text said: the order of keys, and each number's own digits.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// The number's text, valid by the JSON grammar: `-1.5e3`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

/// The entries of a JSON object in the order of the text; keys are unique.
public struct JSONObject: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    public var key: String
    public var value: JSONValue
  }

  public internal(set) var entries: [Entry]

  public init(_ entries: [(String, JSONValue)] = []) {
    self.entries = []
    for (key, value) in entries { self[key] = value }
  }

  /// Entries whose keys are known to be unique.
  init(unique entries: [Entry]) { self.entries = entries }

  /// An object from keys that the caller knows to be unique (a vocabulary); skips the search for each.
  public init(uniqueKeysWithValues entries: some Sequence<(String, JSONValue)>) {
    self.entries = entries.map { Entry(key: $0.0, value: $0.1) }
  }

  public var keys: [String] { entries.map(\.key) }

  /// The value at `key`, or nil; setting nil removes the entry. Searches from the front: meant for small
  /// objects.
  public subscript(key: String) -> JSONValue? {
    get { entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }
    set {
      let index = entries.firstIndex { $0.key.utf8.elementsEqual(key.utf8) }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

extension JSONValue {
  /// The value at `key` of an object; nil for a missing key and for other kinds of value.
  public subscript(key: String) -> JSONValue? { object?[key] }

  public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }
  public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var isNull: Bool { self == .null }

  /// The number as an integer; nil when it has a fraction or an exponent, or does not fit.
  public var int: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  /// The number as the nearest Double; nil for other kinds of value. Beyond the range it is infinite.
  public var double: Double? { if case .number(let text) = self { Double(text) } else { nil } }

  /// What kind of value this is, for messages.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number(let text): "the number \(text.prefix(40))"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }

  public static func int(_ value: Int) -> JSONValue { .number(String(value)) }

  /// A number that reads back as the same Double. JSON has no infinity: such values become the strings
  /// `inf`, `-inf` and `nan`.
  public static func double(_ value: Double) -> JSONValue {
    value.isFinite ? .number("\(value)") : .string("\(value)")
  }
}
