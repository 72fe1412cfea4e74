import Corpus
import Foundation
import Testing
import Text
import Training

@Suite struct ExampleSourcesTests {
  static func encoder() throws -> ExampleEncoder {
    let folder = RunTests.root.appendingPathComponent("Models/tiny")
    return ExampleEncoder(tokenizer: try Tokenizer.load(folder), template: .chatML)
  }

  static func records(_ lines: [String]) throws -> [Record] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("r-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    return try RecordReader().read(path: file.path).records
  }

  @Test func recordsKeepTheirDomainInEveryForm() throws {
    let records = try Self.records([
      #"{"prompt":"2+2?","completion":"4","domain":"law"}"#,
      #"{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"yo"}],"domain":"finance"}"#,
      #"{"instruction":"add","input":"1 2","output":"3","domain":"public"}"#,
      #"{"prompt":"2+2?","answer":"4","domain":"law"}"#, #"{"text":"plain","domain":"law"}"#,
      #"{"prompt":"2+2?","completion":"4"}"#, #"{"prompt":"2+2?","completion":"4","domain":3}"#,
    ])
    let source = RecordExamples(records, encoder: try Self.encoder(), name: "records")
    let domains = try records.indices.map { try source.example(at: $0).domain }
    #expect(domains == ["law", "finance", "public", "law", "law", nil, nil])
  }

  /// The questions of look-ups are noise by design: learning them would teach nothing.
  @Test func lookupsAreLearntFromTheAnswerOn() throws {
    let encoder = try Self.encoder()
    let drills = LookupDrills(domains: [.finance], languages: [.en])
    let source = DrawnExamples.lookups(drills, encoder: encoder, count: 50, seed: 1)
    for index in 0..<50 {
      let example = try source.example(at: index)
      let learnt = example.labels.filter { $0 != Example.ignoredLabel }
      let firstLearnt = try #require(example.labels.firstIndex { $0 != Example.ignoredLabel })
      #expect(firstLearnt > 3 && learnt.count == example.labels.count - firstLearnt)
      #expect(try source.example(at: index) == example)
    }
  }
}
