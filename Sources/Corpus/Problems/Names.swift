/// Invented given names and roles that fill the places of problems; they never decide an answer.
public enum Names {
  public static let people: [Localized] = Localized.pairs(
    ["Mina", "Jisoo", "Hana", "Daniel", "Clara", "Omar", "Sofia", "Tomas", "Yuna", "Peter", "Nora", "Joon"],
    ["민아", "지수", "하나", "다니엘", "클라라", "오마르", "소피아", "토마스", "유나", "피터", "노라", "준"])
}
