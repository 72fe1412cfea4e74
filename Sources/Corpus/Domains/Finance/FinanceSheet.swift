/// What a finance problem's solution is written on: the givens under short names, then one line a step.
struct FinanceSheet {
  /// The values that decide the answer, in the order in which they were stated.
  private(set) var givens: [String]
  private var stated: (en: [String], ko: [String]) = ([], [])
  private var lines: (en: [String], ko: [String]) = ([], [])

  init(level: Int) { givens = ["level \(level)"] }

  /// States a given value; `sign` follows it in the steps only.
  mutating func state(en: String, ko: String, _ value: some CustomStringConvertible, sign: String = "") {
    givens.append(value.description)
    stated.en.append("\(en) \(value)\(sign)")
    stated.ko.append("\(ko) \(value)\(sign)")
  }

  /// A step that reads the same in both languages.
  mutating func step(_ text: String) {
    lines.en.append(text)
    lines.ko.append(text)
  }

  /// A step with a label in front.
  mutating func step(en: String, ko: String, _ text: String) {
    lines.en.append("\(en): \(text)")
    lines.ko.append("\(ko): \(text)")
  }

  var steps: Localized {
    Localized(
      en: ([stated.en.joined(separator: ", ")] + lines.en).joined(separator: "\n"),
      ko: ([stated.ko.joined(separator: ", ")] + lines.ko).joined(separator: "\n"))
  }

  func scenario(_ facts: [String: Localized], answer: Answer) -> Scenario {
    Scenario(facts: facts, givens: givens, steps: steps, answer: answer)
  }
}

/// `percent` % of an amount by a tenth or a hundredth: `450/10=45, 45×3=135`, `450/100=4.5, 4.5×7=31.5`.
struct PercentOf {
  let value: Number
  let text: String

  init(_ percent: Int, of amount: Number) {
    let (divisor, times) = percent % 10 == 0 ? (10, percent / 10) : (100, percent)
    let part = amount.divided(by: Number(divisor), decimals: amount.decimals + 2)
    value = part * Number(times)
    text = "\(amount)/\(divisor)=\(part)" + (times == 1 ? "" : ", " + Worked.product(part, Number(times)))
  }
}
