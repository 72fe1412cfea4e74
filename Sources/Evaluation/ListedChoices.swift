import Corpus

/// What is scored as an answer to a question that lists its answers.
public enum ChoiceForm: String, CaseIterable, Sendable {
  /// What training writes as the answer: an option's letter, its word where the prompt lists words, yes or no.
  case answers
  /// An option's own text; for yes or no the words that the prompt names.
  case texts
}

/// The answers that a question allows, as texts that may follow it.
public struct ListedChoices: Sendable, Equatable {
  public let texts: [String]
  /// Each as the verifier reads it: a letter, a word, yes or no.
  public let readings: [String]
  /// The index of the right one.
  public let right: Int

  /// - Parameters:
  ///   - choices: the options' texts, first is A; nil where the question itself knows how many there are.
  ///   - place: what an error names.
  /// - Returns: nil for a question that does not list its answers.
  /// - Throws: `EvaluationError` for options that are missing or empty, and a right answer that is none of them.
  public init?(
    _ problem: Problem, choices: [String]?, form: ChoiceForm, place: String
  ) throws(EvaluationError) {
    switch problem.answer {
    case .number, .date, .text: return nil
    case .boolean(let value):
      let words = form == .texts ? Self.words(in: problem.prompt) : ["yes", "no"]
      self.init(texts: words, readings: ["yes", "no"], right: value ? 0 : 1)
    case .choice(let answer, let count):
      if choices == nil, form == .texts { throw .noChoices(place: place, found: "none") }
      if let choices {
        guard choices.count >= 2 else { throw .noChoices(place: place, found: "\(choices.count)") }
        if choices.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
          throw .noChoices(place: place, found: "an empty one")
        }
      }
      if OptionLetter.all.contains(answer) {
        let letters = OptionLetter.first(choices?.count ?? count)
        guard let right = letters.firstIndex(of: answer), letters.count == choices?.count ?? count else {
          throw .answerNotListed(place: place, answer: answer, choices: letters.count)
        }
        self.init(texts: form == .texts ? choices ?? letters : letters, readings: letters, right: right)
      } else {
        let words = choices ?? []
        guard let right = words.firstIndex(of: answer) else {
          throw .answerNotListed(place: place, answer: answer, choices: words.count)
        }
        self.init(texts: words, readings: words, right: right)
      }
    }
  }

  private init(texts: [String], readings: [String], right: Int) {
    self.texts = texts
    self.readings = readings
    self.right = right
  }

  /// The words for yes and no that the prompt names itself.
  private static func words(in prompt: String) -> [String] {
    let pairs = [
      ["Yes", "No"], ["yes", "no"], ["True", "False"], ["true", "false"], ["예", "아니오"], ["예", "아니요"],
      ["네", "아니요"], ["참", "거짓"],
    ]
    let words = Set(prompt.split { !$0.isLetter }.map(String.init))
    let named = pairs.first { words.isSuperset(of: $0) }
    // Korean puts endings on its words: 예 또는 아니오로.
    return named ?? pairs.dropFirst(4).first { $0.allSatisfy(prompt.contains) } ?? pairs[0]
  }
}
