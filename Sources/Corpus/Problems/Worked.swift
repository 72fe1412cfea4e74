/// Arithmetic written out in steps that a small model can follow: the one notation of all domains.
///
/// No step holds more than one digit of each operand and a carry. Sums, differences and products run in columns from
/// the last digit to the first, a division digit by digit from the first; the result ends the piece:
///
/// - `347+285: 7+5=12 4+8+1=13 3+2+1=6, 632`
/// - `523-287: 13-7=6 12-8-1=3 5-2-1=2, 236` (a digit that borrows stands with its ten)
/// - `47×6: 7×6=42 4×6+4=28, 282`
/// - `282/6: 28/6=4r4 42/6=7r0, 47`
/// - `780<=700: 7=7 8>0, no`
/// - `lease = loan: l-l e-o, no`
///
/// Every function returns one piece of text without line breaks. Operands are not negative, except where a sign is
/// said to be allowed.
public enum Worked {
  /// `a+b`; with a negative number the sum stands without columns.
  public static func sum(_ a: Number, _ b: Number) -> String {
    guard min(a, b) >= 0, let columns = Columns(a, b) else { return "\(a)+\(b)=\(a + b)" }
    var carry = 0
    let steps = columns.digits.map { first, second in
      let value = first + second + carry
      defer { carry = value / 10 }
      return "\(first)+\(second)\(carry > 0 ? "+1" : "")=\(value)"
    }
    return written("\(columns.first)+\(columns.second)", steps, ["\(a + b)"])
  }

  /// `a+b=s` continued over all terms: `3+4=7, 7+9=16`.
  public static func sum(_ terms: [Number]) -> String {
    var total = terms.first ?? 0
    return terms.dropFirst().map { term in
      defer { total = total + term }
      return sum(total, term)
    }.joined(separator: ", ")
  }

  /// `a-b`; where b is the larger or a number is negative, the difference stands without columns.
  public static func difference(_ a: Number, _ b: Number) -> String {
    guard b >= 0, a >= b, let columns = Columns(a, b) else { return "\(a)-\(b)=\(a - b)" }
    var borrow = 0
    let steps = columns.digits.map { first, second in
      let top = first - borrow < second ? first + 10 : first
      let value = top - second - borrow
      defer { borrow = top > first ? 1 : 0 }
      return "\(top)-\(second)\(borrow > 0 ? "-1" : "")=\(value)"
    }
    return written("\(columns.first)-\(columns.second)", steps, ["\(a - b)"])
  }

  /// `a×b` by the digits of the shorter factor; zeros at the end and the decimal point are put back in the result.
  /// Two longer factors give a product a digit and their sum:
  /// `47×36: 47×30: 7×3=21 4×3+2=14, 1410; 47×6: 7×6=42 4×6+4=28, 282; 1410+282: 0+2=2 … 1+0=1, 1692`.
  public static func product(_ a: Number, _ b: Number) -> String {
    let (long, short) = significantDigits(a) >= significantDigits(b) ? (a, b) : (b, a)
    let top = significant(long), factor = significant(short)
    guard min(a, b) > 0, top > 9, factor > 1 else { return "\(a)×\(b)=\(a * b)" }
    if factor < 10 {
      var carry = 0
      let columns = digits(top).map { digit in
        let value = digit * factor + carry
        defer { carry = value / 10 }
        return "\(digit)×\(factor)\(carry > 0 ? "+\(carry)" : "")=\(value)"
      }
      return written("\(a)×\(b)", columns, ["\(a * b)"])
    }
    let parts = places(factor).map { (text: product(Number(top), $0), value: Number(top) * $0) }
    var lines = parts.map(\.text) + [sum(parts.map(\.value))]
    if a * b != Number(top * factor) { lines.append("\(a * b)") }
    return "\(a)×\(b): " + lines.joined(separator: "; ")
  }

  /// The quotient rounded half up to `decimals` places; when it is not exact, one more digit is worked out first:
  /// `100/7: 10/7=1r3 30/7=4r2 20/7=2r6 60/7=8r4, 14.28, 14.3`. A divisor such as 40 or 0.3 is brought to one
  /// digit first: `232/40=23.2/4: 23/4=5r3 32/4=8r0, 5.8`. `b` must be positive.
  public static func quotient(_ a: Number, _ b: Number, decimals: Int = 0) -> String {
    let isExact = isExact(a, b, decimals: decimals)
    let result = a.divided(by: b, decimals: decimals)
    let lastPlace = isExact ? result.decimals : decimals + 1
    let cut = isExact ? [] : ["\(truncated(a, by: b, decimals: lastPlace))"]
    let divisor = significant(b)
    guard a > 0, divisor > 1 else { return "\(a)/\(b)=" + (cut + ["\(result)"]).joined(separator: ", ") }
    let dividend = a.shifted(left: b.decimals).shifted(left: -trailingZeros(b))
    let head = "\(a)/\(b)" + (Number(divisor) == b ? "" : "=\(dividend)/\(divisor)")
    if dividend < 10, isExact, result.isWhole { return "\(head)=\(result)" }

    let shown = digits(dividend.rounded(down: lastPlace).scaled(lastPlace)).reversed()
    var rest = 0
    let steps = shown.map { digit in
      let chunk = rest * 10 + digit
      rest = chunk % divisor
      return (chunk: chunk, text: "\(chunk)/\(divisor)=\(chunk / divisor)r\(rest)")
    }
    let begun = steps.drop { $0.chunk < divisor }.map(\.text)
    return written(head, begun, cut + ["\(result)"])
  }

  /// What can be asked of two numbers.
  public enum Relation: String, CaseIterable, Sendable {
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    public func holds(_ a: Number, _ b: Number) -> Bool {
      switch self {
      case .less: a < b
      case .atMost: a <= b
      case .greater: a > b
      case .atLeast: a >= b
      }
    }
  }

  /// Whether `a` stands in a relation to `b`, digit under digit from the first until two differ:
  /// `780<=700: 7=7 8>0, no`, `746>85: 7>0, yes`. What the shorter number lacks in front counts as 0. Both must not
  /// be negative.
  public static func comparison(_ a: Number, _ relation: Relation, _ b: Number) -> String {
    let decimals = max(a.decimals, b.decimals)
    let rows = [a, b].map { String($0.scaled(decimals)) }
    func padded(_ row: String, to length: Int) -> String {
      String(repeating: "0", count: max(0, length - row.count)) + row
    }
    let length = max(decimals + 1, rows[0].count, rows[1].count)
    var steps: [String] = []
    for (first, second) in zip(padded(rows[0], to: length), padded(rows[1], to: length)) {
      steps.append("\(first)\(first < second ? "<" : first > second ? ">" : "=")\(second)")
      if first != second { break }
    }
    let shown = [a, b].map { $0.description(decimals: decimals) }
    return written(shown[0] + relation.rawValue + shown[1], steps, [relation.holds(a, b) ? "yes" : "no"])
  }

  public static func comparison(_ a: Int, _ relation: Relation, _ b: Int) -> String {
    comparison(Number(a), relation, Number(b))
  }

  /// Whether two names are the same, letter by letter up to the first difference: `lease = loan: l-l e-o, no`.
  public static func sameness(_ a: String, _ b: String) -> String {
    "\(a) = \(b): \(letters(a, b)), \(a == b ? "yes" : "no")"
  }

  /// The letters of two names side by side up to the first difference, three at most, a point where one has ended:
  /// names to be told apart must differ in one of their first three letters.
  static func letters(_ a: String, _ b: String) -> String {
    func start(_ name: String) -> [Character] {
      let letters = Array(name.filter { $0 != " " }.prefix(comparedLetters))
      return letters + Array(repeating: ".", count: comparedLetters - letters.count)
    }
    var pairs: [String] = []
    for (first, second) in zip(start(a), start(b)) where first != "." || second != "." {
      pairs.append("\(first)-\(second)")
      if first != second { break }
    }
    return pairs.joined(separator: " ")
  }

  /// How many letters decide whether two names are the same.
  static let comparedLetters = 3

  static func sameness(_ a: Localized, _ b: Localized) -> Localized {
    Localized(en: sameness(a.en, b.en), ko: sameness(a.ko, b.ko))
  }

  /// `percent` % of `a`: `450×12: …, 5400, 5400/100=54`.
  public static func percentage(_ percent: Number, of a: Number) -> String {
    let whole = a * percent
    return "\(product(a, percent)), \(whole)/100=\(whole.divided(by: 100, decimals: whole.decimals + 2))"
  }

  /// Whether a/b has at most `decimals` decimal places.
  public static func isExact(_ a: Number, _ b: Number, decimals: Int) -> Bool {
    a.divided(by: b, decimals: decimals) * b == a
  }

  /// Digits between the first and the last that is not zero: 2 for 4.7, 47 and 4700.
  static func significantDigits(_ number: Number) -> Int { String(significant(number)).count }

  private static func written(_ head: String, _ steps: [String], _ results: [String]) -> String {
    "\(head): \((["\(steps.joined(separator: " "))"] + results).joined(separator: ", "))"
  }

  /// The digits of a whole number, last first.
  private static func digits(_ value: Int) -> [Int] {
    String(value).reversed().compactMap(\.wholeNumberValue)
  }

  /// Two numbers that are not negative, one above the other: digit under digit, last first.
  private struct Columns {
    /// The numbers as they are written, with the same count of decimals.
    let first: String
    let second: String
    let digits: [(Int, Int)]

    /// Columns from the first in which not both digits are 0; nil for numbers of one digit.
    init?(_ a: Number, _ b: Number) {
      let decimals = max(a.decimals, b.decimals)
      let (top, bottom) = (a.scaled(decimals), b.scaled(decimals))
      guard max(top, bottom) > 9 else { return nil }
      let rows = [top, bottom].map(Worked.digits)
      let length = max(rows[0].count, rows[1].count)
      let padded = rows.map { $0 + Array(repeating: 0, count: length - $0.count) }
      first = a.description(decimals: decimals)
      second = b.description(decimals: decimals)
      digits = Array(zip(padded[0], padded[1]).drop { $0 == (0, 0) })
    }
  }

  /// The parts of a whole number, one non-zero digit each: 1052 is 1000, 50, 2.
  private static func places(_ number: Int) -> [Number] {
    digits(number).enumerated().reversed().filter { $0.element != 0 }
      .map { Number($0.element * Number.power($0.offset)) }
  }

  /// The number without its decimal point and the zeros at its end: 47 for 4.7 and 4700.
  private static func significant(_ number: Number) -> Int {
    var units = abs(number.units)
    while units != 0, units % 10 == 0 { units /= 10 }
    return units
  }

  private static func trailingZeros(_ number: Number) -> Int {
    number.isWhole ? digits(number.units).prefix { $0 == 0 }.count : 0
  }

  /// a/b cut off (not rounded) after `decimals` places; both positive.
  private static func truncated(_ a: Number, by b: Number, decimals: Int) -> Number {
    let rounded = a.divided(by: b, decimals: decimals)
    return rounded * b > a ? rounded - Number(1, decimals: decimals) : rounded
  }
}
