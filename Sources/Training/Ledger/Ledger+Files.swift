import Files
import Foundation
import Kernels

extension Ledger {
  /// The ledger beside a model's weights; nil where there is none.
  ///
  /// - Throws: `FileError` for what cannot be read or is no JSON, `TrainingError.badLedger` for other content.
  package init?(in directory: URL) throws {
    try self.init(at: directory.appendingPathComponent(Ledger.fileName))
  }

  /// The ledger in a file; nil where there is none. - Throws: as `init(in:)`.
  init?(at file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    try self.init(parsing: readFile(file), source: file.path)
  }

  /// - Parameter source: the file, for messages.
  /// - Throws: `FileError.malformedJSON`, `TrainingError.badLedger`.
  package init(parsing data: Data, source: String) throws {
    // Our parser names line and column, and bounds the depth.
    _ = try JSONValue(parsing: [UInt8](data), source: source)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Ledger.self, from: data)
    } catch let error as DecodingError {
      throw TrainingError.badLedger(path: source, found: Ledger.complaint(error))
    } catch {
      throw TrainingError.badLedger(path: source, found: "something else")
    }
    if let found = fault { throw TrainingError.badLedger(path: source, found: found) }
  }

  /// Writes `ledger.json` into `directory`.
  package func write(to directory: URL) throws {
    try write(at: directory.appendingPathComponent(Ledger.fileName))
  }

  package func write(at file: URL) throws { try AtomicFile.write(text + "\n", to: file) }

  /// The ledger as a JSON document.
  package var text: String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // All amounts are finite: those of a file are checked, those of a run are counts and times.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }

  public var json: JSONValue { (try? JSONValue(parsing: text, source: Ledger.fileName)) ?? .null }

  /// The first amount that no run can have.
  private var fault: String? {
    if format != 1 { return "format \(format)" }
    if stages.count > Ledger.mostStages { return "\(stages.count) stages" }
    for (index, stage) in stages.enumerated() {
      let counts: [(String, Int?)] =
        [
          ("parameters", stage.parameters), ("trained_tokens", stage.trainedTokens),
          ("generated_tokens", stage.generatedTokens), ("read_tokens", stage.readTokens),
          ("requests", stage.requests),
        ] + stage.data.flatMap { [("records", $0.records), ("tokens", $0.tokens)] }
        + stage.teachers.flatMap {
          [("trained_tokens", $0.trainedTokens), ("generated_tokens", $0.generatedTokens)]
        }
      for (key, count) in counts where !Ledger.counts.contains(count ?? 0) {
        return "stages[\(index)].\(key) \(count ?? 0)"
      }
      let amounts: [(String, Double?)] =
        [
          ("flops", stage.flops), ("seconds", stage.seconds), ("core_seconds", stage.coreSeconds),
          ("core_hour_price", stage.coreHourPrice), ("watts", stage.watts), ("paid", stage.paid),
        ]
        + stage.teachers.flatMap {
          [
            ("flops", $0.flops), ("core_seconds", $0.coreSeconds), ("input_price", $0.inputPrice),
            ("output_price", $0.outputPrice),
          ]
        }
      for (key, amount) in amounts where !(0...1e60).contains(amount ?? 0) {
        return "stages[\(index)].\(key) \(amount ?? 0)"
      }
    }
    return nil
  }

  private static func complaint(_ error: DecodingError) -> String {
    func place(_ path: [any CodingKey]) -> String {
      let words = path.reduce(into: "") { text, key in
        text += key.intValue.map { "[\($0)]" } ?? (text.isEmpty ? "" : ".") + key.stringValue
      }
      return words.isEmpty ? "the document" : words
    }
    return switch error {
    case .keyNotFound(let key, let context): "no \(key.stringValue) in \(place(context.codingPath))"
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      "another value at \(place(context.codingPath))"
    @unknown default: "something else"
    }
  }
}
