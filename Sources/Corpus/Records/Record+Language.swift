extension Record {
  /// "ko" for a text with Hangul in it, "en" for any other: what records that name no language count as.
  public static func language(of text: String) -> String {
    text.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) } ? "ko" : "en"
  }
}
