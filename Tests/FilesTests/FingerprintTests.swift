import Files
import Foundation
import Testing

@Suite struct FingerprintTests {
  /// The examples of FIPS 180-4's test vectors.
  @Test func knownMessages() {
    #expect(
      Fingerprint.sha256([UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      Fingerprint.sha256(Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func aFileHasTheDigestOfItsBytes() throws {
    let file = URL(fileURLWithPath: NSTemporaryDirectory() + "fingerprint-\(UUID().uuidString)")
    try Data("abc".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Fingerprint.sha256(file: file) == Fingerprint.sha256(Array("abc".utf8)))
  }
}
