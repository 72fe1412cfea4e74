import Corpus
import Foundation
import Kernels
import Testing

@Suite struct RecordReaderTests {
  private func read(_ text: String, skippingBad: Bool = false) throws -> RecordReader.Result {
    let path = NSTemporaryDirectory() + "records-\(UUID().uuidString).jsonl"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try RecordReader(skipsBadLines: skippingBad).read(path: path)
  }

  @Test func everyAcceptedForm() throws {
    let lines = [
      #"{"text":"plain"}"#, #"{"prompt":"2+2?"}"#, #"{"prompt":"2+2?","completion":"4"}"#,
      #"{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"yo","reasoning_content":"greet"}]}"#,
      #"{"conversations":[{"from":"human","value":"hi"},{"from":"gpt","value":"yo"}]}"#,
      #"{"instruction":"add","input":"1 2","output":"3"}"#,
      #"{"prompt":"pick","reasoning":"because","answer":"B","answer_type":"choice","choices":["x","y"],"lang":"en","domain":"law","row":{"b":1,"a":2}}"#,
    ]
    let records = try read(lines.joined(separator: "\n") + "\n").records
    #expect(records.count == lines.count)
    guard case .messages(let turns) = records[3].content else { return #expect(Bool(false)) }
    #expect(turns[1].content == "<think>greet</think>yo")
    guard case .problem(let problem) = records[6].content else { return #expect(Bool(false)) }
    #expect(problem.solution == "<think>because</think>B")
    #expect(records[6].group == #"row:{"a":2,"b":1}"#)
  }

  @Test func aRightAnswerMayStandBesideWhatWasWritten() throws {
    let lines = [
      #"{"prompt":"2+2?","completion":"It is 4","answer":4}"#,
      #"{"prompt":"pick","completion":"B","answer":"B","answer_type":"choice","choices":["x","y","z"]}"#,
      #"{"prompt":"2+2?","completion":"It is 4","answer":["no answer"]}"#,
      #"{"prompt":"2+2?","answer":"4.5 kg","answer_type":"number","unit":"kg"}"#,
    ]
    let records = try read(lines.joined(separator: "\n")).records
    #expect(records.map(\.answer) == [.number(4), .choice("B", count: 3), nil, nil])
    #expect(records.map { $0.exchange?.completion } == ["It is 4", "B", "It is 4", nil])
    guard case .problem(let problem) = records[3].content else { return #expect(Bool(false)) }
    #expect(problem.answer.text == "4.5 kg")
  }

  /// As people write them; what no answer could equal is refused.
  @Test(arguments: [
    (#""answer":"March 14, 2026","answer_type":"date""#, ["2026-03-14", "14 March 2026"]),
    (#""answer":"2026-3-14","answer_type":"date""#, ["2026-03-14"]),
    (#""answer":"b","answer_type":"choice","choices":["x","y"]"#, ["B", "b", "y"]),
    (#""answer":"yes","answer_type":"choice","choices":["Yes","No"]"#, ["Yes", "yes."]),
    (#""answer":"C","answer_type":"choice""#, ["C", "c"]), (#""answer":"(B)","answer_type":"choice""#, ["B"]),
    (#""answer":1e-05,"answer_type":"number""#, ["0.00001", "1e-5"]),
    (#""answer":"2024년 3월 1일","answer_type":"date""#, ["2024년 3월 1일", "2024.03.01", "2024. 3. 1."]),
    (#""answer":"700만 원","answer_type":"number""#, ["7,000,000원", "700만 원"]),
  ])
  func answersAreReadInOneForm(fields: String, right: [String]) throws {
    let prompt = #""prompt":"Which?\nA. x\nB. y\nC. z\nD. w""#
    let record = try read("{\(prompt),\(fields)}").records[0]
    guard case .problem(let problem) = record.content else { return #expect(Bool(false)) }
    for answer in right {
      let verdict = Verifier.verify(answer, against: problem.answer, choices: record.choices).verdict
      #expect(verdict == .correct, "\(answer)")
    }
    #expect(Verifier.verify("D", against: problem.answer, choices: record.choices).verdict != .correct)
    if case .choice(_, let count) = problem.answer { #expect(count == (record.choices.isEmpty ? 4 : 2)) }
  }

  @Test(arguments: [
    #""answer":"soon","answer_type":"date""#, #""answer":"E","answer_type":"choice","choices":["x","y"]"#,
    #""answer":"maybe","answer_type":"choice","choices":["Yes","No"]"#,
    #""answer":"2024-02-30","answer_type":"date""#,
  ])
  func answersThatNothingCanEqualAreRefused(fields: String) throws {
    let error = #expect(throws: CorpusError.self) { try read("{\"prompt\":\"p\",\(fields)}") }
    #expect(error?.description.contains("answer") == true)
  }

  @Test func aByteOrderMarkIsPassedOver() throws {
    #expect(try read("\u{FEFF}{\"text\":\"a\"}\n{\"text\":\"b\"}").records.count == 2)
  }

  @Test func anEmptyPromptAsksNothing() {
    #expect(throws: Never.self) {
      try read(#"{"prompt":"","completion":"what is learnt without a question"}"#)
    }
    let error = #expect(throws: CorpusError.self) { try read(#"{"prompt":"  ","answer":"4"}"#) }
    #expect(error?.description.contains("a prompt with words") == true)
  }

  @Test func aTableOfSeveralShapesHoldsNull() throws {
    let lines = [
      #"{"messages":null,"prompt":"a","completion":"b"}"#,
      #"{"messages":null,"conversations":[{"from":"human","value":"hi"},{"from":"gpt","value":"yo"}],"prompt":null}"#,
    ]
    #expect(try read(lines.joined(separator: "\n")).records.map { $0.exchange?.completion } == ["b", "yo"])
  }

  /// A count is right or wrong; other numbers may be off by one in a hundred, or by what the record says.
  @Test(arguments: [
    (#""answer":"1111""#, ["1111", "1111.3", "1,111"], ["1121", "1110", "1112"]),
    (#""answer":8400"#, ["8400"], ["8399"]), (#""answer":"0""#, ["0"], ["1", "-1"]),
    (#""answer":"12.5""#, ["12.5", "12.4", "12.6"], ["12.3", "12.7"]),
    (#""answer":"14%""#, ["14", "14.1"], ["14.2", "15"]),
    (#""answer":"12.5 million""#, ["12,500,000", "12.48 million"], ["12.5", "12.3 million"]),
    (#""answer":12.5,"unit":"million USD""#, ["12.5 million USD", "12.5"], ["12,500,000"]),
    (#""answer":"12.5 million USD","unit":"million USD""#, ["12.5 million USD"], ["12,500,000"]),
    (#""answer":700,"unit":"만원""#, ["700만원"], ["7,000,000원"]),
    (#""answer":"200","unit":"kg""#, ["200", "201"], ["203"]),
    (#""answer":"8400","tolerance":1"#, ["8399", "8401"], ["8402"]),
    (#""answer":"12.5","tolerance":0,"unit":null"#, ["12.5"], ["12.6"]),
  ])
  func aNumberIsRightWithinItsTolerance(fields: String, right: [String], wrong: [String]) throws {
    let record = try read(#"{"prompt":"p","answer_type":"number",\#(fields)}"#).records[0]
    guard case .problem(let problem) = record.content else { return #expect(Bool(false)) }
    for answer in right {
      #expect(Verifier.verify(answer, against: problem.answer).verdict == .correct, "\(answer)")
    }
    for answer in wrong {
      #expect(Verifier.verify(answer, against: problem.answer).verdict == .wrong, "\(answer)")
    }
  }

  @Test func aGroupThatIsWrittenDownIsReadAsItIs() throws {
    let lines = [
      #"{"prompt":"a","completion":"b","split_group":"row:{\"a\":2}","row":7,"group":"x"}"#,
      #"{"prompt":"a","completion":"b","group":"x"}"#, #"{"prompt":"a","completion":"b","split_group":3}"#,
    ]
    #expect(
      try read(lines.joined(separator: "\n")).records.map(\.group) == [#"row:{"a":2}"#, #"group:"x""#, "a"])
  }

  @Test func badLinesNameFileAndLine() throws {
    for bad in [
      "{broken", "[1]", #"{"answer":"x"}"#, #"{"prompt":3}"#,
      #"{"prompt":"p","answer":"many","answer_type":"number"}"#,
      #"{"prompt":"p","answer":"1","answer_type":"number","tolerance":-1}"#,
      #"{"prompt":"p","answer":"1","answer_type":"number","tolerance":"1 %"}"#,
    ] {
      let error = #expect(throws: CorpusError.self) { try read(#"{"text":"a"}"# + "\n" + bad + "\n") }
      #expect(error?.place.hasSuffix(".jsonl:2") == true, "\(bad)")
      #expect(error?.exitCode == .badData)
      let kept = try read(#"{"text":"a"}"# + "\n" + bad + "\n", skippingBad: true)
      #expect(kept.records.count == 1 && kept.skipped.count == 1)
    }
    #expect(throws: CorpusError.self) { try read("") }
    #expect(throws: CorpusError.self) { try RecordReader().read(path: "/nonexistent.jsonl") }
  }

  @Test func aRecordWithoutALanguageIsOfTheOneOfItsLetters() throws {
    let lines = [
      #"{"prompt":"세율은 얼마인가?","answer":"3 %"}"#, #"{"prompt":"What rate?","answer":"3 %"}"#,
      #"{"prompt":"What is 세율?","answer":"a rate","lang":"en"}"#,
      #"{"prompt":"세율은?","completion":"3 %"}"#, #"{"prompt":"Welche Rate?","completion":"3 %","lang":"de"}"#,
      #"{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"세율은?"}]}"#,
      #"{"text":"세율"}"#, #"{"text":"rate","lang":null}"#,
    ]
    let records = try read(lines.joined(separator: "\n")).records
    #expect(records.map(\.language) == ["ko", "en", "en", "ko", "de", "ko", "ko", "en"])
    let problems = records.compactMap {
      if case .problem(let problem) = $0.content { problem.language } else { nil }
    }
    #expect(problems == ["ko", "en", "en"])
  }

  @Test func groupsStayOnOneSide() throws {
    let twins = (0..<200).map { index in
      ["en", "ko"].map {
        #"{"prompt":"\#($0) \#(index)","answer":"yes","answer_type":"boolean","row":\#(index)}"#
      }
    }
    let records = try read(twins.flatMap { $0 }.joined(separator: "\n")).records
    for index in stride(from: 0, to: records.count, by: 2) {
      #expect(records[index].side() == records[index + 1].side())
    }
    #expect(Set(records.map { $0.side() }) == Set(Side.allCases))
  }
}
