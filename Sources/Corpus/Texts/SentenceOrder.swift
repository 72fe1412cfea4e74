import Kernels

/// Statements of a problem in another order: what a reader must not depend on.
public enum SentenceOrder {
  /// The sentences of `text`, shuffled. A period ends one before a space, unless it follows an abbreviation.
  public static func shuffled(_ text: String, using random: inout SeededRandom) -> String {
    sentences(text).shuffled(using: &random).joined(separator: " ")
  }

  package static func sentences(_ text: String) -> [String] {
    var sentences: [String] = []
    var words: [Substring] = []
    for word in text.split(separator: " ") {
      words.append(word)
      guard word.hasSuffix(".") || word.hasSuffix("?"), word != "Art.", word != "no." else { continue }
      sentences.append(words.joined(separator: " "))
      words = []
    }
    if !words.isEmpty { sentences.append(words.joined(separator: " ")) }
    return sentences
  }
}
