import Files

/// A JSON object with the file it came from: typed lookups whose errors name file and key.
struct TypedKeys {
  let file: String
  let object: JSONObject

  /// null counts as absent, as transformers writes it.
  func value(_ key: String) -> JSONValue? {
    guard let value = object[key], !value.isNull else { return nil }
    return value
  }

  func integer(_ key: String) throws -> Int? { try typed(key, "a whole number", \.int) }
  func number(_ key: String) throws -> Double? { try typed(key, "a number", \.double) }
  func bool(_ key: String) throws -> Bool? { try typed(key, "true or false", \.bool) }
  func string(_ key: String) throws -> String? { try typed(key, "a string", \.string) }

  func keys(_ key: String) throws -> TypedKeys? {
    try typed(key, "an object", \.object).map { TypedKeys(file: file, object: $0) }
  }

  /// A whole number or a list of them, as `eos_token_id` may be.
  func integers(_ key: String) throws -> [Int]? {
    guard let elements = value(key)?.array else { return try integer(key).map { [$0] } }
    return try elements.map {
      guard let number = $0.int else { throw wrongType(key, "whole numbers", $0) }
      return number
    }
  }

  /// `required("vocab_size", integer)`: the value, or an error that names the missing key.
  func required<Value>(_ key: String, _ lookUp: (String) throws -> Value?) throws -> Value {
    guard let value = try lookUp(key) else { throw LanguageModelError.missingKey(file: file, key: key) }
    return value
  }

  private func typed<Value>(
    _ key: String, _ expected: String, _ convert: (JSONValue) -> Value?
  ) throws -> Value? {
    guard let value = value(key) else { return nil }
    guard let converted = convert(value) else { throw wrongType(key, expected, value) }
    return converted
  }

  private func wrongType(_ key: String, _ expected: String, _ found: JSONValue) -> LanguageModelError {
    .invalidValue(
      file: file, expected: "\(key) to be \(expected)", found: found.kind, nextStep: "correct the file")
  }
}
