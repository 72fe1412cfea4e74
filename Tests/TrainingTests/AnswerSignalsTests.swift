import Files
import Foundation
import LanguageModels
import Testing
import Text
import Training

/// What a server told of its answers' tokens as the source of a training.
@Suite(.serialized) struct AnswerSignalsTests {
  private let folder = CheckpointTests.temporaryDirectory()
  private let teacher = "\(RunTests.root.path)/Models/teacher-6m"
  private let tokenizer: Tokenizer

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    tokenizer = try ModelLoader.open(teacher).tokenizer()
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Six records, which lie on the training side together; `columns` of each are added to it.
  private func write(_ name: String, _ columns: (Int) -> String = { _ in "" }) throws {
    let lines = (0..<6).map { number in
      #"{"prompt": "How many bolts are \#(number) and 4?", "reasoning": "\#(number) + 4 = \#(number + 4)", "#
        + #""answer": "\#(number + 4)", "answer_type": "number", "split_group": "bolts""# + columns(number)
        + "}"
    }
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: folder.appendingPathComponent(name))
  }

  private func collection(
    _ records: String, _ output: String, _ origin: SignalCollection.Origin, _ overrides: [String] = []
  ) throws -> SignalCollection {
    var collection = SignalCollection(
      try Recipe.parse(
        """
        method: logit_distillation
        model: \(RunTests.root.path)/Models/student-750k
        teacher: \(teacher)
        dataset: {path: \(path(records)), eval: 0}
        training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, precision: fp32}
        evaluation: {problems: 0}
        """, file: "answers.yaml", overrides: overrides), output: path(output))
    (collection.origin, collection.k, collection.temperature) = (origin, 8, 1)
    (collection.overwrites, collection.shouldStop) = (true, { false })
    return collection
  }

  private func shard(_ name: String) throws -> SignalShard {
    try SignalShard(reading: folder.appendingPathComponent(name + "/signals-00001.safetensors"))
  }

  /// A token as a server writes it.
  private func token(_ id: Int32, _ logarithm: Float) -> JSONObject {
    let bytes = Array(tokenizer.bytes(of: id))
    return JSONObject([
      ("token", .string(String(decoding: bytes, as: UTF8.self))), ("logprob", .double(Double(logarithm))),
      ("bytes", .array(bytes.map { .int(Int($0)) })),
    ])
  }

  /// What the teacher says of the answer of each record, as servers write it: without the token that ends it, and inside
  /// other words where there are `frames`.
  private func told(framed: Bool = false) throws -> (all: [KeptSignal], columns: [String]) {
    try write("plain.jsonl")
    _ = try #require(try collection("plain.jsonl", "asked", .teacher).run())
    let asked = try shard("asked")
    let signals = try asked.examples.map { try asked.signal($0.rows) }
    try #require(signals.count == 6)
    let columns = try signals.enumerated().map { number, signal in
      let answer = "<think>\(number) + 4 = \(number + 4)</think>\(number + 4)"
      let ids = try tokenizer.encode(answer)
      try #require(ids.count + 1 == signal.rows)
      var content = ids.enumerated().map { row, id in
        let kept = row * 8..<(row + 1) * 8
        let place = signal.indices[kept].firstIndex(of: id)
        var entry = token(id, place.map { signal.logProbabilities[$0] } ?? -20)
        entry["top_logprobs"] = .array(
          kept.map { .object(token(signal.indices[$0], signal.logProbabilities[$0])) })
        return JSONValue.object(entry)
      }
      if framed {
        // The reasoning came apart: other words stand in the place of its marks.
        let marks = content.indices.filter { ["<think>", "</think>"].contains(content[$0]["token"]?.string) }
        for mark in marks {
          content[mark] = ["token": "\n\nSo ", "logprob": -0.5, "top_logprobs": .array([])]
        }
      }
      let logprobs: JSONValue = ["content": .array(content)]
      return #", "teacher": "served", "teacher_licence": "MIT", "logprobs": "# + logprobs.text()
    }
    return (signals, columns)
  }

  @Test func whatAServerToldIsWhatTheTeacherSays() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (asked, columns) = try told()
    try write("told.jsonl") { columns[$0] }
    let summary = try #require(try collection("told.jsonl", "signals", .answers).run())
    #expect(summary.examples == 6 && summary.answers?.told == summary.tokens - 6, "all but the ends")
    let read = try shard("signals")
    for (example, said) in zip(read.examples, asked) {
      let signal = try read.signal(example.rows)
      let last = said.rows - 1
      #expect(signal.rows == said.rows)
      #expect(Array(signal.indices.prefix(last * 8)) == Array(said.indices.prefix(last * 8)))
      for (one, other) in zip(signal.logProbabilities, said.logProbabilities).prefix(last * 8) {
        #expect(abs(one - other) < 1e-5 * max(1, abs(other)))
      }
      for row in 0..<last { #expect(abs(exp(signal.tail[row]) - exp(said.tail[row])) < 2e-6) }
      // No server tells of the token that ends the answer.
      #expect(abs(exp(signal.logProbabilities[last * 8]) - 0.9999) < 1e-6)
      let mass = (last * 8..<said.rows * 8).reduce(exp(Double(signal.tail[last]))) {
        $0 + exp(Double(signal.logProbabilities[$1]))
      }
      #expect(abs(mass - 1) < 1e-6 && Set(signal.indices[(last * 8)...]).count == 8)
    }
    // Learnt from, with the licence of who wrote it.
    var options = RunOptions()
    options.output = path("student")
    let reading = try Recipe.parse(
      """
      method: logit_distillation
      model: \(RunTests.root.path)/Models/student-750k
      teacher: {signals: \(path("signals"))}
      dataset: {path: \(path("told.jsonl")), eval: 0, license: MIT}
      training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 512, precision: fp32}
      evaluation: {problems: 0}
      """, file: "student.yaml")
    _ = try TrainingRun(reading, options: options).start()
    let ledger = try #require(try Ledger(in: folder.appendingPathComponent("student")))
    let stage = try #require(ledger.stages.first { $0.method == "signals" })
    #expect(stage.teachers.map(\.name) == ["served"] && stage.teachers.map(\.licence) == ["MIT"])
  }

  @Test func reasoningThatCameApartIsFound() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (asked, columns) = try told(framed: true)
    try write("told.jsonl") { columns[$0] }
    let summary = try #require(try collection("told.jsonl", "signals", .answers).run())
    // The two marks and the end of each are taken as certain.
    #expect(summary.answers?.told == summary.tokens - 3 * 6 && summary.answers?.tokens == summary.tokens - 6)
    let (read, said) = (try shard("signals"), asked[0])
    let signal = try read.signal(read.examples[0].rows)
    #expect(Array(signal.indices[8..<16]) == Array(said.indices[8..<16]), "the reasoning's first token")
    #expect(Array(signal.indices[0..<8]) != Array(said.indices[0..<8]))
  }

  @Test func theAnswerAloneIsWhatStandsBehindTheReasoning() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (asked, columns) = try told()
    try write("told.jsonl") { columns[$0] }
    let summary = try #require(
      try collection("told.jsonl", "signals", .answers, ["dataset.reasoning=false"]).run())
    #expect(summary.answers?.told == summary.answers?.tokens)
    let read = try shard("signals")
    for (example, said) in zip(read.examples, asked) {
      let signal = try read.signal(example.rows)
      // Digits stand in the steps, too; the last row is the end's.
      let (first, last) = (said.rows - signal.rows, said.rows - 1)
      #expect(Array(signal.indices.dropLast(8)) == Array(said.indices[first * 8..<last * 8]))
    }
  }

  @Test func whatTheStudentHasNotIsRenormalizedAndWhatIsLostIsTheTail() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func entry(_ text: String, _ bytes: String = "null") -> String {
      #"{"token": "\#(text)", "bytes": \#(bytes), "logprob": \#(log(0.4)), "top_logprobs": ["#
        + #"{"token": " zzqqxx", "logprob": \#(log(0.5))}, {"token": "\#u{FFFD}", "logprob": \#(log(0.05))}, "#
        + #"{"token": "", "bytes": [], "logprob": null}]}"#
    }
    let columns = try (0..<6).map { number in
      let words = try tokenizer.encode("<think>\(number) + 4 = \(number + 4)</think>\(number + 4)")
      let content = words.map { entry("?", "\(Array(tokenizer.bytes(of: $0)))") } + [entry("<|im_end|>")]
      return #", "logprobs": {"content": [\#(content.joined(separator: ", "))]}"#
    }
    try write("told.jsonl") { columns[$0] }
    var collection = try collection("told.jsonl", "signals", .answers)
    collection.k = nil
    let summary = try #require(try collection.run())
    #expect(summary.answers?.told == summary.tokens, "the ends, too, where a server tells of them")
    #expect(summary.header.k == 1, "one of the four is a token of the student that is told of")
    let signal = try shard("signals").signal(0..<summary.tokens)
    for row in 0..<signal.rows {
      #expect(abs(exp(signal.logProbabilities[row]) - 0.8) < 1e-5 && abs(exp(signal.tail[row]) - 0.2) < 1e-5)
    }
  }

  @Test func recordsThatAreNotLearntArePassedOver() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let (_, columns) = try told()
    try write("told.jsonl") { columns[$0] }
    var collection = try collection("told.jsonl", "signals", .answers)
    let teacher = try #require(try collection.run()).header.teacher
    let other = columns[0].replacing("MIT", with: "secret")
    let lines = try String(contentsOfFile: path("told.jsonl"), encoding: .utf8)
    // Of another group, on another side.
    let held = ["c", "d", "e", "f", "g"].map {
      #"{"prompt": "\#($0)?", "completion": "4", "split_group": "\#($0)""# + other + "}\n"
    }
    let wrong =
      #"{"prompt": "How many bolts are 0 and 4?", "answer": "4", "teacher_answer": "5", "#
      + #""answer_type": "number", "split_group": "bolts", "logprobs": 1}"#
    try AtomicFile.write(
      wrong + "\n" + lines + held.joined(), to: folder.appendingPathComponent("more.jsonl"))
    collection = try self.collection("more.jsonl", "more", .answers, ["dataset.train=6"])
    let summary = try #require(try collection.run())
    #expect(summary.examples == 6 && summary.header.teacher == teacher)
    let ledger = try #require(try Ledger(in: folder.appendingPathComponent("more")))
    #expect(ledger.stages[0].teachers.map(\.licence) == ["MIT"])
  }

  @Test func theOlderInterfaceWritesColumns() throws {
    let answer = try ToldAnswer(
      reading: try JSONValue(
        parsing: #"{"tokens": ["a", "bytes:\\xea\\xb0", "bytes:\\x80"], "token_logprobs": [-0.5, -1, 0], "#
          + #""top_logprobs": [{"a": -0.5, "b": -1.5}, null, {}]}"#, source: "x"))
    #expect(answer.tokens.map(\.bytes) == [[97], [0xEA, 0xB0], [0x80]])
    #expect(answer.tokens.map { $0.choices.map(\.logProbability) } == [[-0.5, -1.5], [-1], [0]])
    func places(_ spellings: [String]) -> [Int?] { answer.places(of: spellings.map { Array($0.utf8) }) }
    #expect(answer.places(of: [[97], [0xEA, 0xB0], [0x80], []]) == [0, 1, 2, nil])
    #expect(places(["a", "가", ""]) == [0, nil, nil], "cut into other tokens")
    #expect(places(["<think>", " ", "a", "b"]) == [nil, nil, 0, nil])
    // A server lost the bytes of the character.
    let lost = try ToldAnswer(
      reading: try JSONValue(
        parsing: #"{"tokens": ["a", "", "", "b"], "token_logprobs": [-1, -1, -1, -1]}"#, source: "x"))
    #expect(lost.places(of: [[97], [0xEA, 0xB0], [0x80], [98], []]) == [0, nil, nil, 3, nil])
  }

  @Test func whatCannotBeLearntIsOneLine() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    func refusal(_ overrides: [String] = [], temperature: Double? = 1, _ column: @escaping (Int) -> String)
      throws -> SignalError?
    {
      try write("bad.jsonl", column)
      var collection = try collection("bad.jsonl", "bad", .answers, overrides)
      collection.temperature = temperature
      do {
        _ = try collection.run()
        return nil
      } catch { return error as? SignalError }
    }
    let (_, columns) = try told()
    #expect(try refusal { columns[$0] } == nil)
    #expect(try refusal { _ in "" }?.found == "6 records without")
    #expect(try refusal { $0 == 3 ? "" : columns[$0] }?.found == "none in its record")
    #expect(
      try refusal(["training.completion_only_loss=false"]) { columns[$0] }?.place
        == "training.completion_only_loss")
    #expect(try refusal(temperature: 2) { columns[$0] }?.place == "temperature")
    #expect(
      try refusal { _ in #", "logprobs": {"content": null, "refusal": []}"# }?.found == "6 records without")
    let foreign = #", "logprobs": {"content": [{"token": "\#("x")", "logprob": -1}]}"#
    #expect(try refusal { _ in foreign }?.found == "none of 6 in them")
    #expect(
      try refusal { $0 == 0 ? columns[0] : foreign }?.found.hasSuffix(" tokens") == true,
      "one of six in the student's tokens")
    for (wrong, found) in [
      (#"{"content": [{"token": "a"}]}"#, "object"), (#"{"content": [{"token": "a", "logprob": 2}]}"#, "2.0"),
      (#"{"content": [{"token": "a", "logprob": -1, "bytes": [256]}]}"#, "others"), ("[]", "array"),
      (#"{"tokens": ["a"], "token_logprobs": []}"#, "others"), (#"{"content": 1}"#, "others"),
    ] {
      let error = try refusal { _ in #", "logprobs": "# + wrong }
      #expect(error?.exitCode == .badData && error?.place.hasSuffix("bad.jsonl:1") == true, "\(wrong)")
      #expect(error?.found.contains(found) == true, "\(String(describing: error))")
    }
    #expect(!FileManager.default.fileExists(atPath: path("bad.partial")))
  }
}
