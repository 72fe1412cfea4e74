import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing

@Suite("Continuation scoring", .serialized) struct ContinuationScoringTests {
  private static let vocabulary = 96

  /// Prompts of 1 to 600 tokens with one to five continuations of 0 to 40 tokens; alone or beside single tokens.
  private static func requests() -> [ScoringRequest] {
    var random = SeededRandom(seed: 3)
    func tokens(_ count: Int) -> [Int32] {
      (0..<count).map { _ in Int32(random.next() % UInt64(vocabulary)) }
    }
    var requests = (0..<12).map { index in
      ScoringRequest(
        prompt: tokens([1, 2, 9, 63, 64, 65, 130, 31][index % 8]),
        continuations: (0..<(1 + index % 5)).map { tokens([1, 7, 1, 40, 3][($0 + index) % 5]) })
    }
    requests.append(ScoringRequest(prompt: tokens(600), continuations: [tokens(2), tokens(3), tokens(1)]))
    requests.append(ScoringRequest(prompt: tokens(1), continuations: [tokens(639)]))
    requests.append(ScoringRequest(prompt: tokens(5), continuations: [[], tokens(4)]))
    return requests
  }

  /// ln p of each token of `continuation`, and whether each is the likeliest, by one plain forward pass.
  private static func reference(
    _ model: Transformer, _ prompt: [Int32], _ continuation: [Int32]
  ) -> (logProbabilities: [Double], isGreedy: Bool) {
    let tokens = prompt + continuation
    let logits = withoutGradient {
      model.logits(of: model.forward(tokens: tokens, documentLengths: [tokens.count]))
    }.buffer.array()
    var isGreedy = true
    let values = continuation.enumerated().map { index, token in
      let row = logits[(prompt.count + index - 1) * vocabulary..<(prompt.count + index) * vocabulary].map(
        Double.init)
      let largest = row.max() ?? 0
      isGreedy = isGreedy && row[Int(token)] == largest
      return row[Int(token)] - largest - log(row.reduce(0) { $0 + exp($1 - largest) })
    }
    return (values, isGreedy)
  }

  @Test func scoresAreThoseOfAPlainForwardPass() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640)
    var requests = Self.requests()
    // What greedy decoding writes is marked as such.
    let prompt: [Int32] = [5, 6, 7, 8]
    let generator = Generator(model, weights: .fp32)
    let written = try generator.generate([GenerationRequest(prompt: prompt, maximumNewTokens: 6)])[0].tokens
    requests.append(
      ScoringRequest(prompt: prompt, continuations: [written, Array(written.reversed()) + [1]]))
    let results = try generator.score(requests)
    #expect(results.count == requests.count)
    for (index, (request, found)) in zip(requests, results).enumerated() {
      #expect(found.count == request.continuations.count)
      for (continuation, scored) in zip(request.continuations, found) {
        let expected = Self.reference(model, request.prompt, continuation)
        let worst =
          zip(scored.logProbabilities, expected.logProbabilities).map { abs(Double($0) - $1) }.max() ?? 0
        #expect(worst <= 1e-4, "request \(index): \(worst)")
        #expect(scored.logProbabilities.count == continuation.count)
        #expect(scored.isGreedy == expected.isGreedy, "request \(index)")
        let sum = expected.logProbabilities.reduce(0, +)
        #expect(abs(scored.logLikelihood - sum) <= 1e-5 * max(100, Double(continuation.count) * 10))
      }
    }
    #expect(results.last?.first?.isGreedy == true)
  }

  /// A cache of two slots, one request at a time, and all of them together.
  @Test func scoresDoNotDependOnWhatIsScoredBeside() throws {
    let model = try GeneratorTests.tinyModel(maximumPositions: 640)
    let requests = Self.requests()
    let together = try Generator(model, weights: .fp32).score(requests)
    let narrow = Generator(model, weights: .fp32, maximumSlots: 1, cacheBytes: 1)
    #expect(try narrow.score(requests) == together)
    for (request, expected) in zip(requests, together) {
      #expect(try narrow.score([request])[0] == expected)
    }
    #expect(try narrow.score([]).isEmpty)
  }

  @Test func requestsAreHandedOverWhenTheyAreFinished() throws {
    let generator = Generator(try GeneratorTests.tinyModel(maximumPositions: 640), weights: .fp32)
    var last: GenerationProgress?
    let requests = Self.requests()
    var finished: [Int: [ScoredContinuation]] = [:]
    let results = try generator.score(
      requests,
      onFinish: { request, scored in
        #expect(finished[request] == nil)
        finished[request] = scored
      },
      progress: { progress in
        #expect(finished.count == progress.finishedSequences, "handed over before it is told")
        last = progress
      })
    #expect(last?.finishedSequences == 15 && last?.sequences == 15)
    #expect(results.indices.allSatisfy { finished[$0] == results[$0] } && finished.count == 15)
  }

  @Test func badRequestsAreNamed() throws {
    let generator = Generator(try GeneratorTests.tinyModel(maximumPositions: 16), weights: .fp32)
    let good = ScoringRequest(prompt: [1], continuations: [[2]])
    func error(_ prompt: [Int32], _ continuations: [[Int32]]) -> LanguageModelError? {
      #expect(throws: LanguageModelError.self) {
        try generator.score([good, ScoringRequest(prompt: prompt, continuations: continuations)])
      }
    }
    #expect(error([], [[1]]) == .emptyPrompt(request: 1))
    #expect(error([1], [[96]]) == .tokenOutsideVocabulary(request: 1, token: 96, vocabularySize: 96))
    #expect(error([-1], [[1]]) == .tokenOutsideVocabulary(request: 1, token: -1, vocabularySize: 96))
    let full = [Int32](repeating: 1, count: 10)
    #expect(error(full, [[1], full]) == .promptTooLong(request: 1, length: 19, limit: 17))
    // The last token is predicted and not read: 10 + 6 inputs fill the context.
    #expect(
      try generator.score([ScoringRequest(prompt: full, continuations: [Array(full.prefix(7))])]).count == 1)
  }
}
