import Corpus
import Testing

@Suite struct OptionLetterTests {
  @Test func theFirstLettersOfTheAlphabet() {
    #expect(OptionLetter.first(3) == ["A", "B", "C"])
    #expect(OptionLetter.first(26) == OptionLetter.all && OptionLetter.all.last == "Z")
    #expect(OptionLetter.all == (65..<91).map { String(UnicodeScalar($0 as UInt8)) })
    #expect(OptionLetter.first(27).count == 26 && OptionLetter.first(-1).isEmpty)
  }

  /// The capital of the ligature \u{FB06} is "ST", a part of the alphabet.
  @Test func aLigatureIsNoLetterOfAnOption() {
    let answer = Answer.choice("S", count: 26)
    #expect(Verifier.verify("\u{FB06}", against: answer, choices: []).verdict == .unparsable)
    #expect(Verifier.verify("s", against: answer, choices: []).verdict == .correct)
  }
}
