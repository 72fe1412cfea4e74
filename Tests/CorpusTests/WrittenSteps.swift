import Corpus

/// The equations of a text in the notation of `Worked`: `a+b=c`, `a-b-1=c`, `a×b+2=c`, `a/b=qrR`.
enum WrittenSteps {
  /// One equation and whether it holds.
  struct Equation {
    let text: Substring
    let holds: Bool
    /// Whether every number has one digit, or two where a ten is carried along.
    let isShort: Bool
  }

  /// All equations with a sign of arithmetic between spaces and signs; divisions with a remainder
  /// are taken, quotients written in another way are not.
  static func equations(in text: String) -> [Equation] {
    let form =
      #/(?<a>\d+(?:\.\d+)?)(?<op>[-+×\/])(?<b>\d+(?:\.\d+)?)(?<carry>[-+]\d)?=(?<value>-?\d+(?:\.\d+)?)(?:r(?<rest>\d))?/#
    return text.split(whereSeparator: { ",;: \n".contains($0) }).compactMap { piece in
      guard let match = piece.wholeMatch(of: form), let a = Number(match.a), let b = Number(match.b) else {
        return nil
      }
      let value =
        match.value.hasPrefix("-") ? -(Number(match.value.dropFirst()) ?? 0) : Number(match.value) ?? 0
      let digit = Number(match.carry?.dropFirst() ?? "0") ?? 0
      let carry = match.carry?.hasPrefix("-") == true ? -digit : digit
      let result: Number
      switch match.op {
      case "+": result = a + b + carry
      case "-": result = a - b + carry
      case "×": result = a * b + carry
      default:
        guard let rest = match.rest.flatMap({ Number($0) }) else { return nil }
        return Equation(
          text: piece, holds: value * b + rest == a && rest < b, isShort: a < 100 && b < 10 && value < 100)
      }
      return Equation(text: piece, holds: result == value, isShort: a < 100 && b < 10 && value < 100)
    }
  }
}
