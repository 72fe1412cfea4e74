import Files
import Foundation

/// The built program, run as a person runs it.
enum SwiftletProgram {
  struct Result {
    let status: Int32
    let output: String
    let errors: String

    /// Standard output, which must be exactly one JSON document.
    func json() throws -> JSONValue { try JSONValue(parsing: output, source: "standard output") }
  }

  /// The executable lies beside the test bundle.
  private static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("swiftlet")

  /// The checkout: this file's third folder up.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Runs the program in the checkout, with a store of its own unless one is named. Outputs go through files: a full pipe
  /// would block it.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    meanwhile: (Process) throws -> Void = { _ in }
  ) throws -> Result {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = root
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFTLET_STORE": folder.url.path + "/store.sqlite"].merging(environment) { $1 }
    ) { $1 }
    let names = ["input", "output", "errors"].map { folder.url.appendingPathComponent($0) }
    try Data(input.utf8).write(to: names[0])
    for name in names[1...] { try Data().write(to: name) }
    let handles =
      try [FileHandle(forReadingFrom: names[0])] + names[1...].map { try FileHandle(forWritingTo: $0) }
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    // The program inherits which signals this thread holds back, and a dispatch thread holds back all.
    var interruption = sigset_t()
    sigemptyset(&interruption)
    sigaddset(&interruption, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &interruption, nil)
    try process.run()
    try meanwhile(process)
    process.waitUntilExit()
    let texts = try names[1...].map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(status: process.terminationStatus, output: texts[0], errors: texts[1])
  }

  static func run(_ arguments: String...) throws -> Result { try run(arguments) }
}

/// A folder that goes with the last reference.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("swiftlet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a new file with this text.
  func file(_ name: String, _ text: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
