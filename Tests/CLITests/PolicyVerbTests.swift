import Files
import Foundation
import Testing

/// What a policy learnt from, in the store.
@Suite("grpo on the command line")
struct PolicyVerbTests {
  @Test("a program's scores are stored, and the audit finds where they contradict the language reward")
  func audit() throws {
    let folder = try TemporaryFolder()
    let store = folder.url.path + "/store.sqlite"
    // Every second answer is good, whatever it says.
    let recipe = try folder.file(
      "r.yaml",
      """
      method: grpo
      model: Models/student-750k
      dataset: {task: law, languages: [en], levels: [1], train: 40, eval: 2, seed: 5}
      rollouts: {num_generations: 4, max_completion_length: 16}
      rewards: [{function: language}, {function: command, command: "awk '{print NR % 2}'", name: checker}]
      training: {max_steps: 1, per_device_train_batch_size: 8, max_length: 256, precision: fp32}
      evaluation: {problems: 0}
      """)
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
}
