import Evaluation
import Files
import Foundation

/// Keeps a run's metrics and samples as JSON Lines beside its model, and hands every event on.
///
/// `metrics.jsonl` has a line for each report and evaluation, `samples.jsonl` one for each answer that is kept to be read,
/// `rollouts.jsonl` one for each answer that a policy drew to learn from.
final class RunLog: TrainingObserver {
  private let directory: URL
  private let next: (any TrainingObserver)?
  private var metrics: FileHandle?
  private var samples: FileHandle?
  private var rollouts: FileHandle?

  init(_ directory: URL, next: (any TrainingObserver)?) {
    self.directory = directory
    self.next = next
  }

  /// Opens the files; lines of an earlier run after `step` are removed, because those updates are made again.
  func open(keepingSteps step: Int, samplesRollouts: Bool) throws {
    metrics = try open("metrics.jsonl", keepingSteps: step)
    samples = try open("samples.jsonl", keepingSteps: step)
    if samplesRollouts { rollouts = try open("rollouts.jsonl", keepingSteps: step) }
  }

  private func open(_ name: String, keepingSteps step: Int) throws -> FileHandle? {
    let url = directory.appendingPathComponent(name)
    let old = step > 0 ? FileManager.default.contents(atPath: url.path) : nil
    let kept = String(decoding: old ?? Data(), as: UTF8.self).split(separator: "\n").filter { line in
      guard let value = try? JSONValue(parsing: String(line), source: name) else { return false }
      return (value["step"]?.int ?? 0) <= step
    }
    try AtomicFile.write(kept.map { $0 + "\n" }.joined(), to: url)
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    return handle
  }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): write(report.metrics, step: report.step, seconds: report.elapsedSeconds)
    case .evaluated(let report):
      write(report.metrics, step: report.step, seconds: nil)
      for sample in report.samples { write(sample, step: report.step) }
    case .sampled(let step, let rollouts):
      for rollout in rollouts { write(rollout, step: step) }
    case .started, .saved, .warning, .note, .answering, .finished: break
    }
    next?.observe(event)
  }

  private func write(_ values: [String: Double], step: Int, seconds: Double?) {
    var line = JSONObject([("step", .int(step))])
    if let seconds { line["seconds"] = .double(seconds) }
    for (name, value) in values.sorted(by: { $0.key < $1.key }) { line[name] = .double(value) }
    append(line, to: metrics)
  }

  private func write(_ sample: GradedAnswer, step: Int) {
    let problem = sample.problem
    let line = JSONObject([
      ("step", .int(step)), ("id", .string(problem.id)), ("prompt", .string(problem.prompt)),
      ("completion", .string(sample.completion)), ("expected", .string(problem.answer.text)),
      ("correct", .bool(sample.isCorrect)),
    ])
    append(line, to: samples)
  }

  private func write(_ rollout: Rollout, step: Int) {
    let problem = rollout.answer.problem
    append(
      JSONObject([
        ("step", .int(step)), ("id", .string(problem.id)), ("prompt", .string(problem.prompt)),
        ("completion", .string(rollout.answer.completion)), ("expected", .string(problem.answer.text)),
        ("correct", .bool(rollout.answer.isCorrect)), ("advantage", .double(Double(rollout.advantage))),
        ("rewards", rollout.rewardsJSON), ("tokens", .int(rollout.length)),
        ("prompt_tokens", .int(rollout.promptCount)),
        ("mean_logp", rollout.meanLogProbability.map { .double($0) } ?? .null),
        ("truncated", .bool(rollout.isTruncated)), ("learnt", .bool(rollout.isLearnt)),
      ]), to: rollouts)
  }

  /// A log that cannot be written does not stop the run: the checkpoint will say so when the disk is full.
  private func append(_ line: JSONObject, to handle: FileHandle?) {
    try? handle?.write(contentsOf: Data((JSONValue.object(line).text() + "\n").utf8))
  }
}
