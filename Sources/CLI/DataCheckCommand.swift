import ArgumentParser
import Corpus
import Evaluation
import Files

/// `swiftlet data check FILE|DIR`: whether records can be read, and what they are.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read records and count what they hold; stops at the first bad line.",
    discussion: """
      Example: swiftlet data check records.jsonl

      A line is a JSON object with one of: messages or conversations; prompt with completion; prompt (or inputs) \
      with answer and answer_type (number, choice, boolean, date, text); prompt alone; \
      prompt with chosen and rejected; instruction with output; text.

      A whole number without unit or % is right when the answer rounds to it, another number within 1 %; "tolerance" in a \
      record says how far an answer may be off instead. Numbers may be amounts in words (1.2 million, 700만 원) and \
      powers of ten (1e-05), dates 2026-03-14, 14 March 2026 or 2026년 3월 14일, a choice its letter or its words; an \
      answer that nothing could equal is refused.
      """)

  @Argument(help: "A JSON Lines file, or a folder of them.")
  var path: String

  @Flag(help: "Count bad lines and go on.")
  var skipBad = false

  @OptionGroup var result: ResultOptions

  func run() throws {
    let reading = try RecordReader(skipsBadLines: skipBad).read(path: path)
    let counts = RecordCounts(reading)
    for message in reading.skipped.prefix(10) { Terminal.write("bad: \(message)\n") }
    Terminal.printResult(result.json ? counts.json(path: path).text() : counts.text(path: path))
  }
}

private struct RecordCounts {
  private let records: Int
  private let bad: Int
  private let groups: Int
  private let duplicates: Int
  private let checkable: Int
  private let tables: [(name: String, counts: [(String, Int)])]

  init(_ result: RecordReader.Result) {
    func table(_ key: (Record) -> String?) -> [(String, Int)] {
      let counts = Dictionary(result.records.compactMap(key).map { ($0, 1) }, uniquingKeysWith: +)
      return counts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
    records = result.records.count
    bad = result.skipped.count
    groups = Set(result.records.map(\.group)).count
    duplicates = records - Set(result.records.map(\.wholeText)).count
    checkable = result.records.count { $0.question != nil }
    tables = [
      ("form", table(\.form)), ("language", table(\.language)), ("answer_type", table(\.answerType)),
      ("side", table { $0.side().rawValue }),
    ]
  }

  func text(path: String) -> String {
    var lines = [
      "\(path): \(records) records in \(groups) groups, \(duplicates) duplicates, \(bad) bad lines",
      "\(checkable) hold a question whose answer can be checked",
    ]
    for (name, counts) in tables where !counts.isEmpty {
      lines.append("\(name): " + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  func json(path: String) -> JSONValue {
    var document = JSONObject([
      ("path", .string(path)), ("records", .int(records)), ("groups", .int(groups)),
      ("duplicates", .int(duplicates)), ("bad_lines", .int(bad)), ("checkable", .int(checkable)),
    ])
    for (name, counts) in tables {
      document["by_\(name)"] = .object(JSONObject(counts.map { ($0.0, .int($0.1)) }))
    }
    return .object(document)
  }
}

extension Record {
  fileprivate var form: String {
    switch content {
    case .text: "text"
    case .messages: "messages"
    case .prompt: "prompt"
    case .completion: "prompt and completion"
    case .preference: "prompt, chosen and rejected"
    case .problem: "problem"
    }
  }

  /// What makes two records the same.
  fileprivate var wholeText: String {
    switch content {
    case .text(let text), .prompt(let text): text
    case .messages(let messages): messages.map { "\($0.role)\n\($0.content)" }.joined(separator: "\n")
    case .completion(let prompt, let completion): prompt + "\n" + completion
    case .preference(let prompt, let chosen, let rejected):
      [prompt, chosen, rejected].joined(separator: "\n")
    case .problem(let problem):
      [problem.prompt, problem.answer.text, teacherAnswer ?? ""].joined(separator: "\n")
    }
  }

  fileprivate var answerType: String? {
    if case .problem(let problem) = content { return problem.answer.type }
    return nil
  }
}
