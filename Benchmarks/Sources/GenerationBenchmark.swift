import Files
import Foundation
import Kernels
import LanguageModels

/// Reading prompts and decoding from them, in batches of sequences of one length.
///
/// Prompts are random tokens, all different, so that none is read for another; nothing stops a sequence before its last
/// token. Decoding is timed from when every sequence has its first token.
public struct GenerationBenchmark {
  public var batch = 1
  /// How keys and values are kept; as `Generator` has it when nil.
  public var cache: CachePrecision?
  public var promptLength = 64
  public var newTokens = 64
  public var repetitions = 5

  public init() {}

  /// - Parameter open: the model's files; opening, reading and packing them is timed.
  public func run(
    weights: DecodingFormat, open: () throws -> StoredModel
  ) throws -> GenerationBenchmarkResult {
    let clock = ContinuousClock()
    let start = clock.now
    let generator = try Generator(
      reading: try open(), weights: weights, cache: cache, maximumSlots: batch)
    let loadSeconds = (clock.now - start) / .seconds(1)
    var random = SeededRandom(seed: 3)
    var decoding: [Double] = []
    var prefill: [Double] = []
    for _ in 0...repetitions {
      let requests = (0..<batch).map { index in
        GenerationRequest(
          prompt: (0..<promptLength).map { _ in
            Int32(random.int(in: 0...generator.configuration.vocabularySize - 1))
          }, maximumNewTokens: newTokens, sampling: SamplingParameters(), seed: UInt64(index))
      }
      // When every sequence has its first token, and how many tokens there are by then.
      var firstTokens: (seconds: Double, tokens: Int)?
      var begun = Set<Int>()
      var last = 0.0
      let watch = { (progress: GenerationProgress) in
        last = progress.durationSeconds
        if firstTokens == nil, begun.count == batch {
          firstTokens = (last, progress.generatedTokens)
        }
      }
      let note = { (request: Int, _: Int32) in
        if begun.count < batch { begun.insert(request) }
        return true
      }
      _ = try generator.generate(requests, onToken: note, progress: watch)
      guard let firstTokens else { continue }
      prefill.append(Double(batch * promptLength) / firstTokens.seconds)
      decoding.append(Double(batch * newTokens - firstTokens.tokens) / max(last - firstTokens.seconds, 1e-9))
    }
    return GenerationBenchmarkResult(
      weights: weights, cache: generator.cachePrecision, batch: batch, promptLength: promptLength,
      newTokens: newTokens,
      threads: Threads.count, samples: Array(decoding.dropFirst()),
      prefillSamples: Array(prefill.dropFirst()),
      loadSeconds: loadSeconds, peakMemoryBytes: ProcessMemory.peakBytes)
  }
}

/// What a generation benchmark measured; the first repetition, which warms up, is left out.
public struct GenerationBenchmarkResult: Sendable {
  public let weights: DecodingFormat
  public let cache: CachePrecision
  public let batch: Int
  public let promptLength: Int
  public let newTokens: Int
  public let threads: Int
  /// Decoded tokens per second, all sequences together.
  public let samples: [Double]
  /// Prompt tokens per second.
  public let prefillSamples: [Double]
  /// Opening the file, reading and packing the weights.
  public let loadSeconds: Double
  public let peakMemoryBytes: Int

  public var tokensPerSecond: Double { ProductResult.median(samples) ?? 0 }
  public var prefillTokensPerSecond: Double { ProductResult.median(prefillSamples) ?? 0 }

  public func json(model: String, peak: MachinePeak) -> JSONValue {
    [
      "model": .string(model), "quantization": .string(weights.rawValue), "cache": .string(cache.rawValue),
      "batch": .int(batch),
      "prompt": .int(promptLength), "new": .int(newTokens), "threads": .int(threads),
      "tokens_per_second": .double(tokensPerSecond),
      "prefill_tokens_per_second": .double(prefillTokensPerSecond),
      "load_seconds": .double(loadSeconds), "peak_rss_mb": .double(Double(peakMemoryBytes) / 1e6),
      "samples": .array(samples.map { .double($0) }),
      "prefill_samples": .array(prefillSamples.map { .double($0) }),
      "machine": MachineDescription.facts(peak),
    ]
  }

  public func text(model: String) -> String {
    let range = "\(Int(samples.min() ?? 0))–\(Int(samples.max() ?? 0))"
    return """
      \(model), \(weights.rawValue), \(batch) sequences of \(promptLength) + \(newTokens) tokens, \(threads) threads
      decoded tokens per second  \(Int(tokensPerSecond)) (\(range), \(samples.count) runs)
      prompt tokens per second   \(Int(prefillTokensPerSecond))
      loading                    \(String(format: "%.2f s", loadSeconds))
      peak memory                \(String(format: "%.0f MB", Double(peakMemoryBytes) / 1e6))
      """
  }
}
