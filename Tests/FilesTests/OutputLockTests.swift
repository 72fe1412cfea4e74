import Files
import Foundation
import Testing

@Suite("outputs that one program at a time writes")
struct OutputLockTests {
  @Test("a second one is refused while the first works, of a file and of a directory, and leaves no trace")
  func second() throws {
    try inTemporaryFolder { folder in
      for name in ["traces.jsonl", "traces"] {
        let path = folder.appendingPathComponent(name).path
        let result = try withOutputLocked(path) {
          let error = #expect(throws: FileError.inUse(path: path + "/")) {
            try withOutputLocked(path + "/") { Issue.record("both work") }
          }
          #expect(error?.exitCode == .cannotWrite)
          // Another output of the folder is free.
          return try withOutputLocked(path + "2") { 7 }
        }
        #expect(result == 7)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("an error frees the output, and so does a program that was killed") func free() throws {
    try inTemporaryFolder { folder in
      let path = folder.appendingPathComponent("model").path
      #expect(throws: CancellationError.self) { try withOutputLocked(path) { throw CancellationError() } }
      try Data().write(to: folder.appendingPathComponent(".model.lock"))
      #expect(try withOutputLocked(path) { true })
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("a folder that is not there is told by the writing, not by the lock") func noFolder() throws {
    #expect(try withOutputLocked("/nowhere/at/all") { true })
  }
}
