import Corpus
import Foundation
import Kernels
import Testing

@Suite struct OptionOrderTests {
  private static let prompt =
    "Which sensor?\nA. power\nB. current\nC. oil debris\n\nAnswer with the letter only."

  private static func record(
    prompt: String = OptionOrderTests.prompt,
    reasoning: String = "", answer: String = "B", choices: [String] = ["power", "current", "oil debris"]
  ) throws -> Record {
    let fields: [String: Any] = [
      "id": "q", "prompt": prompt, "reasoning": reasoning, "answer": answer, "answer_type": "choice",
      "choices": choices,
    ]
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("o-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try JSONSerialization.data(withJSONObject: fields).write(to: file)
    return try #require(try RecordReader().read(path: file.path).records.first)
  }

  /// What the question's letter stands for, read from the prompt as a person would.
  private static func option(_ letter: String, in prompt: String) -> String? {
    prompt.split(separator: "\n").first { $0.hasPrefix("\(letter). ") || $0.hasPrefix("\(letter)) ") }
      .map { String($0.dropFirst(3)) }
  }

  @Test func theRightOptionStaysRightInEveryOrder() throws {
    var random = SeededRandom(seed: 3)
    let others = try Self.record().otherOptionOrders(50, using: &random)
    var letters: [String] = [], prompts: Set = [Self.prompt]
    for record in others {
      guard case .problem(let problem) = record.content, case .choice(let letter, let count) = problem.answer
      else {
        Issue.record("no longer a choice")
        return
      }
      #expect(Self.option(letter, in: problem.prompt) == "current" && count == 3)
      #expect(record.choices == ["A", "B", "C"].compactMap { Self.option($0, in: problem.prompt) })
      #expect(Set(record.choices) == ["power", "current", "oil debris"])
      #expect(problem.prompt.hasPrefix("Which sensor?\nA. "))
      #expect(problem.prompt.hasSuffix("\n\nAnswer with the letter only."))
      letters.append(letter)
      prompts.insert(problem.prompt)
    }
    #expect(prompts.count == 6, "each of the five other orders once")
    #expect(letters.sorted() == ["A", "A", "B", "C", "C"])
    #expect(try Self.record().otherOptionOrders(2, using: &random).count == 2)
    #expect(try Self.record().otherOptionOrders(0, using: &random).isEmpty)
  }

  @Test func whatCannotBeReorderedIsLeftAlone() throws {
    func orders(_ record: Record) -> Int {
      var random = SeededRandom(seed: 1)
      return record.otherOptionOrders(5, using: &random).count
    }
    let brackets = "Which?\nA) power\nB) current\nC) oil debris"
    #expect(orders(try Self.record(prompt: brackets)) == 5)
    #expect(orders(try Self.record(reasoning: "So it is B.")) == 0)
    #expect(orders(try Self.record(prompt: "Which? A. power; B. current; C. oil debris")) == 0)
    #expect(orders(try Self.record(prompt: brackets + "\nB. current")) == 0)
    let many = (0..<40).map { "option \($0)" }
    let list = many.enumerated().map { "A. \($1)" }.joined(separator: "\n")
    #expect(orders(try Self.record(prompt: list, choices: many)) == 0)
    for other in ["both A and B", "all of the above", "위의 모두", "none of the above"] {
      let prompt = "Which?\nA. power\nB. current\nC. \(other)"
      #expect(orders(try Self.record(prompt: prompt, choices: ["power", "current", other])) == 0)
    }
    let none = ["power", "current", "none of these"]
    #expect(
      orders(try Self.record(prompt: "Which?\nA. power\nB. current\nC. none of these", choices: none)) == 5)
  }

  @Test func theOptionIsStatedBeforeItsLetter() throws {
    func solution(_ record: Record) -> String? {
      if case .problem(let problem) = record.statingOption.content { problem.solution } else { nil }
    }
    #expect(try solution(Self.record()) == "<think>current</think>B")
    #expect(try solution(Self.record(reasoning: "It flows.")) == "<think>It flows.</think>B")
    #expect(try solution(Self.record(answer: "Yes", choices: ["Yes", "No"])) == "Yes")
  }
}
