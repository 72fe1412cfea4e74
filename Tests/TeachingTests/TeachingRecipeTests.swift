import Corpus
import Experiments
import Files
import Foundation
import Kernels
import Teaching
import Testing
import Training

@Suite("teaching recipes, files and local teachers")
struct TeachingRecipeTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(
    "names the line of what is wrong and the nearest key",
    arguments: [
      ("teacher: {base_ur: 'http://h/v1', model: m, api: chat}", "did you mean base_url?"),
      ("teacher: {base_url: 'http://h/v1', model: m, retrys: 2}", "did you mean retries?"),
      ("teacher: {base_url: 'http://h/v1', model: m, api: chatt}", "did you mean chat?"),
      ("teacher: {base_url: 'http://u:secret@h/v1', model: m}", "teacher.base_url"),
      ("teacher: {base_url: 'ftp://h/v1', model: m}", "teacher.base_url"),
      ("teacher: {base_url: 'http://h/v1', model: m, concurrency: 0}", "from 1 to 1024"),
      ("teacher: {base_url: 'http://h/v1', model: m, extra_body: {stream: true}}", "without stream"),
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
      {"prompt": "What is 2 plus 4?", "completion": "2 plus 4 is 6", "answer": 6}
      {"prompt": "What is 2 plus 4?", "completion": "<think>Hm.</think>7", "answer": 6}
      {"messages": [{"role": "user", "content": "Is 7 odd?"}, {"role": "assistant", "content": "yes", "reasoning_content": "7 is not even."}]}
      {"prompt": "What is 3 plus 4?", "reasoning": "3 and 4 make 7.", "teacher_answer": "7 apples", "answer": "7 apples", "unit": "apples", "answer_type": "number"}
      {"text": "no question"}
      """
    let outputs = try bench.file("outputs.jsonl", text)
    let report = try bench.run(bench.recipe("teacher: {files: [\(outputs)], name: elsewhere, licence: MIT}"))
    #expect(report.answers == 5 && report.kept == 3 && report.skipped == 1)
    #expect(report.dropped == [.wrong: 1, .unverified: 1])
    let lines = try bench.lines()
    #expect(lines.map { $0["prompt"]?.string?.contains("plus 4") } == [true, true, true])
    #expect(lines.allSatisfy { $0["teacher"]?.string == "elsewhere" && $0["teacher_licence"] == "MIT" })
    #expect(lines[1]["completion"]?.string == "2 plus 4 is 6" && lines[1]["answer"]?.string == "6")
    // The unit that the teacher wrote is learnt.
    let records = try RecordReader().read(path: bench.output).records
    guard case .problem(let problem) = records[2].content else { throw CancellationError() }
    #expect(problem.solution == "<think>3 and 4 make 7.</think>7 apples")

    let known = try bench.file(
      "known.jsonl", #"{"prompt": "Is 7 odd?", "answer": "yes", "answer_type": "boolean"}"#)
    let joined = try bench.run(
      bench.recipe("dataset: {path: \(known)}\nteacher: {files: [\(outputs)]}"), overwrites: true)
    #expect(joined.kept == 1 && joined.answers == 1)
    #expect(try bench.lines().first?["answer"]?.string == "yes")
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
    let foreign = #expect(throws: (any Error).self) { try run.start(store: bench.store) }
    #expect((foreign as? any Diagnostic)?.description.contains("store.sqlite") == true)
    #expect(FileManager.default.fileExists(atPath: bench.folder.appendingPathComponent("recipe.yaml").path))
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
        "recipe.yaml", "report.json", "traces.jsonl",
      ])
    #expect(try RecordReader().read(path: path).records.count == 1)
    let stored = try bench.store.runs()
    #expect(stored.first?.verb == "teach" && stored.first?.status == .done)
  }
}
