import Files
import Foundation

/// A teacher's stored distributions over a dataset: shards, and `signals.json`, which is written last and names them.
public struct SignalDirectory: Sendable {
  public let place: URL
  public let header: SignalHeader
  /// Learnt tokens with a signal.
  public let tokens: Int
  /// Bytes of all shards.
  public let bytes: Int
  private let shards: [SignalShard]
  private let places: [UInt64: (shard: Int, rows: Range<Int>)]

  static let indexFile = "signals.json"

  static func shardName(_ number: Int) -> String {
    let digits = String(number)
    return "signals-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".safetensors"
  }

  /// Whether a file of that name is one of ours.
  static func isOurs(_ name: String) -> Bool {
    name == indexFile || name == Ledger.fileName || isShard(name)
  }

  static func isShard(_ name: String) -> Bool {
    name.hasPrefix("signals-") && name.hasSuffix(".safetensors")
  }

  /// - Throws: `TrainingError.noSuchFile` for a directory that is not there or not finished; `SignalError`.
  public init(reading url: URL) throws {
    place = url
    let index = url.appendingPathComponent(Self.indexFile)
    guard FileManager.default.fileExists(atPath: index.path) else {
      throw TrainingError.noSuchFile(path: index.path, role: "signals that `swiftlet signals` finished")
    }
    let json = try JSONValue(contentsOf: index)
    guard json["format"]?.int == 1, let names = json["shards"]?.array?.map({ $0.string ?? "" }),
      !names.isEmpty, names.allSatisfy(Self.isShard), names.allSatisfy({ !$0.contains("/") })
    else {
      throw SignalError.malformed(
        place: index.path, expected: "format 1 and the names of shards", found: "something else")
    }
    shards = try names.map { try SignalShard(reading: url.appendingPathComponent($0)) }
    header = shards[0].header
    var places: [UInt64: (shard: Int, rows: Range<Int>)] = [:]
    var (tokens, bytes) = (0, 0)
    for (number, shard) in shards.enumerated() {
      let path = url.appendingPathComponent(names[number]).path
      try shard.header.require(equals: header, place: path)
      for example in shard.examples {
        places[example.fingerprint] = (number, example.rows)
        tokens += example.rows.count
      }
      bytes += (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
    self.places = places
    (self.tokens, self.bytes) = (tokens, bytes)
  }

  /// What the teacher's passes took; nil of a directory from before that was recorded.
  ///
  /// - Throws: `TrainingError.badLedger`, `FileError`; `SignalError.malformed` for the ledger of another teacher's.
  func stage() throws -> LedgerStage? {
    guard let ledger = try Ledger(in: place) else { return nil }
    guard let stage = ledger.stages.first, ledger.stages.count == 1,
      stage.teachers.map(\.sha256) == [header.teacher]
    else {
      throw SignalError.malformed(
        place: place.appendingPathComponent(Ledger.fileName).path,
        expected: "one stage of the teacher \(header.teacher.prefix(16))…",
        found: ledger.stages.flatMap(\.teachers).first?.sha256.map { "\($0.prefix(16))…" } ?? "none")
    }
    return stage
  }

  public var bytesPerToken: Double { Double(bytes) / Double(max(1, tokens)) }

  /// What the teacher said about an example; nil when it was not asked.
  func signal(of example: Example) throws -> KeptSignal? {
    guard let (shard, rows) = places[example.fingerprint], rows.count == example.labelCount else {
      return nil
    }
    return try shards[shard].signal(rows)
  }

  /// Writes the list of shards, which makes the directory whole.
  static func writeIndex(_ names: [String], examples: Int, tokens: Int, to url: URL) throws {
    let json: JSONValue = [
      "format": 1, "shards": .array(names.map { .string($0) }), "examples": .int(examples),
      "tokens": .int(tokens),
    ]
    try AtomicFile.write(json.text(isPretty: true), to: url.appendingPathComponent(indexFile))
  }
}

/// Examples with the teacher's stored distributions.
struct SignalledExamples: ExampleSource {
  let examples: any ExampleSource
  let signals: SignalDirectory
  /// Longer examples are not learnt and have no signals.
  let maxLength: Int

  var count: Int { examples.count }
  var name: String { examples.name }

  var difficulties: [Double] { examples.difficulties }

  /// - Throws: `SignalError.missingExample`.
  func example(at index: Int) throws -> Example {
    var example = try examples.example(at: index)
    guard example.count <= maxLength, example.labelCount > 0 else { return example }
    guard let signal = try signals.signal(of: example) else {
      throw SignalError.missingExample(place: signals.place.path, source: name, example: index)
    }
    example.signal = signal
    return example
  }
}
