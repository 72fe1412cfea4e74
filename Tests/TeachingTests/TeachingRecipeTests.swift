import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Kernels
import Synchronization
import Teaching
import Testing
import Training

@Suite("teaching recipes, files and local teachers")
struct TeachingRecipeTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(
    "names the line of what is wrong and the nearest key",
    arguments: [
      ("teacher: {base_ur: 'http://h/v1', model: m, api: chat}", "did you mean base_url?"),
      ("teacher: {base_url: 'http://h/v1', model: m, retrys: 2}", "did you mean retries?"),
      ("teacher: {base_url: 'http://h/v1', model: m, api: chatt}", "did you mean chat?"),
      ("teacher: {base_url: 'http://u:secret@h/v1', model: m}", "teacher.base_url"),
      ("teacher: {base_url: 'ftp://h/v1', model: m}", "teacher.base_url"),
      ("teacher: {base_url: 'http://127.0.0.1:99999/v1', model: m}", "teacher.base_url"),
      ("teacher: {base_url: 'http://h/v1', model: m, concurrency: 0}", "from 1 to 1024"),
      ("teacher: {base_url: 'http://h/v1', model: m, requests_per_minute: 1e-19}", "from 0.001"),
      ("teacher: {base_url: 'http://h/v1', model: m, extra_body: {stream: true}}", "without stream"),
      ("teacher: {base_url: 'http://h/v1', model: m, omit_keys: [model]}", "some of temperature"),
      ("teacher: {base_url: 'http://h/v1', model: m, max_tokens_key: n_predict}", "max_completion_tokens"),
      (
        "teacher: {base_url: 'http://h/v1', model: m, extra_body: {max_completion_tokens: 9}}",
        "without max_completion_tokens"
      ),
      ("teacher: {base_url: 'http://h/v1', model: m, query: {a: [1]}}", "of texts and numbers"),
      ("teacher: {base_url: 'http://h/v1', model: m, api_key_header: api-key}", "beside api_key_environment"),
      ("teacher: {base_url: 'http://h/v1', model: m, files: [a]}", "a key of teacher"),
      ("teacher: {model: Models/teacher-6m, retries: 2}", "teacher.base_url"),
      ("teacher: {samples: 2}", "teacher.model"),
      ("teacher: [1]", "recipe.yaml:2"),
      ("techer: x", "did you mean teacher?"),
      ("curation: {repetition: 2}", "from 0 to 1"),
    ])
  func mistakes(_ line: String, _ message: String) throws {
    let bench = try TeachingBench()
    let error = #expect(throws: RecipeError.self) { try bench.recipe("dataset: {task: law}\n" + line) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(error?.description.contains("recipe.yaml:") == true)
  }

  @Test(
    "says of the problems it generates what a training recipe says",
    arguments: [
      ("task: [law, medicine]", "dataset.task all or any of manufacturing, public, finance, law"),
      ("task: law, languages: [en, fr]", "dataset.languages any of en, ko"),
      ("task: law, levels: [5, 6]", "dataset.levels numbers from 1 to 5"),
      ("task: law, shuffle_sentences: 1.5", "dataset.shuffle_sentences from 0 to 1"),
      ("task: law, compose_sentences: -0.1", "dataset.compose_sentences from 0 to 1"),
    ])
  func sharedChecks(_ keys: String, _ expected: String) throws {
    let bench = try TeachingBench()
    let dataset = "dataset: {\(keys)}\n"
    let teaching = #expect(throws: RecipeError.self) { try bench.recipe(dataset + "teacher: t") }
    #expect(teaching?.expected == expected)
    let training = #expect(throws: RecipeError.self) {
      try Recipe.parse(
        dataset + "method: sft\nmodel: Models/tiny\ntraining: {max_steps: 5}", file: "recipe.yaml")
    }
    #expect(training?.expected == expected)
  }

  @Test("what is read is what is printed") func readsItsOwnText() throws {
    let bench = try TeachingBench()
    let texts = [
      "dataset: {task: law, prompts: 3}\nteacher: Models/teacher-6m",
      "teacher: {files: [a.jsonl], sampling: {temperature: 0.6}}",
      "dataset: {path: a}\nteacher: {base_url: 'http://h/v1', model: m, price: {input_per_million: 2}, extra_body: {a: {b: 1}}}",
    ]
    for text in texts {
      let recipe = try bench.recipe(text)
      #expect(try bench.recipe(recipe.yaml) == recipe)
    }
  }

  @Test("every recipe under Datasets that begins with teach is read") func bundledRecipes() throws {
    let datasets = Self.root.appendingPathComponent("Datasets")
    let names = try FileManager.default.subpathsOfDirectory(atPath: datasets.path).filter {
      $0.split(separator: "/").last?.hasPrefix("teach") == true && $0.hasSuffix(".yaml")
    }
    #expect(!names.isEmpty)
    for name in names {
      let recipe = try TeachingRecipe.read(file: datasets.appendingPathComponent(name).path)
      #expect(recipe.teacher != nil, "\(name)")
    }
  }

  @Test("a model directory answers, and is not asked again what it answered") func localTeacher() throws {
    let bench = try TeachingBench()
    let model = Self.root.appendingPathComponent("Models/teacher-6m").path
    let recipe = try bench.recipe(
      """
      dataset: {task: finance, languages: [en], levels: [1], prompts: 6}
      teacher: {model: \(model), temperature: 0, max_tokens: 256}
      """)
    let report = try bench.run(recipe)
    #expect(report.answers == 6 && report.kept >= 3 && report.requests?.answered == 6, "\(report.summary)")
    let first = try bench.lines()
    let again = try bench.run(recipe, overwrites: true)
    #expect(again.requests?.cached == 6 && again.requests?.answered == 0)
    #expect(try bench.lines() == first)
    // The lines are records to train on, whose answers hold.
    let records = try RecordReader().read(path: bench.output).records
    #expect(records.count == report.kept)
    for record in records {
      guard case .problem(let problem) = record.content else { throw CancellationError() }
      let answer = try #require(record.teacherAnswer)
      #expect(!problem.reasoning.isEmpty && problem.domain == "finance")
      #expect(Verifier.verify(answer, against: problem.answer, choices: record.choices).verdict == .correct)
    }
  }

  @Test("outputs made elsewhere are verified by their own answers, or by the recipe's") func files() throws {
    let bench = try TeachingBench()
    let text = """
      {"conversations": [{"from": "human", "value": "What is 1 plus 4?"}, {"from": "gpt", "value": "<think>1 and 4 make 5.</think>5"}], "answer": "5"}
      {"prompt": "What is 2 plus 4?", "completion": "2 plus 4 is 6", "answer": 6, "domain": "finance"}
      {"prompt": "What is 2 plus 4?", "completion": "<think>Hm.</think>7", "answer": 6}
      {"messages": [{"role": "user", "content": "Is 7 odd?"}, {"role": "assistant", "content": "yes", "reasoning_content": "7 is not even."}]}
      {"prompt": "What is 3 plus 4?", "reasoning": "3 and 4 make 7.", "teacher_answer": "7 apples", "answer": "7 apples", "unit": "apples", "answer_type": "number"}
      {"prompt": "What is 5 plus 4?", "reasoning": "5 and 4 make 8.", "answer": "8", "answer_type": "number"}
      {"text": "no question"}
      """
    let outputs = try bench.file("outputs.jsonl", text)
    let report = try bench.run(bench.recipe("teacher: {files: [\(outputs)], name: elsewhere, licence: MIT}"))
    #expect(report.answers == 6 && report.kept == 3 && report.skipped == 1)
    // An answer that stands nowhere but in the output itself verifies nothing.
    #expect(report.dropped == [.wrong: 1, .unverified: 2])
    let lines = try bench.lines()
    #expect(lines.map { $0["prompt"]?.string?.contains("plus 4") } == [true, true, true])
    #expect(lines.allSatisfy { $0["teacher"]?.string == "elsewhere" && $0["teacher_licence"] == "MIT" })
    #expect(lines[1]["completion"]?.string == "2 plus 4 is 6" && lines[1]["answer"]?.string == "6")
    #expect(lines.map { $0["domain"]?.string } == ["general", "finance", "general"])
    // The unit that the teacher wrote is learnt.
    let records = try RecordReader().read(path: bench.output).records
    guard case .problem(let problem) = records[2].content else { throw CancellationError() }
    #expect(problem.solution == "<think>3 and 4 make 7.</think>7 apples")

    let known = try bench.file(
      "known.jsonl",
      #"{"prompt": "Is 7 odd?", "answer": "yes", "answer_type": "boolean", "split_group": "asked"}"#)
    let joined = try bench.run(
      bench.recipe("dataset: {path: \(known)}\nteacher: {files: [\(outputs)]}"), overwrites: true)
    #expect(joined.kept == 1 && joined.answers == 1)
    #expect(try bench.lines().first?["answer"]?.string == "yes")
  }

  @Test("what a record states of its licence goes before what the recipe says of all") func licences() throws
  {
    let bench = try TeachingBench()
    let outputs = try bench.file(
      "outputs.jsonl",
      """
      {"prompt": "What is 1 plus 4?", "completion": "5", "answer": 5, "license": "CC-BY-4.0", "teacher_licence": "MIT"}
      {"prompt": "What is 2 plus 4?", "completion": "6", "answer": 6, "licence": "unknown"}
      """)
    _ = try bench.run(bench.recipe("teacher: {files: [\(outputs)], name: elsewhere, licence: Apache-2.0}"))
    #expect(try bench.lines().map { $0["licence"]?.string } == ["CC-BY-4.0", "Apache-2.0"])
    #expect(try bench.lines().map { $0["teacher_licence"]?.string } == ["MIT", "Apache-2.0"])

    // Outputs to known questions too.
    let known = try bench.file(
      "known.jsonl",
      #"{"prompt": "What is 1 plus 4?", "answer": 5, "licence": "MIT", "split_group": "asked"}"#)
    _ = try bench.run(
      bench.recipe("dataset: {path: \(known)}\nteacher: {files: [\(outputs)]}"), overwrites: true)
    #expect(try bench.lines().map { $0["licence"]?.string } == ["CC-BY-4.0"])

    let prompts = try bench.file(
      "prompts.jsonl", Self.prompts(6, licence: "CC0-1.0").joined(separator: "\n"))
    // A model here brings the licence of its own ledger.
    let model = Self.root.appendingPathComponent("Models/teacher-6m").path
    _ = try bench.run(
      bench.recipe(
        """
        dataset: {path: \(prompts), licence: MIT}
        teacher: {model: \(model), temperature: 0, max_tokens: 256}
        """), overwrites: true)
    let kept = try bench.lines().map { [$0["licence"]?.string, $0["teacher_licence"]?.string] }
    #expect(Set(kept) == [["CC0-1.0", "Apache-2.0"]])
  }

  /// Easy problems of the training side, as lines of records.
  private static func prompts(_ count: Int, licence: JSONValue? = nil) -> [String] {
    let generator = ProblemGenerator(
      domains: [.finance], languages: [.en], levels: [1], side: .train, seed: 5)
    return (0..<count).map { index in
      let problem = generator.problem(at: index)
      var record = JSONObject([
        ("prompt", .string(problem.prompt)), ("answer", .string(problem.answer.text)),
        ("split_group", "asked"),
      ])
      record["licence"] = licence
      return JSONValue.object(record).text()
    }
  }

  @Test("answers of a model do not depend on where the prompts lie, and say their seeds") func draws() throws
  {
    let model = Self.root.appendingPathComponent("Models/teacher-6m").path
    let prompts = Self.prompts(12)
    let lines = try (0..<2).map { _ in
      let bench = try TeachingBench()
      let file = try bench.file("prompts.jsonl", prompts.joined(separator: "\n"))
      _ = try bench.run(
        bench.recipe(
          """
          dataset: {path: \(file)}
          teacher: {model: \(model), temperature: 1.5, max_tokens: 256, samples: 4}
          """))
      return try bench.lines().map {
        [$0["prompt"], $0["sample"], $0["reasoning"], $0["sampling"], $0["request_hash"]]
      }
    }
    #expect(lines[0] == lines[1] && lines[0].count > 5)
    #expect(Set(lines[0].map { $0[3]?["seed"]?.int ?? -1 }).count == lines[0].count)
  }

  @Test("answers of a model that is stopped are kept one by one") func stoppedTeacher() throws {
    let bench = try TeachingBench()
    let model = Self.root.appendingPathComponent("Models/teacher-6m").path
    let recipe = try bench.recipe(
      """
      dataset: {task: finance, languages: [en], levels: [1], prompts: 8}
      teacher: {model: \(model), temperature: 0, max_tokens: 256}
      """)
    let hasAnswer = Mutex(false)
    let error = #expect(throws: TeachingError.self) {
      try bench.run(recipe) { run in
        run.progress = { progress in hasAnswer.withLock { $0 = progress.fraction > 0 } }
        run.shouldStop = { hasAnswer.withLock { $0 } }
      }
    }
    guard case .interrupted(let kept, of: 8)? = error else { throw CancellationError() }
    #expect((1..<8).contains(kept))
    let report = try bench.run(recipe)
    #expect(report.requests?.cached == kept && report.requests?.answered == 8 - kept)
  }

  @Test("records of the training side alone are asked, and traces lie on the side of their prompts")
  func sides() throws {
    let bench = try TeachingBench()
    let columns = [
      #""row": 5"#, #""row": 0"#, #""tree_id": "t", "row": null"#, #""parallel_id": [1, "b"]"#,
      #""context_id": {"b": 1, "a": 2}"#, #""law": "Civil Act", "article": 7"#, #""group": "g""#, #""x": 1"#,
    ]
    let text = (0..<160).map { index in
      #"{"prompt": "What is \#(index) plus 4?", "answer": "\#(index + 4)", "answer_type": "number", "#
        + columns[index % columns.count].replacing("7", with: "\(index)").replacing("0", with: "\(index)")
        .replacing("\"g\"", with: "\"g\(index)\"") + "}"
    }
    let file = try bench.file("prompts.jsonl", text.joined(separator: "\n"))
    let server = try TestServer { .json(.sum($0)) }
    let report = try bench.run(
      bench.recipe("dataset: {path: \(file)}\nteacher: {base_url: '\(server.address)', model: m}"))
    let sources = try RecordReader().read(path: file).records.compactMap { record in
      if case .problem(let problem) = record.content { (problem.prompt, record) } else { nil }
    }
    let train = sources.filter { $0.1.side() == .train }
    #expect((20..<150).contains(train.count))
    #expect(Set(server.calls.map(\.prompt)) == Set(train.map(\.0)))
    #expect(report.prompts == train.count && report.kept == train.count)
    #expect(report.json["held_out_prompts"]?.int == sources.count - train.count)
    let groups = Dictionary(uniqueKeysWithValues: sources.map { ($0.0, $0.1.group) })
    for record in try RecordReader().read(path: bench.output).records {
      guard case .problem(let problem) = record.content else { throw CancellationError() }
      #expect(record.group == groups[problem.prompt] && record.side() == .train)
    }
  }

  @Test("prompts of an evaluation set are not asked") func leaks() throws {
    let bench = try TeachingBench()
    let server = try TestServer { .json(.sum($0)) }
    let held = try bench.file("held.jsonl", #"{"prompt": "What is 2 plus 4?", "answer": "6"}"#)
    let recipe = try bench.recipe(server, sums: 5, ["evaluation_sets=[\(held), finance]"])
    let report = try bench.run(recipe)
    #expect(report.leakedPrompts == 1 && report.kept == 4 && report.prompts == 5)
    #expect(!server.calls.contains { $0.prompt.contains(" 2 ") })
  }

  @Test("a recipe without evaluation sets is compared with all suites and the other sides of its records")
  func defaultSets() throws {
    let bench = try TeachingBench()
    let instruction =
      "Read the question with care and answer it with a single whole number and nothing else, please."
    let text = (0..<30).map {
      #"{"prompt": "\#(instruction) What is \#($0) plus 4?", "answer": "\#($0 + 4)", "answer_type": "number"}"#
    }
    let suites = [DomainName.law, .finance].map { Suite([$0], count: 1000).problems[500].prompt }
    let mixed = Suite(DomainName.allCases, count: 1000).problems[500].prompt
    let leaks = (suites + [mixed]).map {
      Self.line([("prompt", $0), ("answer", "1"), ("split_group", "asked")])
    }
    let file = try bench.file("prompts.jsonl", (text + leaks).joined(separator: "\n"))
    let records = try RecordReader().read(path: file).records
    let held = try #require(records.first { $0.side() == .test })
    let copy = try bench.file(
      "copy.jsonl", Self.line([("prompt", held.texts[0] + " "), ("answer", "1"), ("split_group", "asked")]))
    let server = try TestServer { .json(.sum($0)) }
    let recipe = try bench.recipe(
      "dataset: {path: [\(file), \(copy)]}\nteacher: {base_url: '\(server.address)', model: m}")
    let report = try bench.run(recipe)
    // The instruction stands on all sides.
    let own = records.prefix(30).count { $0.side() == .train }
    #expect(report.prompts == own + 4 && report.leakedPrompts == 4 && server.calls.count == own)
    let sets =
      DomainName.allCases.map(\.rawValue) + [file, copy].map { "the test and validation sides of \($0)" }
    #expect(report.evaluationSets == sets)
    #expect(report.json["evaluation_sets"]?.array?.compactMap(\.string) == sets)
    #expect(report.summary.contains("  compared with " + sets.joined(separator: ", ")))
    let other = try bench.run(bench.recipe(recipe.yaml, ["evaluation_sets=[finance]"]), overwrites: true)
    #expect(other.leakedPrompts == 1 && other.evaluationSets == ["finance"])
    let none = try bench.run(bench.recipe(recipe.yaml, ["evaluation_sets=[]"]), overwrites: true)
    #expect(none.leakedPrompts == 0 && none.evaluationSets.isEmpty)
    #expect(none.summary.contains("compared with no evaluation set"))
  }

  private static func line(_ fields: [(String, String)]) -> String {
    JSONValue.object(JSONObject(fields.map { ($0, .string($1)) })).text()
  }

  @Test("outputs made elsewhere are compared with all suites") func filesLeak() throws {
    let bench = try TeachingBench()
    let question = Suite([.law], count: 1000).problems[7]
    let leak = Self.line([("prompt", question.prompt), ("completion", question.solution)])
    let own = #"{"prompt": "What is 1 plus 4?", "completion": "1 and 4 make 5"}"#
    let outputs = try bench.file("outputs.jsonl", leak + "\n" + own)
    let report = try bench.run(
      bench.recipe("teacher: {files: [\(outputs)]}", ["curation.require_verified=false"]))
    #expect(report.kept == 1 && report.dropped == [.contaminated: 1], "\(report.dropped)")
    #expect(report.evaluationSets == DomainName.allCases.map(\.rawValue))
  }

  @Test("a Korean trace of records that name no language is kept, and one in English is not")
  func unnamedLanguage() throws {
    let bench = try TeachingBench()
    let lines = [
      #"{"prompt": "3 더하기 4는 얼마인가?", "reasoning": "3에 4를 더하면 7이 되므로 답은 7입니다.", "teacher_answer": "7", "answer": "7", "answer_type": "number"}"#,
      #"{"prompt": "3 더하기 5는 얼마인가?", "completion": "<think>3에 5를 더하면 8이 되므로 답은 8입니다.</think>8", "answer": 8}"#,
      #"{"prompt": "3 더하기 6은 얼마인가?", "completion": "<think>When six is added, the sum is nine.</think>9", "answer": 9}"#,
    ]
    let outputs = try bench.file("outputs.jsonl", lines.joined(separator: "\n"))
    let report = try bench.run(bench.recipe("teacher: {files: [\(outputs)]}", ["evaluation_sets=[]"]))
    #expect(report.kept == 2 && report.dropped == [.mixedLanguage: 1], "\(report.dropped)")
    #expect(try bench.lines().map { $0["lang"]?.string } == ["ko", "ko"])
    let prompts = try bench.file(
      "prompts.jsonl",
      #"{"prompt": "3 더하기 4는 얼마인가?", "answer": "7", "answer_type": "number", "split_group": "asked"}"#)
    let server = try TestServer { _ in
      .json(.chat("7", reasoning: "3에 4를 더하면 7이 되므로 답은 7입니다."))
    }
    let asked = try bench.run(
      bench.recipe(
        "dataset: {path: \(prompts)}\nteacher: {base_url: '\(server.address)', model: m}",
        ["evaluation_sets=[]"]), overwrites: true)
    #expect(asked.kept == 1)
    #expect(try bench.lines().map { $0["lang"]?.string } == ["ko"])
  }

  @Test("a model here refuses the prompts that do not fit it, and answers the others") func longPrompts()
    throws
  {
    let bench = try TeachingBench()
    let model = Self.root.appendingPathComponent("Models/teacher-6m").path
    let generator = ProblemGenerator(
      domains: [.finance], languages: [.en], levels: [1], side: .train, seed: 5)
    var prompts = (0..<6).map { generator.problem(at: $0).prompt }
    prompts[1] = String(repeating: "too long ", count: 2000)
    prompts[4] += String(repeating: " and so on", count: 3000)
    func file(_ prompts: [String]) throws -> String {
      try bench.file(
        "prompts.jsonl",
        prompts.map { Self.line([("prompt", $0), ("split_group", "asked")]) }.joined(separator: "\n"))
    }
    let recipe = try bench.recipe(
      """
      dataset: {path: \(file(prompts))}
      teacher: {model: \(model), temperature: 0.5, max_tokens: 256, samples: 2}
      curation: {require_verified: false}
      evaluation_sets: []
      """)
    let report = try bench.run(recipe)
    #expect(report.requests?.refused == 4 && report.requests?.answered == 8, "\(report.summary)")
    let line = "\(bench.folder.path)/prompts.jsonl:2: expected fewer than 512 tokens"
    #expect(report.summary.contains("the first that was refused: " + line), "\(report.summary)")
    #expect(report.json["first_refusal"]?.string?.hasPrefix(line) == true)
    let again = try bench.run(recipe, overwrites: true)
    #expect(again.requests?.cached == 8 && again.requests?.refused == 4 && again.requests?.answered == 0)
    _ = try file([prompts[1]])
    let error = #expect(throws: TeachingError.self) { try bench.run(recipe, overwrites: true) }
    #expect(error?.exitCode == .badData && error?.description.contains("prompts.jsonl:1") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("an answer by a letter keeps its options, one that is not verified says so") func recordForms() throws
  {
    let bench = try TeachingBench()
    let prompts = try bench.file(
      "prompts.jsonl",
      """
      {"prompt": "Which is red?", "answer": "D", "answer_type": "choice", "choices": ["sky", "sea", "grass", "blood"]}
      {"prompt": "Say something kind."}
      """)
    let server = try TestServer { call in
      .json(
        call.prompt.hasPrefix("Which")
          ? .chat("D", reasoning: "Blood is red, the rest is not.") : .chat("You are kind."))
    }
    let text = "dataset: {path: \(prompts)}\nteacher: {base_url: '\(server.address)', model: m}"
    let report = try bench.run(bench.recipe(text, ["curation.require_verified=false"]))
    #expect(report.kept == 2)
    let lines = try bench.lines()
    #expect(lines.map { $0["verdict"]?.string } == ["correct", "unverified"])
    let records = try RecordReader().read(path: bench.output).records
    guard case .problem(let problem) = records[0].content else { throw CancellationError() }
    #expect(problem.answer == .choice("D", count: 4))
    guard case .completion(_, let completion) = records[1].content else { throw CancellationError() }
    #expect(completion == "You are kind.")
    let strict = try bench.run(bench.recipe(text), overwrites: true)
    #expect(strict.kept == 1 && strict.dropped == [.unverified: 1] && strict.requests?.cached == 2)
  }

  @Test("an output that exists is refused, and so is a directory that holds more than ours") func outputs()
    throws
  {
    let bench = try TeachingBench()
    let recipe = try bench.recipe("teacher: {files: [none]}")
    _ = try bench.file("traces.jsonl", "")
    let error = #expect(throws: TeachingError.self) { try bench.run(recipe) }
    #expect(error?.exitCode == .cannotWrite)
    var run = TeachingRun(recipe, file: "", output: bench.folder.path)
    run.overwrites = true
    let other = bench.folder.appendingPathComponent("folder.jsonl").path
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    for path in [other, bench.folder.appendingPathComponent("recipe.yaml").path] {
      var run = TeachingRun(recipe, file: "", output: path)
      run.overwrites = true
      let error = #expect(throws: TeachingError.self) { try run.start(store: bench.store) }
      #expect(error?.exitCode == .cannotWrite && error?.description.contains("--overwrite") == false)
    }
    let foreign = #expect(throws: (any Error).self) { try run.start(store: bench.store) }
    #expect((foreign as? any Diagnostic)?.description.contains("store.sqlite") == true)
    #expect(FileManager.default.fileExists(atPath: bench.folder.appendingPathComponent("recipe.yaml").path))
  }

  @Test("a file that appears meanwhile is not replaced") func appearing() throws {
    let bench = try TeachingBench()
    let output = bench.output
    let server = try TestServer { call in
      try? Data("another's".utf8).write(to: URL(fileURLWithPath: output))
      return .json(.sum(call))
    }
    let error = #expect(throws: TeachingError.self) { try bench.run(bench.recipe(server, sums: 1)) }
    #expect(error == .exists(path: output))
    #expect(FileManager.default.contents(atPath: output) == Data("another's".utf8))
  }

  @Test("a directory holds traces, report and recipe") func directory() throws {
    let bench = try TeachingBench()
    let outputs = try bench.file("o.jsonl", #"{"prompt": "a?", "completion": "It is 4", "answer": 4}"#)
    let path = bench.folder.appendingPathComponent("traces").path
    let run = TeachingRun(try bench.recipe("teacher: {files: [\(outputs)]}"), file: "", output: path)
    let report = try run.start(store: bench.store)
    #expect(report.output == path + "/traces.jsonl")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
        "recipe.yaml", "report.json", "traces.jsonl", "traces.ledger.json",
      ])
    var again = run
    again.overwrites = true
    #expect(try again.start(store: bench.store).kept == 1, "what is ours may be replaced")
    #expect(try RecordReader().read(path: path).records.count == 1)
    let stored = try bench.store.runs()
    #expect(stored.first?.verb == "teach" && stored.first?.status == .done)
  }
}
