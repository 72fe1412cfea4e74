import Files

/// How one model's conversations become tokens: by the Jinja template that it carries, else by a `ChatTemplate`.
public struct ModelTemplate: Sendable, Equatable {
  private enum Form: Sendable {
    case builtIn(ChatTemplate)
    case carried(JinjaTemplate)
  }

  private let form: Form
  /// What is the same for equal templates: a `ChatTemplate`'s name, or the carried source.
  private let source: String

  public static let chatML = ModelTemplate(.chatML)
  public static let plain = ModelTemplate(.plain)

  public init(_ template: ChatTemplate) {
    self.init(form: .builtIn(template), source: template.rawValue)
  }

  private init(form: Form, source: String) {
    self.form = form
    self.source = source
  }

  /// The template that `tokenizer` carries; without one, ChatML where the tokenizer has its tokens, else plain text.
  ///
  /// - Throws: `JinjaError` for a template that this program does not render.
  public init(of tokenizer: Tokenizer) throws(JinjaError) {
    guard let carried = tokenizer.configuration.chatTemplate else {
      self.init(tokenizer.id(of: "<|im_start|>") == nil ? .plain : .chatML)
      return
    }
    if let known = ChatTemplate.allCases.first(where: { $0.jinja == carried }) {
      self.init(known)
      return
    }
    self.init(form: .carried(try JinjaTemplate(carried)), source: carried)
  }

  /// `chatml`, `plain`, or for a carried template the first figures of its hash.
  public var name: String {
    switch form {
    case .builtIn(let template): template.rawValue
    case .carried: "jinja " + Fingerprint.sha256(Array(source.utf8)).prefix(12)
    }
  }

  public static func == (a: ModelTemplate, b: ModelTemplate) -> Bool { a.source == b.source }

  /// The ids of a conversation up to where the assistant answers.
  ///
  /// - Throws: `JinjaError` for messages that the template refuses; `TokenizerError.unknownByte`.
  public func promptTokens(_ messages: [ChatMessage], _ tokenizer: Tokenizer) throws -> [Int32] {
    switch form {
    case .builtIn(let template): try template.promptTokens(messages, tokenizer)
    case .carried(let template):
      try tokenizer.encode(text(template, messages, tokenizer, asksForAnswer: true))
    }
  }

  /// The ids of a conversation. Every assistant turn is a completion: what the template writes after the place where
  /// it asks for the answer, up to the token that ends the turn. See `ChatTemplate.tokens`.
  ///
  /// - Throws: `JinjaError`, and `TokenizerError` for a template that writes earlier turns anew when later ones come, so
  ///   that no turn can be told from the rest, and for a byte that no token spells.
  public func tokens(_ messages: [ChatMessage], _ tokenizer: Tokenizer) throws -> MaskedTokens {
    switch form {
    case .builtIn(let template): try template.tokens(messages, tokenizer)
    case .carried(let template): try tokens(template, messages, tokenizer)
    }
  }

  private func tokens(
    _ template: JinjaTemplate, _ messages: [ChatMessage], _ tokenizer: Tokenizer
  ) throws -> MaskedTokens {
    let end = try endID(tokenizer)
    let endText = Array((tokenizer.token(end) ?? "").utf8)
    var result = MaskedTokens()
    var done: [UInt8] = []
    func remainder(_ text: String, turn: Int) throws -> [UInt8] {
      let bytes = Array(text.utf8)
      guard bytes.starts(with: done) else {
        throw TokenizerError.badMessage(
          part: "chat template, message \(turn + 1)", expected: "earlier turns left as they were",
          found: "others")
      }
      return Array(bytes[done.count...])
    }
    func append(_ bytes: [UInt8], isCompletion: Bool) throws {
      done += bytes
      result.append(try tokenizer.encode(String(decoding: bytes, as: UTF8.self)), isCompletion: isCompletion)
    }
    for (turn, message) in messages.enumerated() where message.role == "assistant" {
      let asked = try text(template, Array(messages[..<turn]), tokenizer, asksForAnswer: true)
      try append(remainder(asked, turn: turn), isCompletion: false)
      let answered = try remainder(
        try text(template, Array(messages[...turn]), tokenizer, asksForAnswer: false), turn: turn)
      if let found = answered.lastRange(of: endText) {
        try append(Array(answered[..<found.upperBound]), isCompletion: true)
      } else {
        try append(answered, isCompletion: true)
        result.append([end], isCompletion: true)
      }
    }
    if messages.last?.role != "assistant" {
      let whole = try text(template, messages, tokenizer, asksForAnswer: false)
      try append(remainder(whole, turn: messages.count - 1), isCompletion: false)
    }
    return result
  }

  /// The ids of one prompt and its completion. - Throws: as `tokens(_:_:)`.
  public func tokens(prompt: String, completion: String, _ tokenizer: Tokenizer) throws -> MaskedTokens {
    try tokens(
      [ChatMessage(role: "user", content: prompt), ChatMessage(role: "assistant", content: completion)],
      tokenizer)
  }

  /// The id that ends an assistant turn: the special token that a carried template writes after it, else the
  /// tokenizer's end token.
  ///
  /// - Throws: `JinjaError`, `TokenizerError.missingToken`.
  public func endID(_ tokenizer: Tokenizer) throws -> Int32 {
    switch form {
    case .builtIn(let template): try template.endID(tokenizer)
    case .carried(let template): try endID(template, tokenizer)
    }
  }

  private func endID(_ template: JinjaTemplate, _ tokenizer: Tokenizer) throws -> Int32 {
    let word = "answer"
    let turns = [
      ChatMessage(role: "user", content: "question"), ChatMessage(role: "assistant", content: word),
    ]
    let rendered = try text(template, turns, tokenizer, asksForAnswer: false)
    let bytes = Array(rendered.utf8)
    if let found = bytes.lastRange(of: Array(word.utf8)) {
      let rest = String(decoding: bytes[found.upperBound...], as: UTF8.self)
      if let first = try tokenizer.encode(rest).first, tokenizer.isSpecial(first) { return first }
    }
    guard let end = tokenizer.endID else {
      throw TokenizerError.missingToken(
        token: tokenizer.configuration.endToken ?? "eos_token", neededBy: "chat template")
    }
    return end
  }

  private func text(
    _ template: JinjaTemplate, _ messages: [ChatMessage], _ tokenizer: Tokenizer, asksForAnswer: Bool
  ) throws(JinjaError) -> String {
    let roles = tokenizer.configuration
    var variables: [String: JSONValue] = [
      "messages": .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] }),
      "add_generation_prompt": .bool(asksForAnswer),
    ]
    variables["bos_token"] = roles.beginToken.map(JSONValue.string)
    variables["eos_token"] = roles.endToken.map(JSONValue.string)
    variables["pad_token"] = roles.paddingToken.map(JSONValue.string)
    return try template.render(variables).text
  }
}

extension [UInt8] {
  /// Where `part` stands last.
  fileprivate func lastRange(of part: [UInt8]) -> Range<Int>? {
    guard !part.isEmpty, part.count <= count else { return nil }
    let start = stride(from: count - part.count, through: 0, by: -1).first {
      self[$0..<$0 + part.count].elementsEqual(part)
    }
    return start.map { $0..<$0 + part.count }
  }
}
