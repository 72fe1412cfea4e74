import Foundation

/// A file of one value that a program keeps for its own next run, written whole or not at all.
package struct JSONFile<Value: Codable> {
  package let url: URL

  package init(_ url: URL) { self.url = url }

  package func write(_ value: Value) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try AtomicFile.write(encoder.encode(value), to: url)
  }

  /// Nil where there is no file. - Throws: `FileError.notKept` for other content.
  package func read() throws -> Value? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let data = try readFile(url)
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw FileError.notKept(path: url.path)
    }
  }
}
