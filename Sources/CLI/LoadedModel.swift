import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// A model directory or a GGUF file, opened for use: weights, tokenizer and template that fit together.
struct LoadedModel {
  let path: String
  let transformer: Transformer
  let tokenizer: Tokenizer
  let template: ChatTemplate

  /// - Throws: `CommandError` for no directory and for a tokenizer of another model, and what loading finds
  /// wrong.
  init(_ path: String) throws {
    let place = try LoadedModel.isGGUF(path) ? URL(fileURLWithPath: path) : LoadedModel.directory(path)
    let tokenizer = try LoadedModel.isGGUF(path) ? GGUFModel.tokenizer(of: place) : Tokenizer.load(place)
    let transformer = try LoadedModel.transformer(path)
    guard tokenizer.vocabularySize <= transformer.configuration.vocabularySize else {
      throw CommandError.foreignTokenizer(
        path: path, modelVocabulary: transformer.configuration.vocabularySize,
        tokenizerVocabulary: tokenizer.vocabularySize)
    }
    self.path = path
    self.transformer = transformer
    self.tokenizer = tokenizer
    template = ModelLoader.template(of: tokenizer, in: place)
  }

  /// The ids of a conversation up to where the assistant answers, by the template that the model carries.
  ///
  /// - Throws: `JinjaError` for a template, or a conversation, that cannot be rendered.
  func promptTokens(_ messages: [ChatMessage]) throws -> [Int32] {
    guard let source = tokenizer.configuration.chatTemplate,
      ChatTemplate.allCases.allSatisfy({ $0.jinja != source })
    else { return template.promptTokens(messages, tokenizer) }
    var variables: [String: JSONValue] = [
      "messages": .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] }),
      "add_generation_prompt": true,
    ]
    variables["bos_token"] = tokenizer.configuration.beginToken.map(JSONValue.string)
    variables["eos_token"] = tokenizer.configuration.endToken.map(JSONValue.string)
    variables["pad_token"] = tokenizer.configuration.paddingToken.map(JSONValue.string)
    return tokenizer.encode(try JinjaTemplate(source).render(variables).text)
  }

  /// The weights alone.
  static func transformer(_ path: String) throws -> Transformer {
    try isGGUF(path) ? GGUFModel.load(URL(fileURLWithPath: path)) : ModelDirectory.load(directory(path))
  }

  /// Whether `path` is meant as a GGUF file.
  static func isGGUF(_ path: String) -> Bool { path.hasSuffix(".gguf") }

  /// The URL of an existing directory.
  static func directory(_ path: String) throws -> URL {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue
    else {
      throw CommandError.noModel(path: path)
    }
    return URL(fileURLWithPath: path)
  }

  /// Where generation stops: at the model's and the tokenizer's end tokens, in a conversation at the end of
  /// the turn too.
  func stopTokens(inConversation: Bool) throws -> [Int32] {
    var stops = Set(transformer.configuration.endTokens)
    if let end = tokenizer.endID { stops.insert(end) }
    if inConversation { stops.insert(try template.endID(tokenizer)) }
    return stops.sorted()
  }
}
