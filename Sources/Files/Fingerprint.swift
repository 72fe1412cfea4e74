import Crypto
import Foundation

/// SHA-256 digests (FIPS 180-4) in hexadecimal: the identity of files, recipes and data.
public enum Fingerprint {
  public static func sha256(_ bytes: some DataProtocol) -> String {
    SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }

  /// The digest of a file's content, read through a mapping.
  public static func sha256(file: URL) throws(FileError) -> String { sha256(try readFile(file)) }
}
