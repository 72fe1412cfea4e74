import Files
import Foundation
import Kernels
import Weights

/// A file with a teacher's distributions over the learnt tokens of some examples, one example after another.
///
/// Safetensors with `log_probabilities` and `indices` [tokens, k] and `tail` [tokens], the log of the remaining mass;
/// `example_hashes` and `example_rows` [examples] say whose they are. The header is a `SignalHeader`.
package struct SignalShard: Sendable {
  package let header: SignalHeader
  /// Each example's fingerprint and its rows, in the file's order.
  package let examples: [(fingerprint: UInt64, rows: Range<Int>)]
  /// How its log-probabilities are stored.
  let type: TensorType
  private let file: SafetensorsFile
  private let place: String

  /// Opens a file and checks its shapes; signals are read as they are asked for.
  ///
  /// - Throws: `SignalError.malformed`, `WeightsError`, `FileError`.
  package init(reading url: URL) throws {
    place = url.path
    file = try SafetensorsFile(reading: url)
    header = try SignalHeader(metadata: file.metadata, place: place)
    let tail = try file.entry("tail")
    let tokens = tail.elementCount
    type = tail.type
    for (name, shape) in [
      ("tail", [tokens]), ("log_probabilities", [tokens, header.k]), ("indices", [tokens, header.k]),
    ] where try file.shape(name) != shape {
      throw SignalError.malformed(
        place: place, expected: "\(name) of shape \(shape)", found: "\(try file.shape(name))")
    }
    let hashes = try file.integers("example_hashes"), counts = try file.integers("example_rows")
    // Each is checked before it is added: sums of wild numbers overflow.
    guard hashes.count == counts.count, counts.allSatisfy({ (0...tokens).contains($0) }),
      counts.reduce((sum: 0, fits: true), { ($0.sum &+ $1, $0.fits && $0.sum &+ $1 <= tokens) }) == (
        tokens, true
      )
    else {
      throw SignalError.malformed(
        place: place, expected: "rows of \(hashes.count) examples, \(tokens) together", found: "others")
    }
    var start = 0
    examples = zip(hashes, counts).map { hash, count in
      defer { start += count }
      return (UInt64(bitPattern: Int64(hash)), start..<start + count)
    }
  }

  /// - Throws: `SignalError.malformed` for a token outside the vocabulary.
  package func signal(_ rows: Range<Int>) throws -> KeptSignal {
    let entries = rows.lowerBound * header.k..<rows.upperBound * header.k
    let indices = try file.integers("indices", elements: entries)
    guard indices.allSatisfy({ (0..<header.vocabulary).contains($0) }) else {
      throw SignalError.malformed(
        place: place, expected: "indices below \(header.vocabulary)", found: "others in rows \(rows)")
    }
    return KeptSignal(
      k: header.k, logProbabilities: try file.floats("log_probabilities", elements: entries),
      indices: indices.map { Int32(truncatingIfNeeded: $0) }, tail: try file.floats("tail", elements: rows),
      temperature: header.temperature)
  }

  /// Writes examples that hold a signal each. - Throws: `WeightsError.cannotStore`, `FileError.cannotWrite`.
  package static func write(
    _ examples: [Example], header: SignalHeader, type: StoredPrecision = .fp32, to url: URL
  ) throws {
    let signals = examples.compactMap(\.signal)
    let rows = signals.reduce(0) { $0 + $1.rows }
    try SafetensorsWriter.write(
      [
        StoredTensor(
          "log_probabilities", shape: [rows, header.k], type: type.tensorType,
          floats: signals.flatMap(\.logProbabilities)),
        StoredTensor(
          "indices", shape: [rows, header.k], type: .int32,
          integers: signals.flatMap { $0.indices.map(Int.init) }),
        StoredTensor("tail", shape: [rows], type: type.tensorType, floats: signals.flatMap(\.tail)),
        StoredTensor(
          "example_hashes", shape: [examples.count],
          integers: examples.map { Int(Int64(bitPattern: $0.fingerprint)) }),
        StoredTensor(
          "example_rows", shape: [examples.count], integers: examples.map { $0.signal?.rows ?? 0 }),
      ], metadata: header.metadata, to: url)
  }
}

extension Example {
  /// The same for the same tokens with the same labels, in every process.
  package var fingerprint: UInt64 { StableHash.of(inputs + labels) }
}
