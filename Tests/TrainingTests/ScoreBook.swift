import Files
import Foundation

/// A reward by a program that gives the scores which a test wrote down, and keeps what it was asked.
///
/// The program runs once for all the answers that are drawn together: call 0 is the look before the first update.
struct ScoreBook {
  private let folder = CheckpointTests.temporaryDirectory()

  /// - Parameter calls: the scores of call 1, 2, …; what stands in no list is 1 and 0 in turn.
  init(_ calls: [[Double]], first: [Double] = []) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (call, scores) in ([first] + calls).enumerated() where !scores.isEmpty {
      try write(scores.map { "\($0)\n" }.joined(), to: "scores-\(call)")
    }
    try write(
      """
      cd \(folder.path)
      call=$(ls | grep -c asked)
      cat > asked-$call
      if test -f scores-$call; then cat scores-$call; else awk '{print NR % 2}' asked-$call; fi

      """, to: "program")
  }

  /// For a recipe's `rewards`.
  var reward: String { "{function: command, command: sh \(folder.path)/program, name: book}" }

  /// The answers that the program was asked to score.
  func asked(_ call: Int) throws -> [JSONValue] {
    let text = String(decoding: try Data(contentsOf: file("asked-\(call)")), as: UTF8.self)
    return try text.split(separator: "\n").map { try JSONValue(parsing: String($0), source: "asked") }
  }

  var calls: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path).count { $0.hasPrefix("asked") }) ?? 0
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

  private func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: file(name)) }
}
