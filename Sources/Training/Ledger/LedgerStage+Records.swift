import Files
import Foundation

extension Ledger {
  /// Where the ledger of collected records lies: `NAME.ledger.json` beside `NAME.jsonl`.
  package static func place(besideRecords file: URL) -> URL {
    file.deletingPathExtension().appendingPathExtension(fileName)
  }

  /// Whether a file of that name holds a ledger, of a directory or of records.
  package static func isFileName(_ name: String) -> Bool {
    name == fileName || name.hasSuffix("." + fileName)
  }
}

extension LedgerStage {
  /// How the records of a file or folder were collected, as `swiftlet teach` noted it beside them; nothing where it did not.
  ///
  /// - Throws: `TrainingError.badLedger` and `FileError` for a ledger that cannot be read.
  static func collected(at path: String) throws -> [LedgerStage] {
    let place = URL(fileURLWithPath: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted()
    let files = names?.map { place.appendingPathComponent($0) } ?? [place]
    return try files.filter { $0.pathExtension == "jsonl" }.flatMap { file in
      try Ledger(at: Ledger.place(besideRecords: file))?.stages ?? []
    }
  }
}
