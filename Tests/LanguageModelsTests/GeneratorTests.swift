import Foundation
import Kernels
import LanguageModels
import TensorCore
import Testing

@Suite("Generator", .serialized) struct GeneratorTests {
  /// Sizes that are no multiple of a vector, or with `wide` whole blocks of quantized weights.
  static func tinyModel(maximumPositions: Int = 160, seed: UInt64 = 1, wide: Bool = false) throws
    -> Transformer
  {
    var random = SeededRandom(seed: seed)
    let configuration = ModelConfiguration(
      vocabularySize: 96, hiddenSize: wide ? 32 : 24, intermediateSize: wide ? 64 : 40, layerCount: 2,
      queryHeadCount: 4, keyValueHeadCount: 2, headDimension: wide ? 8 : 6,
      maximumPositions: maximumPositions, initializerRange: 0.3)
    return try Transformer(configuration, using: &random)
  }

  /// Prompts of 1 to 90 tokens; three of them twice, so that prompts are shared.
  static func requests(_ count: Int, sampling: SamplingParameters) -> [GenerationRequest] {
    var random = SeededRandom(seed: 5)
    var requests = (0..<count).map { index in
      let length = 1 + Int(random.next() % 90)
      return GenerationRequest(
        prompt: (0..<length).map { _ in Int32(random.next() % 96) }, maximumNewTokens: 5 + index % 40,
        sampling: sampling, seed: UInt64(index), stopTokens: [7])
    }
    for index in 0..<min(3, count / 2) { requests[count - 1 - index].prompt = requests[index].prompt }
    return requests
  }

  @Test func cachedDecodingEqualsTheFullForwardPass() throws {
    let model = try Self.tinyModel()
    let prompt = (0..<70).map { Int32($0 * 31 % 96) }
    let recording = SignalRecording(k: 96)
    let result = try Generator(model, weights: .fp32).generate(
      [GenerationRequest(prompt: prompt, maximumNewTokens: 60)], recording: recording)[0]
    #expect(result.tokens.count == 60 && result.finishReason == .length)
    let whole = prompt + result.tokens
    let logits = withoutGradient {
      model.logits(of: model.forward(tokens: whole, documentLengths: [whole.count]))
    }
    let signals = try #require(result.signals)
    for (index, token) in result.tokens.enumerated() {
      let row = prompt.count + index - 1
      let reference = Kernels.topLogProbabilities(
        logits.buffer.slice(row * 96..<(row + 1) * 96), columns: 96, k: 96, temperature: 1)
      #expect(reference.indices[0] == token)
      let found = signals.logProbabilities[index * 96..<(index + 1) * 96]
      let worst = zip(found, reference.values).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= 1e-4)
      #expect(abs(result.logProbabilities[index] - reference.values[0]) <= 1e-4)
    }
  }

  /// KL(fp32 ‖ shorter cache) at every place of the same continuation, in nats. It grows with the square of what is
  /// rounded away: 2⁻⁹ of a number in bf16, 1/254 of the largest of a head in int8.
  @Test(arguments: [(CachePrecision.fp32, 0.0), (.bf16, 1e-3), (.int8, 2e-3)])
  func aShorterCacheStaysClose(cache: CachePrecision, bound: Double) throws {
    let model = try Self.tinyModel()
    let prompt = (0..<70).map { Int32($0 * 31 % 96) }
    let request = [GenerationRequest(prompt: prompt, maximumNewTokens: 40)]
    func generate(_ cache: CachePrecision) throws -> (tokens: [Int32], rows: [[Int32: Double]]) {
      let sequence = try Generator(model, weights: .fp32, cache: cache).generate(
        request, recording: SignalRecording(k: 96))[0]
      let signals = try #require(sequence.signals)
      let rows = sequence.tokens.indices.map { step in
        let row = step * 96..<(step + 1) * 96
        return Dictionary(
          uniqueKeysWithValues: zip(signals.indices[row], signals.logProbabilities[row].map(Double.init)))
      }
      return (sequence.tokens, rows)
    }
    let (whole, short) = (try generate(.fp32), try generate(cache))
    // The rows after the first different token belong to different texts.
    let common = zip(whole.tokens, short.tokens).prefix { $0 == $1 }.count
    let divergences = (0..<min(common + 1, 40)).map { step in
      whole.rows[step].reduce(0.0) {
        $0 + exp($1.value) * ($1.value - (short.rows[step][$1.key] ?? -.infinity))
      }
    }
    let largest = divergences.max() ?? .infinity
    #expect(largest <= bound, "\(divergences)")
    #expect((largest > 0) == (cache != .fp32))
  }

  @Test(arguments: CachePrecision.allCases)
  func dependsOnTheRequestAloneWithAnyCache(cache: CachePrecision) throws {
    let model = try Self.tinyModel()
    let requests = Self.requests(12, sampling: SamplingParameters(temperature: 0.9))
    let reference = try Generator(model, weights: .fp32, cache: cache).generate(requests)
    let other = try Generator(model, weights: .fp32, cache: cache, maximumSlots: 3).generate(requests)
    #expect(
      zip(reference, other).allSatisfy {
        $0.tokens == $1.tokens && $0.logProbabilities == $1.logProbabilities
      })
  }

  @Test func refusesBlocksThatARowDoesNotFill() throws {
    let configuration = try Self.tinyModel().configuration
    #expect(throws: LanguageModelError.self) { try DecodingFormat.q8_0.requireFit(configuration) }
    try DecodingFormat.bf16.requireFit(configuration)
    try DecodingFormat.q4_0.requireFit(Self.tinyModel(wide: true).configuration)
  }

  @Test(arguments: DecodingFormat.allCases) func dependsOnTheRequestAlone(weights: DecodingFormat) throws {
    let model = try Self.tinyModel(wide: weights == .q8_0 || weights == .q4_0)
    let sampling = SamplingParameters(temperature: 0.9, topK: 40, topP: 0.95, repetitionPenalty: 1.1)
    let requests = Self.requests(40, sampling: sampling)
    let threads = Threads.count
    defer { Threads.count = threads }
    func generate(_ requests: [GenerationRequest], slots: Int, threads: Int) throws -> [GeneratedSequence] {
      Threads.count = threads
      return try Generator(model, weights: weights, maximumSlots: slots).generate(
        requests, recording: SignalRecording(k: 4, temperature: 2))
    }
    let reference = try generate(requests, slots: 64, threads: 2)
    #expect(Set(reference.map(\.finishReason)).count == 2)
    for (slots, threads) in [(64, 1), (3, 2), (1, 1), (17, 2)] {
      let other = try generate(requests, slots: slots, threads: threads)
      for (a, b) in zip(reference, other) {
        #expect(a.tokens == b.tokens)
        #expect(a.logProbabilities == b.logProbabilities)
        #expect(a.signals == b.signals)
      }
    }
    let alone = try generate([requests[11]], slots: 8, threads: 2)[0]
    #expect(alone.tokens == reference[11].tokens && alone.logProbabilities == reference[11].logProbabilities)
    let reversed = try generate(requests.reversed(), slots: 7, threads: 2)
    #expect(reversed.reversed().map(\.tokens) == reference.map(\.tokens))
  }

  @Test func packedDocumentsEqualDocumentsAlone() throws {
    let model = try Self.tinyModel()
    let documents = [1, 33, 70].map { length in (0..<length).map { Int32($0 * 17 % 96) } }
    let packed = withoutGradient {
      model.forward(tokens: documents.flatMap { $0 }, documentLengths: documents.map(\.count)).values
    }
    var start = 0
    for document in documents {
      let alone = withoutGradient {
        model.forward(tokens: document, documentLengths: [document.count]).values
      }
      let part = packed[start..<(start + alone.count)]
      #expect((zip(alone, part).map { abs($0 - $1) }.max() ?? 0) <= 1e-5)
      start += alone.count
    }
  }

  @Test func stopsAtTheEndOfTheContext() throws {
    let model = try Self.tinyModel(maximumPositions: 32)
    let generator = Generator(model, weights: .fp32)
    let prompt = [Int32](repeating: 3, count: 30)
    let result = try generator.generate([GenerationRequest(prompt: prompt, maximumNewTokens: 10)])[0]
    #expect(result.tokens.count == 2 && result.finishReason == .length)
    #expect(throws: LanguageModelError.promptTooLong(request: 1, length: 32, limit: 32)) {
      try generator.generate([
        GenerationRequest(prompt: prompt, maximumNewTokens: 1),
        GenerationRequest(prompt: prompt + [1, 2], maximumNewTokens: 1),
      ])
    }
    #expect(throws: LanguageModelError.emptyPrompt(request: 0)) {
      try generator.generate([GenerationRequest(prompt: [], maximumNewTokens: 1)])
    }
    #expect(throws: LanguageModelError.tokenOutsideVocabulary(request: 0, token: 96, vocabularySize: 96)) {
      try generator.generate([GenerationRequest(prompt: [96], maximumNewTokens: 1)])
    }
    #expect(try generator.generate([]).isEmpty)
    let nothing = try generator.generate([GenerationRequest(prompt: [1], maximumNewTokens: 0)])
    #expect(nothing[0].tokens.isEmpty)
  }

  @Test func callbacksStreamAndStop() throws {
    let generator = Generator(try Self.tinyModel(), weights: .fp32, maximumSlots: 2)
    let requests = Self.requests(5, sampling: SamplingParameters(temperature: 1))
    var streamed = [[Int32]](repeating: [], count: 5)
    var last: GenerationProgress?
    let results = try generator.generate(requests) { request, token in
      streamed[request].append(token)
      return request != 2 || streamed[2].count < 3
    } progress: {
      last = $0
    }
    #expect(streamed == results.map(\.tokens))
    #expect(results[2].finishReason == .cancelled && results[2].tokens.count == 3)
    #expect(last?.finishedSequences == 5)
    #expect(last?.generatedTokens == results.reduce(0) { $0 + $1.tokens.count })
  }

  @Test func nonFiniteWeightsAreNamed() throws {
    let model = try Self.tinyModel()
    model.parameters[0].value.buffer[3 * 24] = .nan
    #expect(throws: LanguageModelError.nonFiniteLogits(request: 0, position: 1)) {
      try Generator(model, weights: .fp32).generate([
        GenerationRequest(prompt: [3], maximumNewTokens: 4, sampling: SamplingParameters(topK: 3))
      ])
    }
  }
}
