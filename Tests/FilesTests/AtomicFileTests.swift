import Files
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func writesWholeOrNotAtAll() throws {
    try inTemporaryFolder { folder in
      let url = folder.appendingPathComponent("a.txt")
      try AtomicFile.write("first", to: url)
      #expect(try String(decoding: readFile(url), as: UTF8.self) == "first")
      struct Stop: Error {}
      #expect(throws: Stop.self) {
        try AtomicFile.write(to: url) { file in
          try file.append("second")
          throw Stop()
        }
      }
      #expect(try String(decoding: readFile(url), as: UTF8.self) == "first")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.txt"])
    }
  }

  @Test func refusesAFolderAndAPlaceThatIsNotThere() throws {
    try inTemporaryFolder { folder in
      let taken = folder.appendingPathComponent("taken")
      try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: false)
      #expect(throws: FileError.self) { try AtomicFile.write("x", to: taken) }
      #expect(throws: FileError.self) { try AtomicFile.write("x", to: folder.appendingPathComponent("no/x")) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
    }
  }

  @Test func readingNamesWhatIsWrong() throws {
    try inTemporaryFolder { folder in
      let missing = folder.appendingPathComponent("missing")
      #expect(throws: FileError.missing(path: missing.path)) { try readFile(missing) }
      #expect(throws: FileError.missing(path: missing.path)) { try mapFile(missing) }
      #expect(throws: FileError.unreadable(path: folder.path, reason: "a folder")) { try readFile(folder) }
    }
  }
}

func inTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "swiftlet-files-\(UInt64.random(in: 0...UInt64.max))")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
