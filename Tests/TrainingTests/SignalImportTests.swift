import Foundation
import Kernels
import Testing
import Training
import Weights

/// A teacher's logits in the files of mlx-lm as the source of a training.
@Suite(.serialized) struct SignalImportTests {
  private let folder = CheckpointTests.temporaryDirectory()

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func reading(_ teacher: String, _ overrides: [String] = []) throws -> Recipe.Reading {
    try Recipe.parse(
      """
      method: logit_distillation
      model: \(RunTests.root.path)/Models/student-750k
      teacher: \(teacher)
      dataset: {task: law, languages: [en], levels: [1], train: 6, eval: 2, seed: 7}
      objective: {loss_functions: [{function: forward_kl, temperature: 2}]}
      training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, completion_only_loss: false,
                 precision: fp32, logging_steps: 1}
      evaluation: {problems: 0}
      """, file: "logits.yaml", overrides: overrides)
  }

  /// What the teacher says of every token, as our own collection keeps it.
  private func collected() throws -> SignalShard {
    var collection = SignalCollection(
      try reading("\(RunTests.root.path)/Models/teacher-6m"), output: path("whole"))
    collection.k = 2048
    // Logits themselves, as far as softmax can tell.
    collection.temperature = 1
    collection.shouldStop = { false }
    _ = try #require(try collection.run())
    return try SignalShard(reading: folder.appendingPathComponent("whole/signals-00001.safetensors"))
  }

  /// Writes the first `k` of what `whole` holds as mlx-lm does: batches of 4, padded, in no order within a position.
  private func write(
    _ whole: SignalShard, k: Int, order: [Int], _ name: String, damage: (inout [Int]) -> Void = { _ in }
  ) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    let signals = try order.map { try whole.signal(whole.examples[$0].rows) }
    for (number, first) in stride(from: 0, to: signals.count, by: 4).enumerated() {
      let batch = signals[first..<min(first + 4, signals.count)]
      let positions = 32 * ((signals.map(\.rows).max() ?? 0) / 32 + 1)
      var logits: [Float] = []
      var indices: [Int] = []
      for signal in batch {
        for row in 0..<positions {
          let kept = row * signal.k..<row * signal.k + k
          guard row < signal.rows else {
            logits += Array(repeating: 0, count: k)
            indices += Array(repeating: 0, count: k)
            continue
          }
          logits += signal.logProbabilities[kept].reversed().map { $0 + 3 }
          indices += signal.indices[kept].reversed().map(Int.init)
        }
      }
      damage(&indices)
      let shape = [batch.count, positions, k]
      try SafetensorsWriter.write(
        [
          StoredTensor("logits", shape: shape, type: .float32, floats: logits),
          StoredTensor("indices", shape: shape, type: .int32, integers: indices),
        ], to: folder.appendingPathComponent("\(name)/000000000\(number).safetensors"))
    }
  }

  private func read(_ name: String, _ overrides: [String] = [], k: Int? = nil) throws -> SignalSummary {
    var logits = SignalImport(
      try reading("\(RunTests.root.path)/Models/teacher-6m", overrides), logits: path(name),
      output: path(name + "-signals"))
    logits.k = k
    logits.overwrites = true
    logits.shouldStop = { false }
    return try #require(try logits.run())
  }

  private func refusal(_ name: String, _ overrides: [String] = [], k: Int? = nil) -> (any Diagnostic)? {
    do {
      _ = try read(name, overrides, k: k)
      return nil
    } catch { return error as? any Diagnostic }
  }

  @Test func theWholeVocabularyIsWhatTheTeacherSaid() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try collected()
    try write(whole, k: 2048, order: Array(0..<6), "logits")
    let summary = try read("logits")
    #expect(summary.examples == 6 && summary.header.k == 2048)
    #expect(summary.header.temperature == 2, "that of the recipe's divergence: logits know none")
    let shard = try SignalShard(
      reading: folder.appendingPathComponent("logits-signals/signals-00001.safetensors"))
    #expect(shard.examples.map(\.fingerprint) == whole.examples.map(\.fingerprint))
    let (found, said) = try (shard.signal(shard.examples[5].rows), whole.signal(whole.examples[5].rows))
    for row in 0..<found.rows {
      let kept = row * 2048..<(row + 1) * 2048
      // Softened: p^(1/2), made a distribution again.
      let softened = said.logProbabilities[kept].map { exp(Double($0) / 2) }
      let total = log(softened.reduce(0, +))
      let worst = zip(found.logProbabilities[kept], softened).map { abs(Double($0) - log($1) + total) }.max()
      #expect(worst ?? 1 < 1e-5 && found.indices[kept.lowerBound] == said.indices[kept.lowerBound])
    }
    // Learnt from without the teacher, whose licence nothing tells.
    var options = RunOptions()
    options.output = path("student")
    _ = try TrainingRun(reading("{signals: \(path("logits-signals"))}"), options: options).start()
    let ledger = try #require(try Ledger(in: folder.appendingPathComponent("student")))
    #expect(ledger.licence.name == "unknown")
  }

  @Test func aPartIsADistributionOfItsOwn() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try collected()
    try write(whole, k: 64, order: Array(0..<6), "logits")
    for k in [64, 8] {
      let summary = try read("logits", k: k == 64 ? nil : k)
      #expect(summary.header.k == k && summary.foreseen > 0.5 && summary.foreseen < 1, "\(summary.foreseen)")
      let shard = try SignalShard(
        reading: folder.appendingPathComponent("logits-signals/signals-00001.safetensors"))
      let signal = try shard.signal(shard.examples[2].rows)
      for row in 0..<signal.rows {
        let kept = row * k..<(row + 1) * k
        let mass = signal.logProbabilities[kept].reduce(0) { $0 + exp(Double($1)) }
        #expect(abs(mass - 1) < 1e-5 && signal.tail[row] == -.infinity)
      }
      var options = RunOptions()
      (options.output, options.overwrites) = (path("student"), true)
      let outcome = try TrainingRun(reading("{signals: \(path("logits-signals"))}"), options: options).start()
      #expect(outcome.steps == 2 && outcome.metrics["train/loss"] ?? outcome.metrics["loss"] ?? 0 >= 0)
    }
  }

  @Test func logitsOfOtherTextsAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = try collected()
    try write(whole, k: 8, order: Array(0..<6), "logits")
    #expect(refusal("logits") == nil)
    let fewer = refusal("logits", ["dataset.train=5"])
    #expect(
      fewer?.expected == "a sequence for each of the dataset's 5 examples, in their order"
        && fewer?.found == "6")
    #expect(refusal("logits", k: 9) as? SignalError == .tooMany(k: 9, vocabulary: 8))
    #expect(refusal("none")?.exitCode == .noInput)
    // Another order.
    try write(whole, k: 8, order: [1, 2, 3, 4, 5, 0], "turned")
    #expect(refusal("turned")?.expected.hasPrefix("logits of the dataset's own texts") == true)
    let other = refusal("logits", ["dataset.seed=8"])
    #expect(
      other?.expected.hasPrefix("logits of the dataset's own texts") == true
        || other?.expected.hasPrefix("the ") == true,
      "\(other as Any)")
    #expect(!FileManager.default.fileExists(atPath: path("logits-signals.partial")))
    try write(whole, k: 8, order: Array(0..<6), "wild") { $0[9] = 2048 }
    #expect(refusal("wild")?.expected == "finite logits of tokens below 2048")
    let file = folder.appendingPathComponent("wild/0000000001.safetensors")
    try Data("{}".utf8).write(to: file)
    #expect(refusal("wild")?.exitCode == .badData)
    try SafetensorsWriter.write(
      [
        StoredTensor("logits", shape: [2, 2, 4], type: .float32, floats: Array(repeating: 0, count: 16)),
        StoredTensor("indices", shape: [2, 2, 4], type: .int32, integers: Array(repeating: 0, count: 16)),
      ], to: file)
    #expect(refusal("wild")?.expected == "logits [sequences, positions, 8]")
  }
}
