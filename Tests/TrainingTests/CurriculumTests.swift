import Corpus
import Testing
import Training

/// Examples from easy to hard.
struct CurriculumTests {
  /// Example i holds `first` + i, and is as hard as `levels` says.
  private struct Ladder: ExampleSource {
    let levels: [Double]
    var first = 0
    var count: Int { levels.count }
    var name: String { "ladder" }
    var difficulties: [Double] { levels }
    func example(at index: Int) -> Example { Example(tokens: [1, Int32(first + index)]) }
  }

  /// The order in which the examples come in passes of batches of one.
  private func order(_ source: PackedBatchSource, _ count: Int) throws -> [Int] {
    try (0..<count).map { _ in Int(try source.nextBatch().learntLabels[0]) }
  }

  private func source(_ levels: [Double], share: Double?, seed: UInt64 = 3) -> PackedBatchSource {
    PackedBatchSource(
      Ladder(levels: levels), batchSize: 1, maxLength: 8, packs: false, seed: seed,
      curriculum: share.map(Curriculum.init))
  }

  @Test(arguments: [1, 2, 7, 100]) func aPassHoldsEachExampleOnce(count: Int) throws {
    let levels = (0..<count).map { Double($0 % 5) }
    for share in [0.01, 0.5, 1] {
      let order = try order(source(levels, share: share), 2 * count)
      #expect(Set(order[..<count]).count == count)
      #expect(Set(order[count...]).count == count)
    }
  }

  @Test func hardExamplesJoinAsTheCurriculumOpens() throws {
    let levels = (0..<1000).map { Double($0 % 5 + 1) }
    let first = try order(source(levels, share: 0.5), 1000).map { levels[$0] }
    // A fifth is open at the start, and a fifth more after every eighth of the pass.
    #expect(first[..<1].allSatisfy { $0 == 1 })
    #expect(first[..<125].max()! <= 2 && first[..<250].max()! <= 3 && first[..<375].max()! <= 4)
    #expect(first[400..<700].contains(5))
    let plain = try order(source(levels, share: nil), 1000).map { levels[$0] }
    #expect(plain[..<125].contains(5))
  }

  @Test func theSecondPassIsShuffledAndTheOrderIsTheSeeds() throws {
    let levels = (0..<60).map { Double($0 % 5) }
    let (one, same) = (try order(source(levels, share: 1), 120), try order(source(levels, share: 1), 120))
    #expect(one == same)
    #expect(Array(one[60...]) == Array(try order(source(levels, share: nil), 120)[60...]))
    #expect(one != (try order(source(levels, share: 1, seed: 4), 120)))
    // A run that is resumed in the middle of the first pass goes on in the same order.
    let begun = source(levels, share: 1)
    _ = try order(begun, 25)
    let resumed = source(levels, share: 1)
    try resumed.restore(begun.position)
    #expect(try order(resumed, 95) == Array(one[25...]))
  }

  @Test func aGeneratedProblemTellsItsLevelWithoutBeingMade() {
    let generator = ProblemGenerator(
      domains: [.law, .publicSector], levels: [2, 4, 5], side: .train, seed: 9)
    for index in [0, 1, 30, 77, 500] {
      #expect(generator.level(at: index) == generator.problem(at: index).level)
    }
  }

  @Test func recordsAreAsHardAsTheirLevelOrTheirLength() throws {
    let encoder = try ExampleSourcesTests.encoder()
    func order(_ lines: [String]) throws -> [Int] {
      let difficulties = RecordExamples(
        try ExampleSourcesTests.records(lines), encoder: encoder, name: "records"
      ).difficulties
      return difficulties.indices.sorted { difficulties[$0] < difficulties[$1] }
    }
    let long = String(repeating: "long ", count: 9)
    let levels = [
      #"{"prompt":"a","completion":"b","level":5}"#, #"{"prompt":"\#(long)","completion":"b","level":1}"#,
      #"{"prompt":"a","answer":"b","level":3}"#,
    ]
    #expect(try order(levels) == [1, 2, 0])
    // Levels and bytes do not compare: with one record without a level all are as hard as they are long.
    #expect(try order(levels + [#"{"prompt":"a, b","completion":"b"}"#]).last == 1)
  }

  @Test func theSourcesOfAMixtureJoinSideBySide() throws {
    // One of levels, one of bytes, and one that says nothing.
    let parts: [[Double]] = [
      (0..<200).map { Double($0 % 5 + 1) }, (0..<200).map { Double(1000 + 7 * ($0 * 31 % 200)) },
      Array(repeating: 0, count: 200),
    ]
    let mixture = ExampleMixture(parts.enumerated().map { Ladder(levels: $1, first: 200 * $0) })
    #expect(
      Set(mixture.difficulties).count == 200 && mixture.difficulties.allSatisfy { (0...1).contains($0) })
    let batches = PackedBatchSource(
      mixture, batchSize: 1, maxLength: 8, packs: false, seed: 3, curriculum: Curriculum(share: 1))
    var counts = [0, 0, 0]
    var hardest = [0.0, 0, 0]
    for index in try order(batches, 600).prefix(150) {
      counts[index / 200] += 1
      hardest[index / 200] = max(hardest[index / 200], parts[index / 200][index % 200])
    }
    #expect(counts.allSatisfy { (30...70).contains($0) }, "\(counts)")
    #expect(hardest[0] <= 3 && hardest[1] <= 1000 + 7 * 110, "\(hardest)")
  }

  @Test func aCurriculumNeedsWholePasses() throws {
    func recipe(_ dataset: String, _ training: String) throws -> Recipe {
      try Recipe.parse(
        "method: sft\nmodel: m\ndataset: {task: law, \(dataset)}\ntraining: {\(training)}\n", file: "r.yaml"
      ).recipe
    }
    #expect(try recipe("curriculum: 0.5", "num_train_epochs: 1").dataset.curriculum == 0.5)
    for (dataset, training, words) in [
      ("curriculum: 0.5", "max_steps: 3", "num_train_epochs"),
      ("curriculum: 0", "num_train_epochs: 1", "above 0"),
      ("curriculum: hard", "num_train_epochs: 1", "a finite number"),
    ] {
      let error = #expect(throws: RecipeError.self) { _ = try recipe(dataset, training) }
      #expect(error?.description.contains(words) == true, "\(dataset): \(String(describing: error))")
    }
    // Its prompts are drawn, not passed through.
    let error = RecipeTests.error(
      "method: on_policy_distillation\nmodel: m\nteacher: t\ndataset: {task: law, curriculum: 0.5}\ntraining: {num_train_epochs: 1}\n"
    )
    #expect(error?.found == "dataset.curriculum", "\(String(describing: error))")
  }
}
