import Files
import Foundation

/// The stages of a model that was trained before there were ledgers, read from what its runs logged: tokens, operations
/// and time stand in the last line of a log, everything else in the recipe.
struct LoggedRoad {
  private let place: URL
  /// What a command calls it.
  private let name: String

  init(_ place: URL, called name: String) {
    self.place = place
    self.name = name
  }

  /// Nil where there is no log with a recipe.
  ///
  /// - Parameter road: to the model that a run started from, as its recipe calls it.
  /// - Throws: what `road` throws.
  func ledger(_ road: (String) throws -> Ledger) throws -> Ledger? {
    let folder = place.appendingPathComponent("logs")
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
      .filter { $0.hasSuffix(".jsonl") }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    let logged = names.compactMap { name -> LedgerStage? in
      var stage = stage(log: folder.appendingPathComponent(name), recipe: "recipes/\(name.dropLast(6)).yaml")?
        .stage
      // The folder holds the whole road: each starts from the one before.
      stage?.base = nil
      return stage
    }
    if !logged.isEmpty { return logged.count == names.count ? Ledger(logged) : nil }
    let run = stage(log: place.appendingPathComponent("metrics.jsonl"), recipe: "recipe.yaml")
    guard let run else { return nil }
    let base = run.recipe.model.startsFresh ? nil : run.recipe.model.directory
    return (try base.map(road) ?? Ledger()).appending(run.stage)
  }

  private func stage(log: URL, recipe path: String) -> (stage: LedgerStage, recipe: Recipe)? {
    let file = place.appendingPathComponent(path)
    guard
      let text = FileManager.default.contents(atPath: log.path).map({ String(decoding: $0, as: UTF8.self) }),
      let recipe = try? Recipe.read(file: file.path).recipe
    else { return nil }
    let last = text.split(separator: "\n").reversed().lazy.compactMap { line -> JSONValue? in
      guard let value = try? JSONValue(parsing: String(line), source: log.path), value["num_tokens"] != nil
      else { return nil }
      return value
    }.first
    guard let last else { return nil }
    func amount(_ key: String) -> Double? {
      last[key]?.double.flatMap { (0...1e60).contains($0) ? $0 : nil }
    }
    var stage = LedgerStage(
      name: recipe.name ?? file.deletingPathExtension().lastPathComponent, method: recipe.method.rawValue)
    stage.origin = .logs
    stage.trainedTokens = amount("num_tokens").flatMap { Int(exactly: $0) }.flatMap {
      Ledger.counts.contains($0) ? $0 : nil
    }
    stage.flops = amount("train/operations")
    stage.seconds = amount("seconds")
    stage.base = recipe.model.startsFresh ? nil : recipe.model.directory
    stage.recipe = recipe.name
    stage.recipeHash = recipe.identity
    stage.seed = recipe.training.seed
    stage.command = ShellCommand.text(["swiftlet", "train", "\(name)/\(path)"])
    if !recipe.method.learnsFromOwnAnswers { stage.generatedTokens = 0 }
    stage.languages = recipe.dataset.languages
    stage.data = recipe.dataset.generatedRows + recipe.dataset.unreadRows
    if stage.data.count == 1, !recipe.method.learnsFromOwnAnswers {
      stage.data[0].tokens = stage.trainedTokens
    }
    if let teacher = recipe.teacher {
      let names =
        teacher.members.isEmpty ? [teacher.signals].compactMap { $0 } : teacher.members.map(\.directory)
      stage.teachers = names.map(LedgerTeacher.init(name:))
    }
    return (stage, recipe)
  }
}

extension DatasetSettings {
  /// What this program generates for a dataset; the problems, texts and drills are its own, under its own licence.
  var generatedRows: [LedgerData] {
    func row(_ name: String, _ records: Int) -> LedgerData {
      LedgerData(
        name: "\(name) (generated, seed \(seed))", records: records, licence: Licence.apache.name,
        isGenerated: true)
    }
    func list(_ names: [String]) -> String {
      DatasetSettings.domains(names).map(\.rawValue).joined(separator: ", ")
    }
    var rows: [LedgerData] = []
    if !tasks.isEmpty { rows.append(row("problems of \(list(tasks))", trainCount ?? 10_000)) }
    if !domains.isEmpty { rows.append(row("texts of \(list(domains))", trainCount ?? 100_000)) }
    if let arithmetic { rows.append(row("arithmetic drills", arithmetic)) }
    if let lookups { rows.append(row("look-up drills", lookups)) }
    return rows
  }

  /// Files that are named and not read here.
  var unreadRows: [LedgerData] { (paths + texts).map { LedgerData(name: $0, licence: license) } }
}
