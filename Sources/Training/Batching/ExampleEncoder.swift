import Corpus
import Text

/// Puts prompts and completions into the model's words and tokens, the same way for training, evaluation and use.
///
/// A text with a byte that no token of the tokenizer spells is refused by `TokenizerError.unknownByte`.
public struct ExampleEncoder: Sendable {
  public let tokenizer: Tokenizer
  public let template: ModelTemplate
  /// When false, prompts are learnt as well.
  public let learnsCompletionOnly: Bool

  public init(tokenizer: Tokenizer, template: ModelTemplate, learnsCompletionOnly: Bool = true) {
    self.tokenizer = tokenizer
    self.template = template
    self.learnsCompletionOnly = learnsCompletionOnly
  }

  /// The tokens after which a model answers `prompt`.
  public func prompt(_ prompt: String) throws -> [Int32] {
    try template.promptTokens([ChatMessage(role: "user", content: prompt)], tokenizer)
  }

  /// A prompt with its completion and the end of the turn, which is learnt too: a model that never sees it never stops.
  public func example(prompt: String, completion: String) throws -> Example {
    example(try template.tokens(prompt: prompt, completion: completion, tokenizer))
  }

  /// A problem with its worked solution, or with its answer alone.
  func example(_ problem: Problem, includesReasoning: Bool) throws -> Example {
    var example = try example(
      prompt: problem.prompt, completion: includesReasoning ? problem.solution : problem.answer.text)
    example.domain = problem.domain
    return example
  }

  /// A conversation; the assistant's turns are learnt.
  public func example(_ messages: [Record.Message]) throws -> Example {
    example(
      try template.tokens(messages.map { ChatMessage(role: $0.role, content: $0.content) }, tokenizer))
  }

  private func example(_ masked: MaskedTokens) -> Example {
    let isCompletion = masked.completionMask.map { $0 == 1 }
    if learnsCompletionOnly { return Example(tokens: masked.tokens, isLearnt: isCompletion) }
    var example = Example(tokens: masked.tokens)
    example.isCompletion = Array(isCompletion.dropFirst())
    return example
  }

  /// Plain text followed by the token that ends a text.
  public func document(_ text: String) throws -> [Int32] {
    try tokenizer.encode(text) + [tokenizer.endID ?? template.endID(tokenizer)]
  }
}
