import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Weights

/// Loads or makes the models and the tokenizer that a recipe names.
package struct ModelLoader {
  let recipe: Recipe
  let resolve: (String) -> String

  /// The model's directory, with or without weights.
  private var directory: URL? { recipe.model.directory.map { URL(fileURLWithPath: resolve($0)) } }

  func tokenizer() throws -> (Tokenizer, URL) {
    let named = recipe.tokenizer.map { URL(fileURLWithPath: resolve($0)) }
    guard let place = named ?? directory else {
      throw TrainingError.noSuchFile(path: "tokenizer", role: "a tokenizer directory in the recipe")
    }
    let folder = place.pathExtension == "json" ? place.deletingLastPathComponent() : place
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("tokenizer.json").path) else {
      throw TrainingError.noSuchFile(
        path: folder.appendingPathComponent("tokenizer.json").path, role: "the model's tokenizer")
    }
    return (try Tokenizer.load(folder), folder)
  }

  /// The template that the tokenizer carries, else the one whose tokens it has.
  package static func template(of tokenizer: Tokenizer, in directory: URL) -> ChatTemplate {
    let file = try? readFile(directory.appendingPathComponent("chat_template.jinja"))
    let source = tokenizer.configuration.chatTemplate ?? file.map { String(decoding: $0, as: UTF8.self) }
    if let known = source.flatMap(ChatTemplate.init(recognizing:)) { return known }
    return tokenizer.id(of: "<|im_start|>") == nil ? .plain : .chatML
  }

  /// The model to be trained: with its weights where there are some, else with random ones.
  func model(tokenizer: Tokenizer) throws -> Transformer {
    let configuration = try configuration()
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw TrainingError.vocabularyMismatch(
        role: "the tokenizer of \(recipe.model.directory ?? "the model")",
        expected: configuration.vocabularySize, found: tokenizer.vocabularySize)
    }
    if let directory, !recipe.model.startsFresh, ModelLoader.hasWeights(directory) {
      return try ModelDirectory.load(directory)
    }
    var random = SeededRandom(seed: recipe.model.seed ?? recipe.training.seed)
    return try Transformer(configuration, using: &random)
  }

  private func configuration() throws -> ModelConfiguration {
    if let keys = recipe.model.configuration {
      let body = keys.sorted { $0.key < $1.key }.map { "\(RecipeNode.quoted($0.key)): \($0.value)" }
      let text = "{" + body.joined(separator: ", ") + "}"
      return try ModelConfiguration(
        JSONValue(parsing: text, source: "model.init.config"), file: "model.init.config")
    }
    guard let directory else {
      throw TrainingError.noSuchFile(path: "model", role: "a model directory")
    }
    return try ModelConfiguration(reading: directory.appendingPathComponent("config.json"))
  }

  /// The teacher, when the method needs one; it must share the student's vocabulary.
  func teacher(student: Transformer) throws -> Transformer? {
    guard let source = recipe.teacher, try recipe.lossTerms().contains(where: \.function.needsTeacher) else {
      return nil
    }
    let directory = URL(fileURLWithPath: resolve(source.directory))
    let teacher = try ModelDirectory.load(directory)
    guard teacher.configuration.vocabularySize == student.configuration.vocabularySize else {
      throw TrainingError.vocabularyMismatch(
        role: "teacher \(source.directory)", expected: student.configuration.vocabularySize,
        found: teacher.configuration.vocabularySize)
    }
    teacher.freeze()
    return teacher
  }

  /// The recipe's model once more, frozen: what a policy must not leave too far.
  func reference() throws -> Transformer {
    guard let directory, !recipe.model.startsFresh, ModelLoader.hasWeights(directory) else {
      throw TrainingError.noSuchFile(
        path: recipe.model.directory ?? "model", role: "weights to be the reference")
    }
    let model = try ModelDirectory.load(directory)
    model.freeze()
    return model
  }

  static func hasWeights(_ directory: URL) -> Bool {
    ["model.safetensors", "model.safetensors.index.json"].contains {
      FileManager.default.fileExists(atPath: directory.appendingPathComponent($0).path)
    }
  }
}
