import Foundation
import Kernels

/// Times the fused operations of a training step beside the products: what is bound by memory more than by arithmetic.
public struct OperationBenchmark {
  /// One operation on one model's shapes.
  public struct Work {
    /// `rms_norm_backward`
    public let operation: String
    /// The model whose shapes these are: a size of `bench train`.
    public let configuration: String
    /// Read or written at least once.
    public let bytes: Double
    /// Multiplications and additions; nil where memory is the measure.
    public let operations: Double?
    let run: () -> Void
  }

  public var repetitions = 7
  /// Short operations are repeated until a sample lasts this long.
  public var sampleSeconds = 5e-3

  public init() {}

  /// Milliseconds of each sample, after one call that warms up.
  public func run(_ work: Work) -> OperationResult {
    let clock = ContinuousClock()
    let once = max(clock.measure(work.run).seconds, 1e-9)
    let calls = max(1, min(10_000, Int((sampleSeconds / once).rounded(.up))))
    let samples = (0..<repetitions).map { _ in
      clock.measure { for _ in 0..<calls { work.run() } }.seconds / Double(calls) * 1e3
    }
    return OperationResult(
      operation: work.operation, configuration: work.configuration, threads: Threads.count,
      milliseconds: samples, bytes: work.bytes, operations: work.operations)
  }

  /// Every operation at the shapes of `size`, on one step's tokens.
  public static func works(_ size: TrainingBenchmark.Size) -> [Work] {
    let model = size.model
    let (length, count) = size.batch
    let tokens = length * count
    var random = SeededRandom(seed: 3)
    func noise(_ count: Int) -> Buffer { Buffer((0..<count).map { _ in random.uniform() - 0.5 }) }
    func work(
      _ operation: String, floats: Int, operations: Double? = nil, _ run: @escaping () -> Void
    ) -> Work {
      Work(
        operation: operation, configuration: size.rawValue, bytes: 4 * Double(floats),
        operations: operations, run: run)
    }
    let (hidden, wide) = (tokens * model.hiddenSize, tokens * model.intermediateSize)
    let (x, dy, weight) = (noise(hidden), noise(hidden), noise(model.hiddenSize))
    let norm = Kernels.rmsNorm(x, weight: weight, rows: tokens, epsilon: 1e-5)
    let (gate, up, dWide) = (noise(wide), noise(wide), noise(wide))
    let (queries, keys) = (tokens * model.querySize, tokens * model.keyValueSize)
    let (q, k, v) = (noise(queries), noise(keys), noise(keys))
    let table = model.rotary.table(positionCount: length)
    let positions = (0..<tokens).map { Int32($0 % length) }
    let spans = AttentionSpans.causal(documentLengths: Array(repeating: length, count: count))
    func attend() -> (y: Buffer, logSumExp: Buffer) {
      Kernels.attention(
        q, k, v, spans: spans, queryHeads: model.queryHeadCount, keyValueHeads: model.keyValueHeadCount,
        headDimension: model.headDimension)
    }
    let attended = attend()
    // Half of the square is masked; two products forward, five backward.
    let square = Double(count * model.querySize) * Double(length) * Double(length)
    let rows = 512
    let logits = noise(rows * model.vocabularySize)
    let teacher = noise(rows * model.vocabularySize)
    let labels = (0..<rows).map { Int32($0 % model.vocabularySize) }
    let parameters = model.parameterCount
    let (parameter, gradient) = (noise(parameters), noise(parameters))
    let (first, second) = (Buffer.zeros(parameters), Buffer.zeros(parameters))
    return [
      work("rms_norm", floats: 2 * hidden) {
        _ = Kernels.rmsNorm(x, weight: weight, rows: tokens, epsilon: 1e-5)
      },
      work("rms_norm_backward", floats: 3 * hidden) {
        _ = Kernels.rmsNormPullback(dy, x, weight: weight, inverseRMS: norm.inverseRMS, rows: tokens)
      },
      work("swiglu", floats: 3 * wide) { _ = Kernels.swiGLU(gate: gate, up: up) },
      work("swiglu_backward", floats: 5 * wide) { _ = Kernels.swiGLUPullback(dWide, gate: gate, up: up) },
      work("rope", floats: 2 * queries) {
        _ = Kernels.rope(
          q, table, positions: positions, heads: model.queryHeadCount, headDimension: model.headDimension)
      },
      work("attention", floats: 2 * queries + 2 * keys, operations: 2 * square) { _ = attend() },
      work("attention_backward", floats: 4 * queries + 4 * keys, operations: 5 * square) {
        _ = Kernels.attentionPullback(
          attended.y, q, k, v, y: attended.y, logSumExp: attended.logSumExp, spans: spans,
          queryHeads: model.queryHeadCount, keyValueHeads: model.keyValueHeadCount,
          headDimension: model.headDimension)
      },
      work("cross_entropy", floats: 2 * logits.count) {
        _ = Kernels.crossEntropy(logits, labels: labels, rows: rows, columns: model.vocabularySize)
      },
      work("forward_kl", floats: 3 * logits.count) {
        _ = Kernels.divergence(
          .forwardKL, student: logits, teacher: teacher, rows: rows, columns: model.vocabularySize,
          temperature: 2)
      },
      work("gradient_norm", floats: parameters) { _ = Kernels.sumOfSquares(gradient) },
      work("adamw", floats: 7 * parameters) {
        Kernels.adamW(
          parameter: parameter, gradient: gradient, firstMoment: first, secondMoment: second,
          AdamWStep(learningRate: 1e-4, weightDecay: 0.1, step: 10))
      },
    ]
  }
}

/// How long one operation took.
public struct OperationResult: Sendable {
  public let operation: String
  public let configuration: String
  public let threads: Int
  /// Of each sample.
  public let milliseconds: [Double]
  public let bytes: Double
  public let operations: Double?

  /// The median.
  public var median: Double { ProductResult.median(milliseconds) ?? .nan }
  public var gigabytesPerSecond: Double { bytes / median * 1e-6 }
  public var gflops: Double? { operations.map { $0 / median * 1e-6 } }
}
