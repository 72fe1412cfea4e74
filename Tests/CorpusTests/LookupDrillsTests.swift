import Foundation
import Kernels
import Testing

import Corpus

struct LookupDrillsTests {
  static let exercises: [LookupDrills.Exercise] = {
    let drills = LookupDrills(domains: DomainName.allCases, languages: Language.allCases)
    return (0..<4000).map { index in
      var random = SeededRandom(seed: 5, index: index)
      return drills.exercise(using: &random)
    }
  }()

  /// Nothing in an answer has to be known: every word and number of it stands in the question.
  @Test func everyWordIsInThePrompt() {
    for exercise in Self.exercises {
      for word in exercise.completion.split(whereSeparator: { " ,:=\n".contains($0) })
      where !["yes", "no"].contains(word) && word.wholeMatch(of: #/.-./#) == nil {
        #expect(exercise.prompt.contains(word), "\(word) of \(exercise.completion) in \(exercise.prompt)")
      }
    }
  }

  /// The letter at the end is the one before the asked-for words: the search reads the ones before it, whose
  /// letters differ, and stops there.
  @Test func lettersNameWhatWasAskedFor() throws {
    var seen = Set<Substring>()
    for exercise in Self.exercises {
      let lines = exercise.completion.split(separator: "\n")
      guard let letter = lines.last, letter.count == 1, LetteredOptions.letters.contains(String(letter))
      else {
        continue
      }
      seen.insert(letter)
      let search = lines[lines.count - 2].components(separatedBy: ": ")
      let read = try #require(search.last).components(separatedBy: ", ")
      #expect(read.dropLast().allSatisfy { !$0.hasSameLetters && !$0.contains(search[0]) })
      let found = "\(letter)) \(search[0])"
      #expect(read.last?.hasPrefix(found + " ") == true && read.last?.hasSameLetters == true)
      #expect(exercise.prompt.contains(found))
      let phrase = found.dropFirst(3)
      if lines.count == 3 {
        // A rule that was looked up first.
        #expect(lines[0].hasSuffix(": " + phrase) && exercise.prompt.contains(lines[0]))
        #expect(exercise.prompt.contains(lines[0].dropLast(phrase.count + 2) + "?"))
      } else {
        #expect(exercise.prompt.contains(phrase + "?"))
      }
    }
    #expect(seen.count == 5)
  }

  /// A name and its value stand next to one another in the question, whichever comes first.
  @Test func valuesBelongToTheirNames() {
    var pairs = 0
    for exercise in Self.exercises.prefix(1500)
    where !exercise.completion.contains(") ") && !exercise.completion.contains("\n") {
      for pair in exercise.completion.components(separatedBy: ", ") {
        let words = pair.split(separator: " ")
        guard words.count == 2 else { continue }
        let after = exercise.prompt.ranges(of: words[0]).contains { range in
          Self.firstNumber(in: exercise.prompt[range.upperBound...], within: 10) == words[1]
        }
        let before = exercise.prompt.ranges(of: words[1]).contains { range in
          let rest = exercise.prompt[range.upperBound...].prefix(13 + words[0].count)
          guard let name = rest.range(of: words[0]) else { return false }
          return !rest[..<name.lowerBound].contains(where: \.isNumber)
        }
        #expect(after || before, "\(pair) in \(exercise.prompt)")
        pairs += 1
      }
    }
    #expect(pairs > 700)
  }

  /// Two names are the same exactly where the answer says yes, which it does about half of the time.
  @Test func samenessIsToldApart() throws {
    let verdicts = Self.exercises.map(\.completion).flatMap { completion in
      completion.matches(of: #/(?<a>[^,:]+) = (?<b>[^:]+): (?<letters>[^,]*), (?<verdict>yes|no)/#).map {
        found in
        let isSame = found.a.drop { $0 == " " } == found.b
        #expect(
          found.verdict == (isSame ? "yes" : "no") && found.letters.hasSameLetters == isSame, "\(completion)")
        return isSame
      }
    }
    #expect(verdicts.count > 800)
    #expect((verdicts.count * 3 / 10...verdicts.count * 6 / 10).contains(verdicts.count { $0 }))
  }

  @Test func moreThanAQuarterSaysAgainWhatStandsInThePrompt() {
    let repeated = Self.exercises.count { $0.prompt == $0.completion }
    #expect((1000...1220).contains(repeated), "\(repeated) of \(Self.exercises.count)")
  }

  @Test func bothLanguagesTakePartAndNoExerciseRecurs() {
    let korean = Self.exercises.filter {
      $0.prompt.unicodeScalars.contains { (0xAC00...0xD7A3).contains($0.value) }
    }
    #expect((1500...2500).contains(korean.count))
    #expect(Set(Self.exercises.map(\.prompt)).count > 3990)
  }

  /// The number that starts at most `distance` characters into `text`, with its sign of percent.
  private static func firstNumber(in text: Substring, within distance: Int) -> Substring? {
    guard let start = text.prefix(distance + 1).firstIndex(where: \.isNumber) else { return nil }
    return text[start...].prefix { $0.isNumber || $0 == "%" }
  }
}

struct SentenceOrderTests {
  @Test(arguments: [
    ("A rate of 4.5 applies. Is it high? Say so.", ["A rate of 4.5 applies.", "Is it high?", "Say so."]),
    ("Choose. A) Art. 9 sale; B) Art. 25 hire.", ["Choose.", "A) Art. 9 sale; B) Art. 25 hire."]),
    ("요금은 4만 원이다. 총액을 쓰시오", ["요금은 4만 원이다.", "총액을 쓰시오"]),
    ("", []),
  ])
  func splits(text: String, sentences: [String]) {
    #expect(SentenceOrder.sentences(text) == sentences)
  }

  @Test func shufflingKeepsEverySentence() {
    let text = "One. Two. Three. Four. Five."
    var orders = Set<String>()
    for index in 0..<50 {
      var random = SeededRandom(seed: 1, index: index)
      let shuffled = SentenceOrder.shuffled(text, using: &random)
      orders.insert(shuffled)
      #expect(SentenceOrder.sentences(shuffled).sorted() == SentenceOrder.sentences(text).sorted())
    }
    #expect(orders.count > 20)
  }

  /// Another order of sentences changes the question alone, and only in its share of the problems.
  @Test func aShareOfTheProblemsIsAskedInAnotherOrder() {
    func problems(_ share: Double) -> [Problem] {
      let generator = ProblemGenerator(domains: [.finance], side: .train, seed: 3, shuffledShare: share)
      return (0..<400).map { generator.problem(at: $0) }
    }
    let pairs = zip(problems(0), problems(0.5))
    for (plain, shuffled) in pairs {
      #expect(plain.solution == shuffled.solution && plain.group == shuffled.group)
      #expect(
        SentenceOrder.sentences(plain.prompt).sorted() == SentenceOrder.sentences(shuffled.prompt).sorted())
    }
    let changed = pairs.count { $0.prompt != $1.prompt }
    #expect((100...220).contains(changed), "\(changed) of 400")
  }
}

extension StringProtocol {
  /// Whether all pairs of letters at the end, as `Worked` compares names, are of the same letter: `a-a b-b`.
  var hasSameLetters: Bool {
    let pairs = split(separator: " ").reversed().prefix { $0.count == 3 && $0.dropFirst().first == "-" }
    return !pairs.isEmpty && pairs.allSatisfy { $0.first == $0.last }
  }
}
