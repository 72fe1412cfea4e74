/// The right answer, and what counts as equal to it.
public enum Answer: Hashable, Codable, Sendable {
  /// Right within `tolerance` (absolute). The unit, if any, follows the number after a space.
  case number(Number, unit: String?, tolerance: Double)
  /// The letter of one of `count` options.
  case choice(String, count: Int)
  case boolean(Bool)
  /// ISO 8601, `2026-03-14`.
  case date(String)
  case text(String)

  /// Right to half a unit of its last decimal place.
  public static func number(_ value: Number, unit: String? = nil) -> Answer {
    var place = 1.0
    for _ in 0..<value.decimals { place /= 10 }
    return .number(value, unit: unit, tolerance: place / 2 * 0.999)
  }

  /// What the model is asked to write after its reasoning.
  public var text: String {
    switch self {
    case .number(let value, let unit, _): unit.map { "\(value) \($0)" } ?? "\(value)"
    case .choice(let letter, _): letter
    case .boolean(let value): value ? "yes" : "no"
    case .date(let iso): iso
    case .text(let words): words
    }
  }

  public var type: String {
    switch self {
    case .number: "number"
    case .choice: "choice"
    case .boolean: "boolean"
    case .date: "date"
    case .text: "text"
    }
  }

  /// Whether the question says which answers there are.
  public var isListed: Bool {
    switch self {
    case .choice, .boolean: true
    case .number, .date, .text: false
    }
  }

  /// The accuracy of guessing blindly among the answers that the question allows.
  public var chance: Double {
    switch self {
    case .choice(_, let count): 1 / Double(max(1, count))
    case .boolean: 0.5
    case .number, .date, .text: 0
    }
  }
}
