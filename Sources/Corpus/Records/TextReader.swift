import Foundation

/// Reads plain texts: a `.txt` file is one, a line of JSON Lines with `text` another; of a folder all such files, those of
/// the folders in it too, in the order of their paths.
public struct TextReader: Sendable {
  /// Leave out, and count, lines and files that cannot be read, instead of stopping at the first.
  public var skipsBadLines = false
  /// Pass over records that hold something else than a text.
  public var passesOverOtherRecords = false

  public init(skipsBadLines: Bool = false, passesOverOtherRecords: Bool = false) {
    self.skipsBadLines = skipsBadLines
    self.passesOverOtherRecords = passesOverOtherRecords
  }

  public struct Document: Sendable, Equatable {
    /// The file, with the line of a record.
    public let place: String
    public let text: String
    /// Of a record that states one: `licence` or `license`, and the `teacher_licence` of a model that wrote it.
    public let licence: String?
    public let teacherLicence: String?

    public init(place: String, text: String, licence: String? = nil, teacherLicence: String? = nil) {
      self.place = place
      self.text = text
      self.licence = licence
      self.teacherLicence = teacherLicence
    }
  }

  public struct Result: Sendable {
    public var documents: [Document] = []
    /// One message for each line or file left out.
    public var skipped: [String] = []
  }

  /// - Throws: `CorpusError`.
  public func read(path: String) throws -> Result {
    try files(path).reduce(into: Result()) { result, file in
      if file.hasSuffix(".jsonl") {
        let part = try RecordReader(skipsBadLines: skipsBadLines).read(path: file)
        result.skipped += part.skipped
        for record in part.records { try add(record, to: &result) }
      } else {
        try add(file: file, to: &result)
      }
    }
  }

  private func files(_ path: String) throws -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CorpusError.missing(path: path)
    }
    guard isDirectory.boolValue else { return [path] }
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    let files = names.filter { $0.hasSuffix(".txt") || $0.hasSuffix(".jsonl") }.sorted()
    guard !files.isEmpty else { throw CorpusError.missing(path: path + "/*.txt, *.jsonl") }
    return files.map { path + "/" + $0 }
  }

  private func add(_ record: Record, to result: inout Result) throws {
    if case .text(let text) = record.content {
      result.documents.append(
        Document(
          place: record.place, text: text, licence: record.licence, teacherLicence: record.teacherLicence))
    } else if !passesOverOtherRecords {
      try leaveOut(.noText(place: record.place), &result)
    }
  }

  private func add(file path: String, to result: inout Result) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CorpusError.unreadable(path: path, reason: "a file that cannot be opened")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      return try leaveOut(.notUTF8(path: path), &result)
    }
    result.documents.append(Document(place: path, text: text))
  }

  private func leaveOut(_ error: CorpusError, _ result: inout Result) throws {
    guard skipsBadLines else { throw error }
    result.skipped.append(error.description)
  }
}
