import Foundation

/// The card beside a model: this program's, or one that a person keeps.
public enum CardFile {
  public static let name = "CARD.md"
  /// A line of every card that the program writes.
  public static let mark = "<!-- written by swiftlet card -->"

  /// Where the card of a GGUF file lies: `NAME.CARD.md` beside `NAME.gguf`.
  public static func place(besideGGUF file: URL) -> URL {
    file.deletingPathExtension().appendingPathExtension(name)
  }

  /// Whether the card of `directory` may be written anew: the program wrote it.
  public static func isWritten(in directory: URL) -> Bool {
    isWritten(at: directory.appendingPathComponent(name))
  }

  /// What this program writes beside the weights in `directory`, and may write anew.
  public static func companions(in directory: URL) -> [String] {
    [Ledger.fileName, ModelEvaluation.fileName] + (isWritten(in: directory) ? [name] : [])
  }

  /// The same of a card with a name of its own.
  public static func isWritten(at file: URL) -> Bool {
    guard let data = FileManager.default.contents(atPath: file.path) else { return false }
    return String(decoding: data, as: UTF8.self).contains(mark)
  }
}
