import Files
import Foundation

/// A file of one value, written whole or not at all.
struct JSONFile<Value: Codable> {
  let url: URL

  init(_ url: URL) { self.url = url }

  func write(_ value: Value) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try AtomicFile.write(encoder.encode(value), to: url)
  }

  /// Nil where there is no file. - Throws: `DistillationError.badPartial` for other content.
  func read() throws -> Value? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let data = try readFile(url)
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw DistillationError.badPartial(path: url.path)
    }
  }
}
