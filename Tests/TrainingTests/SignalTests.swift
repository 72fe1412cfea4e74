import Foundation
import Kernels
import LanguageModels
import Objectives
import TensorCore
import Testing
import Training

/// A teacher's stored distributions as the source of a training.
@Suite(.serialized) struct SignalTests {
  /// A folder with a teacher of random weights that two updates have moved.
  final class Workshop {
    let folder = CheckpointTests.temporaryDirectory()

    init() throws {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      _ = try RunTests.run("tiny/recipes/ci.yaml", RunTests.short + ["training.seed=5"]) {
        $0.output = folder.appendingPathComponent("teacher").path
      }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func reading(_ teacher: String, terms: String = "{function: forward_kl}", _ overrides: [String] = [])
      throws
      -> Recipe.Reading
    {
      let text = """
        method: logit_distillation
        model: \(RunTests.root.path)/Models/tiny
        teacher: \(teacher)
        dataset: {task: finance, languages: [en], levels: [1], train: 8, eval: 2, seed: 7}
        objective: {loss_functions: [\(terms)]}
        training: {max_steps: 3, per_device_train_batch_size: 1, max_length: 256, learning_rate: 1.0e-3, precision: fp32,
                   logging_steps: 1}
        evaluation: {problems: 0}
        """
      return try Recipe.parse(text, file: "signals.yaml", overrides: overrides)
    }

    func collect(
      _ name: String, terms: String = "{function: forward_kl}",
      _ change: (inout SignalCollection) -> Void = { _ in }
    ) throws -> SignalSummary {
      var collection = SignalCollection(try reading(path("teacher"), terms: terms), output: path(name))
      collection.shouldStop = { false }
      change(&collection)
      return try #require(try collection.run())
    }

    func train(_ reading: Recipe.Reading, _ name: String, observer: Recorder = Recorder()) throws
      -> Transformer
    {
      var options = RunOptions()
      options.output = path(name)
      options.overwrites = true
      _ = try TrainingRun(reading, options: options).start(observer: observer)
      return try ModelDirectory.load(folder.appendingPathComponent(name))
    }

    /// What keeps a run from learning from the signals in a directory.
    func refusal(_ reading: Recipe.Reading) -> (any Diagnostic)? {
      do {
        _ = try train(reading, "refused")
        return nil
      } catch { return error as? any Diagnostic }
    }
  }

  @Test func signalsOfTheWholeVocabularyEqualTheLiveTeacher() throws {
    let workshop = try Workshop()
    let vocabulary = try ModelDirectory.load(workshop.folder.appendingPathComponent("teacher"))
      .configuration.vocabularySize
    let summary = try workshop.collect("whole") {
      $0.k = vocabulary
      // Several files.
      $0.shardTokens = 50
    }
    #expect(summary.examples == 8 && summary.shards > 1 && summary.header.vocabulary == vocabulary)
    #expect(summary.bytesPerToken > Double(8 * vocabulary + 4))
    let recorders = [Recorder(), Recorder()]
    let live = try workshop.train(workshop.reading(workshop.path("teacher")), "live", observer: recorders[0])
    let stored = try workshop.train(
      workshop.reading("{signals: \(workshop.path("whole"))}"), "stored", observer: recorders[1])
    let losses = recorders.map { $0.reports.compactMap { $0.metrics["kd_loss"] } }
    #expect(losses[0].count == 3)
    for (a, b) in zip(losses[0], losses[1]) { #expect(abs(a - b) < 1e-4 * abs(a), "live \(a), stored \(b)") }
    for (a, b) in zip(live.parameters, stored.parameters) {
      let difference = zip(a.value.values, b.value.values).map { abs($0 - $1) }.max() ?? 1
      // Adam divides by small roots in its first updates.
      #expect(difference < 2e-4, "\(a.name): largest difference \(difference)")
    }
    let notes = recorders[1].events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    #expect(notes.contains { $0.contains("bytes for each of \(summary.tokens) tokens") })
  }

  @Test(arguments: [StoredPrecision.fp32, .fp16, .bf16])
  func aFileHoldsWhatTheTeacherSaidInItsPrecision(type: StoredPrecision) throws {
    let workshop = try Workshop()
    let summary = try workshop.collect("kept", terms: "{function: jsd, temperature: 2}") {
      $0.k = 5
      $0.type = type
    }
    #expect(summary.header.temperature == 2, "that of the recipe's divergence")
    let size = type == .fp32 ? 4.0 : 2.0
    // k numbers and ids and the tail, and little beside them.
    let needed = 5 * (size + 4) + size
    #expect(
      summary.bytesPerToken >= needed && summary.bytesPerToken < needed + 12, "\(summary.bytesPerToken)")
    let shard = try SignalShard(
      reading: workshop.folder.appendingPathComponent("kept/signals-00001.safetensors"))
    let signal = try shard.signal(shard.examples[3].rows)
    #expect(signal.k == 5 && signal.temperature == 2 && signal.rows == shard.examples[3].rows.count)
    let whole = try shard.signal(0..<shard.examples[7].rows.upperBound)
    let part = shard.examples[3].rows
    #expect(Array(whole.indices[part.lowerBound * 5..<part.upperBound * 5]) == signal.indices)
    for row in 0..<signal.rows {
      let mass = signal.logProbabilities[row * 5..<row * 5 + 5].reduce(exp(Double(signal.tail[row]))) {
        $0 + exp(Double($1))
      }
      #expect(abs(mass - 1) < (type == .fp32 ? 1e-5 : 2e-2), "row \(row): \(mass)")
    }
    let model = try workshop.train(
      workshop.reading("{signals: \(workshop.path("kept"))}", terms: "{function: jsd, temperature: 2}"),
      "student")
    #expect(model.parameterCount > 0)
  }

  @Test func otherSignalsAreRefusedWithBothValues() throws {
    let workshop = try Workshop()
    let header = try workshop.collect("kept").header
    let kept = workshop.folder.appendingPathComponent("kept")
    let source = "{signals: \(kept.path), model: \(workshop.path("teacher"))}"
    #expect(workshop.refusal(try workshop.reading(source)) == nil)

    func refused(_ change: (inout SignalHeader) -> Void) throws -> SignalError? {
      var other = header
      change(&other)
      var example = Example(tokens: [1, 2])
      example.signal = KeptSignal(
        k: other.k, logProbabilities: Array(repeating: -3, count: other.k),
        indices: (0..<Int32(other.k)).map { $0 }, tail: [-1])
      try SignalShard.write(
        [example], header: other, to: kept.appendingPathComponent("signals-00001.safetensors"))
      return workshop.refusal(try workshop.reading(source)) as? SignalError
    }
    let digest = String(repeating: "0", count: 64)
    for (part, expected, change) in [
      ("tokenizer", header.tokenizer, { $0.tokenizer = digest }),
      ("teacher", header.teacher, { $0.teacher = digest }),
    ] as [(String, String, (inout SignalHeader) -> Void)] {
      let error = try refused(change)
      #expect(
        error == .mismatch(place: kept.path, part: part, expected: expected, found: digest),
        "\(part): \(error as Any)")
      #expect(error?.description.contains(String(expected.prefix(16))) == true)
      #expect(error?.description.contains("0000000000000000…") == true)
    }
    #expect(
      try refused { $0.template = "chatml-2" }
        == .mismatch(place: kept.path, part: "template", expected: header.template, found: "chatml-2"))
    #expect(
      try refused { $0.vocabulary += 8 }
        == .mismatch(
          place: kept.path, part: "vocabulary", expected: "\(header.vocabulary)",
          found: "\(header.vocabulary + 8)"))
    // One example alone is there, and it is none of the dataset's.
    guard case .missingExample = try refused({ _ in }) else {
      Issue.record("an example without a signal was learnt")
      return
    }
  }

  /// What the teacher's passes took goes with the signals into the ledger of what learns from them.
  @Test func theTeachersPassesAreAStageOfWhatLearnsFromThem() throws {
    let workshop = try Workshop()
    _ = try workshop.collect("kept") { $0.command = "swiftlet signals r.yaml" }
    let kept = workshop.folder.appendingPathComponent("kept")
    let ledger = try #require(try Ledger(in: kept))
    let stage = try #require(ledger.stages.first)
    #expect(stage.method == "signals" && stage.name == "teacher's signals (signals)")
    #expect(stage.command == "swiftlet signals r.yaml" && stage.generatedTokens == 0)
    let teacher = try ModelDirectory.load(workshop.folder.appendingPathComponent("teacher"))
    let read = try #require(stage.readTokens)
    #expect(stage.trainedTokens == 0 && stage.data.map(\.tokens) == [read])
    // Between the operations of one token alone and of tokens that all see the longest text.
    let flops = try #require(stage.flops) / Double(read)
    #expect(flops > teacher.configuration.forwardFLOPsPerToken(sequenceLength: 1))
    #expect(flops < teacher.configuration.forwardFLOPsPerToken(sequenceLength: 256))
    #expect(stage.seconds ?? 0 > 0 && stage.coreSeconds ?? 0 > 0)
    #expect(stage.teachers.map(\.name) == [workshop.path("teacher")] && stage.teachers[0].flops ?? 0 > 0)

    let alone = "{signals: \(kept.path)}"
    func stages(_ name: String) throws -> [LedgerStage] {
      try #require(try Ledger(in: workshop.folder.appendingPathComponent(name))).stages
    }
    _ = try workshop.train(workshop.reading(alone), "student")
    let own = try stages("student")
    #expect(own.map(\.method) == ["signals", "logit_distillation"] && own[0] == stage)
    #expect(own[1].teachers == stage.teachers, "whom the recipe does not name, its signals do")
    #expect(own[1].base == nil, "signals are no model to start from")
    // Learnt from again, they were still said once.
    _ = try workshop.train(workshop.reading(alone, ["model=\(workshop.path("student"))"]), "again")
    #expect(try stages("again").map(\.method) == ["signals", "logit_distillation", "logit_distillation"])

    // Signals of before are read; that nobody counted is said, and their licence is the teacher's.
    try FileManager.default.removeItem(at: kept.appendingPathComponent(Ledger.fileName))
    let both = "{signals: \(kept.path), model: \(workshop.path("teacher"))}"
    _ = try workshop.train(workshop.reading(both), "old")
    let road = try #require(try Ledger(in: workshop.folder.appendingPathComponent("old")))
    #expect(road.stages.map(\.origin) == [.notRecorded, .recorded] && road.stages[0].method == "signals")
    #expect(road.stages[0].teachers.map(\.name) == [workshop.path("teacher")])
    #expect(!LedgerTotals(road).hasAllOperations && road.licence.name == "Apache-2.0")

    // A ledger of another teacher's, or none.
    var other = stage
    other.teachers[0].sha256 = String(repeating: "0", count: 64)
    try Ledger([other]).write(to: kept)
    let error = workshop.refusal(try workshop.reading(alone))
    #expect(error?.description.contains("ledger.json: expected one stage of the teacher") == true)
    try Data("{".utf8).write(to: kept.appendingPathComponent(Ledger.fileName))
    #expect(workshop.refusal(try workshop.reading(alone))?.exitCode == .badData)
    // It may be replaced with the rest.
    #expect(try workshop.collect("kept") { $0.overwrites = true }.examples == 8)
    #expect(try Ledger(in: kept)?.stages.first?.readTokens == read)
  }

  @Test func anotherTemperatureIsRefusedBeforeTheFirstUpdate() throws {
    let workshop = try Workshop()
    _ = try workshop.collect("kept")
    let source = "{signals: \(workshop.path("kept"))}"
    let error = workshop.refusal(
      try workshop.reading(source, terms: "{function: reverse_kl, temperature: 2}"))
    #expect(
      error as? ObjectiveError == .signalTemperature(function: "reverse_kl", term: 2, signal: 1))
    #expect(!FileManager.default.fileExists(atPath: workshop.path("refused")))
    // Layers are not in the file.
    let layers = workshop.refusal(try workshop.reading(source, terms: "{function: hidden_mse}"))
    #expect(layers?.description.contains("hidden_mse without a teacher that runs") == true)
    let both = "{signals: \(workshop.path("kept")), model: \(workshop.path("teacher"))}"
    let terms = "{function: hidden_mse}, {function: forward_kl}"
    #expect(workshop.refusal(try workshop.reading(both, terms: terms)) == nil)
  }

  @Test func aDirectoryThatIsNotWholeIsRefused() throws {
    let workshop = try Workshop()
    let summary = try workshop.collect("kept")
    let kept = workshop.folder.appendingPathComponent("kept")
    let source = "{signals: \(kept.path)}"
    let index = kept.appendingPathComponent("signals.json")
    let text = try String(contentsOf: index, encoding: .utf8)
    func refusal() throws -> (any Diagnostic)? { workshop.refusal(try workshop.reading(source)) }

    try FileManager.default.removeItem(at: index)
    #expect(try refusal()?.exitCode == .noInput)
    try "{\"format\": 1, \"shards\": [\"../x.safetensors\"]}".write(
      to: index, atomically: true, encoding: .utf8)
    #expect(try refusal() is SignalError)
    try text.write(to: index, atomically: true, encoding: .utf8)
    let shard = kept.appendingPathComponent("signals-00001.safetensors")
    var example = Example(tokens: [1, 2])
    example.signal = KeptSignal(
      k: 1, logProbabilities: [-1], indices: [Int32(summary.header.vocabulary)], tail: [-1])
    var single = summary.header
    single.k = 1
    try SignalShard.write([example], header: single, to: shard)
    #expect(throws: SignalError.self) { try SignalShard(reading: shard).signal(0..<1) }
    try Data("nothing".utf8).write(to: shard)
    #expect(try refusal()?.exitCode == .badData)

    #expect(throws: TrainingError.outputExists(path: kept.path)) { _ = try workshop.collect("kept") }
    #expect(try workshop.collect("kept") { $0.overwrites = true }.tokens == summary.tokens)
    #expect(throws: SignalError.self) { _ = try workshop.collect("more") { $0.k = 1 << 20 } }
    #expect(!FileManager.default.fileExists(atPath: workshop.path("more")))
  }

  @Test func overwritingKeepsTheOldSignalsUntilTheNewOnesAreWhole() throws {
    let workshop = try Workshop()
    let tokens = try workshop.collect("kept").tokens
    let kept = workshop.folder.appendingPathComponent("kept")
    func names(_ folder: URL) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
    let before = try names(kept)
    var collection = SignalCollection(try workshop.reading(workshop.path("teacher")), output: kept.path)
    collection.overwrites = true
    collection.shouldStop = { true }
    #expect(try collection.run() == nil)
    #expect(try SignalDirectory(reading: kept).tokens == tokens)
    // Fewer shards than before: none of the old ones stays.
    #expect(try workshop.collect("many") { $0.shardTokens = 50 }.shards > 1)
    _ = try workshop.collect("many") { $0.overwrites = true }
    #expect(try names(workshop.folder.appendingPathComponent("many")) == before)
    #expect(try names(workshop.folder) == ["kept", "kept.partial", "many", "teacher"])
    // What is not ours is not lost.
    try Data().write(to: kept.appendingPathComponent("notes.txt"))
    let foreign = #expect(throws: (any Error).self) { try workshop.collect("kept") { $0.overwrites = true } }
    #expect((foreign as? any Diagnostic)?.description.contains("notes.txt") == true)
    #expect(try SignalDirectory(reading: kept).tokens == tokens)
  }

  @Test func aLargeKMakesSmallShardsOfWholeExamples() throws {
    let workshop = try Workshop()
    let whole = try workshop.collect("whole")
    let cut = try workshop.collect("cut") {
      $0.k = 32
      $0.heldEntries = 32 * 100
    }
    #expect(whole.shards == 1 && cut.examples == 8 && cut.tokens == whole.tokens && cut.shards > 2)
    for number in 1...cut.shards {
      let shard = try SignalShard(
        reading: workshop.folder.appendingPathComponent("cut/" + "signals-0000\(number).safetensors"))
      let rows = shard.examples.map(\.rows.count)
      #expect(rows.reduce(0, +) <= 100 || rows.count == 1, "\(rows)")
    }
  }

  @Test func aSecondCollectionToOnePlaceIsRefused() throws {
    let workshop = try Workshop()
    var refusals: [(any Diagnostic)?] = []
    var others = 0
    let summary = try workshop.collect("both") { collection in
      collection.shouldStop = {
        do {
          _ = try workshop.collect("both")
          others += 1
        } catch { refusals.append(error as? any Diagnostic) }
        return false
      }
    }
    #expect(summary.examples == 8)
    #expect(others == 0 && !refusals.isEmpty)
    #expect(refusals.allSatisfy { $0 as? SignalError == .inUse(path: workshop.path("both")) }, "\(refusals)")
    #expect(
      try SignalDirectory(reading: workshop.folder.appendingPathComponent("both")).tokens == summary.tokens)
  }

  @Test func aStoppedCollectionIsNotWhole() throws {
    let workshop = try Workshop()
    var collection = SignalCollection(
      try workshop.reading(workshop.path("teacher")), output: workshop.path("stopped"))
    collection.shouldStop = { true }
    #expect(try collection.run() == nil)
    let error = workshop.refusal(try workshop.reading("{signals: \(workshop.path("stopped"))}"))
    #expect(error?.exitCode == .noInput)
  }

  /// Stopped after its second batch and begun again, in small shards or in one.
  @Test(arguments: [50, 300, 1 << 18])
  func aStoppedCollectionGoesOn(shardTokens: Int) throws {
    let workshop = try Workshop()
    var batches = 0
    let whole = try workshop.collect("whole") {
      $0.shardTokens = shardTokens
      $0.progress = { _ in batches += 1 }
    }
    func sitting(stopsAfter limit: Int) throws -> (asked: Int, taken: Int, summary: SignalSummary?) {
      var (asked, taken) = (0, 0)
      var collection = SignalCollection(
        try workshop.reading(workshop.path("teacher")), output: workshop.path("cut"))
      collection.shardTokens = shardTokens
      collection.resumed = { taken = $0 }
      collection.progress = { _ in asked += 1 }
      collection.shouldStop = { asked >= limit }
      let summary = try collection.run()
      return (asked, taken, summary)
    }
    let partial = workshop.folder.appendingPathComponent("cut.partial")
    #expect(try sitting(stopsAfter: 2).summary == nil)
    // The time of the first sitting, as if it had been long.
    var ledger = try #require(try Ledger(in: partial))
    (ledger.stages[0].seconds, ledger.stages[0].coreSeconds) = (1000, 2000)
    try ledger.write(to: partial)
    // What a killed program leaves beside whole shards.
    try Data("half".utf8).write(to: partial.appendingPathComponent(".signals-00009.safetensors.tmp"))
    let rest = try sitting(stopsAfter: .max)
    let summary = try #require(rest.summary)
    #expect(rest.taken > 0 && rest.taken < whole.examples && rest.asked < batches)
    #expect(summary.examples == whole.examples && summary.tokens == whole.tokens)
    #expect(summary.foreseen == whole.foreseen && summary.leftOut == whole.leftOut)
    #expect(!FileManager.default.fileExists(atPath: partial.path))
    // The same files as an unbroken collection.
    let folder = workshop.folder
    let names = try FileManager.default.contentsOfDirectory(atPath: workshop.path("whole"))
    #expect(try Set(names) == Set(FileManager.default.contentsOfDirectory(atPath: workshop.path("cut"))))
    for name in names where name != Ledger.fileName {
      #expect(
        try Data(contentsOf: folder.appendingPathComponent("whole/" + name))
          == Data(contentsOf: folder.appendingPathComponent("cut/" + name)), "\(name)")
    }
    func stage(_ name: String) throws -> LedgerStage {
      try #require(try Ledger(in: folder.appendingPathComponent(name))?.stages.first)
    }
    let (unbroken, resumed) = (try stage("whole"), try stage("cut"))
    #expect(unbroken.readTokens == resumed.readTokens && unbroken.flops == resumed.flops)
    #expect((1000..<1500).contains(try #require(resumed.seconds)))
    #expect((2000..<2500).contains(try #require(resumed.coreSeconds)))
  }

  @Test func whatIsNotTheBeginningOfACollectionIsRefused() throws {
    let workshop = try Workshop()
    let partial = workshop.folder.appendingPathComponent("cut.partial")
    func collection(_ overrides: [String] = []) throws -> SignalCollection {
      var collection = SignalCollection(
        try workshop.reading(workshop.path("teacher"), overrides), output: workshop.path("cut"))
      collection.shardTokens = 50
      collection.shouldStop = { false }
      return collection
    }
    func refused(
      _ part: String, _ overrides: [String] = [], _ change: (inout SignalCollection) -> Void = { _ in }
    )
      throws
    {
      let before = try FileManager.default.contentsOfDirectory(atPath: partial.path).sorted()
      var collection = try collection(overrides)
      change(&collection)
      let error = #expect(throws: SignalError.self) { try collection.run() }
      guard case .otherParts(_, part, _, _)? = error else {
        Issue.record("\(part): \(error.map { "\($0)" } ?? "accepted")")
        return
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: partial.path).sorted() == before)
    }
    var polls = 0
    var first = try collection()
    first.shouldStop = {
      polls += 1
      return polls == 3
    }
    #expect(try first.run() == nil)
    try refused("k") { $0.k = 3 }
    try refused("dtype") { $0.type = .bf16 }
    try refused("temperature") { $0.temperature = 3 }
    try refused("precision", ["training.precision=bf16"])
    try refused("dataset", ["dataset.seed=8"])
    try refused("dataset", ["training.max_length=2"])
    let shard = partial.appendingPathComponent("signals-00001.safetensors")
    let bytes = try Data(contentsOf: shard)
    try Data("damaged".utf8).write(to: shard)
    try refused("signals-00001.safetensors")
    try bytes.write(to: shard)
    // What changes nothing that the teacher says may differ; and what does not fit is replaced on demand.
    var other = try collection(["training.learning_rate=1.0e-4"])
    var taken = 0
    other.resumed = { taken = $0 }
    polls = 0
    other.shouldStop = {
      polls += 1
      return polls == 9
    }
    #expect(try other.run() == nil)
    #expect(taken > 0)
    var moved = try collection(["dataset.seed=8"])
    (moved.overwrites, polls) = (true, 0)
    moved.resumed = { _ in Issue.record("parts of other data were taken up") }
    moved.shouldStop = {
      polls += 1
      return polls == 3
    }
    #expect(try moved.run() == nil)
    var anew = try collection()
    (anew.k, anew.overwrites) = (3, true)
    anew.resumed = { _ in Issue.record("parts of another k were taken up") }
    #expect(try anew.run()?.header.k == 3)
    #expect(!FileManager.default.fileExists(atPath: partial.path))
  }

  @Test func whatWasToldIsSavedWhileTheCollectionRuns() throws {
    let workshop = try Workshop()
    func saves(after seconds: Double) throws -> Bool {
      var found = false
      let shard = workshop.folder.appendingPathComponent("kept.partial/signals-00001.safetensors")
      _ = try workshop.collect("kept") {
        $0.saveSeconds = seconds
        $0.overwrites = true
        $0.progress = { found = found || $0 < 1 && FileManager.default.fileExists(atPath: shard.path) }
      }
      return found
    }
    #expect(try saves(after: 0))
    #expect(try !saves(after: 1000))
  }

  @Test func anErrorKeepsWhatWasToldBeforeIt() throws {
    let workshop = try Workshop()
    var collection = SignalCollection(
      try workshop.reading(workshop.path("teacher")), output: workshop.path("cut"))
    collection.shardTokens = 50
    collection.shouldStop = { false }
    // A directory where the third shard would stand: it cannot be written.
    let partial = workshop.folder.appendingPathComponent("cut.partial")
    let obstacle = partial.appendingPathComponent("signals-00003.safetensors")
    collection.progress = { _ in
      try? FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
    }
    #expect(throws: (any Error).self) { try collection.run() }
    try FileManager.default.removeItem(at: obstacle)
    var taken = 0
    collection.progress = { _ in }
    collection.resumed = { taken = $0 }
    #expect(try collection.run()?.examples == 8)
    #expect(taken > 0)
  }

  @Test func recipesNameAModelOrSignalsOrBoth() throws {
    func recipe(_ teacher: String, method: String = "logit_distillation") throws -> Recipe {
      try Recipe.parse(
        "method: \(method)\nmodel: m\nteacher: \(teacher)\ndataset: {task: law}\ntraining: {max_steps: 1}\n",
        file: "r.yaml"
      ).recipe
    }
    #expect(try recipe("t").teacher == TeacherSource(directory: "t"))
    for (text, source) in [
      ("{signals: s}", TeacherSource(signals: "s")), ("{model: t}", TeacherSource(directory: "t")),
      ("{model: t, signals: s}", TeacherSource(directory: "t", signals: "s")),
    ] {
      let read = try recipe(text)
      #expect(read.teacher == source)
      #expect(try Recipe.parse(read.yaml, file: "again").recipe == read)
    }
    let text = "method: logit_distillation\nmodel: m\nteacher: {signal: s}\ndataset: {task: law}\n"
    #expect(RecipeTests.error(text)?.nextStep == "did you mean signals?")
    #expect(throws: RecipeError.self) { try recipe("{}") }
    #expect(throws: RecipeError.self) { try recipe("{signals: s}", method: "on_policy_distillation") }
  }
}
