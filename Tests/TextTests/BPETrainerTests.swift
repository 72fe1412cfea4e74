import Testing
import Text

@Suite struct BPETrainerTests {
  /// Sennrich et al. 2016, section 3.2: from low ×5, lower ×2, newest ×6, widest ×3 the pairs e-s, es-t, l-o,
  /// lo-w.
  @Test func mergesTheMostFrequentPairFirst() throws {
    var trainer = try BPETrainer(.init(vocabularySize: 256 + 4, specialTokens: []))
    for (word, count) in [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)] {
      for _ in 0..<count { trainer.add(word) }
    }
    let tokenizer = trainer.train()
    #expect((256..<260).map { tokenizer.token(Int32($0)) } == ["es", "est", "lo", "low"])
    #expect(try tokenizer.encode("lowest").map { tokenizer.token($0) } == ["low", "est"])
  }

  @Test func isDeterministicAndStopsAtTheVocabulary() throws {
    let first = try TokenizerTests.trained(vocabularySize: 290)
    #expect(try TokenizerTests.trained(vocabularySize: 290).json == first.json)
    #expect(first.vocabularySize == 290)
    #expect(first.id(of: "<|endoftext|>") == 0)
    #expect(first.id(of: "</think>") == 5)
    #expect(first.id(of: "!") == 6)
    #expect(first.addedTokens.map(\.isSpecial) == [true, true, true, true, false, false])
  }

  @Test func rarePairsAreNotMerged() throws {
    var trainer = try BPETrainer(.init(vocabularySize: 1000, minimumFrequency: 3, specialTokens: []))
    trainer.add("ababab cdcd")
    #expect(trainer.train().vocabularySize == 257)
  }

  @Test func addedTokensAreNotLearned() throws {
    var trainer = try BPETrainer(.init(vocabularySize: 1000, specialTokens: ["<|im_end|>"]))
    for _ in 0..<9 { trainer.add("<|im_end|>") }
    #expect(trainer.train().vocabularySize == 257)
  }

  @Test func tooSmallAVocabularyIsRefused() {
    #expect(throws: TokenizerError.vocabularyTooSmall(requested: 100, minimum: 260)) {
      try BPETrainer(.init(vocabularySize: 100))
    }
  }
}
