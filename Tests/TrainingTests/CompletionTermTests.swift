import Foundation
import Objectives
import Testing
import Text
import Training

/// Terms that count the tokens of completions, where prompts are learnt as well.
@Suite struct CompletionTermTests {
  @Test func anExampleTellsWhichLabelsCompletionsHold() throws {
    let narrow = try ExampleSourcesTests.encoder()
    let wide = ExampleEncoder(
      tokenizer: narrow.tokenizer, template: narrow.template, learnsCompletionOnly: false)
    for (prompt, completion) in [("2+2?", "4"), ("a b c", "yes, and no")] {
      let (all, some) = (
        try wide.example(prompt: prompt, completion: completion),
        try narrow.example(prompt: prompt, completion: completion)
      )
      #expect(some.isCompletion == nil && all.labelCount == all.count && some.labelCount < all.labelCount)
      let batch = TokenBatch([all, some])
      #expect(
        zip(all.labels, all.isCompletion ?? []).map { $1 ? $0 : Example.ignoredLabel } == some.labels)
      #expect(batch.isCompletion.count == batch.labelCount)
      #expect(batch.isCompletion.count { $0 } == 2 * some.labelCount)
    }
  }

  /// The losses of a batch before any update.
  private static func metrics(_ terms: String, _ change: String) throws -> [String: Double] {
    let reports = try SelfDistillationTests.reports([
      "training.max_steps=1", "training.per_device_train_batch_size=4",
      "teacher=" + RunTests.root.appendingPathComponent("Models/teacher-6m").path,
      "objective.loss_functions=[\(terms)]", change,
    ])
    return try #require(reports.first).metrics
  }

  @Test func aTermOfCompletionsIsTheLossOfCompletionsAlone() throws {
    let terms = "{function: forward_kl, weight: 0}, {function: cross_entropy, weight: 0}"
    let wide = try Self.metrics(
      terms + ", {function: forward_kl, tokens: completion}, {function: cross_entropy, tokens: completion}",
      "training.completion_only_loss=false")
    let narrow = try Self.metrics(terms, "training.completion_only_loss=true")
    for name in ["kd_loss", "class_loss"] {
      let (alone, among) = (try #require(narrow[name]), try #require(wide["completion_" + name]))
      #expect(abs(alone - among) < 1e-5 * alone && alone > 0, "\(name): \(alone), \(among)")
      #expect(wide[name] != among && narrow["completion_" + name] == nil)
    }
  }
}
