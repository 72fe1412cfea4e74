import GoldenVectors
import Testing
import Text

@Suite struct ChatTemplateTests {
  let messages = [
    ChatMessage(role: "system", content: "S"), ChatMessage(role: "user", content: "2+2?"),
    ChatMessage(role: "assistant", content: "<think>2+2=4</think> 4"),
    ChatMessage(role: "user", content: "감사"),
  ]

  @Test func chatMLRendersTurns() {
    #expect(
      ChatTemplate.chatML.render(messages, addGenerationPrompt: true)
        == "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n"
        + "<|im_start|>assistant\n<think>2+2=4</think> 4<|im_end|>\n<|im_start|>user\n감사<|im_end|>\n"
        + "<|im_start|>assistant\n")
    #expect(
      ChatTemplate.plain.render(messages) == "S\n2+2?\n<think>2+2=4</think> 4<|endoftext|>\n감사\n")
  }

  @Test(arguments: ChatTemplate.allCases)
  func theMaskHoldsTheCompletionAndItsEnd(template: ChatTemplate) throws {
    let tokenizer = try TokenizerTests.trained()
    let prompt = [ChatMessage(role: "user", content: "What is 2+2?")]
    let result = try template.tokens(prompt: "What is 2+2?", completion: "It's 4", tokenizer)
    let start = try template.promptTokens(prompt, tokenizer)
    #expect(Array(result.tokens.prefix(start.count)) == start)
    #expect(
      try result.tokens.dropFirst(start.count)
        == (tokenizer.encode("It's 4") + [template.endID(tokenizer)])[...])
    #expect(
      result.completionMask == start.map { _ in 0 } + result.tokens.dropFirst(start.count).map { _ in 1 })
    #expect(result.labels.prefix(start.count).allSatisfy { $0 == -100 })
    #expect(result.labels.last == (try template.endID(tokenizer)))
  }

  @Test(arguments: ChatTemplate.allCases)
  func everyAssistantTurnIsLearned(template: ChatTemplate) throws {
    let tokenizer = try TokenizerTests.trained()
    let answer = ChatMessage(role: "assistant", content: "4")
    let result = try template.tokens(messages + [answer], tokenizer)
    let learned = zip(result.tokens, result.completionMask).filter { $1 == 1 }.map(\.0)
    let end = try template.endID(tokenizer)
    #expect(try learned == tokenizer.encode(messages[2].content) + [end] + tokenizer.encode("4") + [end])
    // Whole text and parts agree but for the line break behind the last turn.
    #expect(
      tokenizer.decode(result.tokens) + "\n"
        == template.render(messages + [answer], endToken: "<|endoftext|>"))
  }

  @Test func aTokenizerWithoutTheTokensIsRefused() throws {
    var trainer = try BPETrainer(.init(vocabularySize: 300, specialTokens: ["<|endoftext|>"]))
    trainer.add("abc")
    let tokenizer = trainer.train()
    #expect(throws: TokenizerError.missingToken(token: "<|im_end|>", neededBy: "chat template chatml")) {
      try ChatTemplate.chatML.tokens(messages, tokenizer)
    }
    #expect(throws: Never.self) { try ChatTemplate.plain.tokens(messages, tokenizer) }
    #expect(throws: TokenizerError.unknownTemplate(name: "alpaca")) { try ChatTemplate(named: "alpaca") }
  }
}

/// Texts and ids that transformers renders from the chatML template.
@Suite struct ChatTemplateGoldenTests {
  @Test func chatMLAgreesWithTransformers() throws {
    guard Golden.has("tokenizers/chat.json") else {
      return GoldenRegistry.skip("tokenizers/chat", cases: 20, reason: "not in this set; see SWIFTLET_GOLDEN")
    }
    let golden = try Golden.json("tokenizers/chat.json")
    let tokenizer = try Tokenizer.load(Golden.url("tokenizers/bytebpe1024"))
    let conversations = try #require(golden["conversations"]?.array)
    for item in try #require(golden["renderings"]?.array) where item["template"]?.string == "chatml" {
      let index = try #require(item["conversation"]?.int)
      let messages = try #require(conversations[index].array).map { message in
        ChatMessage(role: message["role"]?.string ?? "", content: message["content"]?.string ?? "")
      }
      #expect(ChatTemplate.chatML.render(messages) == item["text"]?.string)
      #expect(
        ChatTemplate.chatML.render(messages, addGenerationPrompt: true)
          == item["text_generation_prompt"]?.string)
      try requireEqual(
        try tokenizer.encode(ChatTemplate.chatML.render(messages)),
        try #require(item["ids"]?.array).compactMap(\.int),
        "conversation \(index)")
      GoldenRegistry.countRun(1)
    }
  }
}
