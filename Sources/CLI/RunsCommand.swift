import ArgumentParser
import Experiments
import Files
import Foundation

/// `swiftlet runs list|show|samples|audit|compare`: the experiment store.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List, show and compare the runs in the experiment store.",
    subcommands: [
      List.self, Show.self, Samples.self, RunsAuditCommand.self, RunsCompareCommand.self,
      RunsPlotCommand.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The latest runs.", discussion: "Example: swiftlet runs list --limit 10")
    @OptionGroup var options: StoreOptions
    @OptionGroup var result: ResultOptions
    @Option(help: "How many.") var limit = 20

    func run() throws {
      let runs = try options.openExisting().runs(limit: limit)
      if result.json { return Terminal.printResult(JSONValue.array(runs.map(RunsCommand.json)).text()) }
      for run in runs {
        let started = run.startedAt.formatted(.iso8601)
        Terminal.printResult("\(run.id)  \(started)  \(run.status.rawValue)  \(run.verb)  \(run.name)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One run: recipe, machine, last metrics, evaluations, files.",
      discussion: "Example: swiftlet runs show t2k8")
    @OptionGroup var options: StoreOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: "The id, or its beginning.") var id: String

    func run() throws {
      let store = try options.openExisting()
      let run = try store.run(named: id)
      let metrics = try store.lastMetrics(of: run.id).sorted { $0.key < $1.key }
      let evaluations = try store.evaluations(of: run.id)
      let files = try store.files(of: run.id)
      let events = try store.events(of: run.id)
      if result.json {
        var object = RunsCommand.json(run).object ?? JSONObject()
        object["recipe"] = try JSONValue(parsing: run.recipe, source: "recipe of \(run.id)")
        object["machine"] = try JSONValue(parsing: run.machine, source: "machine of \(run.id)")
        object["metrics"] = .object(JSONObject(metrics.map { ($0.key, .double($0.value)) }))
        object["evaluations"] = .array(
          evaluations.map {
            ["model": .string($0.model), "suite": .string($0.suite), "accuracy": .double($0.accuracy)]
          })
        object["files"] = .array(
          files.map { ["path": .string($0.path), "bytes": .int($0.bytes), "sha256": .string($0.sha256)] })
        return Terminal.printResult(JSONValue.object(object).text())
      }
      Terminal.printResult(
        "\(run.id): \(run.verb) \(run.name), \(run.status.rawValue), output \(run.output ?? "none")")
      Terminal.printResult("machine: \(run.machine)\nrecipe: \(run.recipe)")
      for (name, value) in metrics { Terminal.printResult("  \(name) \(value)") }
      for row in evaluations {
        Terminal.printResult("evaluation: \(row.model) on \(row.suite): \(row.accuracy)")
      }
      for row in events.suffix(20) { Terminal.printResult("\(row.kind): \(row.message)") }
      for row in files { Terminal.printResult("file: \(row.path)  \(row.bytes) bytes  \(row.sha256)") }
    }
  }

  struct Samples: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What a run's model wrote: the answers it drew to learn from, and those kept to be read.",
      discussion: "Example: swiftlet runs samples t2k8 --step 20")
    @OptionGroup var options: StoreOptions
    @OptionGroup var result: ResultOptions
    @Argument(help: "The id, or its beginning.") var id: String
    @Option(help: "Those of one update; of all when not given.") var step: Int?

    func run() throws {
      let store = try options.openExisting()
      let run = try store.run(named: id)
      let samples = try store.samples(of: run.id).filter { step == nil || $0.step == step }
      let rollouts = try store.rollouts(of: run.id, step: step)
      if result.json {
        return Terminal.printResult(
          JSONValue.array(try samples.map(Samples.json) + rollouts.map(Samples.json)).text())
      }
      if samples.isEmpty, rollouts.isEmpty {
        Terminal.write("run \(run.id) (\(run.verb)) kept no samples\(step.map { " of step \($0)" } ?? "")\n")
      }
      for row in samples {
        Terminal.printResult(
          "step \(row.step), \(row.verdict), expected \(row.answer)\n\(row.prompt)\n\(row.completion)\n")
      }
      for row in rollouts {
        let advantage = String(format: "%+.3f", row.advantage)
        Terminal.printResult(
          "step \(row.step), \(row.verdict), expected \(row.answer), rewards \(row.rewards), advantage \(advantage), "
            + "\(row.tokens) tokens\(row.truncated ? ", truncated" : "")\(row.learnt ? "" : ", not learnt")\n\(row.prompt)\n\(row.completion)\n"
        )
      }
    }

    private static func json(_ row: StoredSample) -> JSONValue {
      [
        "step": .int(row.step), "prompt": .string(row.prompt), "completion": .string(row.completion),
        "answer": .string(row.answer), "verdict": .string(row.verdict),
      ]
    }

    private static func json(_ row: StoredRollout) throws -> JSONValue {
      [
        "step": .int(row.step), "prompt": .string(row.prompt), "completion": .string(row.completion),
        "answer": .string(row.answer), "verdict": .string(row.verdict),
        "rewards": try JSONValue(parsing: row.rewards, source: "rewards of run \(row.run)"),
        "advantage": .double(row.advantage), "tokens": .int(row.tokens), "truncated": .bool(row.truncated),
        "prompt_tokens": row.promptTokens.map { .int($0) } ?? .null,
        "mean_logp": row.meanLogProbability.map { .double($0) } ?? .null, "learnt": .bool(row.learnt),
      ]
    }
  }

  fileprivate static func json(_ run: StoredRun) -> JSONValue {
    [
      "id": .string(run.id), "verb": .string(run.verb), "name": .string(run.name),
      "status": .string(run.status.rawValue), "started": .string(run.startedAt.formatted(.iso8601)),
      "ended": run.endedAt.map { .string($0.formatted(.iso8601)) } ?? .null,
      "recipe_hash": .string(run.recipeHash), "output": run.output.map { .string($0) } ?? .null,
    ]
  }
}
