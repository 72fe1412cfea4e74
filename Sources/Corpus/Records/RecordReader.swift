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
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CorpusError.missing(path: path)
    }
    guard isDirectory.boolValue else { return try read(file: path) }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".jsonl") }.sorted()
    } catch { throw CorpusError.unreadable(path: path, reason: "an unreadable folder (\(error))") }
    guard !names.isEmpty else { throw CorpusError.missing(path: path + "/*.jsonl") }
    return try names.reduce(into: Result()) { result, name in
      let part = try read(file: path + "/" + name)
      result.records += part.records
      result.skipped += part.skipped
    }
  }

  private func read(file path: String) throws -> Result {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CorpusError.unreadable(path: path, reason: "a file that cannot be opened")
    }
    var result = Result()
    var number = 0
    for line in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) { continue }
      do {
        result.records.append(try record(Data(line), path: path, line: number))
      } catch let error as CorpusError {
        guard skipsBadLines else { throw error }
        result.skipped.append(error.description)
      }
    }
    if result.records.isEmpty, result.skipped.isEmpty { throw CorpusError.empty(path: path) }
    return result
  }

  private func record(_ line: Data, path: String, line number: Int) throws -> Record {
    let value: JSONValue
    do { value = try JSONValue(parsing: [UInt8](line), source: path) } catch {
      throw CorpusError.badLine(path: path, line: number, expected: error.expected, found: error.found)
    }
    guard let fields = value.object else {
      throw CorpusError.badLine(path: path, line: number, expected: "a JSON object", found: value.kind)
    }
    return try RecordForms.record(fields, place: "\(path):\(number)") { expected, found in
      CorpusError.badLine(path: path, line: number, expected: expected, found: found)
    }
  }
}
