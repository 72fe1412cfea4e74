/// The byte-level alphabet of GPT-2: each of the 256 bytes has a printable character, so that any text,
/// whatever its language, is a sequence of vocabulary characters (Radford et al. 2019, encoder.py).
///
/// Printable Latin-1 bytes stand for themselves; the other 68 take the characters from U+0100 on: a space is
/// `Ġ`.
enum ByteAlphabet {
  /// The character of each byte.
  static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (0..<256).map { byte in
      let isPrintable = 0x21...0x7E ~= byte || 0xA1...0xAC ~= byte || 0xAE...0xFF ~= byte
      let code = isPrintable ? UInt32(byte) : next
      if !isPrintable { next += 1 }
      return Unicode.Scalar(code) ?? "?"
    }
  }()

  /// The byte of each character below U+0144; −1 where there is none.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()

  /// The bytes that in vocabulary order come first: sorted by their characters.
  static let sortedBytes: [UInt8] = (0..<256).map { UInt8($0) }.sorted {
    scalars[Int($0)] < scalars[Int($1)]
  }

  /// The vocabulary's spelling of some bytes.
  static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalars[Int(byte)]) }
    return String(text)
  }

  /// The bytes that a vocabulary entry spells, or nil when it holds a character outside the alphabet.
  static func bytes(of text: String) -> [UInt8]? {
    var result: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard scalar.value < bytes.count, bytes[Int(scalar.value)] >= 0 else { return nil }
      result.append(UInt8(bytes[Int(scalar.value)]))
    }
    return result
  }
}
