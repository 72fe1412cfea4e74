/// What a solution is written on: the givens under short names, then one line a step.
struct SolutionSheet {
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

  /// States a given value that the languages write in their own way.
  mutating func state(en: String, ko: String, _ value: Localized) {
    givens.append(value.en)
    stated.en.append("\(en) \(value.en)")
    stated.ko.append("\(ko) \(value.ko)")
  }

  /// Adds to the givens what the question asks about; the steps need no line for it.
  mutating func decide(_ given: String) { givens.append(given) }

  /// A step that reads the same in both languages.
  mutating func step(_ text: String) {
    lines.en.append(text)
    lines.ko.append(text)
  }

  /// A step worded in both languages.
  mutating func step(_ text: Localized) {
    lines.en.append(text.en)
    lines.ko.append(text.ko)
  }

  /// A step whose end is worded: `560<600: import, A`.
  mutating func step(_ text: String, en: String, ko: String) {
    lines.en.append("\(text): \(en)")
    lines.ko.append("\(text): \(ko)")
  }

  /// A step with a label in front.
  mutating func step(en: String, ko: String, _ text: String) {
    lines.en.append("\(en): \(text)")
    lines.ko.append("\(ko): \(text)")
  }

  /// The step that compares an amount with the most it may be, whose end is the smaller of both:
  /// `620<=600: 6=6 2>0, no, 600`.
  mutating func limit(_ amount: Number, to most: Number) -> Number {
    let within = min(amount, most)
    step("\(Worked.comparison(amount, .atMost, most)), \(within)")
    return within
  }

  /// Works out `percent` % of an amount, under a label if there is one, and the amount with it.
  mutating func raise(_ amount: Number, by percent: Int, label: Localized? = nil) -> Number {
    let part = percentage(percent, of: amount, label: label)
    step(Worked.sum(amount, part))
    return amount + part
  }

  /// Works out `percent` % of an amount, under a label if there is one, and the amount without it.
  mutating func lower(_ amount: Number, by percent: Int, label: Localized? = nil) -> Number {
    let part = percentage(percent, of: amount, label: label)
    step(Worked.difference(amount, part))
    return amount - part
  }

  private mutating func percentage(_ percent: Int, of amount: Number, label: Localized?) -> Number {
    let part = PercentOf(percent, of: amount)
    if let label { step(en: label.en, ko: label.ko, part.text) } else { step(part.text) }
    return part.value
  }

  var steps: Localized {
    func text(_ stated: [String], _ lines: [String]) -> String {
      ((stated.isEmpty ? [] : [stated.joined(separator: ", ")]) + lines).joined(separator: "\n")
    }
    return Localized(en: text(stated.en, lines.en), ko: text(stated.ko, lines.ko))
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
