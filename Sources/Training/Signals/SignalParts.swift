import Foundation

/// The shards that an earlier sitting of a collection left, the last one perhaps not full.
struct SignalParts {
  let directory: URL
  private let shards: [SignalShard]
  private var places: [UInt64: (shard: Int, rows: Range<Int>)] = [:]

  /// - Throws: `SignalError.otherParts` for a shard that cannot be read.
  init(in directory: URL) throws {
    self.directory = directory
    var shards: [SignalShard] = []
    while true {
      let name = SignalDirectory.shardName(shards.count + 1)
      let file = directory.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: file.path) else { break }
      do {
        shards.append(try SignalShard(reading: file))
      } catch {
        throw SignalError.otherParts(
          place: directory.path, part: name, expected: "a whole file", found: "a damaged one")
      }
    }
    self.shards = shards
    for (number, shard) in shards.enumerated() {
      for example in shard.examples { places[example.fingerprint] = (number, example.rows) }
    }
  }

  var isEmpty: Bool { shards.isEmpty }
  /// Shards that are full; the last one is filled further.
  var fullShards: Int { max(0, shards.count - 1) }

  /// Refuses parts of another teacher, of other numbers or of other examples. - Throws: `SignalError.otherParts`.
  func require(
    _ header: SignalHeader, _ type: StoredPrecision, of examples: any ExampleSource, maxLength: Int
  ) throws {
    for shard in shards {
      let (own, other) = (header.metadata, shard.header.metadata)
      for part in Set(own.keys).union(other.keys).sorted() where own[part] != other[part] {
        throw SignalError.otherParts(
          place: directory.path, part: part, expected: own[part] ?? "none", found: other[part] ?? "none")
      }
      guard shard.type == type.tensorType else {
        throw SignalError.otherParts(
          place: directory.path, part: "dtype", expected: type.rawValue, found: "\(shard.type)")
      }
    }
    var others = Set(places.keys)
    for index in 0..<examples.count {
      if others.isEmpty { return }
      let example = try examples.example(at: index)
      if example.count <= maxLength { others.remove(example.fingerprint) }
    }
    guard others.isEmpty else {
      throw SignalError.otherParts(
        place: directory.path, part: "dataset", expected: "its examples alone",
        found: "\(others.count) others")
    }
  }

  /// The example with what the teacher said of it, and whether the shard that holds it is full; nil for one that is not here.
  mutating func take(_ example: Example) throws -> (answered: Example, isInFullShard: Bool)? {
    guard let (shard, rows) = places[example.fingerprint], rows.count == example.labelCount else {
      return nil
    }
    places[example.fingerprint] = nil
    var answered = example
    answered.signal = try shards[shard].signal(rows)
    return (answered, shard < fullShards)
  }
}
