import Foundation

/// The key of a server: sent with each request, never written anywhere.
struct EndpointKey: Sendable, CustomStringConvertible {
  private let value: String

  /// What a log or a stored text may show in its place.
  var description: String { "[key]" }

  /// - Throws: `TeachingError.missingKey`, or `.badKey` for one that no header can hold.
  init(variable: String, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    let text = (environment[variable] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { throw TeachingError.missingKey(variable: variable) }
    guard text.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) }) else {
      throw TeachingError.badKey(variable: variable)
    }
    value = text
  }

  var header: String { "Bearer " + value }

  /// The text without the key: a server may repeat it in a message.
  func removed(from text: String) -> String { text.replacing(value, with: description) }
}
