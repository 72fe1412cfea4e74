import Files
import Foundation
import Weights

/// A teacher's largest logits as mlx-lm writes them: a file for each batch, named by its number.
///
/// `logits` and `indices` [sequences, positions, k] in any order within a position. Position p tells of token p + 1; those
/// beyond a sequence's end are padding. What the other tokens share is in no file.
struct LogitFiles {
  let place: String
  /// Logits kept at each position.
  let k: Int
  private let files: [SafetensorsFile]
  /// Where each sequence lies.
  private let sequences: [(file: SafetensorsFile, row: Int)]

  /// Opens the files of a folder and checks their shapes; logits are read as they are asked for.
  ///
  /// - Throws: `TrainingError.noSuchFile` for a folder without any; `SignalError.malformed`, `WeightsError`, `FileError`.
  init(reading folder: URL) throws {
    place = folder.path
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".safetensors") && !$0.hasPrefix(".") }.sorted()
    guard !names.isEmpty else {
      throw TrainingError.noSuchFile(path: folder.path, role: "a folder with logits (*.safetensors)")
    }
    var files: [SafetensorsFile] = []
    var sequences: [(file: SafetensorsFile, row: Int)] = []
    var k: Int?
    for name in names {
      let url = folder.appendingPathComponent(name)
      let file = try SafetensorsFile(reading: url)
      let shape = try file.shape("logits")
      guard shape.count == 3, shape.allSatisfy({ $0 > 0 }), k == nil || k == shape[2] else {
        throw SignalError.malformed(
          place: url.path, expected: "logits [sequences, positions, \(k.map { "\($0)" } ?? "k")]",
          found: "\(shape)")
      }
      guard try file.shape("indices") == shape else {
        throw SignalError.malformed(
          place: url.path, expected: "indices of shape \(shape)", found: "\(try file.shape("indices"))")
      }
      k = shape[2]
      files.append(file)
      sequences += (0..<shape[0]).map { (file, $0) }
    }
    self.k = k ?? 0
    (self.files, self.sequences) = (files, sequences)
  }

  /// Sequences of all files.
  var count: Int { sequences.count }

  /// SHA-256 of the files, which stands for the teacher that nothing names.
  func fingerprint() throws -> String {
    var digests = ""
    for file in files {
      digests += try Fingerprint.sha256(
        file: URL(fileURLWithPath: place).appendingPathComponent(file.name))
    }
    return Fingerprint.sha256(Array(digests.utf8))
  }

  /// The `k` largest logits of sequence `index` at the learnt positions of `example`, as distributions over these alone.
  ///
  /// - Throws: `SignalError.malformed` for a sequence that is shorter than the example, for a token outside the vocabulary and
  ///   for logits that are not finite.
  func signal(
    of example: Example, sequence index: Int, k: Int, temperature: Double, vocabulary: Int
  ) throws -> KeptSignal {
    let (file, row) = sequences[index]
    let place = "\(self.place)/\(file.name): sequence \(row)"
    let positions = try file.shape("logits")[1]
    guard example.count <= positions else {
      throw SignalError.malformed(
        place: place, expected: "the \(example.count) tokens of example \(index) of the dataset",
        found: "\(positions)")
    }
    let first = row * positions * self.k
    let elements = first..<first + example.count * self.k
    let logits = try file.floats("logits", elements: elements)
    let tokens = try file.integers("indices", elements: elements)
    var signal = KeptSignal(k: k, logProbabilities: [], indices: [], tail: [], temperature: temperature)
    for position in 0..<example.count where example.labels[position] != Example.ignoredLabel {
      let kept = position * self.k..<(position + 1) * self.k
      guard tokens[kept].allSatisfy((0..<vocabulary).contains), logits[kept].allSatisfy(\.isFinite) else {
        throw SignalError.malformed(
          place: "\(place), position \(position)", expected: "finite logits of tokens below \(vocabulary)",
          found: "others")
      }
      let largest = kept.sorted { (logits[$0], tokens[$1]) > (logits[$1], tokens[$0]) }.prefix(k)
      let scaled = largest.map { Double(logits[$0]) / temperature }
      let total = scaled[0] + log(scaled.reduce(0) { $0 + exp($1 - scaled[0]) })
      signal.logProbabilities += scaled.map { Float($0 - total) }
      signal.indices += largest.map { Int32(truncatingIfNeeded: tokens[$0]) }
      signal.tail.append(-.infinity)
    }
    return signal
  }
}
