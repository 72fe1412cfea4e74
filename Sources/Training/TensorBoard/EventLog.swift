import Files
import Foundation

/// Writes a run's metrics as TensorBoard reads them, `events.out.tfevents.*` in the run's directory, and hands every event
/// on. Each sitting of a run writes a file of its own.
final class EventLog: TrainingObserver {
  static let filePrefix = "events.out.tfevents."

  private let directory: URL
  private let next: (any TrainingObserver)?
  private var file: FileHandle?

  init(_ directory: URL, next: (any TrainingObserver)?) {
    self.directory = directory
    self.next = next
  }

  /// Begins a file; what earlier files say of updates after `step` is removed, because those are made again.
  func open(keepingSteps step: Int) throws {
    let present = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasPrefix(EventLog.filePrefix) }.sorted()
    for name in present { try trim(directory.appendingPathComponent(name), to: step) }
    // Read in the order of their names: this one must be the last also when two begin in one second.
    let last = present.compactMap { Int($0.dropFirst(EventLog.filePrefix.count).prefix { $0 != "." }) }.max()
    let time = max(Int(Date().timeIntervalSince1970), min(last ?? 0, 1 << 40) + 1)
    let host = ProcessInfo.processInfo.hostName.replacing("/", with: "-")
    let url = directory.appendingPathComponent("\(EventLog.filePrefix)\(time).\(host).\(getpid())")
    try AtomicFile.write(
      Data(TFRecord.framed(EventRecord.fileVersion(time: Date().timeIntervalSince1970))), to: url)
    file = try FileHandle(forWritingTo: url)
    try file?.seekToEnd()
  }

  private func trim(_ url: URL, to step: Int) throws {
    let records = TFRecord.records(in: Array(try readFile(url)))
    let kept = records.filter { EventRecord.step(of: $0) <= step }
    if kept.count < records.count { try AtomicFile.write(Data(kept.flatMap(TFRecord.framed)), to: url) }
  }

  func observe(_ event: TrainingEvent) {
    switch event {
    case .progressed(let report): write(report.metrics, step: report.step)
    case .evaluated(let report): write(report.metrics, step: report.step)
    case .started, .saved, .warning, .note, .answering, .sampled, .finished: break
    }
    next?.observe(event)
  }

  /// As with `metrics.jsonl`, a file that cannot be written does not stop the run.
  private func write(_ values: [String: Double], step: Int) {
    let record = EventRecord.scalars(values, step: step, time: Date().timeIntervalSince1970)
    try? file?.write(contentsOf: Data(TFRecord.framed(record)))
  }
}
