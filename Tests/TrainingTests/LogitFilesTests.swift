import Foundation
import Kernels
import Testing
import Training
import Weights

/// A teacher's logits in the files of mlx-lm as the source of a training.
@Suite(.serialized) struct LogitFilesTests {
  private let folder = CheckpointTests.temporaryDirectory()
  private let teacher = "\(RunTests.root.path)/Models/teacher-6m"

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
      training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, precision: fp32, logging_steps: 1}
      evaluation: {problems: 0}
      """, file: "logits.yaml", overrides: overrides)
  }

  private func shard(_ name: String) throws -> SignalShard {
    try SignalShard(reading: folder.appendingPathComponent(name + "/signals-00001.safetensors"))
  }

  /// What the teacher says of every token of the six examples, as our own collection keeps it.
  private func everyToken() throws -> [KeptSignal] {
    var collection = SignalCollection(
      try reading(teacher, ["training.completion_only_loss=false"]), output: path("whole"))
    (collection.k, collection.temperature, collection.shouldStop) = (2048, 1, { false })
    _ = try #require(try collection.run())
    let whole = try shard("whole")
    return try whole.examples.map { try whole.signal($0.rows) }
  }

  /// Writes the `k` largest of `signals` as mlx-lm does: batches of 4 as long as their longest sequence, in no order within a
  /// position.
  private func write(
    _ signals: [KeptSignal], k: Int, _ name: String, type: TensorType = .float32, first: Int = 0,
    damage: (inout [Int]) -> Void = { _ in }
  ) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    for (number, start) in stride(from: 0, to: signals.count, by: 4).enumerated() {
      let batch = signals[start..<min(start + 4, signals.count)]
      let positions = batch.map(\.rows).max() ?? 0
      var logits: [Float] = []
      var indices: [Int] = []
      for signal in batch {
        for row in 0..<positions {
          guard row < signal.rows else {
            logits += Array(repeating: 0, count: k)
            indices += Array(repeating: 0, count: k)
            continue
          }
          let kept = row * signal.k..<row * signal.k + k
          logits += signal.logProbabilities[kept].reversed().map { $0 + 3 }
          indices += signal.indices[kept].reversed().map(Int.init)
        }
      }
      damage(&indices)
      let shape = [batch.count, positions, k]
      let file = folder.appendingPathComponent("\(name)/\(first + number).safetensors")
      try SafetensorsWriter.write(
        [
          StoredTensor("logits", shape: shape, type: type, floats: logits),
          StoredTensor("indices", shape: shape, type: .int32, integers: indices),
        ], to: file)
      // The type in which mlx-lm writes them, of the same bytes.
      var bytes = try Data(contentsOf: file)
      if let place = bytes.range(of: Data("\"I32\"".utf8)) {
        bytes.replaceSubrange(place, with: Data("\"U32\"".utf8))
      }
      try bytes.write(to: file)
    }
  }

  private func read(
    _ name: String, _ overrides: [String] = [], _ change: (inout SignalCollection) -> Void = { _ in }
  ) throws -> SignalSummary {
    var collection = SignalCollection(try reading(teacher, overrides), output: path(name + "-signals"))
    collection.origin = .logits(path(name))
    (collection.overwrites, collection.shouldStop) = (true, { false })
    change(&collection)
    return try #require(try collection.run())
  }

  private func refusal(_ name: String, _ overrides: [String] = [], k: Int? = nil) -> SignalError? {
    do {
      _ = try read(name, overrides) { $0.k = k }
      return nil
    } catch { return error as? SignalError }
  }

  @Test func theWholeVocabularyIsWhatTheTeacherSaid() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let said = try everyToken()
    // The first file is number 9, the second 10.
    try write(said, k: 2048, "logits", first: 9)
    let summary = try read("logits")
    #expect(summary.examples == 6 && summary.header.k == 2048 && summary.header.temperature == 2)
    var asked = SignalCollection(try reading(teacher), output: path("asked"))
    (asked.k, asked.shouldStop) = (2048, { false })
    let own = try #require(try asked.run())
    #expect(own.tokens == summary.tokens && own.foreseen == summary.foreseen && own.foreseen > 0.9)
    #expect(own.header.teacher != summary.header.teacher)
    let (told, read) = try (shard("asked"), shard("logits-signals"))
    // The prompts are not learnt: a row is no position.
    #expect(told.examples.map(\.fingerprint) == read.examples.map(\.fingerprint))
    #expect(told.examples[5].rows.count < said[5].rows)
    for example in told.examples {
      let (told, read) = try (told.signal(example.rows), read.signal(example.rows))
      for row in 0..<told.rows {
        let kept = row * 2048..<(row + 1) * 2048
        let found = Dictionary(uniqueKeysWithValues: zip(read.indices[kept], read.logProbabilities[kept]))
        for (index, value) in zip(told.indices[kept], told.logProbabilities[kept]) where value > -10 {
          #expect(abs(found[index, default: 0] - value) < 1e-4)
        }
      }
    }
    // Learnt from without the teacher, whose licence nothing tells.
    var options = RunOptions()
    options.output = path("student")
    _ = try TrainingRun(reading("{signals: \(path("logits-signals"))}"), options: options).start()
    let ledger = try #require(try Ledger(in: folder.appendingPathComponent("student")))
    #expect(ledger.licence.name == "unknown")
  }

  @Test func fewerTokensLeaveTheirMassToTheTail() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write(try everyToken(), k: 64, "logits", type: .bfloat16)
    #expect(try read("logits").header.k == 64)
    let whole = try shard("logits-signals")
    let summary = try read("logits") {
      $0.k = 8
      $0.heldEntries = 8 * 60
    }
    #expect(summary.header.k == 8 && summary.shards > 1, "as small as its k wants")
    let part = try shard("logits-signals")
    let rows = part.examples[0].rows
    let (all, first) = try (whole.signal(rows), part.signal(rows))
    for row in 0..<rows.count {
      #expect(all.tail[row] == -.infinity, "what is in no file is nothing")
      let kept = all.logProbabilities[row * 64..<row * 64 + 8]
      #expect(Array(kept) == Array(first.logProbabilities[row * 8..<(row + 1) * 8]))
      let mass = kept.reduce(exp(Double(first.tail[row]))) { $0 + exp(Double($1)) }
      #expect(abs(mass - 1) < 1e-5)
    }
    var options = RunOptions()
    options.output = path("student")
    let recorder = Recorder()
    _ = try TrainingRun(reading("{signals: \(path("logits-signals"))}"), options: options).start(
      observer: recorder)
    #expect(
      recorder.reports.count == 2 && recorder.reports.allSatisfy { 0..<100 ~= $0.metrics["loss"] ?? .nan })
  }

  @Test func logitsOfOtherTextsAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let said = try everyToken()
    try write(said, k: 8, "logits")
    #expect(refusal("logits") == nil)
    let fewer = refusal("logits", ["dataset.train=5"])
    #expect(fewer?.expected == "a sequence for each of the dataset's 5 examples, in their order")
    #expect(fewer?.found == "6" && fewer?.exitCode == .badData)
    #expect(refusal("logits", k: 9) == .tooMany(k: 9, available: 8))
    #expect(throws: TrainingError.self) { try read("none") }
    // Another order, of sequences that are long enough.
    let longest = try #require(said.max { $0.rows < $1.rows })
    try write(said.map { $0.rows == longest.rows ? said[0] + longest : longest }, k: 8, "turned")
    #expect(refusal("turned")?.expected.hasPrefix("logits of the dataset's texts") == true)
    #expect(!FileManager.default.fileExists(atPath: path("turned-signals.partial")))
    try write(said.map { _ in said[0] }, k: 8, "short")
    #expect(refusal("short")?.expected.contains(" positions of example ") == true)
  }

  @Test func damagedFilesAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let said = try everyToken()
    for (name, damage, found) in [
      ("wild", { $0[9] = 2048 }, "token 2048"), ("negative", { $0[9] = -1 }, "token 4294967295"),
      ("twice", { $0[9] = $0[8] }, "\(said[0].indices[2048 + 7]) again"),
    ] as [(String, (inout [Int]) -> Void, String)] {
      try write(said, k: 8, name, damage: damage)
      #expect(refusal(name)?.found == found, "\(name)")
    }
    try write(said, k: 8, "logits")
    let file = folder.appendingPathComponent("logits/1.safetensors")
    func replace(with shape: [Int], _ indices: [Int], _ value: Float = 0, to file: URL = file) throws {
      func size(_ shape: [Int]) -> Int { shape.reduce(1, *) }
      try SafetensorsWriter.write(
        [
          StoredTensor("logits", shape: shape, floats: Array(repeating: value, count: size(shape))),
          StoredTensor("indices", shape: indices, integers: Array(repeating: 0, count: size(indices))),
        ], to: file)
    }
    try replace(with: [2, 2, 4], [2, 2, 4])
    #expect(refusal("logits")?.expected == "logits [sequences, positions, 8]")
    try replace(with: [2, 2, 8], [2, 2, 7])
    #expect(refusal("logits")?.expected == "indices of shape [2, 2, 8]")
    try replace(with: [2, 500, 8], [2, 500, 8], .nan)
    #expect(refusal("logits")?.expected == "finite logits")
    try Data("{}".utf8).write(to: file)
    #expect(throws: WeightsError.self) { try read("logits") }
    try FileManager.default.moveItem(at: file, to: folder.appendingPathComponent("logits/one.safetensors"))
    #expect(refusal("logits")?.found == "one.safetensors")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("large"), withIntermediateDirectories: true)
    try replace(with: [6, 1, 2049], [6, 1, 2049], to: folder.appendingPathComponent("large/0.safetensors"))
    #expect(refusal("large")?.expected == "at most the student's 2048 tokens at a position")
  }
}

/// One after the other.
private func + (first: KeptSignal, second: KeptSignal) -> KeptSignal {
  KeptSignal(
    k: first.k, logProbabilities: first.logProbabilities + second.logProbabilities,
    indices: first.indices + second.indices, tail: first.tail + second.tail)
}
