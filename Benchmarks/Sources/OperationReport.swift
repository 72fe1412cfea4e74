import Files
import Foundation
import Kernels

/// The results of `bench ops` for programs and for people.
public struct OperationReport {
  public let results: [OperationResult]
  public let peak: MachinePeak

  public init(results: [OperationResult], peak: MachinePeak) {
    self.results = results
    self.peak = peak
  }

  /// An array with an object for each operation and configuration.
  public var json: JSONValue {
    let machine = MachineDescription.facts(peak)
    return .array(
      results.map { result in
        [
          "op": .string(result.operation), "config": .string(result.configuration), "precision": "fp32",
          "threads": .int(result.threads), "milliseconds": .double(result.median),
          "samples": .array(result.milliseconds.map { .double($0) }),
          "gigabytes_per_second": .double(result.gigabytesPerSecond),
          "share_of_bandwidth": .double(result.gigabytesPerSecond / peak.bandwidth),
          "gflops": result.gflops.map { .double($0) } ?? .null, "machine": machine,
        ]
      })
  }

  public var text: String {
    func row(_ columns: [String]) -> String {
      zip(columns, [20, 7, 10, 18, 8, 10, 8]).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
        .joined(separator: " ").replacing(/[ ]+$/, with: "")
    }
    let head = String(
      format: "peak on %d threads: fp32 %.1f GFLOP/s, memory %.1f GB/s", peak.threads, peak.fp32,
      peak.bandwidth)
    let rows = results.map { result in
      let (low, high) = (result.milliseconds.min() ?? .nan, result.milliseconds.max() ?? .nan)
      return row([
        result.operation, result.configuration, String(format: "%.3f", result.median),
        String(format: "%.3f–%.3f", low, high), String(format: "%.1f", result.gigabytesPerSecond),
        String(format: "%.0f %%", 100 * result.gigabytesPerSecond / peak.bandwidth),
        result.gflops.map { String(format: "%.1f", $0) } ?? "",
      ])
    }
    let title = row(["operation", "config", "ms", "min–max", "GB/s", "of memory", "GFLOP/s"])
    return ([head, title] + rows).joined(separator: "\n")
  }
}
