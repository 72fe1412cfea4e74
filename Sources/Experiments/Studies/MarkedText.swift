import Files
import Foundation

/// The part of a page that a command writes, between two lines of its own; the rest is a person's.
public enum MarkedText {
  /// Replaces what stands between `<!-- NAME -->` and the next `<!-- end -->`.
  ///
  /// Another program that replaces its own part of the page meanwhile is waited for.
  ///
  /// - Throws: `StudyError.noMarks` where the page has no such place, or several, and `FileError.inUse` where another holds it for
  ///   more than ten seconds; the page stays as it is.
  public static func replace(_ name: String, in path: String, with text: String) throws {
    func write() throws {
      try withOutputLocked(path) {
        let (head, tail) = try parts(name, of: path)
        try AtomicFile.write(head + "\n" + text + tail, to: URL(fileURLWithPath: path))
      }
    }
    for _ in 0..<100 {
      do { return try write() } catch FileError.inUse { Thread.sleep(forTimeInterval: 0.1) }
    }
    try write()
  }

  /// Checks before long work that the page has the place. - Throws: as `replace`.
  public static func require(_ name: String, in path: String) throws { _ = try parts(name, of: path) }

  /// The page up to the first mark and from the second on.
  private static func parts(_ name: String, of path: String) throws -> (head: String, tail: String) {
    let begin = "<!-- \(name) -->", end = "<!-- end -->"
    let parts = String(data: try readFile(URL(fileURLWithPath: path)), encoding: .utf8)?
      .components(separatedBy: begin)
    guard let parts, parts.count == 2, let mark = parts[1].range(of: end) else {
      throw StudyError.noMarks(path: path, begin: begin, end: end)
    }
    return (parts[0] + begin, String(parts[1][mark.lowerBound...]))
  }
}
