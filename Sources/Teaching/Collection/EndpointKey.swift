import Files
import Foundation

/// The key of a server: sent with each request, never written anywhere.
struct EndpointKey: Sendable, CustomStringConvertible {
  private let value: String
  /// The header that takes the key as it is; nil for `Authorization`.
  private let headerName: String?

  /// What a log or a stored text may show in its place.
  var description: String { "[key]" }

  /// - Throws: `TeachingError.missingKey`, or `.badKey` for one that no header can hold.
  init(
    variable: String, header: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let text = (environment[variable] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw TeachingError.missingKey }
    guard text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
      throw TeachingError.badKey
    }
    value = text
    headerName = header
  }

  var header: (name: String, value: String) {
    headerName.map { ($0, value) } ?? ("Authorization", "Bearer " + value)
  }

  /// The text without the key: a server may repeat it in a message, its strokes escaped as JSON allows.
  func removed(from text: String) -> String {
    text.replacing(value, with: description).replacing(value.replacing("/", with: "\\/"), with: description)
  }

  /// An answer's body without the key in its strings. A short key is the word that a server without keys takes, and may
  /// stand in an answer by right.
  func removed(fromAnswer body: String) -> String {
    guard value.utf8.count >= EndpointKey.secretLength,
      let parsed = try? JSONValue(parsing: body, source: "answer")
    else { return body }
    let safe = removed(from: parsed)
    return safe == parsed ? body : safe.text()
  }

  /// No key that opens anything is shorter.
  private static let secretLength = 16

  private func removed(from value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(removed(from: text))
    case .array(let items): .array(items.map { removed(from: $0) })
    case .object(let fields):
      .object(
        JSONObject(
          uniqueKeysWithValues: fields.entries.map { (removed(from: $0.key), removed(from: $0.value)) }))
    case .null, .bool, .number: value
    }
  }
}
