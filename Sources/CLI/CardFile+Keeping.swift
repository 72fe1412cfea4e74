import Foundation
import Training

extension CardFile {
  /// The place of a card that may be written.
  ///
  /// - Throws: `CommandError.keptCard` where a person's lies.
  static func requireOwn(_ file: URL) throws -> URL {
    if FileManager.default.fileExists(atPath: file.path), !isWritten(at: file) {
      throw CommandError.keptCard(path: file.path)
    }
    return file
  }
}
