import Corpus
import Testing

@Suite struct VerifierTests {
  @Test(arguments: [
    ("<think>6×7=42</think>42", Verdict.correct), ("<think>6×7=42</think>42 dollars", .correct),
    ("<think>x</think> $42.0", .correct), ("<think>x</think>43", .wrong), ("42", .correct),
    ("<think>42", .unparsable), ("<think>x</think>", .unparsable), ("<think>x</think>many", .unparsable),
    ("<think>x</think>-42", .wrong), ("<think>x</think>from 1 to 42", .correct),
  ]) func numbers(_ completion: String, _ verdict: Verdict) {
    #expect(Verifier.verify(completion, against: .number(42)).verdict == verdict, "\(completion)")
  }

  @Test func aNumberIsRightToHalfItsLastPlace() {
    let answer = Answer.number(Number(125, decimals: 1))
    #expect(Verifier.verify("12.54", against: answer).verdict == .correct)
    #expect(Verifier.verify("12.56", against: answer).verdict == .wrong)
    #expect(Verifier.verify("1,234.5", against: .number(Number(12345, decimals: 1))).verdict == .correct)
  }

  @Test func otherKinds() {
    func verdict(_ text: String, _ answer: Answer, _ choices: [String] = []) -> Verdict {
      Verifier.verify(text, against: answer, choices: choices).verdict
    }
    #expect(verdict("B", .choice("B", count: 4)) == .correct)
    #expect(verdict("(B)", .choice("B", count: 4)) == .correct)
    #expect(verdict("E", .choice("B", count: 4)) == .unparsable)
    #expect(verdict("oil debris", .choice("B", count: 2), ["current", "oil debris"]) == .correct)
    #expect(verdict("More", .choice("More", count: 4), ["Yes", "No", "More"]) == .correct)
    for (answer, options) in [("예", ["예", "아니오"]), ("2", ["1", "2"])] {
      #expect(verdict(answer, .choice(answer, count: 2), options) == .correct, "a word of one character")
      #expect(verdict(options.first { $0 != answer } ?? "", .choice(answer, count: 2), options) == .wrong)
    }
    #expect(verdict("아니요", .boolean(false)) == .correct)
    #expect(verdict("No.", .boolean(true)) == .wrong)
    #expect(verdict("perhaps", .boolean(true)) == .unparsable)
    #expect(verdict("2026년 3월 4일", .date("2026-03-04")) == .correct)
    #expect(verdict("March 5, 2026", .date("2026-03-04")) == .wrong)
    #expect(verdict("soon", .date("2026-03-04")) == .unparsable)
    #expect(verdict("2026-02-30", .date("2026-02-30")) == .unparsable)
    #expect(verdict("2024-2-29", .date("2024-02-29")) == .correct)
    for text in [
      "The claim may be filed until 14 March 2026.", "The decision is due on 14 March 2026", "Mar 14, 2026",
      "the 14th of March, 2026", "On March the 14th, 2026, it ends", "14. march 2026", "14MAR2026",
      "March14, 2026",
      "Marching on 14 March 2026",
    ] { #expect(verdict(text, .date("2026-03-14")) == .correct, "\(text)") }
    #expect(verdict("May 3, 2026", .date("2026-05-03")) == .correct)
    #expect(verdict("3 Sept. 2026", .date("2026-09-03")) == .correct)
    #expect(verdict("decided on 3, 2026", .date("2026-12-03")) == .unparsable)
    #expect(verdict(" Civil  Act. ", .text("civil act")) == .correct)
  }

  @Test(arguments: [
    ("B. A writ of certiorari", "B"), ("A. Vitamin C", "A"), ("(b) A writ of certiorari", "B"),
    ("C) zinc", "C"),
    ("The answer is C, zinc, and neither Vitamin C nor A writ of certiorari", "C"), ("A or rather B", "B"),
    ("e.g. B", "B"),
    ("A. Vitamin C helps.\nB. A writ of certiorari.\nTherefore the answer is D.", "D"),
    ("B) is incorrect.\nThe correct answer is C.", "C"), ("A. is wrong, B is right", "B"),
  ])
  func theLetterOfAnOptionIsNotOneWithinIt(text: String, letter: String) {
    expect(text, letter, of: ["Vitamin C", "A writ of certiorari", "zinc", "none"])
  }

  /// Options that bear their letters, and short words that stand within others.
  @Test(arguments: [
    ("The answer is B. bar.", ["A. foo", "B. bar"], "B"), ("(B) bar", ["A. foo", "B. bar"], "B"),
    ("I choose Option B.", ["Option A", "Option B"], "B"), ("B, as in 'Can'", ["an", "the", "at"], "B"),
    ("The answer is B", ["is", "are"], "B"),
  ])
  func anOptionsWordsTakeNoLetterAway(text: String, options: [String], letter: String) {
    expect(text, letter, of: options)
  }

  private func expect(_ text: String, _ letter: String, of options: [String]) {
    for other in ["A", "B", "C", "D"].prefix(options.count) {
      let answer = Answer.choice(other, count: options.count)
      let verdict = Verifier.verify(text, against: answer, choices: options).verdict
      #expect(verdict == (other == letter ? .correct : .wrong), "\(text), \(other)")
    }
  }

  @Test(arguments: [
    ("1e-05", "0.00001"), ("1.5e3", "1500"), ("about 2.5E+2 kg", "250"), ("1.25e1", "12.5"),
    ("-$1,200", "-1200"),
    ("−€250", "-250"), ("$-1,200", "-1200"), ("1 -2 3 -4", "-4"), ("x = -5", "-5"), ("3e", "3"),
    ("7 eggs", "7"),
    ("4e2x", "2"), ("at 1-2", "2"), ("12e-1", "1.2"),
    // Amounts, and their figures where the unit is asked for.
    ("700만 원", "7000000"), ("700만 원", "700"), ("700만", "7000000"), ("1억 2천만 원", "120000000"),
    ("3천5백만", "35000000"),
    ("1만 2천 원", "12000"), ("1만 2000원", "12000"), ("1만2000원", "12000"), ("1억 2,345만 6,789원", "123456789"),
    ("1조 2천억 원", "1200000000000"), ("1만 2만", "20000"), ("2.5억", "250000000"), ("12개", "12"), ("제3조", "3"),
    ("$1.2 million", "1200000"), ("12.5 million USD", "12.5"), ("3 thousandths", "3"),
    ("-1.5 billion", "-1500000000"),
    ("5만큼 크다", "5"), ("COX-2억제제", "2"), ("10만 아니라", "10"),
  ])
  func aNumberIsReadWithItsSignAndItsPowerOfTen(text: String, value: String) throws {
    let number = try #require(Number(value))
    #expect(Verifier.verify(text, against: .number(number, unit: nil, tolerance: 0)).verdict == .correct)
  }

  @Test(arguments: [
    ("700원", "7000000"), ("5만큼 크다", "50000"), ("COX-2억제제", "200000000"), ("제3조", "3000000000000"),
    ("1만 2만", "30000"), ("답은 2원", "120000000"),
  ])
  func whatIsNoAmountIsNone(text: String, value: String) throws {
    let number = try #require(Number(value))
    #expect(Verifier.verify(text, against: .number(number, unit: nil, tolerance: 0)).verdict == .wrong)
  }

  @Test func koreanParticles() {
    #expect(KoreanParticle.form("은", after: "라인") == "은")
    #expect(KoreanParticle.form("은", after: "회사") == "는")
    #expect(KoreanParticle.form("으로", after: "서울") == "로")
    #expect(KoreanParticle.form("을", after: "320") == "을")
    #expect(KoreanParticle.form("이", after: "4%") == "가")
    #expect(KoreanParticle.form("이라", after: "24.5 mm") == "라")
    #expect(KoreanParticle.form("이라", after: "500 g") == "이라")
    #expect(KoreanParticle.form("으로", after: "420 MPa") == "로")
  }
}
