import Foundation

/// One thing that a sweep varies: a key of the recipe and the values it takes.
public struct SweepAxis: Sendable, Equatable {
  /// Dotted, as in `--set`.
  public let key: String
  /// YAML.
  public let values: [String]

  /// Reads `training.learning_rate=1e-3,3e-3`. A comma inside brackets, braces or quotes does not part values.
  ///
  /// - Throws: `SweepError` for text without a key or a value, for a value named twice, and for the seed's key.
  public init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    key = parts[0].trimmingCharacters(in: .whitespaces)
    values = parts.count == 2 ? SweepAxis.split(parts[1]).map { $0.trimmingCharacters(in: .whitespaces) } : []
    guard !key.isEmpty, !values.isEmpty, !values.contains("") else { throw SweepError.badAxis(text) }
    if let twice = values.firstDuplicate { throw SweepError.twice(option: "--over \(key)", value: twice) }
    guard !["seed", "training.seed", "collection.seed"].contains(key) else {
      throw SweepError.seedAxis(key: key)
    }
  }

  /// The values as numbers; nil where one is none.
  public var numbers: [Double]? {
    let numbers = values.compactMap { Double($0) }.filter(\.isFinite)
    return numbers.count == values.count ? numbers : nil
  }

  private static func split(_ text: Substring) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil {
        switch character {
        case "\"", "'": quote = character
        case "[", "{": depth += 1
        case "]", "}": depth -= 1
        case "," where depth <= 0:
          parts.append("")
          continue
        default: break
        }
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }
}

/// The seeds of a sweep.
public enum SweepSeeds {
  /// Reads `3`, which is 1, 2 and 3, or `1,2,7`. - Throws: `SweepError.badSeeds` or `.twice`.
  public static func parse(_ text: String) throws -> [UInt64] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt64($0.trimmingCharacters(in: .whitespaces)) }
    guard numbers.count == parts.count, let first = numbers.first else { throw SweepError.badSeeds(text) }
    if numbers.count == 1 {
      guard (1...UInt64(SweepError.largest)).contains(first) else { throw SweepError.badSeeds(text) }
      return Array(1...first)
    }
    if let twice = numbers.firstDuplicate { throw SweepError.twice(option: "--seeds", value: "\(twice)") }
    return numbers
  }
}

extension Array where Element: Hashable {
  /// The first element that stands twice.
  var firstDuplicate: Element? {
    var seen: Set<Element> = []
    return first { !seen.insert($0).inserted }
  }
}
