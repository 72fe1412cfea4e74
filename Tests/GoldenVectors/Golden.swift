import Files
import Foundation

/// Where the reference vectors are: the folder of `SWIFTLET_GOLDEN` when that is set, else `Tests/Golden`.
public enum Golden {
  public static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["SWIFTLET_GOLDEN"], !path.isEmpty {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    let here = URL(fileURLWithPath: #filePath)
    return here.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden")
  }()

  /// A file or folder of the set: `url("files/safetensors/valid")`.
  public static func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  /// Whether the set has this file or folder. Some groups are other people's files and lie outside the
  /// repository.
  public static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }

  /// A JSON file of the set. - Throws: `FileError`.
  public static func json(_ path: String) throws -> JSONValue { try JSONValue(contentsOf: url(path)) }
}

/// What the golden set does not hold, or holds in another form than the test expects.
public struct GoldenError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

extension JSONValue {
  /// A number of the set, where `"nan"`, `"inf"` and `"-inf"` are strings.
  public var goldenDouble: Double? {
    switch string {
    case "nan": .nan
    case "inf": .infinity
    case "-inf": -.infinity
    case _: double
    }
  }
}
