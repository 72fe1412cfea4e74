import Corpus
import Foundation
import Kernels
import Testing

@Suite struct OptionOrderTests {
  private static func record(
    prompt: String = "Which sensor?\nA. power\nB. current\nC. oil debris\n\nAnswer with the letter only.",
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
    var letters = Set<String>(), prompts = Set<String>()
    for seed in 0..<60 {
      var random = SeededRandom(seed: UInt64(seed))
      let record = try #require(try Self.record().withOptionsReordered(using: &random))
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
      letters.insert(letter)
      prompts.insert(problem.prompt)
    }
    #expect(letters == ["A", "B", "C"] && prompts.count == 6, "every order is drawn")
  }

  @Test func whatCannotBeReorderedIsLeftAlone() throws {
    var random = SeededRandom(seed: 1)
    let brackets = "Which?\nA) power\nB) current\nC) oil debris"
    #expect(try Self.record(prompt: brackets).withOptionsReordered(using: &random) != nil)
    #expect(try Self.record(reasoning: "So it is B.").withOptionsReordered(using: &random) == nil)
    #expect(
      try Self.record(prompt: "Which? A. power; B. current").withOptionsReordered(using: &random) == nil)
    #expect(try Self.record(prompt: brackets + "\nB) current").withOptionsReordered(using: &random) == nil)
    #expect(try Self.record(answer: "D").withOptionsReordered(using: &random) == nil)
    let many = (0..<40).map { "option \($0)" }
    #expect(try Self.record(choices: many).withOptionsReordered(using: &random) == nil)
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
