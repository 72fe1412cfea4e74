/// How much of a text says again what it said before.
public enum RepeatedRuns {
  /// The share of runs of `size` words that occurred before in the text, 0 for a short one (Yeo et al. 2025, section 4.3).
  public static func share(of text: String, size: Int = 6) -> Double {
    let words = text.split(whereSeparator: \.isWhitespace)
    let size = max(1, size)
    guard words.count > size else { return 0 }
    let runs = (0...words.count - size).map { words[$0..<$0 + size].joined(separator: " ") }
    return 1 - Double(Set(runs).count) / Double(runs.count)
  }
}
