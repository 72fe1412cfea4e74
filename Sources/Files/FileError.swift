import Foundation
import Kernels

/// What can go wrong between this program and the file system, or in a JSON text.
public enum FileError: Diagnostic, Equatable {
  case missing(path: String)
  case unreadable(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// Other content than what an earlier run of the program kept there.
  case notKept(path: String)
  /// An output that another program is writing.
  case inUse(path: String)
  /// `source` is a file or a request; `position` is where in it: `line 3, column 7`.
  case malformedJSON(source: String, position: String, expected: String, found: String)

  public var place: String {
    switch self {
    case .missing(let path), .unreadable(let path, _), .cannotWrite(let path, _), .notKept(let path),
      .inUse(let path):
      path
    case .malformedJSON(let source, let position, _, _): "\(source): \(position)"
    }
  }

  public var expected: String {
    switch self {
    case .missing, .unreadable: "a readable file"
    case .cannotWrite: "a place that can be written"
    case .notKept: "what an earlier sitting kept"
    case .inUse: "one program that writes it"
    case .malformedJSON(_, _, let expected, _): expected
    }
  }

  public var found: String {
    switch self {
    case .missing: "nothing"
    case .unreadable(_, let reason), .cannotWrite(_, let reason): reason
    case .notKept: "something else"
    case .inUse: "another that is running"
    case .malformedJSON(_, _, _, let found): found
    }
  }

  public var nextStep: String {
    switch self {
    case .missing: "check the path"
    case .unreadable: "check the file and its permissions"
    case .cannotWrite: "check the folder, its permissions and the free space"
    case .notKept: "remove this file and run the same command again"
    case .inUse: "wait for it, or name another output"
    case .malformedJSON: "repair the text or write it again with the program that made it"
    }
  }

  public var exitCode: ExitCode {
    switch self {
    case .missing, .unreadable: .noInput
    case .cannotWrite, .inUse: .cannotWrite
    case .notKept, .malformedJSON: .badData
    }
  }
}

/// A file's whole content. - Throws: `FileError.missing` or `.unreadable`.
public func readFile(_ url: URL) throws(FileError) -> Data {
  try requireFile(url)
  do {
    return try Data(contentsOf: url)
  } catch {
    throw .unreadable(path: url.path, reason: "a file that cannot be read (\(error.localizedDescription))")
  }
}

/// A file mapped into memory, to be read in parts. - Throws: `FileError.missing` or `.unreadable`.
public func mapFile(_ url: URL) throws(FileError) -> MappedFile {
  try requireFile(url)
  do {
    return try MappedFile(path: url.path)
  } catch {
    throw .unreadable(path: url.path, reason: (error as? any Diagnostic)?.found ?? error.localizedDescription)
  }
}

private func requireFile(_ url: URL) throws(FileError) {
  var isDirectory: ObjCBool = false
  guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
    throw .missing(path: url.path)
  }
  if isDirectory.boolValue { throw .unreadable(path: url.path, reason: "a folder") }
}
