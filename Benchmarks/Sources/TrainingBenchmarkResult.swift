import Files
import Foundation
import Kernels

/// What a training benchmark measured.
public struct TrainingBenchmarkResult: Sendable {
  public let configuration: String
  public let precision: Precision
  public let threads: Int
  /// The trained model's.
  public let parameters: Int
  public let tokensPerStep: Int
  /// 6 N + 12 · layers · hidden size · length, and for a teacher a third of its own.
  public let operationsPerToken: Double
  /// Of each timed step.
  public let seconds: [Double]
  /// Of every step, those before the timed ones too.
  public let losses: [Double]
  public let peakMemoryBytes: Int
  /// KL(the teacher in the run's precision ‖ the teacher that taught) in nats; nil where they are the same, or none.
  public var teacherDivergence: Double?

  /// Tokens per second of each timed step.
  public var samples: [Double] { seconds.map { Double(tokensPerStep) / $0 } }
  /// The median.
  public var tokensPerSecond: Double { ProductResult.median(samples) ?? 0 }
  /// 10⁹ operations per second.
  public var gflops: Double { tokensPerSecond * operationsPerToken * 1e-9 }

  /// - Parameter peak: the machine's at this number of threads.
  public func json(peak: MachinePeak) -> JSONValue {
    let fields: KeyValuePairs<String, JSONValue> = [
      "config": .string(configuration), "precision": .string(precision.rawValue), "threads": .int(threads),
      "parameters": .int(parameters), "tokens_per_second": .double(tokensPerSecond),
      "samples": .array(samples.map { .double($0) }), "gflops": .double(gflops),
      "model_flops_utilization": .double(gflops / peak.gflops(precision)),
      "peak_rss_mb": .double(Double(peakMemoryBytes) / 1e6), "loss_first": .double(losses.first ?? .nan),
      "loss_last": .double(losses.last ?? .nan), "machine": MachineDescription.facts(peak),
    ]
    let divergence = teacherDivergence.map { [("teacher_kl", JSONValue.double($0))] } ?? []
    return .object(JSONObject(fields.map { ($0.key, $0.value) } + divergence))
  }

  public func text(peak: MachinePeak) -> String {
    let range = "\(Int(samples.min() ?? 0))–\(Int(samples.max() ?? 0))"
    return """
      \(configuration), \(parameters) parameters, \(precision.rawValue), \(threads) threads
      tokens per second  \(Int(tokensPerSecond)) (\(range), \(samples.count) steps)
      GFLOP/s            \(String(format: "%.1f, %.0f %% of the peak", gflops, 100 * gflops / peak.gflops(precision)))
      peak memory        \(String(format: "%.0f MB", Double(peakMemoryBytes) / 1e6))
      loss               \(String(format: "%.4f first, %.4f last", losses.first ?? .nan, losses.last ?? .nan))
      """
        + (teacherDivergence.map {
          String(format: "\nteacher            %.2e nats from the teacher in %@ (KL)", $0, precision.rawValue)
        } ?? "")
  }
}
