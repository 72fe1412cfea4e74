import Corpus
import Kernels
import Testing

struct WorkedTests {
  @Test(arguments: [
    (Worked.sum(347, 285), "347+285: 7+5=12 4+8+1=13 3+2+1=6, 632"),
    (Worked.sum(Number("13.86")!, Number("4.5")!), "13.86+4.50: 6+0=6 8+5=13 3+4+1=8 1+0=1, 18.36"),
    (Worked.sum(28, 4), "28+4: 8+4=12 2+0+1=3, 32"),
    (Worked.sum(1200, 340), "1200+340: 0+4=4 2+3=5 1+0=1, 1540"),
    (Worked.sum([3, 4, 9]), "3+4=7, 7+9=16"),
    (Worked.difference(523, 287), "523-287: 13-7=6 12-8-1=3 5-2-1=2, 236"),
    (Worked.difference(1000, 1), "1000-1: 10-1=9 10-0-1=9 10-0-1=9 1-0-1=0, 999"),
    (Worked.difference(5, 8), "5-8=-3"),
    (Worked.product(47, 6), "47×6: 7×6=42 4×6+4=28, 282"),
    (Worked.product(60, 30), "60×30=1800"),
    (Worked.product(Number("15.9")!, 60), "15.9×60: 9×6=54 5×6+5=35 1×6+3=9, 954"),
    (
      Worked.product(47, 36),
      "47×36: 47×30: 7×3=21 4×3+2=14, 1410; 47×6: 7×6=42 4×6+4=28, 282; "
        + "1410+282: 0+2=2 1+8=9 4+2=6 1+0=1, 1692"
    ),
    (
      Worked.product(230, Number("1.2")!),
      "230×1.2: 23×10=230; 23×2: 3×2=6 2×2=4, 46; 230+46: 0+6=6 3+4=7 2+0=2, 276"
    ),
    (Worked.quotient(282, 6), "282/6: 28/6=4r4 42/6=7r0, 47"),
    (Worked.quotient(84, 4), "84/4: 8/4=2r0 4/4=1r0, 21"),
    (Worked.quotient(8, 4), "8/4=2"),
    (Worked.quotient(232, 40, decimals: 1), "232/40=23.2/4: 23/4=5r3 32/4=8r0, 5.8"),
    (Worked.quotient(Number("1.2")!, Number("0.3")!), "1.2/0.3=12/3: 12/3=4r0, 4"),
    (Worked.quotient(100, 7, decimals: 1), "100/7: 10/7=1r3 30/7=4r2 20/7=2r6 60/7=8r4, 14.28, 14.3"),
    (Worked.quotient(3, 4, decimals: 2), "3/4: 30/4=7r2 20/4=5r0, 0.75"),
    (Worked.quotient(5400, 100), "5400/100=54"),
    (Worked.comparison(780, .atMost, 700), "780<=700: 7=7 8>0, no"),
    (Worked.comparison(746, .greater, 85), "746>85: 7>0, yes"),
    (Worked.comparison(98, .less, 120), "98<120: 0<1, yes"),
    (Worked.comparison(Number("7.1")!, .greater, 7), "7.1>7.0: 7=7 1>0, yes"),
    (Worked.comparison(12, .atLeast, 12), "12>=12: 1=1 2=2, yes"),
    (Worked.comparison(0, .less, Number("0.05")!), "0.00<0.05: 0=0 0=0 0<5, yes"),
    (Worked.percentage(12, of: 50), "50×12: 2×5=10 1×5+1=6, 600, 600/100=6"),
  ])
  func notation(written: String, expected: String) {
    #expect(written == expected)
  }

  /// Every step of what is written is true, and all but those with zeros at the end have one digit a number.
  @Test func everyStepIsTrue() {
    var steps = 0, short = 0
    for index in 0..<20_000 {
      var random = SeededRandom(seed: 3, index: index)
      let line = ArithmeticDrills.equation(using: &random)
      for equation in WrittenSteps.equations(in: line) {
        #expect(equation.holds, "\(equation.text) in \(line)")
        steps += 1
        short += equation.isShort ? 1 : 0
      }
    }
    #expect(steps > 40_000 && short * 20 > steps * 19, "\(short) short steps of \(steps)")
  }

  @Test func resultsEndTheLine() {
    for index in 0..<20_000 {
      var random = SeededRandom(seed: 4, index: index)
      let (a, b) = (
        Number(random.int(in: 1...9999), decimals: random.int(in: 0...2)), Number(random.int(in: 1...999))
      )
      let cases: [(String, Number)] = [
        (Worked.sum(a, b), a + b), (Worked.difference(max(a, b), min(a, b)), max(a, b) - min(a, b)),
        (Worked.product(a, b), a * b), (Worked.quotient(a, b, decimals: 1), a.divided(by: b, decimals: 1)),
      ]
      for (line, result) in cases {
        let last = line.split(whereSeparator: { ",;:= ".contains($0) }).last.map(String.init) ?? ""
        #expect(last == result.description, "\(line) ends in \(last), not \(result)")
      }
    }
  }
}
