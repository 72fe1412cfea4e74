import Files
import Foundation
import Testing

/// What a policy learnt from, in the store.
@Suite("grpo on the command line")
struct PolicyVerbTests {
  /// A short run from the student's base, with these rewards and what else differs.
  private static func recipe(
    in folder: TemporaryFolder, rewards: String, training: String, evaluation: String
  ) throws -> String {
    try folder.file(
      "r.yaml",
      """
      method: grpo
      model: Models/student-750k
      dataset: {task: law, languages: [en], levels: [1], train: 40, eval: 24, seed: 5}
      rollouts: {num_generations: 4, max_completion_length: 16}
      rewards: [\(rewards)]
      training: {per_device_train_batch_size: 8, max_length: 256, precision: fp32, logging_steps: 1, \(training)}
      evaluation: {\(evaluation)}
      """)
  }

  /// The lines of a file of the run.
  private static func lines(_ name: String, of run: String) throws -> [JSONValue] {
    try String(contentsOfFile: run + "/" + name, encoding: .utf8).split(separator: "\n").map {
      try JSONValue(parsing: String($0), source: name)
    }
  }

  @Test("a program's scores are stored, and the audit finds where they contradict the language reward")
  func audit() throws {
    let folder = try TemporaryFolder()
    let store = folder.url.path + "/store.sqlite"
    // Every second answer is good, whatever it says.
    let recipe = try Self.recipe(
      in: folder,
      rewards: "{function: language}, {function: command, command: \"awk '{print NR % 2}'\", name: checker}",
      training: "max_steps: 1", evaluation: "problems: 0")
    let run = try SwiftletProgram.run(
      "train", recipe, "--output", folder.url.path + "/run", "--store", store, "--json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try run.json()["metrics"]?["rewards/checker/mean"]?.double == 0.5)
    let list = try SwiftletProgram.run("runs", "list", "--store", store, "--json").json()
    let id = try #require(list.array?.first?["id"]?.string)
    let audit = try SwiftletProgram.run("runs", "audit", id, "--store", store, "--limit", "1", "--json")
    let document = try audit.json()
    #expect(document["answers"]?.int == 8)
    let pairs = document["pairs"]?.array ?? []
    let pair = try #require(pairs.first { $0["first"]?.string == "checker" })
    #expect(pair["second"]?.string == "language" && pair["judged"]?.int == 8)
    let alone = (pair["only_first"]?.int ?? 0) + (pair["only_second"]?.int ?? 0)
    #expect(alone > 0 && (pair["both_accept"]?.int ?? 8) + (pair["neither_accepts"]?.int ?? 8) == 8 - alone)
    let text = try SwiftletProgram.run("runs", "audit", id, "--store", store, "--limit", "1").output
    #expect(text.contains("checker and language: agree on") && text.contains("accepted by "))
    let nothing = try SwiftletProgram.run("runs", "audit", id, "--store", store, "--step", "9")
    #expect(nothing.status == 66 && nothing.errors.contains("step 9") && nothing.output.isEmpty)
  }

  @Test("samples shows what an update learnt from, as the run wrote it down") func samples() throws {
    let folder = try TemporaryFolder()
    let (store, output) = (folder.url.path + "/store.sqlite", folder.url.path + "/run")
    let recipe = try Self.recipe(
      in: folder,
      rewards: "{function: language}, {function: command, command: \"awk '{print NR % 2}'\", name: checker}",
      training: "max_steps: 2", evaluation: "problems: 0")
    let run = try SwiftletProgram.run("train", recipe, "--output", output, "--store", store, "--json")
    #expect(run.status == 0, "\(run.errors)")
    let list = try SwiftletProgram.run("runs", "list", "--store", store, "--json").json()
    let id = try #require(list.array?.first?["id"]?.string)
    func samples(_ more: String...) throws -> SwiftletProgram.Result {
      try SwiftletProgram.run(["runs", "samples", id, "--store", store] + more)
    }
    let written = try Self.lines("rollouts.jsonl", of: output)
    #expect(written.count == 16)
    for step in [1, 2] {
      let shown = try #require(try samples("--step", "\(step)", "--json").json().array)
      let expected = written.filter { $0["step"]?.int == step }
      #expect(shown.count == 8 && expected.count == 8)
      for (row, line) in zip(shown, expected) {
        for key in ["step", "prompt", "completion", "rewards", "advantage", "tokens", "truncated"] {
          #expect(row[key] != nil && row[key] == line[key], "\(key)")
        }
        #expect(row["answer"] == line["expected"])
        #expect((row["verdict"]?.string == "correct") == line["correct"]?.bool)
      }
      // Each reward by its name; of a group's four answers the checker took the first and the third.
      #expect(
        shown.map { $0["rewards"]?["checker"]?.double } == [1, 0, 1, 0, 1, 0, 1, 0])
      #expect(shown.contains { $0["rewards"]?["language"]?.double != nil })
      #expect(shown.allSatisfy { (1...16).contains($0["tokens"]?.int ?? 0) })
      #expect(shown.contains { $0["advantage"]?.double ?? 0 != 0 })
    }
    #expect(try samples("--json").json().array?.count == 16)
    #expect(try samples("--step", "3", "--json").json().array?.isEmpty == true)
    let text = try samples("--step", "2").output
    #expect(text.components(separatedBy: "step 2, ").count == 9 && !text.contains("step 1, "))
    let last = try #require(written.last)
    let advantage = String(format: "advantage %+.3f", last["advantage"]?.double ?? .nan)
    for words in [advantage, "\"checker\"", "\(last["tokens"]?.int ?? -1) tokens"] {
      #expect(text.contains(words), "\(words)")
    }
    for key in ["prompt", "completion"] {
      #expect(text.contains(try #require(last[key]?.string)), "\(key)")
    }
  }

  /// At this rate two updates change most answers.
  @Test("train says what the updates changed, as the files beside the model do") func comparison() throws {
    let folder = try TemporaryFolder()
    let output = folder.url.path + "/run"
    let recipe = try Self.recipe(
      in: folder, rewards: "{function: command, command: \"awk '{print NR % 2}'\"}",
      training: "max_steps: 2, learning_rate: 3.0e-2, lr_scheduler_type: constant",
      evaluation: "problems: 24, samples: 24, max_new_tokens: 24")
    let run = try SwiftletProgram.run("train", recipe, "--output", output, "--json")
    #expect(run.status == 0, "\(run.errors)")
    let document = try run.json()
    func number(_ key: String) throws -> Double { try #require(document[key]?.double, "\(key)") }
    #expect(document["problems"]?.int == 24 && document["steps"]?.int == 2)
    #expect(try number("seconds") > 0)

    func read(_ name: String) throws -> JSONValue {
      try JSONValue(parsing: String(contentsOfFile: output + "/" + name, encoding: .utf8), source: name)
    }
    let before = try read("before.json")
    let wasRight = try #require(before["isCorrect"]?.array).compactMap(\.bool)
    #expect(wasRight.count == 24 && wasRight.contains(true))
    #expect(try number("accuracy_before") == Double(wasRight.count { $0 }) / 24)
    #expect(try number("mean_length_before") == before["meanLength"]?.double)
    let accuracy = try #require(try read("evaluation.json").array?.first?["accuracy"])
    let right = try #require(accuracy["overall"]?["correct"]?.int)
    #expect(accuracy["overall"]?["problems"]?.int == 24)
    #expect(try number("accuracy") == Double(right) / 24)
    #expect(try number("mean_length") == accuracy["meanTokens"]?.double)
    #expect(try number("mean_length") != number("mean_length_before"))

    // Pair by pair, from the answers that were kept.
    let samples = try Self.lines("samples.jsonl", of: output)
    let isRight = samples.filter { $0["step"]?.int == 2 }.compactMap { $0["correct"]?.bool }
    #expect(samples.filter { $0["step"]?.int == 0 }.compactMap { $0["correct"]?.bool } == wasRight)
    #expect(isRight.count == 24 && isRight.count { $0 } == right)
    let lost = zip(wasRight, isRight).count { $0 && !$1 }, won = zip(wasRight, isRight).count { !$0 && $1 }
    #expect(lost + won > 0)
    // The chance of a split as uneven of fair coins: C(n, k) one after another.
    var (term, tail) = (1.0, 0.0)
    for k in 0...min(lost, won) {
      tail += term
      term *= Double(lost + won - k) / Double(k + 1)
    }
    let p = min(1, 2 * tail / Double(1 << (lost + won)))
    #expect(abs(try number("mcnemar_p") - p) < 1e-9, "\(lost) lost, \(won) won")
  }
}
