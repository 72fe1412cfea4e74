import Evaluation
import Files
import Foundation
import Kernels
import Training

/// Writes one run into the store while it happens.
public final class RunRecorder {
  public let id: String
  private let store: ExperimentStore

  public init(
    store: ExperimentStore, verb: String, name: String, recipe: String, recipeHash: String,
    machine: [(key: String, value: String)], output: String?
  ) throws {
    self.store = store
    // Time first, so that ids sort; random after, so that two runs of one second differ.
    let time = Int(Date().timeIntervalSince1970)
    id = String(time, radix: 36) + "-" + String(UInt32.random(in: 0...UInt32.max), radix: 36)
    let facts = JSONValue.object(JSONObject(machine.map { ($0.key, JSONValue.string($0.value)) }))
    try store.insert(
      StoredRun(
        id: id, verb: verb, name: name, status: .running, startedAt: Date(), recipe: recipe,
        recipeHash: recipeHash, machine: facts.text(), output: output))
  }

  /// Runs `body` and marks how it ended.
  public func closing<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      let value = try body()
      try store.finish(run: id, as: .done)
      return value
    } catch {
      let isInterrupted =
        error is DistillationInterrupted || (error as? any Diagnostic)?.exitCode == .interrupted
      // The run's own error matters more than one of the store while noting it.
      try? store.insert(StoredEvent(run: id, time: Date(), kind: "error", message: "\(error)"))
      try? store.finish(run: id, as: isInterrupted ? .interrupted : .failed)
      throw error
    }
  }

  /// Notes how a training run ended, and the files of its model.
  public func close(_ outcome: RunOutcome, files directory: URL) throws {
    if outcome.ending == .interrupted { return try store.finish(run: id, as: .interrupted) }
    try files(in: directory)
    try store.finish(run: id, as: outcome.exitCode == .gateMissed ? .gateMissed : .done)
  }

  public func event(_ kind: String, _ message: String) throws {
    try store.insert(StoredEvent(run: id, time: Date(), kind: kind, message: message))
  }

  public func metrics(_ values: [String: Double], step: Int) throws {
    try store.insert(
      values.sorted { $0.key < $1.key }.filter { $0.value.isFinite }.map {
        StoredMetric(run: id, step: step, name: $0.key, value: $0.value)
      })
  }

  public func samples(_ samples: [GradedAnswer], step: Int) throws {
    try store.insert(
      samples.map {
        StoredSample(
          run: id, step: step, prompt: $0.problem.prompt, completion: $0.completion,
          answer: $0.problem.answer.text, verdict: $0.verification.verdict.rawValue)
      })
  }

  public func rollouts(_ rollouts: [Rollout], step: Int) throws {
    try store.insert(
      rollouts.map {
        StoredRollout(
          run: id, step: step, prompt: $0.answer.problem.prompt, completion: $0.answer.completion,
          answer: $0.answer.problem.answer.text, verdict: $0.answer.verification.verdict.rawValue,
          rewards: $0.rewardsJSON.text(), advantage: Double($0.advantage),
          tokens: $0.length, promptTokens: $0.promptCount, meanLogProbability: $0.meanLogProbability,
          truncated: $0.isTruncated, learnt: $0.isLearnt)
      })
  }

  /// Notes the files of a directory with their digests.
  public func files(in directory: URL) throws {
    let manager = FileManager.default
    let names = ((try? manager.subpathsOfDirectory(atPath: directory.path)) ?? []).sorted()
    for name in names where !name.hasPrefix("checkpoints/") {
      let url = directory.appendingPathComponent(name)
      var isDirectory: ObjCBool = false
      guard manager.fileExists(atPath: url.path, isDirectory: &isDirectory), !isDirectory.boolValue else {
        continue
      }
      let data = try readFile(url)
      try store.insert(StoredFile(run: id, path: name, bytes: data.count, sha256: Fingerprint.sha256(data)))
    }
  }
}

extension RunRecorder {
  /// Keeps a finished distillation: curves, evaluations, samples, files.
  func keep(_ report: DistillationReport, in directory: URL) throws {
    for curve in report.curves {
      try store.insert(
        curve.points.map {
          StoredMetric(run: id, step: Int($0.x), name: "\(curve.name)/loss", value: $0.y)
        })
    }
    let encoder = JSONEncoder()
    for entry in [report.teacher, report.student] + report.controls {
      let table = String(decoding: try encoder.encode(entry.accuracy), as: UTF8.self)
      try store.insert(
        StoredEvaluation(
          run: id, step: 0, model: entry.name, suite: report.domain,
          accuracy: entry.accuracy.overall.accuracy, report: table))
    }
    try samples(report.samples.map(\.student), step: 0)
    for stage in report.stages { try event("stage", "\(stage.name): \(ReportNumber.seconds(stage.seconds))") }
    try files(in: directory)
  }
}

/// Passes what happens in a training run to the store.
public final class StoreObserver: TrainingObserver {
  private let recorder: RunRecorder
  private let next: (any TrainingObserver)?
  /// The first failure to write; training itself goes on.
  public private(set) var failure: (any Error)?

  public init(_ recorder: RunRecorder, then next: (any TrainingObserver)? = nil) {
    self.recorder = recorder
    self.next = next
  }

  public func observe(_ event: TrainingEvent) {
    next?.observe(event)
    do {
      switch event {
      case .started(let start):
        try recorder.event("started", "\(start.method.rawValue), \(start.parameterCount) parameters")
      case .progressed(let report): try recorder.metrics(report.metrics, step: report.step)
      case .evaluated(let report):
        try recorder.metrics(report.metrics, step: report.step)
        try recorder.samples(report.samples, step: report.step)
      case .saved(let step, let path): try recorder.event("saved", "step \(step): \(path)")
      case .warning(let text): try recorder.event("warning", text)
      case .note(let text): try recorder.event("note", text)
      case .sampled(let step, let rollouts): try recorder.rollouts(rollouts, step: step)
      case .answering: break
      case .finished(let outcome): try recorder.event("finished", outcome.ending.rawValue)
      }
    } catch {
      if failure == nil {
        failure = error
        next?.observe(.warning("the store cannot be written: \(error)"))
      }
    }
  }
}
