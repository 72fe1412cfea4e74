import Files
import Foundation
import Weights

/// A teacher's largest logits in the files of mlx-lm: one for each batch, `NUMBER.safetensors`.
///
/// `logits` and `indices` [sequences, positions, k] in any order within a position. Position p tells of token p + 1; those
/// beyond a sequence's end are padding. What mass the tokens have that are in no file is not known: it is taken as none.
struct LogitFiles: SignalSource {
  let place: String
  /// SHA-256 of the files: nothing names the teacher.
  let teacher: String
  /// Of the student, whose tokens the files must be in.
  let vocabulary: Int
  let largestK: Int
  /// Nobody counted what the teacher's passes took.
  var ledger: Ledger? { nil }
  /// Where each sequence lies.
  private let sequences: [(file: SafetensorsFile, row: Int)]
  /// Next tokens since the last look, and how many of them the teacher foresaw.
  private var looked = (tokens: 0, foreseen: 0)
  /// The last of all positions, by a running number, at which each token was seen: none may come twice at one.
  private var lastSeen: [Int]
  private var runningNumber = 0

  /// Where fewer of the next tokens are among a position's eight largest logits, these are of other texts: a teacher that does
  /// know its text foresees more than half.
  private static let leastForeseen = 0.25
  /// Next tokens after which that is judged.
  private static let lookedAt = 1024

  /// Opens the files of a folder in the order of their numbers, and checks their shapes; logits are read as they are asked for.
  ///
  /// - Parameter examples: how many sequences there must be.
  /// - Throws: `TrainingError.noSuchFile` for a folder without any; `SignalError.otherLogits`, `WeightsError`, `FileError`.
  init(reading folder: URL, examples: Int, vocabulary: Int) throws {
    place = folder.path
    self.vocabulary = vocabulary
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".safetensors") && !$0.hasPrefix(".") }
    guard !names.isEmpty else {
      throw TrainingError.noSuchFile(path: folder.path, role: "a folder with logits (NUMBER.safetensors)")
    }
    var files: [Int: URL] = [:]
    for name in names {
      guard let number = Int(name.dropLast(".safetensors".count)), files[number] == nil else {
        throw SignalError.otherLogits(
          place: folder.path, expected: "files NUMBER.safetensors, each number once", found: name)
      }
      files[number] = folder.appendingPathComponent(name)
    }
    var sequences: [(file: SafetensorsFile, row: Int)] = []
    var digests = ""
    var k: Int?
    for (_, url) in files.sorted(by: { $0.key < $1.key }) {
      let file = try SafetensorsFile(reading: url)
      let shape = try file.shape("logits")
      guard shape.count == 3, shape.allSatisfy({ $0 > 0 }), k == nil || k == shape[2] else {
        throw SignalError.otherLogits(
          place: url.path, expected: "logits [sequences, positions, \(k.map { "\($0)" } ?? "k")]",
          found: "\(shape)")
      }
      guard shape[2] <= vocabulary else {
        throw SignalError.otherLogits(
          place: url.path, expected: "at most the student's \(vocabulary) tokens at a position",
          found: "\(shape[2])")
      }
      guard try file.shape("indices") == shape else {
        throw SignalError.otherLogits(
          place: url.path, expected: "indices of shape \(shape)", found: "\(try file.shape("indices"))")
      }
      k = shape[2]
      sequences += (0..<shape[0]).map { (file, $0) }
      digests += try Fingerprint.sha256(file: url)
    }
    guard sequences.count == examples else {
      throw SignalError.otherLogits(
        place: folder.path,
        expected: "a sequence for each of the dataset's \(examples) examples, in their order",
        found: "\(sequences.count)")
    }
    teacher = Fingerprint.sha256(Array(digests.utf8))
    largestK = k ?? 0
    self.sequences = sequences
    lastSeen = Array(repeating: -1, count: vocabulary)
  }

  mutating func signals(
    for examples: [Example], numbers: [Int], _ header: SignalHeader
  ) throws -> [Example] {
    try zip(examples, numbers).map { example, number in
      var example = example
      example.signal = try signal(of: example, number, header)
      return example
    }
  }

  mutating func finish() throws { try look() }

  /// The largest logits of sequence `number` at the learnt positions of `example`, as distributions over what the file holds.
  private mutating func signal(of example: Example, _ number: Int, _ header: SignalHeader) throws
    -> KeptSignal
  {
    let (file, row) = sequences[number]
    let place = "\(self.place)/\(file.name): sequence \(row)"
    let positions = try file.shape("logits")[1]
    guard example.count <= positions else {
      throw SignalError.otherLogits(
        place: place, expected: "the \(example.count) positions of example \(number) of the dataset",
        found: "\(positions)")
    }
    let first = row * positions * largestK
    let elements = first..<first + example.count * largestK
    let logits = try file.floats("logits", elements: elements)
    let tokens = try file.integers("indices", elements: elements)
    var signal = KeptSignal(
      k: header.k, logProbabilities: [], indices: [], tail: [], temperature: header.temperature)
    for index in 0..<example.count {
      let held = index * largestK..<(index + 1) * largestK
      try check(logits[held], tokens[held], "\(place), position \(index)")
      let falling = held.sorted { (logits[$0], tokens[$1]) > (logits[$1], tokens[$0]) }
      // Of the last position nothing but the label can tell.
      let next = index + 1 < example.count ? example.inputs[index + 1] : example.labels[index]
      if next != Example.ignoredLabel {
        looked.tokens += 1
        looked.foreseen += falling.prefix(8).contains { tokens[$0] == Int(next) } ? 1 : 0
      }
      guard example.labels[index] != Example.ignoredLabel else { continue }
      let scaled = falling.map { Double(logits[$0]) / header.temperature }
      let masses = scaled.map { exp($0 - scaled[0]) }
      let total = masses.reduce(0, +)
      signal.logProbabilities += scaled.prefix(header.k).map { Float($0 - scaled[0] - log(total)) }
      signal.indices += falling.prefix(header.k).map { Int32(truncatingIfNeeded: tokens[$0]) }
      signal.tail.append(Float(log(masses.dropFirst(header.k).reduce(0, +) / total)))
    }
    if looked.tokens >= LogitFiles.lookedAt { try look() }
    return signal
  }

  /// - Throws: `SignalError.otherLogits` for a logit that is not finite, a token outside the vocabulary or one that comes twice.
  private mutating func check(_ logits: ArraySlice<Float>, _ tokens: ArraySlice<Int>, _ place: String) throws
  {
    guard let strange = logits.first(where: { !$0.isFinite }) else {
      runningNumber += 1
      for token in tokens {
        guard (0..<vocabulary).contains(token) else {
          throw SignalError.otherLogits(
            place: place, expected: "tokens of the student's vocabulary of \(vocabulary)",
            found: "token \(token)")
        }
        guard lastSeen[token] != runningNumber else {
          throw SignalError.otherLogits(place: place, expected: "each token once", found: "\(token) again")
        }
        lastSeen[token] = runningNumber
      }
      return
    }
    throw SignalError.otherLogits(place: place, expected: "finite logits", found: "\(strange)")
  }

  /// Judges whether the logits are of the examples that they are taken for.
  private mutating func look() throws {
    guard looked.tokens > 0 else { return }
    let share = Double(looked.foreseen) / Double(looked.tokens)
    guard share >= LogitFiles.leastForeseen else {
      throw SignalError.otherLogits(
        place: place,
        expected:
          "logits of the dataset's texts in its order, which have the next token among the eight largest",
        found: String(format: "%.0f %% of %d tokens there", 100 * share, looked.tokens))
    }
    looked = (0, 0)
  }
}
