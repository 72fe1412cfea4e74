/// An exact decimal number, `units` × 10^(−`decimals`): what a problem states and what its steps compute.
///
/// Always in lowest form: 2.50 is stored, compared and printed as 2.5.
public struct Number: Hashable, Codable, Sendable, Comparable, CustomStringConvertible,
  ExpressibleByIntegerLiteral
{
  public let units: Int
  public let decimals: Int

  public init(_ units: Int, decimals: Int = 0) {
    var units = units
    var decimals = decimals
    while decimals > 0, units % 10 == 0 {
      units /= 10
      decimals -= 1
    }
    self.units = units
    self.decimals = decimals
  }

  public init(integerLiteral value: Int) { self.init(value) }

  /// Reads "12", "-3.5"; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, text.utf8.count <= 17 else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard parts.count == 1 || !fraction.isEmpty, fraction.utf8.allSatisfy({ (48...57).contains($0) }),
      let units = Int(whole + fraction)
    else { return nil }
    self.init(units, decimals: fraction.utf8.count)
  }

  public var isWhole: Bool { decimals == 0 }
  public var double: Double { Double(units) / Double(Number.power(decimals)) }

  public static func + (a: Number, b: Number) -> Number {
    let decimals = max(a.decimals, b.decimals)
    return Number(a.scaled(decimals) + b.scaled(decimals), decimals: decimals)
  }

  public static prefix func - (a: Number) -> Number { Number(-a.units, decimals: a.decimals) }
  public static func - (a: Number, b: Number) -> Number { a + -b }

  public static func * (a: Number, b: Number) -> Number {
    Number(a.units * b.units, decimals: a.decimals + b.decimals)
  }

  public static func < (a: Number, b: Number) -> Bool {
    let decimals = max(a.decimals, b.decimals)
    return a.scaled(decimals) < b.scaled(decimals)
  }

  /// The quotient rounded half away from zero to `decimals` places. `divisor` must not be 0.
  public func divided(by divisor: Number, decimals places: Int = 0) -> Number {
    precondition(divisor.units != 0, "Number: division by zero")
    let numerator = units * Number.power(places + divisor.decimals)
    let denominator = divisor.units * Number.power(decimals)
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    let roundsUp = abs(rest) * 2 >= abs(denominator)
    let sign = (numerator < 0) == (denominator < 0) ? 1 : -1
    return Number(quotient + (roundsUp ? sign : 0), decimals: places)
  }

  /// Rounded half away from zero to `places` decimals.
  public func rounded(_ places: Int) -> Number { divided(by: 1, decimals: places) }

  /// Cut off after `places` decimals.
  func rounded(down places: Int) -> Number {
    decimals <= places ? self : Number(units / Number.power(decimals - places), decimals: places)
  }

  /// Times 10^`places`, which may be negative.
  func shifted(left places: Int) -> Number {
    Number(units * Number.power(places - decimals), decimals: max(0, decimals - places))
  }

  /// "12", "-3.5": no grouping, no trailing zeros.
  public var description: String { description(decimals: decimals) }

  /// With zeros at the end up to `places` decimals: "3.50".
  func description(decimals places: Int) -> String {
    let units = scaled(places)
    guard places > 0 else { return String(units) }
    let digits = String(abs(units))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (units < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }

  /// The value in units of 10^(−`places`); `places` must not be below `decimals`.
  func scaled(_ places: Int) -> Int { units * Number.power(places - decimals) }

  static func power(_ exponent: Int) -> Int { (0..<max(0, exponent)).reduce(1) { value, _ in value * 10 } }
}
