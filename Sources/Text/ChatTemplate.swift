/// One turn of a conversation.
public struct ChatMessage: Sendable, Equatable, Codable {
  /// `system`, `user` or `assistant`.
  public var role: String
  public var content: String

  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }
}

/// Token ids with a mark on those that the model is to learn.
public struct MaskedTokens: Sendable, Equatable {
  public var tokens: [Int32]
  /// 1 for a token of an assistant turn, its end token included; 0 for a token of the prompt.
  public var completionMask: [UInt8]

  public init(tokens: [Int32] = [], completionMask: [UInt8] = []) {
    self.tokens = tokens
    self.completionMask = completionMask
  }

  /// Labels for cross-entropy: the token where it is learned, −100 elsewhere.
  public var labels: [Int32] { zip(tokens, completionMask).map { $1 == 1 ? $0 : -100 } }

  mutating func append(_ ids: [Int32], isCompletion: Bool) {
    tokens += ids
    completionMask += [UInt8](repeating: isCompletion ? 1 : 0, count: ids.count)
  }
}

/// How a conversation becomes one text.
public enum ChatTemplate: String, CaseIterable, Sendable {
  /// `<|im_start|>role⏎content<|im_end|>⏎` for each message.
  case chatML = "chatml"
  /// The contents alone, one per line; the end token closes each assistant turn. For models without roles.
  case plain

  /// - Throws: `TokenizerError.unknownTemplate`.
  public init(named name: String) throws(TokenizerError) {
    guard let template = ChatTemplate(rawValue: name) else { throw .unknownTemplate(name: name) }
    self = template
  }

  /// The template in Jinja, for `tokenizer_config.json`; transformers renders the same text from it.
  public var jinja: String {
    switch self {
    case .chatML:
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + "
        + "'<|im_end|>' + '\\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
    case .plain:
      "{% for message in messages %}{{ message['content'] }}{% if message['role'] == 'assistant' %}"
        + "{{ eos_token }}{% endif %}{{ '\\n' }}{% endfor %}"
    }
  }

  /// The end token of a turn; nil where the tokenizer's own end token is meant.
  public var endToken: String? { self == .chatML ? "<|im_end|>" : nil }

  /// The whole text of a conversation; with `addGenerationPrompt`, up to where the assistant's answer begins.
  ///
  /// - Parameter endToken: the tokenizer's end token, which closes an assistant turn of `.plain`.
  public func render(
    _ messages: [ChatMessage], addGenerationPrompt: Bool = false, endToken: String = "<|endoftext|>"
  ) -> String {
    var text = ""
    for message in messages {
      let isAssistant = message.role == "assistant"
      text += opening(message.role) + message.content + closing(isAssistant, endToken) + "\n"
    }
    return addGenerationPrompt ? text + opening("assistant") : text
  }

  private func opening(_ role: String) -> String { self == .chatML ? "<|im_start|>\(role)\n" : "" }

  private func closing(_ isAssistant: Bool, _ endToken: String) -> String {
    switch self {
    case .chatML: "<|im_end|>"
    case .plain: isAssistant ? endToken : ""
    }
  }

  /// The id that ends an assistant turn.
  ///
  /// - Throws: `TokenizerError.missingToken`.
  public func endID(_ tokenizer: Tokenizer) throws(TokenizerError) -> Int32 {
    let token = endToken ?? tokenizer.configuration.endToken ?? "<|endoftext|>"
    guard let id = tokenizer.id(of: token) else {
      throw .missingToken(token: token, neededBy: "chat template \(rawValue)")
    }
    return id
  }

  /// The ids of a prompt as the model sees it before it answers.
  ///
  /// - Throws: `TokenizerError.unknownByte`.
  public func promptTokens(
    _ messages: [ChatMessage], _ tokenizer: Tokenizer
  ) throws(TokenizerError) -> [Int32] {
    try tokenizer.encode(
      render(
        messages, addGenerationPrompt: true, endToken: tokenizer.configuration.endToken ?? "<|endoftext|>"))
  }

  /// The ids of a conversation. Every assistant turn is a completion: its content and its end token, without
  /// the line break behind it.
  ///
  /// Prompt and completion are encoded apart, because that is what happens when the model answers: no token
  /// ever spans the border. Special tokens inside contents become their ids.
  ///
  /// - Throws: `TokenizerError.missingToken` when the tokenizer lacks the template's tokens; `.unknownByte`.
  public func tokens(_ messages: [ChatMessage], _ tokenizer: Tokenizer) throws(TokenizerError) -> MaskedTokens
  {
    let end = try endID(tokenizer)
    if self == .chatML, tokenizer.id(of: "<|im_start|>") == nil {
      throw .missingToken(token: "<|im_start|>", neededBy: "chat template \(rawValue)")
    }
    var result = MaskedTokens()
    var prompt = ""
    for message in messages {
      if message.role == "assistant" {
        prompt += opening(message.role)
        result.append(try tokenizer.encode(prompt), isCompletion: false)
        result.append(try tokenizer.encode(message.content) + [end], isCompletion: true)
        prompt = "\n"
      } else {
        prompt += opening(message.role) + message.content + closing(false, "") + "\n"
      }
    }
    // What follows the last assistant turn: nothing but the line break, which no one needs to read.
    if prompt != "\n" { result.append(try tokenizer.encode(prompt), isCompletion: false) }
    return result
  }

  /// The ids of one prompt and its completion.
  ///
  /// - Throws: as `tokens(_:_:)`.
  public func tokens(
    prompt: String, completion: String, _ tokenizer: Tokenizer
  ) throws(TokenizerError) -> MaskedTokens {
    try tokens(
      [ChatMessage(role: "user", content: prompt), ChatMessage(role: "assistant", content: completion)],
      tokenizer)
  }
}
