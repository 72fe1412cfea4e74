import Files
import Foundation
import Kernels
import Training

/// One execution of a distillation recipe: checks, distils, writes the files, keeps everything in the store.
public struct DistillationRun {
  public var recipe: DistillationRecipe
  public var output: String
  public var overwrites = false
  public var trainsControls = false
  /// Ends a sitting after this time as an interruption does; what is finished is kept.
  public var maxSeconds: Double?
  /// The command as a person would repeat it.
  public var command: String?
  /// Facts of the machine, for the report and the store.
  public var machine: [(key: String, value: String)] = []
  /// May fill the table of serving in the student's card.
  public var measure: (inout ModelCard) throws -> Void = { _ in }
  public var progress: (DistillationProgress) -> Void = { _ in }
  public var shouldStop: () -> Bool = { Interruption.isRequested }

  public init(_ recipe: DistillationRecipe, output: String) {
    self.recipe = recipe
    self.output = output
  }

  /// Where the finished stages are kept until the run is done.
  public var partialPath: String {
    let isSlash = { (character: Character) in character == "/" }
    return String(output.reversed().drop(while: isSlash).reversed()) + ".partial"
  }

  /// Runs to the end, from what an earlier sitting of the same recipe kept. A failed or interrupted run leaves the
  /// finished stages in `partialPath`, no output, and is marked so in the store.
  ///
  /// - Throws: `TrainingError.licencesConflict` before any work where base and teacher cannot be passed on together.
  public func start(store: ExperimentStore) throws -> DistillationReport {
    let clock = StageClock()
    let base = URL(fileURLWithPath: BundledFiles.path(recipe.model))
    let teacher = URL(fileURLWithPath: BundledFiles.path(recipe.teacher))
    let files = DistillationFiles(directory: URL(fileURLWithPath: output), overwrites: overwrites)
    try files.check()
    try requireKnownGates()
    // Before any work: a ledger that cannot be read must not cost the student.
    let road = try Ledger.road(to: base.path)
    let reference = try LedgerTeacher(recipe.teacher, at: teacher.path)
    var taught = LedgerStage(name: recipe.name ?? recipe.domain, method: "sft")
    taught.teachers = [reference]
    try road.appending(taught).requireLicence(of: output)
    let record = try RunRecorder(
      store: store, verb: "distill", name: recipe.name ?? recipe.domain, recipe: recipe.json,
      recipeHash: recipe.identity, machine: machine, output: output)
    return try record.closing {
      var distillation = Distillation(
        recipe, teacher: teacher, base: base, partial: URL(fileURLWithPath: partialPath))
      distillation.trainsControls = trainsControls
      distillation.overwrites = overwrites
      distillation.watch = DistillationWatch(
        show: progress,
        shouldStop: { [shouldStop, maxSeconds] in
          shouldStop() || maxSeconds.map { clock.seconds >= $0 } ?? false
        })
      var outcome = try distillation.run()
      outcome.report.command = command ?? ""
      outcome.report.machine = machine
      outcome.report.path = output
      outcome.report.verdicts = Gate.verdicts(recipe.gates, on: outcome.report.metrics)
      outcome.report.baseData = try BaseData.lines(of: base)
      outcome.ledgerStages = outcome.ledgerStages.map { stage in
        var stage = stage
        (stage.command, stage.teachers) = (command, [reference])
        return stage
      }
      let ledger = Ledger(road.stages + outcome.ledgerStages)
      try files.write(outcome, recipe: recipe, base: base, ledger: ledger, measure: measure)
      try record.keep(outcome.report, in: files.directory)
      try outcome.partial.remove()
      return outcome.report
    }
  }
}

extension DistillationRun {
  /// A mistyped metric must not cost the student.
  private func requireKnownGates() throws {
    let known = DistillationReport.metricNames(withControls: trainsControls)
    guard let gate = recipe.gates.first(where: { !known.contains($0.metric) }) else { return }
    throw RecipeError(
      place: "gates.\(gate.metric)", expected: "one of \(known.joined(separator: ", "))", found: gate.metric,
      nextStep: nearest(gate.metric, among: known).map { "did you mean \($0)?" }
        ?? "name a metric of a distillation; those of controls need --controls")
  }
}

/// What a student's base was pre-trained on, as its card lists it.
enum BaseData {
  /// The list items under the heading "Data" of `CARD.md`, with the card's own hash; says so when there is no card.
  static func lines(of base: URL) throws -> [String] {
    let card = base.appendingPathComponent("CARD.md")
    guard FileManager.default.fileExists(atPath: card.path) else {
      return ["\(base.lastPathComponent) has no CARD.md: what it was trained on is not known"]
    }
    let text = String(decoding: try readFile(card), as: UTF8.self)
    let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix("Data") } ?? ""
    let items = section.split(separator: "\n").filter { $0.hasPrefix("- ") }.map { String($0.dropFirst(2)) }
    let weights = base.appendingPathComponent("model.safetensors")
    return items + ["base weights: SHA-256 \(try Fingerprint.sha256(file: weights))"]
  }
}
