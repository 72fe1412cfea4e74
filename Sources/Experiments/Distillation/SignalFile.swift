import Files
import Foundation
import Training
import Weights

/// The teacher's distributions over the tokens of all kept traces, one after another.
///
/// Safetensors with `log_probabilities` and `indices` [tokens, k] and `tail` [tokens], the log of the remaining mass;
/// the header holds k, the temperature, and the hashes of those who must agree on them.
struct SignalFile {
  let url: URL

  /// - Parameter origin: further entries of the header, such as the teacher's hash.
  func write(_ signals: [KeptSignal], origin: [String: String]) throws {
    guard let first = signals.first else { return }
    let rows = signals.reduce(0) { $0 + $1.rows }
    let header = ["k": "\(first.k)", "temperature": "\(first.temperature)"]
    try SafetensorsWriter.write(
      [
        StoredTensor(
          "log_probabilities", shape: [rows, first.k], floats: signals.flatMap(\.logProbabilities)),
        StoredTensor(
          "indices", shape: [rows, first.k], type: .int32,
          integers: signals.flatMap { $0.indices.map(Int.init) }),
        StoredTensor("tail", shape: [rows], floats: signals.flatMap(\.tail)),
      ], metadata: header.merging(origin) { own, _ in own }, to: url)
  }

  /// The signals of traces with these numbers of tokens. - Throws: `DistillationError.badPartial` for other numbers.
  func read(tokenCounts: [Int]) throws -> [KeptSignal] {
    let file = try SafetensorsFile(reading: url)
    let logProbabilities = try file.floats("log_probabilities")
    let indices = try file.integers("indices").map { Int32(truncatingIfNeeded: $0) }
    let tail = try file.floats("tail")
    guard let k = file.metadata["k"].flatMap({ Int($0) }),
      let temperature = file.metadata["temperature"].flatMap({ Double($0) }),
      tail.count == tokenCounts.reduce(0, +), logProbabilities.count == tail.count * k,
      indices.count == tail.count * k
    else { throw DistillationError.badPartial(path: url.path) }
    var start = 0
    return tokenCounts.map { count in
      defer { start += count }
      let entries = start * k..<(start + count) * k
      return KeptSignal(
        k: k, logProbabilities: Array(logProbabilities[entries]), indices: Array(indices[entries]),
        tail: Array(tail[start..<start + count]), temperature: temperature)
    }
  }
}
