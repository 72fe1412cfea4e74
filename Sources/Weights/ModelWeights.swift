import Files
import Foundation
import Kernels

/// The weights of a model folder: `model.safetensors`, or the shards that `model.safetensors.index.json`
/// names.
public struct ModelWeights: Sendable {
  /// The open files: one, or the shards by name.
  public let files: [SafetensorsFile]
  private let fileOfTensor: [String: Int]
  private let place: String

  /// Opens the weights of `directory`; a single file wins over an index, as in transformers.
  ///
  /// - Throws: `FileError` when a file is missing; `WeightsError` when a file or the index is malformed,
  ///   or the index names a tensor that its shard lacks.
  public init(directory: URL) throws {
    let single = directory.appendingPathComponent("model.safetensors")
    let index = directory.appendingPathComponent("model.safetensors.index.json")
    if !FileManager.default.fileExists(atPath: single.path),
      FileManager.default.fileExists(atPath: index.path)
    {
      try self.init(index: index)
    } else {
      try self.init(file: single)
    }
  }

  /// One safetensors file, whatever its name.
  public init(file url: URL) throws {
    let file = try SafetensorsFile(reading: url)
    files = [file]
    fileOfTensor = Dictionary(file.names.map { ($0, 0) }, uniquingKeysWith: { first, _ in first })
    place = file.name
  }

  private init(index url: URL) throws {
    let name = url.lastPathComponent
    let json = try JSONValue(contentsOf: url)
    guard let map = json["weight_map"]?.object else {
      throw WeightsError.malformedFile(
        file: name, part: "weight_map", expected: "an object", found: json["weight_map"]?.kind ?? "nothing")
    }
    var files: [SafetensorsFile] = []
    var positions: [String: Int] = [:]
    var fileOfTensor: [String: Int] = [:]
    for entry in map.entries {
      guard let shard = entry.value.string, !shard.isEmpty, !shard.contains("/"), shard != ".." else {
        throw WeightsError.malformedFile(
          file: name, part: "weight_map.\(entry.key)", expected: "the name of a file beside the index",
          found: entry.value.string ?? entry.value.kind)
      }
      if positions[shard] == nil {
        positions[shard] = files.count
        files.append(
          try SafetensorsFile(reading: url.deletingLastPathComponent().appendingPathComponent(shard)))
      }
      guard let position = positions[shard], files[position].contains(entry.key) else {
        throw WeightsError.malformedFile(
          file: name, part: "weight_map.\(entry.key)", expected: "a tensor in \(shard)", found: "none")
      }
      fileOfTensor[entry.key] = position
    }
    self.files = files
    self.fileOfTensor = fileOfTensor
    place = name
  }

  /// The tensors' names, sorted.
  public var names: [String] { fileOfTensor.keys.sorted() }

  public func contains(_ name: String) -> Bool { fileOfTensor[name] != nil }

  /// - Throws: `WeightsError.missingTensor`.
  public func entry(_ name: String) throws(WeightsError) -> TensorEntry { try file(of: name).entry(name) }

  /// The elements of `name`, row-major; its shape must be `shape` where one is given.
  ///
  /// - Throws: `WeightsError.missingTensor`, `.shapeMismatch` or `.wrongType`.
  public func buffer(_ name: String, shape: [Int]? = nil) throws(WeightsError) -> Buffer {
    let file = try file(of: name)
    let found = try file.shape(name)
    if let shape, shape != found { throw .shapeMismatch(name: name, expected: shape, found: found) }
    return try file.buffer(name)
  }

  /// The matrix `name` in the type of its file.
  ///
  /// - Throws: `WeightsError.missingTensor` or `.wrongType`.
  public func table(_ name: String) throws(WeightsError) -> StoredTable { try file(of: name).table(name) }

  /// The elements of `buffer(_:shape:)` as an array.
  public func floats(_ name: String, shape: [Int]? = nil) throws(WeightsError) -> [Float] {
    try buffer(name, shape: shape).array()
  }

  private func file(of name: String) throws(WeightsError) -> SafetensorsFile {
    guard let position = fileOfTensor[name] else {
      throw .missingTensor(file: place, name: name, tensorCount: fileOfTensor.count)
    }
    return files[position]
  }
}
