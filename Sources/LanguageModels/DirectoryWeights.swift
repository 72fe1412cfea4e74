import Foundation
import Kernels
import Weights

/// The weights of a Hugging Face directory.
struct DirectoryWeights: WeightSource {
  let configuration: ModelConfiguration
  private let weights: ModelWeights
  /// The directory, for messages.
  private let place: String

  /// - Throws: for a missing or malformed config.json or file of weights.
  init(_ directory: URL) throws {
    configuration = try ModelConfiguration(of: directory)
    weights = try ModelWeights(directory: directory)
    place = directory.lastPathComponent
  }

  /// What the directory calls a parameter: its name, or that of the first checkpoints of its family.
  private func name(of parameter: String) -> String? {
    let former = configuration.architecture == .gpt2 ? GPT2Checkpoint.formerName(of: parameter) : nil
    return [parameter, former].compactMap { $0 }.first(where: weights.contains)
  }

  private func name(of parameter: String, shape: [Int]) throws -> String {
    guard let name = name(of: parameter) else {
      throw LanguageModelError.missingTensor(file: place, name: parameter, shape: shape)
    }
    let found = try weights.entry(name).shape
    guard found == shape else {
      throw LanguageModelError.shapeMismatch(file: place, name: name, expected: shape, found: found)
    }
    return name
  }

  func values(_ parameter: String, shape: [Int]) throws -> Buffer {
    let name = try name(of: parameter, shape: shape)
    let values = try weights.buffer(name)
    guard Kernels.allFinite(values) else {
      throw LanguageModelError.nonFiniteWeight(file: place, name: name)
    }
    return values
  }

  func table(_ parameter: String, shape: [Int]) throws -> StoredTable {
    let name = try name(of: parameter, shape: shape)
    let table = try weights.table(name)
    guard table.isFinite else { throw LanguageModelError.nonFiniteWeight(file: place, name: name) }
    return table
  }

  func requireNone(beside parameters: Set<String>) throws {
    let used = Set(parameters.compactMap(name))
    for name in weights.names where !used.contains(name) {
      // Old exports store the constant frequencies, and a tied output layer a second time.
      if name.hasSuffix("rotary_emb.inv_freq") { continue }
      if configuration.architecture == .gpt2, GPT2Checkpoint.isMask(name) { continue }
      guard configuration.tiesEmbeddings, name == Transformer.headName else {
        throw LanguageModelError.unexpectedTensor(file: place, name: name)
      }
      let embedding = self.name(of: configuration.architecture.embeddingName)
      guard let embedding, try weights.table(name).equals(weights.table(embedding)) else {
        throw LanguageModelError.invalidValue(
          file: place, expected: "lm_head.weight equal to the embedding table (tie_word_embeddings is true)",
          found: "other numbers", nextStep: "set tie_word_embeddings to false in config.json")
      }
    }
  }
}
