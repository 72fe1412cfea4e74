import Kernels

/// Arithmetic without a story, in the notation of `Worked`: what every domain's steps are made of.
public enum ArithmeticDrills {
  /// A few equations, separated by line breaks.
  public static func document(using random: inout SeededRandom) -> String {
    (0..<random.int(in: 4...8)).map { _ in equation(using: &random) }.joined(separator: "\n")
  }

  /// The kinds of drill, with their shares of a hundred.
  private static let shares: [(kind: Kind, percent: Int)] = [
    (.step, 10), (.sum, 17), (.difference, 18), (.product, 16), (.longProduct, 8), (.quotient, 14),
    (.shift, 5), (.comparison, 12),
  ]

  private enum Kind { case step, sum, difference, product, longProduct, quotient, shift, comparison }

  public static func equation(using random: inout SeededRandom) -> String {
    var point = random.int(in: 0...99)
    let kind = shares.first { share in
      point -= share.percent
      return point < 0
    }?.kind
    switch kind ?? .step {
    case .step: return step(using: &random)
    case .sum: return Worked.sum(number(upTo: 5, using: &random), number(upTo: 4, using: &random))
    case .difference:
      let a = number(upTo: 5, using: &random), b = number(upTo: 4, using: &random)
      return Worked.difference(max(a, b), min(a, b))
    case .product: return Worked.product(number(upTo: 4, using: &random), oneDigit(using: &random))
    case .longProduct:
      let short = Number(random.int(in: 11...99), decimals: random.int(in: 0...1))
      return Worked.product(number(upTo: 3, using: &random), short)
    case .quotient: return quotient(using: &random)
    case .shift:
      let (value, power) = (number(upTo: 5, using: &random), random.pick([10, 100]))
      return "\(value)/\(power)=\(value.divided(by: Number(power), decimals: value.decimals + 2))"
    case .comparison: return comparison(using: &random)
    }
  }

  /// One step of a column: what the written sums are made of.
  private static func step(using random: inout SeededRandom) -> String {
    let (a, b, carry) = (random.int(in: 0...9), random.int(in: 0...9), random.int(in: 0...1))
    switch random.int(in: 0...4) {
    case 0: return "\(a)+\(b)" + (carry > 0 ? "+1=\(a + b + 1)" : "=\(a + b)")
    case 1:
      let top = a - carry < b ? a + 10 : a
      return "\(top)-\(b)" + (carry > 0 ? "-1" : "") + "=\(top - b - carry)"
    case 2:
      let factor = random.int(in: 2...9), carried = random.int(in: 0...factor - 1)
      return "\(a)×\(factor)" + (carried > 0 ? "+\(carried)" : "") + "=\(a * factor + carried)"
    default:
      let divisor = random.int(in: 2...9), chunk = random.int(in: 0...divisor * 10 - 1)
      return "\(chunk)/\(divisor)=\(chunk / divisor)r\(chunk % divisor)"
    }
  }

  /// Exact more often than not; the divisor has one digit that is not zero.
  private static func quotient(using random: inout SeededRandom) -> String {
    let divisor = oneDigit(using: &random)
    if random.int(in: 0...2) == 0 {
      return Worked.quotient(number(upTo: 4, using: &random), divisor, decimals: random.int(in: 0...1))
    }
    let result = number(upTo: 3, using: &random)
    return Worked.quotient(result * divisor, divisor, decimals: result.decimals)
  }

  /// Two numbers that are often close.
  private static func comparison(using random: inout SeededRandom) -> String {
    let a = number(upTo: 4, using: &random)
    let near = Number(random.int(in: 0...20), decimals: a.decimals)
    let b = random.int(in: 0...2) == 0 ? number(upTo: 4, using: &random) : a + near
    let (left, right) = random.int(in: 0...1) == 0 ? (a, b) : (b, a)
    return Worked.comparison(left, random.pick(Worked.Relation.allCases), right)
  }

  /// One non-zero digit with up to two zeros behind it, or tenths.
  private static func oneDigit(using random: inout SeededRandom) -> Number {
    let digit = random.int(in: 1...9)
    return random.int(in: 0...7) == 0
      ? Number(digit, decimals: random.int(in: 1...2))
      : Number(digit * random.pick([1, 1, 1, 1, 10, 10, 100]))
  }

  /// Up to `digits` digits, longer ones more often, since they have more to learn; one in four has decimals.
  private static func number(upTo digits: Int, using random: inout SeededRandom) -> Number {
    let length = max(random.int(in: 1...digits), random.int(in: 1...digits))
    let low = length == 1 ? 1 : Number.power(length - 1)
    let zeros = length > 1 && random.int(in: 0...3) == 0 ? 10 : 1
    let value = random.int(in: low...Number.power(length) - 1) / zeros * zeros
    return Number(value, decimals: random.int(in: 0...3) == 0 ? random.int(in: 1...2) : 0)
  }
}
