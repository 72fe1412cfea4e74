import Files
import Foundation
import Kernels
import LanguageModels
import Text
import Training

/// A model opened for use, from a directory, a GGUF file or a pulled name: configuration, tokenizer and template that fit
/// together. The weights are read when they are asked for.
struct LoadedModel {
  let path: String
  let source: StoredModel
  let configuration: ModelConfiguration
  let tokenizer: Tokenizer
  let template: ModelTemplate

  /// - Throws: `CommandError` for a tokenizer of another model, and what loading finds wrong.
  init(_ path: String) throws {
    let source = try ModelLoader.open(path)
    let tokenizer = try source.tokenizer()
    let configuration = try source.configuration()
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw CommandError.foreignTokenizer(
        path: path, modelVocabulary: configuration.vocabularySize,
        tokenizerVocabulary: tokenizer.vocabularySize)
    }
    self.path = path
    self.source = source
    self.configuration = configuration
    self.tokenizer = tokenizer
    template = try ModelTemplate(of: tokenizer)
  }

  /// - Throws: what reading the weights finds wrong.
  func transformer() throws -> Transformer { try source.transformer() }

  /// - Throws: what reading the weights finds wrong.
  func generator(cache: CachePrecision? = nil) throws -> Generator {
    try Generator(reading: source, cache: cache)
  }

  /// The ids of a conversation up to where the assistant answers.
  ///
  /// - Throws: `JinjaError` for a conversation that the template refuses; `TokenizerError.unknownByte`.
  func promptTokens(_ messages: [ChatMessage]) throws -> [Int32] {
    try template.promptTokens(messages, tokenizer)
  }

  /// The weights alone.
  static func transformer(_ path: String) throws -> Transformer { try ModelLoader.open(path).transformer() }

  /// Where generation stops: at the model's and the tokenizer's end tokens, in a conversation at the end of
  /// the turn too.
  func stopTokens(inConversation: Bool) throws -> [Int32] {
    var stops = Set(configuration.endTokens)
    if let end = tokenizer.endID { stops.insert(end) }
    if inConversation { stops.insert(try template.endID(tokenizer)) }
    return stops.sorted()
  }
}
