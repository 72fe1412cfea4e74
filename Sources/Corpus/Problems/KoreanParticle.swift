/// Chooses between the two forms of a Korean particle by the sound that ends the word before it.
public enum KoreanParticle {
  /// `particle` is either form: 은/는, 이/가, 을/를, 과/와, 으로/로, 이며/며, 이고/고, 이다/다, 이라/라, 이면/면, 인/ㄴ is not known.
  /// Returns the right form after `word`, or nil for an unknown particle.
  public static func form(_ particle: String, after word: String) -> String? {
    guard let pair = pairs.first(where: { $0.closed == particle || $0.open == particle }) else { return nil }
    let final = finalConsonant(of: word)
    if pair.closed == "으로" { return final == .none || final == .rieul ? "로" : "으로" }
    return final == .none ? pair.open : pair.closed
  }

  private static let pairs: [(closed: String, open: String)] = [
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"), ("으로", "로"), ("이며", "며"), ("이고", "고"),
    ("이다", "다"), ("이라", "라"), ("이면", "면"), ("이라면", "라면"), ("이지만", "지만"), ("이었", "였"),
    ("이므로", "므로"), ("이어서", "여서"), ("이나", "나"), ("이라는", "라는"), ("아", "야"),
  ]

  private enum Final { case none, rieul, other }

  /// How the Korean names of units end: 밀리미터, 그램, 뉴턴미터, 메가파스칼, 옴, 도, 바.
  private static let units: [Substring: Final] = [
    "mm": .none, "cm": .none, "m": .none, "mm/s": .none, "N·m": .none, "°C": .none, "bar": .none, "%": .none,
    "g": .other, "kg": .other, "N": .other, "Ω": .other, "MPa": .rieul,
  ]

  /// Digits, Latin letters and a few signs end as their Korean reading does: 3 (삼) is closed, 2 (이) is open.
  /// What follows in parentheses is not read: 이자(만 원)를, 비율(%)을.
  private static func finalConsonant(of word: String) -> Final {
    if word.hasSuffix(")"), let open = word.lastIndex(of: "("), open != word.startIndex {
      return finalConsonant(of: String(word[..<open]))
    }
    if let space = word.lastIndex(of: " "), let final = units[word[word.index(after: space)...]] {
      return final
    }
    guard let last = word.unicodeScalars.last(where: { !")]}\"'”’ ".unicodeScalars.contains($0) }) else {
      return .none
    }
    switch last {
    case "가"..."힣":
      switch (last.value - 0xAC00) % 28 {
      case 0: return .none
      case 8: return .rieul
      default: return .other
      }
    case "1", "7", "8", "L", "l", "R", "r": return .rieul
    case "0", "3", "6", "M", "m", "N", "n": return .other
    default: return .none
    }
  }
}
