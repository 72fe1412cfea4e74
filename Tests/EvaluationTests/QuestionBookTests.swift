import Corpus
import Evaluation
import Foundation
import Testing

/// Files that number their records each from 1.
struct QuestionBookTests {
  private func records(_ lines: [String]) throws -> [Record] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try lines.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
    return try RecordReader().read(path: file.path).records
  }

  private func line(_ id: Int, _ answer: String, _ choices: [String]) -> String {
    let options = choices.map { "\"\($0)\"" }.joined(separator: ", ")
    return
      #"{"id": "\#(id)", "prompt": "May it \#(answer)?", "answer": "\#(answer)", "answer_type": "choice", "#
      + #""choices": [\#(options)]}"#
  }

  @Test func questionsOfOneIDKeepTheirOwnOptions() throws {
    var book = QuestionBook()
    let english = try records([line(1, "Yes", ["Yes", "No"]), line(2, "No", ["Yes", "No"])])
    let korean = try records([line(1, "예", ["예", "아니오"]), line(2, "아니오", ["예", "아니오"])])
    let questions = (english + korean).compactMap { book.question(of: $0) }
    #expect(questions.count == 4 && Set(questions.map(\.id)).count == 4)
    #expect(questions.prefix(2).map(\.id) == english.compactMap(\.question?.id), "what is alone keeps its id")
    for question in questions {
      let verdict = Verifier.verify(
        question.answer.text, against: question.answer, choices: book.choices[question.id] ?? []
      ).verdict
      #expect(verdict == .correct, "\(question.id)")
    }
  }

  @Test func tracesOfOneQuestionShareItsID() throws {
    var book = QuestionBook()
    let traces = try records([line(1, "Yes", ["Yes", "No"]), line(1, "Yes", ["Yes", "No"])])
    #expect(Set(traces.compactMap { book.question(of: $0)?.id }).count == 1)
  }
}
