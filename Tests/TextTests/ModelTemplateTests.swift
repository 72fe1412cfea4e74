import Files
import GoldenVectors
import Testing
import Text

@Suite("Model template") struct ModelTemplateTests {
  private static func tokenizer(_ template: String?) throws -> Tokenizer {
    try TokenizerTests.trained().with(
      TokenizerConfiguration(endToken: "<|endoftext|>", paddingToken: "<|endoftext|>", chatTemplate: template)
    )
  }

  private static let messages = [
    ChatMessage(role: "system", content: "S"), ChatMessage(role: "user", content: "2+2?"),
    ChatMessage(role: "assistant", content: "<think>2+2=4</think> 4"),
    ChatMessage(role: "user", content: "감사"), ChatMessage(role: "assistant", content: "4"),
  ]

  /// The same text in other words: a template of our own form is read as any other.
  @Test func aCarriedTemplateGivesTheTokensOfTheBuiltInOne() throws {
    let source = ChatTemplate.chatML.jinja.replacing("message", with: "turn").replacing(
      "turns", with: "messages")
    let tokenizer = try Self.tokenizer(source)
    let carried = try ModelTemplate(of: tokenizer)
    #expect(carried != .chatML && carried.name.hasPrefix("jinja "))
    for count in 1...Self.messages.count {
      let messages = Array(Self.messages.prefix(count))
      #expect(
        try carried.promptTokens(messages, tokenizer)
          == ModelTemplate.chatML.promptTokens(messages, tokenizer))
      #expect(
        try carried.tokens(messages, tokenizer) == ModelTemplate.chatML.tokens(messages, tokenizer),
        "\(count)")
    }
    #expect(try carried.endID(tokenizer) == tokenizer.id(of: "<|im_end|>"))
    #expect(try ModelTemplate(of: Self.tokenizer(ChatTemplate.chatML.jinja)) == .chatML)
    #expect(try ModelTemplate(of: Self.tokenizer(nil)) == .chatML)
  }

  @Test func whatATemplateAddsBelongsToThePrompt() throws {
    let source =
      "{% if messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nBe brief.<|im_end|>\\n' }}{% endif %}"
      + ChatTemplate.chatML.jinja
    let tokenizer = try Self.tokenizer(source)
    let result = try ModelTemplate(of: tokenizer).tokens(prompt: "2+2?", completion: "4", tokenizer)
    let end = try #require(tokenizer.id(of: "<|im_end|>"))
    #expect(
      try zip(result.tokens, result.completionMask).filter { $1 == 1 }.map(\.0) == tokenizer.encode("4") + [
        end
      ])
    #expect(
      tokenizer.decode(result.tokens)
        == "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n4<|im_end|>"
    )
  }

  /// Without a special token behind an answer the tokenizer's end token closes it.
  @Test func anAnswerAlwaysEnds() throws {
    let tokenizer = try Self.tokenizer("{% for m in messages %}[{{ m.content }}]{% endfor %}")
    let template = try ModelTemplate(of: tokenizer)
    let end = try #require(tokenizer.endID)
    #expect(try template.endID(tokenizer) == end)
    let result = try template.tokens(prompt: "2+2?", completion: "4", tokenizer)
    #expect(try result.tokens == tokenizer.encode("[2+2?]") + tokenizer.encode("[4]") + [end])
    #expect(result.completionMask.last == 1)
  }

  @Test func whatCannotBeUsedIsNamed() throws {
    let broken = try Self.tokenizer("{% macro x() %}{% endmacro %}")
    #expect(throws: JinjaError.self) { try ModelTemplate(of: broken) }
    // Earlier answers vanish when later turns come.
    let forgetful = try Self.tokenizer("{{ messages | length }}:{{ messages[-1].content }}")
    #expect(throws: TokenizerError.self) { try ModelTemplate(of: forgetful).tokens(Self.messages, forgetful) }
  }

  /// Published templates on conversations that end with an answer, against TRL's completion-only labels. We leave out
  /// what stands behind the end of the last turn, a line break that no one needs to read.
  @Test func learnsWhatTRLLearns() throws {
    guard Golden.has("tokenizers/chat.json") else { return }
    let golden = try Golden.json("tokenizers/chat.json")
    let conversations = try #require(golden["conversations"]?.array)
    let variables = try #require(golden["template_variables"])
    var compared = 0
    for rendering in try #require(golden["renderings"]?.array) {
      let name = try #require(rendering["template"]?.string)
      let folder = try #require(rendering["tokenizer"]?.string)
      let conversation = try #require(rendering["conversation"]?.int)
      let messages = try #require(conversations[conversation].array)
      guard Golden.has("tokenizers/\(folder)"), messages.last?["role"]?.string == "assistant",
        messages.allSatisfy({ $0["content"]?.string != nil && $0.object?.keys.count == 2 }),
        let length = rendering["completion_only_prompt_len"]?.int,
        rendering["prompt_is_prefix"]?.bool == true
      else { continue }
      let roles = variables[name] ?? variables["others"] ?? .null
      let tokenizer = try Tokenizer.load(Golden.url("tokenizers/\(folder)")).with(
        TokenizerConfiguration(
          beginToken: roles["bos_token"]?.string, endToken: roles["eos_token"]?.string,
          chatTemplate: golden["templates"]?[name]?["template"]?.string))
      let turns = messages.map {
        ChatMessage(role: $0["role"]?.string ?? "", content: $0["content"]?.string ?? "")
      }
      let found: MaskedTokens
      do {
        found = try ModelTemplate(of: tokenizer).tokens(turns, tokenizer)
      } catch TokenizerError.badMessage {
        // Qwen3 takes the reasoning out of earlier turns.
        #expect(name == "qwen3" && turns.count > 2)
        continue
      }
      let ids = try #require(rendering["ids"]?.array).compactMap { $0.int.map { Int32($0) } }
      try requireEqual(found.tokens, Array(ids.prefix(found.tokens.count)), "\(name) \(turns)")
      let learnt = found.completionMask.lastIndex(of: 0).map { $0 + 1 } ?? 0
      #expect(learnt == length, "\(name) \(turns)")
      #expect(tokenizer.decode(ids.dropFirst(found.tokens.count)).filter { !$0.isWhitespace }.isEmpty)
      compared += 1
    }
    #expect(compared > 40)
  }
}
