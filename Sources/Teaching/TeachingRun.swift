import Corpus
import Experiments
import Files
import Foundation
import Training

/// One execution of a teaching recipe: asks, curates, writes, and keeps what was asked in the store.
public struct TeachingRun {
  public var recipe: TeachingRecipe
  /// A file that ends with `.jsonl`, or a directory.
  public var output: String
  public var overwrites = false
  /// A file to write the traces to that are not kept, with the step that dropped each.
  public var dropped: String?
  /// Facts of the machine, for the store.
  public var machine: [(key: String, value: String)] = []
  /// What a person enters to repeat it, for the ledger.
  public var command: String?
  public var progress: (DistillationProgress) -> Void = { _ in }
  public var shouldStop: @Sendable () -> Bool = { Interruption.isRequested }
  public var isOutOfTime: @Sendable () -> Bool = { Interruption.isOutOfTime }
  /// What requests to a server that are asked have left when the time is over.
  package var graceSeconds = 15.0
  /// Where keys are looked up.
  public var environment = ProcessInfo.processInfo.environment
  private let resolve: PathResolver

  /// - Parameter file: where the recipe lay; paths in it may be relative to it.
  public init(_ recipe: TeachingRecipe, file: String, output: String) {
    self.recipe = recipe
    self.output = output
    resolve = PathResolver(recipeFile: file)
  }

  /// Runs to the end, from what earlier sittings stored. A failed or interrupted run writes no output; every answer that
  /// came is kept in the store.
  ///
  /// - Throws: `TeachingError`; `FileError.inUse` where another run writes the output; `CorpusError` for files of prompts;
  ///   what a local model finds wrong.
  public func start(store: ExperimentStore) throws -> TeachingReport {
    let clock = StageClock()
    let output = TeachingOutput(path: output, overwrites: overwrites)
    if let input = inputs.first(where: output.replaces) { throw TeachingError.replacesInput(path: input) }
    if let dropped { try output.requireBeside(dropped, inputs: inputs) }
    try output.makeFolder()
    return try withOutputLocked(output.path) {
      try output.check()
      return try start(store: store, output, clock)
    }
  }

  private func start(
    store: ExperimentStore, _ output: TeachingOutput, _ clock: StageClock
  ) throws -> TeachingReport {
    // Before the recipe is stored: in place of a variable's name it may hold the key.
    let key = try endpointKey()
    let record = try RunRecorder(
      store: store, verb: "teach", name: recipe.name ?? output.path, recipe: recipe.json,
      recipeHash: recipe.identity, machine: machine, output: output.path)
    return try record.closing {
      var account = try TeachingAccount(
        recipe, record: record, store: store, clock: clock, command: command, output: output,
        resolve: { resolve($0) })
      let (report, records) = try curate(store: store, key: key, &account)
      var written = report
      written.output = output.traces
      guard report.kept > 0 else {
        let commonest = report.dropped.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
        throw TeachingError.nothingKept(
          place: recipe.name ?? output.path, answers: report.answers,
          commonest: commonest.map { "\($0.value): \($0.key.about)" } ?? "")
      }
      try output.write(records, report: written, recipe: recipe, stage: account.finished)
      var metrics = Dictionary(
        uniqueKeysWithValues: report.dropped.map { ("teach/dropped/\($0.key.rawValue)", Double($0.value)) })
      metrics["teach/kept"] = Double(report.kept)
      if let cost = report.cost { metrics["teach/cost"] = cost.now }
      try record.metrics(metrics, step: 0)
      return written
    }
  }

  /// The files and folders that the recipe reads.
  private var inputs: [String] {
    var files: [String] = []
    if case .files(let settings) = recipe.teacher { files = settings.files }
    let sets = (recipe.evaluationSets ?? []).filter { $0 != "all" && DomainName(rawValue: $0) == nil }
    return (files + (recipe.dataset?.paths ?? []) + sets).map { resolve($0) }
  }

  private func endpointKey() throws -> EndpointKey? {
    guard case .endpoint(let settings) = recipe.teacher else { return nil }
    return try settings.keyVariable.map {
      try EndpointKey(variable: $0, header: settings.keyHeader, environment: environment)
    }
  }

  private func curate(
    store: ExperimentStore, key: EndpointKey?, _ account: inout TeachingAccount
  ) throws -> (TeachingReport, [JSONValue]) {
    guard let teacher = recipe.teacher else {
      throw RecipeError(
        place: "recipe", expected: TeacherSettings.expectation, found: "no teacher", nextStep: "set teacher")
    }
    let evaluation = try EvaluationSets(recipe) { resolve($0) }
    var curator = TraceCurator(recipe.curation, evaluation: evaluation.runs)
    let source = try recipe.dataset.map { try QuestionSource($0) { resolve($0) } }
    let questions = source?.questions ?? []
    let asked = questions.filter { !curator.isContaminated($0.prompt) }
    var report = TeachingReport()
    report.evaluationSets = evaluation.names
    report.prompts = questions.count
    report.leakedPrompts = questions.count - asked.count
    report.skipped = source?.skipped ?? 0
    report.heldOutPrompts = source?.heldOut ?? 0
    account.count(source?.rows ?? [], languages: Set(asked.map(\.language)))
    let traces: [Trace]
    switch teacher {
    case .files(let settings):
      let files = try OutputFiles(settings, questions: questions) { resolve($0) }
      report.teacher = settings.name
      report.skipped += files.skipped
      // Every output meets the curator, which counts the leaks.
      report.leakedPrompts = 0
      if source == nil { report.prompts = Set(files.traces.map(\.question.prompt)).count }
      account.count(
        (source?.rows ?? []) + files.rows, languages: Set(files.traces.map(\.question.language)))
      traces = files.traces
    case .endpoint(let settings):
      let samples = settings.sampling.samples
      let requests = try asked.enumerated().flatMap { index, question in
        try (0..<samples).map { try settings.request(question.prompt, question: index, sample: $0) }
      }
      let state = CollectionState(
        requests, refusalLimit: max(8, settings.concurrency), failureLimit: max(4, settings.concurrency))
      let collection = EndpointCollection(
        settings: settings, key: key, store: store, shouldStop: shouldStop, isOutOfTime: isOutOfTime,
        graceSeconds: graceSeconds)
      WaitingThread.run(watch: { show(state) }) { await collection.run(state) }
      account.count(state, requests, price: settings.price)
      try finish(state, place: settings.address, account)
      report.teacher = settings.model
      report.note(state)
      report.price = settings.price
      traces = TeachingRun.traces(
        state, requests, asked, teacher: settings.model, licence: account.teacherLicence)
    case .local(let settings):
      let model = resolve(settings.model)
      let collection = try LocalCollection(settings, model: model, store: store, shouldStop: shouldStop)
      let requests = collection.requests(asked)
      let state = CollectionState(requests, refusalLimit: .max, failureLimit: .max)
      try collection.run(asked, requests, state) { show(state) }
      account.count(state, requests, model: collection.configuration)
      if let reason = state.firstRefusal, state.counts.refused == requests.count {
        throw TeachingError.noneFits(place: model, prompts: asked.count, reason: reason)
      }
      try finish(state, place: model, account)
      report.teacher = settings.model
      report.note(state)
      traces = TeachingRun.traces(
        state, requests, asked, teacher: settings.model, licence: account.teacherLicence)
    }
    let lost = traces.compactMap { trace in curator.add(trace).map { DroppedTrace(trace, $0) } }
    if let dropped {
      try AtomicFile.write(to: URL(fileURLWithPath: dropped)) { output in
        for trace in lost { try output.append(trace.json.text() + "\n") }
      }
    }
    report.answers = traces.count
    report.dropped = curator.dropped
    report.kept = curator.kept.count
    return (report, curator.kept.map(\.record))
  }

  private func show(_ state: CollectionState) {
    let counts = state.counts
    let stopping = shouldStop() && counts.inFlight > 0 ? "; waiting for those, Ctrl-C again leaves them" : ""
    let failure = state.lastFailure.map { " (the last: \($0.prefix(60)))" } ?? ""
    progress(
      DistillationProgress(
        stage: "teacher answers", fraction: Double(counts.finished) / Double(max(1, counts.requests)),
        detail: "\(counts.finished) of \(counts.requests), \(counts.inFlight) asked, "
          + "\(counts.retries) repetitions\(failure)\(stopping)"))
  }

  /// - Throws: why the collection ended before all was answered.
  private func finish(_ state: CollectionState, place: String, _ account: TeachingAccount) throws {
    let counts = state.counts
    try account.keepTime(counts)
    let kept = counts.cached + counts.answered
    switch state.ending {
    case nil: break
    case .interrupted: throw TeachingError.interrupted(kept: kept, of: counts.requests)
    case .broken(let error): throw error
    case .unavailable(let reason):
      throw TeachingError.unavailable(address: place, reason: reason, kept: kept, of: counts.requests)
    }
    // All refused or failed, and too few for the limits.
    if kept == 0, let reason = state.firstRefusal ?? state.firstFailure {
      throw TeachingError.unavailable(address: place, reason: reason, kept: 0, of: counts.requests)
    }
  }

  private static func traces(
    _ state: CollectionState, _ requests: [TeacherRequest], _ questions: [TeacherQuestion], teacher: String,
    licence: String?
  ) -> [Trace] {
    zip(requests, state.answers).compactMap { request, answer in
      answer.map { answer in
        Trace(
          question: questions[request.question], completion: answer.completion,
          isTruncated: answer.isTruncated,
          provenance: Provenance(
            teacher: teacher, sampling: .object(request.sampling),
            requestHash: request.hash, sample: request.sample, licence: licence),
          logProbabilities: answer.logProbabilities)
      }
    }
  }
}
