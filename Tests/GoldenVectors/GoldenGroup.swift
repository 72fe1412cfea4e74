import Files
import Foundation
import Weights

/// A group of reference cases: `NAME.json` with the settings, and `NAME.safetensors` with arrays called
/// `CASE/ARRAY`.
///
/// ```swift
/// try GoldenGroup("layers/rmsnorm").run { golden in
///   let y = try rmsNorm(golden.array("x").floats, epsilon: golden.double("eps"))
///   try requireClose(y, golden.array("y"), tolerance: 1e-5, "\(golden.name) y")
/// }
/// ```
public struct GoldenGroup: Sendable {
  /// The path below the golden folder: `layers/rmsnorm`.
  public let name: String
  public let about: String
  /// The cases without the shared `inputs`.
  public let cases: [GoldenCase]

  /// - Throws: `FileError`, `WeightsError` or `GoldenError` when the group is missing or malformed.
  public init(_ name: String) throws {
    self.name = name
    let json = try Golden.json("\(name).json")
    let arrayPath = "\(name).safetensors"
    let arrays = Golden.has(arrayPath) ? try SafetensorsFile(reading: Golden.url(arrayPath)) : nil
    about = json["about"]?.string ?? ""
    guard let cases = json["cases"]?.array else { throw GoldenError("\(name).json: no array `cases`") }
    self.cases = try cases.compactMap { settings in
      guard let caseName = settings["name"]?.string else {
        throw GoldenError("\(name).json: a case without a name")
      }
      return caseName == "inputs"
        ? nil : GoldenCase(group: name, name: caseName, settings: settings, arrays: arrays)
    }
  }

  /// Runs `body` on each case that `isIncluded` accepts and counts it; the first case that throws ends the
  /// group.
  public func run(
    where isIncluded: (GoldenCase) -> Bool = { _ in true }, _ body: (GoldenCase) throws -> Void
  ) throws {
    for golden in cases where isIncluded(golden) {
      do {
        try body(golden)
      } catch {
        throw GoldenError("\(name), case \(golden.name): \(error)")
      }
      GoldenRegistry.countRun(1)
    }
  }

  /// - Throws: `GoldenError` when there is no such case.
  public subscript(name: String) -> GoldenCase {
    get throws {
      guard let found = cases.first(where: { $0.name == name }) else {
        throw GoldenError("\(self.name): no case \(name)")
      }
      return found
    }
  }
}

/// One case: its settings and its arrays.
public struct GoldenCase: Sendable {
  public let group: String
  public let name: String
  /// The case's JSON object.
  public let settings: JSONValue
  let arrays: SafetensorsFile?

  /// Whether the case has this array, of its own or among the group's shared inputs.
  public func has(_ array: String) -> Bool { key(of: array) != nil }

  /// An array of the case, or of the group's shared inputs. - Throws: `GoldenError`.
  public func array(_ array: String) throws -> GoldenArray {
    guard let arrays, let key = key(of: array) else {
      throw GoldenError("\(group), case \(name): no array \(array)")
    }
    return GoldenArray(name: "\(name)/\(array)", shape: try arrays.shape(key), file: arrays, key: key)
  }

  /// The names of the case's own arrays.
  public var arrayNames: [String] {
    (arrays?.names ?? []).compactMap { $0.hasPrefix("\(name)/") ? String($0.dropFirst(name.count + 1)) : nil }
  }

  private func key(of array: String) -> String? {
    guard let arrays else { return nil }
    return ["\(name)/\(array)", "inputs/\(array)"].first { arrays.contains($0) }
  }

  public subscript(key: String) -> JSONValue? { settings[key] }

  /// - Throws: `GoldenError` when the setting is not a number. The strings `nan`, `inf` and `-inf` are
  ///   numbers here.
  public func double(_ key: String) throws -> Double { try setting(key, "a number", \.goldenDouble) }

  public func float(_ key: String) throws -> Float { Float(try double(key)) }

  public func int(_ key: String) throws -> Int { try setting(key, "an integer", \.int) }

  public func string(_ key: String) throws -> String { try setting(key, "a string", \.string) }

  public func bool(_ key: String) throws -> Bool { try setting(key, "a boolean", \.bool) }

  private func setting<Value>(_ key: String, _ kind: String, _ read: (JSONValue) -> Value?) throws -> Value {
    guard let value = settings[key], let result = read(value) else {
      throw GoldenError("\(group), case \(name): \(key) is \(settings[key]?.kind ?? "missing"), not \(kind)")
    }
    return result
  }
}

/// A reference array, row-major.
public struct GoldenArray: Sendable {
  /// `CASE/ARRAY`.
  public let name: String
  public let shape: [Int]
  let file: SafetensorsFile
  let key: String

  public var doubles: [Double] { get throws { try file.doubles(key) } }
  public var floats: [Float] { get throws { try file.floats(key) } }
  /// Integers and booleans (0 or 1).
  public var ints: [Int] { get throws { try file.integers(key) } }
  public var int32s: [Int32] { get throws { try file.integers(key).map { Int32(clamping: $0) } } }

  /// The values as Double, whatever the type they are stored in.
  public var numbers: [Double] {
    get throws { try file.entry(key).type.isFloatingPoint ? doubles : ints.map(Double.init) }
  }
}
