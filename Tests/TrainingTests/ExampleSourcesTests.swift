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
