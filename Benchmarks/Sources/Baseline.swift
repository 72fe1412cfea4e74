import Files
import Foundation
import Kernels

/// An earlier `--json` output of a benchmark, to which a new one is held.
///
/// Measurements are compared by what was measured: operation, shape, backend or configuration, precision and threads.
public struct Baseline {
  /// A measurement that is slower than the baseline allows.
  public struct Regression: Equatable, Sendable {
    public let name: String
    public let before: Double
    public let now: Double
    public let unit: String

    public var text: String {
      String(
        format: "%@: %.4g %@, %.4g in the baseline (%.0f %% of it)", name, now, unit, before,
        100 * now / before)
    }
  }

  /// What a comparison found.
  public struct Comparison: Equatable, Sendable {
    public let compared: Int
    public let regressions: [Regression]
  }

  public let path: String
  private let speeds: [String: Double]
  /// The processor that the baseline was measured on, if it says so.
  public let processor: String?

  /// - Throws: `BaselineError` when the file holds no measurements, what reading throws when it cannot be read.
  public init(file path: String) throws {
    let text = String(decoding: try readFile(URL(fileURLWithPath: path)), as: UTF8.self)
    let document = try JSONValue(parsing: text, source: path)
    self.path = path
    speeds = Baseline.speeds(document).mapValues(\.value)
    processor = Baseline.entries(document).first?["machine"]?["processor"]?.string
    guard !speeds.isEmpty else { throw BaselineError.noMeasurements(path: path) }
  }

  /// Holds `document`, a benchmark's `--json` output, to this baseline: slower by more than `tolerance` (0.1: by a tenth)
  /// is a regression. Measurements that only one of both has are not compared.
  ///
  /// - Throws: `BaselineError` when they have none in common.
  public func compare(_ document: JSONValue, tolerance: Double) throws -> Comparison {
    let now = Baseline.speeds(document)
    let common = now.filter { speeds[$0.key] != nil }
    // What is no longer right is slower than anything.
    let wrong = Baseline.entries(document).filter { $0["valid"]?.bool == false }.map(Baseline.name)
      .filter { speeds[$0] != nil }.sorted()
      .map { Regression(name: $0, before: speeds[$0] ?? 0, now: 0, unit: "GFLOP/s, a wrong result") }
    let regressions =
      wrong
      + common.sorted { $0.key < $1.key }.compactMap { name, speed -> Regression? in
        guard let before = speeds[name], speed.value < before * (1 - tolerance) else { return nil }
        return Regression(name: name, before: before, now: speed.value, unit: speed.unit)
      }
    guard common.count + wrong.count > 0 else { throw BaselineError.nothingInCommon(path: path) }
    return Comparison(compared: common.count + wrong.count, regressions: regressions)
  }

  private static func entries(_ document: JSONValue) -> [JSONValue] { document.array ?? [document] }

  /// What was measured: operation, shape, backend or configuration, precision, threads; of a model's decoding its formats
  /// and its sequences.
  private static func name(_ entry: JSONValue) -> String {
    let decoding = entry["model"] == nil ? [] : ["model", "quantization", "cache", "batch", "prompt", "new"]
    let keys = ["config", "op", "name", "m", "n", "k", "backend", "precision", "threads"] + decoding
    let words = keys.compactMap { key in
      entry[key].flatMap { value in value.string ?? value.int.map { "\(key) \($0)" } }
    }
    return words.joined(separator: " ")
  }

  private static func speeds(_ document: JSONValue) -> [String: (value: Double, unit: String)] {
    var speeds: [String: (value: Double, unit: String)] = [:]
    for entry in entries(document) {
      let name = name(entry)
      if let value = entry["tokens_per_second"]?.double {
        speeds[name] = (value, "tokens/s")
      } else if let value = entry["gflops"]?.double {
        speeds[name] = (value, "GFLOP/s")
      } else if let value = entry["gigabytes_per_second"]?.double {
        speeds[name] = (value, "GB/s")
      } else if let seconds = entry["step_seconds"]?.double, seconds > 0 {
        speeds[name] = (1 / seconds, "steps/s")
      }
    }
    return speeds
  }
}

/// A baseline that cannot be compared with.
public enum BaselineError: Diagnostic, Equatable {
  case noMeasurements(path: String)
  case nothingInCommon(path: String)

  public var place: String {
    switch self {
    case .noMeasurements(let path), .nothingInCommon(let path): path
    }
  }
  public var expected: String {
    switch self {
    case .noMeasurements: "the --json output of a benchmark"
    case .nothingInCommon: "a measurement of the same work, precision and threads"
    }
  }
  public var found: String { "none" }
  public var nextStep: String {
    switch self {
    case .noMeasurements: "write one with `swiftlet bench … --json > FILE`"
    case .nothingInCommon: "measure the baseline with the same options"
    }
  }
  public var exitCode: ExitCode { .badData }
}
