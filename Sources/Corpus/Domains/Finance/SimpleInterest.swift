import Kernels

/// Simple interest on a deposit or loan: I = P · r · t; later levels ask for the total, months, or tax on interest.
struct SimpleInterest: ProblemFamily {
  let name = "simple_interest"

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let customer = random.pick(Names.people)
    let principal = Number(random.int(in: 2...99) * 100)
    let rate = Number(random.int(in: 2...9))
    let years = Number(random.int(in: 2...9))
    let yearly = (principal * rate).divided(by: 100, decimals: 2)
    let interest = yearly * years
    var facts: [String: Localized] = [
      "customer": customer,
      "principal": Localized(en: "\(principal) dollars", ko: "\(principal)달러"),
      "rate": Localized("\(rate)%"),
      "years": Localized(en: "\(years) years", ko: "\(years)년"),
    ]
    var givens = ["\(principal)", "\(rate)", "\(years)"]
    var lines = [Worked.percentage(rate, of: principal), Worked.product(yearly, years)]
    var answer = interest
    if level <= 2 {
      facts["ask"] = Localized(en: "the total interest in dollars", ko: "총이자(달러)")
    } else if level == 3 {
      facts["ask"] = Localized(en: "the amount owed at the end, in dollars", ko: "만기 원리금(달러)")
      lines.append(Worked.sum(principal, interest))
      answer = principal + interest
    } else {
      let tax = Number(random.int(in: 1...4) * 10)
      facts["tax"] = Localized("\(tax)%")
      givens.append("\(tax)")
      let withheld = (interest * tax).divided(by: 100, decimals: 2)
      facts["ask"] = Localized(en: "the interest kept after tax, in dollars", ko: "세후 이자(달러)")
      lines += [Worked.percentage(tax, of: interest), Worked.difference(interest, withheld)]
      answer = interest - withheld
      if level == 5 {
        facts["ask"] = Localized(en: "the amount received after tax, in dollars", ko: "세후 수령액(달러)")
        lines.append(Worked.sum(principal, answer))
        answer = answer + principal
      }
    }
    givens.append("level \(level)")
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens,
      steps: Localized(
        en: "principal \(principal), rate \(rate)%, years \(years)\n\(work)",
        ko: "원금 \(principal), 이율 \(rate)%, 기간 \(years)\n\(work)"),
      answer: .number(answer))
  }

  let statements: [Language: [String]] = [
    .en: [
      "Simple interest is the principal times the yearly rate times the number of years.",
      "The principal is the sum that is lent or deposited.",
    ],
    .ko: ["단리 이자는 원금에 연이율과 기간을 곱한 값이다.", "원금은 빌려주거나 예치한 금액이다."],
  ]

  let phrasings: [Language: [Phrasing]] = [
    .en: [
      "{customer} <deposits|places> {principal} at a simple interest rate of {rate} a year for {years}. [[Interest is taxed at {tax}.]] What is {ask}?",
      "For {years}, a deposit of {principal} earns {rate} simple interest each year. [[The tax on interest is {tax}.]] Find {ask} for {customer}.",
    ].map(Phrasing.init),
    .ko: [
      "{customer|은} {principal|을} 연 {rate}의 단리로 {years} 동안 예치했다. [[이자에는 {tax}의 세금이 붙는다.]] {ask|을} 구하시오.",
      "기간은 {years}, 연이율은 단리 {rate}, 원금은 {principal}인 {customer}의 예금이 있다. [[이자 소득세율은 {tax}이다.]] {ask|은} 얼마인가?",
    ].map(Phrasing.init),
  ]
}
