/// Arithmetic written out in steps that a small model can follow: the one notation of all domains.
///
/// A product of two longer numbers is split into products with one digit; a long division names each digit's
/// multiple and the rest. Every function returns one piece of text without line breaks, such as
/// `47×36: 47×30=1410, 47×6=282, 1410+282=1692`.
public enum Worked {
  public static func sum(_ a: Number, _ b: Number) -> String { "\(a)+\(b)=\(a + b)" }

  /// `a+b=s` continued over all terms: `3+4=7, 7+9=16`.
  public static func sum(_ terms: [Number]) -> String {
    var total = terms.first ?? 0
    return terms.dropFirst().map { term in
      defer { total = total + term }
      return sum(total, term)
    }.joined(separator: ", ")
  }

  public static func difference(_ a: Number, _ b: Number) -> String { "\(a)-\(b)=\(a - b)" }

  public static func product(_ a: Number, _ b: Number) -> String {
    let (long, short) = significantDigits(a) >= significantDigits(b) ? (a, b) : (b, a)
    let parts = places(short)
    guard parts.count > 1, significantDigits(long) > 1 else { return "\(a)×\(b)=\(a * b)" }
    let products = parts.map { long * $0 }
    let lines = zip(parts, products).map { "\(long)×\($0)=\($1)" }
    return "\(a)×\(b): " + (lines + [sum(products)]).joined(separator: ", ")
  }

  /// The quotient rounded half up to `decimals` places; when it is not exact, one more digit is worked out
  /// first: `100/7=14.28, 14.3`. Both numbers must be positive.
  public static func quotient(_ a: Number, _ b: Number, decimals: Int = 0) -> String {
    let exact = isExact(a, b, decimals: decimals)
    let places = exact ? decimals : decimals + 1
    let cut = truncated(a, by: b, decimals: places)
    let rounding = exact ? "" : ", \(a.divided(by: b, decimals: decimals))"
    if significantDigits(b) == 1 || cut == 0 { return "\(a)/\(b)=\(cut)\(rounding)" }
    var rest = a
    var lines: [String] = []
    for part in self.places(cut) {
      lines.append("\(b)×\(part)=\(b * part), \(difference(rest, b * part))")
      rest = rest - b * part
    }
    return "\(a)/\(b): " + lines.joined(separator: ", ") + ", \(cut)" + rounding
  }

  /// `percent` % of `a`: `450×12: …=5400, 5400/100=54`.
  public static func percentage(_ percent: Number, of a: Number) -> String {
    let whole = a * percent
    return "\(product(a, percent)), \(whole)/100=\(whole.divided(by: 100, decimals: whole.decimals + 2))"
  }

  /// The result that `quotient` ends with.
  public static func value(_ a: Number, over b: Number, decimals: Int = 0) -> Number {
    a.divided(by: b, decimals: decimals)
  }

  /// Whether a/b has at most `decimals` decimal places.
  public static func isExact(_ a: Number, _ b: Number, decimals: Int) -> Bool {
    a.divided(by: b, decimals: decimals) * b == a
  }

  /// The parts of a number, one non-zero digit each: 1052 is 1000, 50, 2.
  static func places(_ number: Number) -> [Number] {
    var rest = abs(number.units)
    var parts: [Number] = []
    var place = 1
    while rest > 0 {
      if rest % 10 != 0 { parts.append(Number(rest % 10 * place, decimals: number.decimals)) }
      rest /= 10
      place *= 10
    }
    return parts.reversed()
  }

  static func significantDigits(_ number: Number) -> Int {
    var units = abs(number.units)
    guard units > 0 else { return 1 }
    while units % 10 == 0 { units /= 10 }
    return String(units).count
  }

  /// a/b cut off (not rounded) after `decimals` places; both positive.
  static func truncated(_ a: Number, by b: Number, decimals: Int) -> Number {
    let rounded = a.divided(by: b, decimals: decimals)
    return rounded * b > a ? rounded - Number(1, decimals: decimals) : rounded
  }
}
