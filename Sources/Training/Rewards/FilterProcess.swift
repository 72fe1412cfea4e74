import Foundation

/// A shell command that reads text and writes text, with a limit on its time and on what it may write.
///
/// Both texts go through files: a full or a closed pipe would block or end this program.
struct FilterProcess {
  let command: String
  let timeoutSeconds: Double
  let maximumBytes: Int

  struct Outcome {
    var output = ""
    /// Why it did not end well; nil when it did.
    var failure: String?
  }

  func run(_ input: String) -> Outcome {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("swiftlet-filter-\(UUID().uuidString)")
    defer { try? files.removeItem(at: folder) }
    let names = ["input", "output", "errors"].map { folder.appendingPathComponent($0) }
    let process = Process()
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(input.utf8).write(to: names[0])
      for name in names[1...] { try Data().write(to: name) }
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = ["-c", command]
      process.standardInput = try FileHandle(forReadingFrom: names[0])
      process.standardOutput = try FileHandle(forWritingTo: names[1])
      process.standardError = try FileHandle(forWritingTo: names[2])
      try process.run()
    } catch {
      return Outcome(failure: "it cannot be started: \(error.localizedDescription)")
    }
    var failure = wait(for: process, output: names[1])
    if failure == nil, process.terminationStatus != 0 {
      failure =
        process.terminationReason == .uncaughtSignal
        ? "it was ended by signal \(process.terminationStatus)"
        : "it ended with status \(process.terminationStatus)"
      let errors = text(of: names[2]).split(whereSeparator: \.isNewline).last
      if let errors { failure = (failure ?? "") + ": " + errors.prefix(200) }
    }
    return Outcome(output: text(of: names[1]), failure: failure)
  }

  /// Waits for the end, or ends it and says why.
  private func wait(for process: Process, output: URL) -> String? {
    let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
    var pause = 0.001
    while process.isRunning {
      if ContinuousClock.now >= deadline { return stop(process, "it took more than \(timeoutSeconds) s") }
      if size(of: output) > maximumBytes {
        return stop(process, "it wrote more than \(maximumBytes) bytes")
      }
      Thread.sleep(forTimeInterval: pause)
      pause = min(0.05, pause * 1.5)
    }
    return size(of: output) > maximumBytes ? "it wrote more than \(maximumBytes) bytes" : nil
  }

  private func stop(_ process: Process, _ reason: String) -> String {
    let identifier = process.processIdentifier
    // Its children too, where it leads a group of its own.
    kill(getpgid(identifier) == identifier ? -identifier : identifier, SIGKILL)
    let deadline = ContinuousClock.now + .seconds(2)
    while process.isRunning, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.005) }
    return reason
  }

  private func size(of file: URL) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
    return (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }

  /// At most `maximumBytes` of the file; bytes that are not UTF-8 become replacement characters.
  private func text(of file: URL) -> String {
    guard let handle = try? FileHandle(forReadingFrom: file) else { return "" }
    defer { try? handle.close() }
    return String(decoding: (try? handle.read(upToCount: maximumBytes)) ?? Data(), as: UTF8.self)
  }
}
