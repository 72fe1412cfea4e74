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
    let source = LookupExamples(drills, encoder: encoder, count: 50, seed: 1)
    for index in 0..<50 {
      let example = try source.example(at: index)
      let learnt = example.labels.filter { $0 != Example.ignoredLabel }
      let firstLearnt = try #require(example.labels.firstIndex { $0 != Example.ignoredLabel })
      #expect(firstLearnt > 3 && learnt.count == example.labels.count - firstLearnt)
      #expect(try source.example(at: index) == example)
    }
  }

  /// Another order of sentences changes the question alone, and only in its share of the problems.
  @Test func sentencesChangeOrderInTheirShareOfProblems() throws {
    let encoder = try Self.encoder()
    let generator = ProblemGenerator(domains: [.finance], side: .train, seed: 3)
    func examples(_ share: Double) throws -> [Example] {
      let source = ProblemExamples(generator, encoder: encoder, count: 400, shuffledShare: share)
      return try (0..<400).map { try source.example(at: $0) }
    }
    let plain = try examples(0), half = try examples(0.5)
    for (before, after) in zip(plain, half) {
      #expect(
        before.labels.filter { $0 != Example.ignoredLabel }
          == after.labels.filter { $0 != Example.ignoredLabel })
    }
    let changed = zip(plain, half).count { $0 != $1 }
    #expect((100...220).contains(changed), "\(changed) of 400")
  }
}
