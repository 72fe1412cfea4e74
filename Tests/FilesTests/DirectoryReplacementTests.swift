import Files
import Foundation
import Testing

@Suite struct DirectoryReplacementTests {
  private func fill(_ url: URL, _ text: String) throws -> URL {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url.appendingPathComponent("content"))
    return url
  }

  private func content(_ url: URL) throws -> String {
    try String(decoding: readFile(url.appendingPathComponent("content")), as: UTF8.self)
  }

  @Test func theNameShowsTheNewOneAndNothingIsLeft() throws {
    try inTemporaryFolder { folder in
      let place = folder.appendingPathComponent("place")
      for text in ["first", "second"] {
        try replaceDirectory(place, with: fill(folder.appendingPathComponent("filled"), text))
        #expect(try content(place) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["place"])
      }
    }
  }

  /// Killed before the new one came, and after.
  @Test func whatAKilledReplacementLeftIsEnded() throws {
    try inTemporaryFolder { folder in
      _ = try fill(folder.appendingPathComponent(".alone.12-345.old"), "old")
      _ = try fill(folder.appendingPathComponent(".both.12-345.old"), "old")
      _ = try fill(folder.appendingPathComponent("both"), "new")
      _ = try fill(folder.appendingPathComponent(".other.old"), "not ours")
      finishReplacements(in: folder)
      #expect(try content(folder.appendingPathComponent("alone")) == "old")
      #expect(try content(folder.appendingPathComponent("both")) == "new")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
          ".other.old", "alone", "both",
        ])
    }
  }

  @Test func theOldOneStaysWhenThereIsNoNewOne() throws {
    try inTemporaryFolder { folder in
      let place = try fill(folder.appendingPathComponent("place"), "old")
      #expect(throws: FileError.self) {
        try replaceDirectory(place, with: folder.appendingPathComponent("missing"))
      }
      #expect(try content(place) == "old")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["place"])
    }
  }
}
