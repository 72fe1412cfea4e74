import Files
import Foundation
import Kernels

/// The results of `bench matmul` for programs and for people.
public struct ProductReport {
  public var results: [ProductResult]
  public var peak: MachinePeak
  public var machine: JSONValue

  public init(results: [ProductResult], peak: MachinePeak, machine: JSONValue) {
    self.results = results
    self.peak = peak
    self.machine = machine
  }

  private func share(_ result: ProductResult) -> Double? {
    ProductResult.median(result.warm).map { $0 / peak.gflops(result.precision) }
  }

  /// What a wrong or missing result says in place of its speed.
  private func note(_ result: ProductResult) -> String? {
    switch result.verdict {
    case .right: nil
    case .wrong(let limit): String(format: "wrong: the error may be %.1e; not timed", limit)
    case .declined: "the kernel does not do this case"
    }
  }

  /// An array with an object for each shape and kernel; every one carries the machine's facts.
  public var json: JSONValue { .array(results.map(entry)) }

  private func entry(_ result: ProductResult) -> JSONValue {
    let shape = result.shape
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    func list(_ values: [Double]) -> JSONValue { .array(values.map { .double($0) }) }
    let seconds = ProductResult.median(result.warm).map { shape.operations / ($0 * 1e9) }
    var object = JSONObject([
      ("op", .string(shape.layout.rawValue)), ("m", .int(shape.m)), ("n", .int(shape.n)),
      ("k", .int(shape.k)),
      ("backend", .string(result.backend)), ("precision", .string(result.precision.rawValue)),
      ("threads", .int(result.threads)), ("gflops", number(ProductResult.median(result.warm))),
      ("samples", list(result.warm)), ("share_of_peak", number(share(result))),
      ("max_relative_error", number(result.error)), ("name", .string(shape.name)),
      ("origin", .string(shape.origin)), ("cold_gflops", number(ProductResult.median(result.cold))),
      ("cold_samples", list(result.cold)),
      ("gigabytes_per_second", number(seconds.map { result.bytes / $0 * 1e-9 })),
      ("flops_per_byte", .double(result.intensity)), ("thread_policy", .string(result.threadPolicy)),
      ("valid", .bool(result.verdict == .right)),
    ])
    if let note = note(result) { object["note"] = .string(note) }
    object["machine"] = machine
    return .object(object)
  }

  /// One line for each shape and kernel, with the samples separated by spaces.
  public var csv: String {
    var lines = [
      "name,op,m,n,k,backend,precision,threads,gflops,minimum,maximum,cold_gflops,share_of_peak,"
        + "max_relative_error,valid,samples,cold_samples"
    ]
    func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for result in results {
      let shape = result.shape
      let fields: [String] = [
        quoted(shape.name), shape.layout.rawValue, "\(shape.m)", "\(shape.n)", "\(shape.k)",
        quoted(result.backend), result.precision.rawValue, "\(result.threads)",
        number(ProductResult.median(result.warm)), number(result.warm.min()), number(result.warm.max()),
        number(ProductResult.median(result.cold)), number(share(result)), number(result.error),
        "\(result.verdict == .right)", result.warm.map { "\($0)" }.joined(separator: " "),
        result.cold.map { "\($0)" }.joined(separator: " "),
      ]
      lines.append(fields.joined(separator: ","))
    }
    return lines.joined(separator: "\n")
  }

  private func quoted(_ text: String) -> String {
    text.contains { ",\"\n".contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// A table for people.
  public var text: String {
    var lines = [
      String(
        format: "peak on %d threads: fp32 %.1f GFLOP/s, %@memory %.1f GB/s", peak.threads, peak.fp32,
        peak.bf16.map { String(format: "bf16 %.1f GFLOP/s, ", $0) } ?? "", peak.bandwidth),
      row("shape", "op", "m × n × k", "kernel", "GFLOP/s", "min–max", "cold", "of peak", "error"),
    ]
    for result in results {
      let shape = result.shape
      let median = ProductResult.median(result.warm)
      lines.append(
        row(
          shape.name, shape.layout.rawValue, "\(shape.m)×\(shape.n)×\(shape.k)", result.backend,
          note(result) ?? fixed(median), spread(result.warm), fixed(ProductResult.median(result.cold)),
          share(result).map { String(format: "%.0f %%", 100 * $0) } ?? "",
          result.error.map { String(format: "%.1e", $0) } ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  private func row(_ columns: String...) -> String {
    let widths = [20, 3, 16, 14, 9, 17, 8, 8, 8]
    return zip(columns, widths).map { text, width in
      text + String(repeating: " ", count: max(0, width - text.count))
    }.joined(separator: " ").replacing(/[ ]+$/, with: "")
  }

  private func fixed(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "" }

  private func spread(_ samples: [Double]) -> String {
    guard let low = samples.min(), let high = samples.max() else { return "" }
    return "\(fixed(low))–\(fixed(high))"
  }
}
