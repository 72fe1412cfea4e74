import Foundation
import LanguageModels
import Text
import Training

/// A model opened for use, from a directory, a GGUF file or a pulled name: weights, tokenizer and template that fit
/// together.
struct LoadedModel {
  let path: String
  let source: StoredModel
  let transformer: Transformer
  let tokenizer: Tokenizer
  let template: ModelTemplate

  /// - Throws: `CommandError` for a tokenizer of another model, and what loading finds wrong.
  init(_ path: String) throws {
    let source = try ModelLoader.open(path)
    let tokenizer = try source.tokenizer()
    let transformer = try source.transformer()
    guard tokenizer.vocabularySize <= transformer.configuration.vocabularySize else {
      throw CommandError.foreignTokenizer(
        path: path, modelVocabulary: transformer.configuration.vocabularySize,
        tokenizerVocabulary: tokenizer.vocabularySize)
    }
    self.path = path
    self.source = source
    self.transformer = transformer
    self.tokenizer = tokenizer
    template = try ModelTemplate(of: tokenizer)
  }

  /// The ids of a conversation up to where the assistant answers.
  ///
  /// - Throws: `JinjaError` for a conversation that the template refuses.
  func promptTokens(_ messages: [ChatMessage]) throws -> [Int32] {
    try template.promptTokens(messages, tokenizer)
  }

  /// The weights alone.
  static func transformer(_ path: String) throws -> Transformer { try ModelLoader.open(path).transformer() }

  /// Where generation stops: at the model's and the tokenizer's end tokens, in a conversation at the end of
  /// the turn too.
  func stopTokens(inConversation: Bool) throws -> [Int32] {
    var stops = Set(transformer.configuration.endTokens)
    if let end = tokenizer.endID { stops.insert(end) }
    if inConversation { stops.insert(try template.endID(tokenizer)) }
    return stops.sorted()
  }
}
