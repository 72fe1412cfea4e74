import Files
import Foundation
import Kernels

/// Reads JSON Lines files of records, one file or all `*.jsonl` of a folder in the order of their names.
public struct RecordReader: Sendable {
  /// Leave out lines that cannot be read, and count them, instead of stopping at the first.
  public var skipsBadLines = false

  public init(skipsBadLines: Bool = false) { self.skipsBadLines = skipsBadLines }

  public struct Result: Sendable {
    public var records: [Record] = []
    /// One message for each line left out.
    public var skipped: [String] = []
  }

  public func read(path: String) throws -> Result {
    var result = Result()
    result.skipped = try forEach(in: path) { record, _ in result.records.append(record) }
    return result
  }

  /// Hands out each record with all columns of its line.
  ///
  /// - Returns: one message for each line left out.
  /// - Throws: `CorpusError`; what `body` throws.
  @discardableResult
  public func forEach(in path: String, _ body: (Record, JSONObject) throws -> Void) throws -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CorpusError.missing(path: path)
    }
    guard isDirectory.boolValue else { return try forEach(inFile: path, body) }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".jsonl") }.sorted()
    } catch { throw CorpusError.unreadable(path: path, reason: "an unreadable folder (\(error))") }
    guard !names.isEmpty else { throw CorpusError.missing(path: path + "/*.jsonl") }
    return try names.flatMap { try forEach(inFile: path + "/" + $0, body) }
  }

  private func forEach(
    inFile path: String, _ body: (Record, JSONObject) throws -> Void
  ) throws -> [String] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CorpusError.unreadable(path: path, reason: "a file that cannot be opened")
    }
    var skipped: [String] = []
    var number = 0
    var isEmpty = true
    // Spreadsheets begin a file with a byte order mark.
    let text = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      isEmpty = false
      let read: (record: Record, fields: JSONObject)
      do { read = try record(Data(line), path: path, line: number) } catch let error as CorpusError {
        guard skipsBadLines else { throw error }
        skipped.append(error.description)
        continue
      }
      try body(read.record, read.fields)
    }
    if isEmpty { throw CorpusError.empty(path: path) }
    return skipped
  }

  private func record(_ line: Data, path: String, line number: Int) throws -> (Record, JSONObject) {
    let value: JSONValue
    do { value = try JSONValue(parsing: [UInt8](line), source: path) } catch {
      throw CorpusError.badLine(path: path, line: number, expected: error.expected, found: error.found)
    }
    guard let fields = value.object else {
      throw CorpusError.badLine(path: path, line: number, expected: "a JSON object", found: value.kind)
    }
    let record = try RecordForms.record(fields, place: "\(path):\(number)") { expected, found in
      CorpusError.badLine(path: path, line: number, expected: expected, found: found)
    }
    return (record, fields)
  }
}
