import Files
import Foundation
import Testing

/// Archives that Python's zipfile wrote, as base64, and the same with bytes changed.
@Suite("Zip archives") struct ZipArchiveTests {
  /// `stored.txt` (stored), `text.txt` (dynamic codes), `short.txt` (fixed codes), `noise.bin` (stored block in deflate).
  static let archive =
    "UEsDBBQAAAAAAAAAIVg0uU6iDgAAAA4AAAAKAAAAc3RvcmVkLnR4dGtlcHQgYXMgaXQgaXMKUEsDBBQAAAAIAAAAIVjuK3nn+gAA"
    + "ADUDAAAIAAAAdGV4dC50eHRN0kkKAzEMBMB7XjFPGG1eHpRAICT/vwW3WqCbGi8qeebz/j6v+/q9rvvxObWcWrLWU3vWduqdtWPP"
    + "yBAnaGQYJxhXJo7zzDph8LJ9wmIXQXtjQH/lPknBZIJhKhMUFaCwuhGMUWtwbAoFEKt2kEzOrpAIzykowZ0KyuZoCoqTqaDsejVY"
    + "vM7BsmsnLFH9YFkMoAwyDRTl5AbK4k4DJerDgKJEGyiLj26gDMIsv051AEVqLSkcz9LC5LA4uzssxn4Oi9QaLHUsX4Xv4KAsNndQ"
    + "Zv1PoMxaA2XWud1T3H1nSL8ltHcI693DGyyim2P0eWL2WWP1d4jNN/oDUEsDBBQAAAAIAAAAIVjFb0QNBgAAABUAAAAJAAAAc2hv"
    + "cnQudHh0S0zEBEkAUEsDBBQAAAAIAAAAIVgrXwvSBQEAAAABAAAJAAAAbm9pc2UuYmluAQAB//4NtFsCqVD3nkXskzrhiC/WfSTL"
    + "chnAZw61XAOqUfifRu2UO+KJMNd+JcxzGsFoD7ZdBKtS+aBH7pU844ox2H8mzXQbwmkQt14FrFP6oUjvlj3kizLZgCfOdRzDahG4"
    + "XwatVPuiSfCXPuWMM9qBKM92HcRrErlgB65V/KNK8Zg/5o0024Ip0HcexWwTumEIr1b9pEvymUDnjjXcgyrReB/GbRS7YgmwV/6l"
    + "TPOaQeiPNt2EK9J5IMduFbxjCrFY/6ZN9JtC6ZA33oUs03ohyG8WvWQLslkAp071nEPqkTjfhi3UeyLJcBe+ZQyzWgGoT/adROuS"
    + "OeCHLtV8I8pxGL9mUEsBAhQDFAAAAAAAAAAhWDS5TqIOAAAADgAAAAoAAAAAAAAAAAAAAIABAAAAAHN0b3JlZC50eHRQSwECFAMU"
    + "AAAACAAAACFY7it55/oAAAA1AwAACAAAAAAAAAAAAAAAgAE2AAAAdGV4dC50eHRQSwECFAMUAAAACAAAACFYxW9EDQYAAAAVAAAA"
    + "CQAAAAAAAAAAAAAAgAFWAQAAc2hvcnQudHh0UEsBAhQDFAAAAAgAAAAhWCtfC9IFAQAAAAEAAAkAAAAAAAAAAAAAAIABgwEAAG5v"
    + "aXNlLmJpblBLBQYAAAAABAAEANwAAACvAgAAAAA="

  private func open(_ bytes: [UInt8]) throws -> ZipArchive {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("zip-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ZipArchive(reading: file)
  }

  private var bytes: [UInt8] { [UInt8](Data(base64Encoded: Self.archive) ?? Data()) }

  @Test func readsStoredAndDeflatedMembers() throws {
    let archive = try open(bytes)
    #expect(archive.names == ["noise.bin", "short.txt", "stored.txt", "text.txt"])
    #expect(String(decoding: try archive.content(of: "stored.txt"), as: UTF8.self) == "kept as it is\n")
    #expect(String(decoding: try archive.content(of: "short.txt"), as: UTF8.self) == "aaaaaaaaaaaaaaaaaaaab")
    let lines = (0..<60).map { "line \($0) of \($0 * $0 % 97)\n" }.joined()
    #expect(String(decoding: try archive.content(of: "text.txt"), as: UTF8.self) == lines)
    #expect(
      try archive.content(of: "noise.bin") == (0..<256).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) })
    #expect(throws: ZipError.self) { try archive.content(of: "other") }
  }

  /// Whatever byte is wrong: an error or other content, never a trap.
  @Test func noByteReachesATrap() throws {
    let whole = bytes
    for place in whole.indices {
      for value: UInt8 in [0xFF, whole[place] ^ 1] {
        var broken = whole
        broken[place] = value
        guard let archive = try? open(broken) else { continue }
        for name in archive.names { _ = try? archive.content(of: name) }
      }
    }
    for length in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: (any Error).self) { try open(Array(whole[..<length])) }
    }
  }
}
