import Benchmarks
import Files
import Foundation
import Kernels
import Testing

@Suite struct BaselineTests {
  private static func document(_ speeds: [(precision: String, speed: Double)]) -> JSONValue {
    .array(
      speeds.map { precision, speed in
        [
          "op": "NT", "m": 8, "n": 16, "k": 32, "backend": "ours", "precision": .string(precision),
          "threads": 2,
          "gflops": .double(speed), "machine": ["processor": "A"],
        ]
      })
  }

  private static func baseline(_ text: String) throws -> Baseline {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "baseline-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    return try Baseline(file: file.path)
  }

  @Test func slowerThanToleratedIsARegression() throws {
    let baseline = try Self.baseline(Self.document([("fp32", 100), ("bf16", 200)]).text())
    #expect(baseline.processor == "A")
    // 9 % slower and a measurement that the baseline lacks: accepted.
    let fine = try baseline.compare(
      Self.document([("fp32", 91), ("bf16", 300), ("int8", 1)]), tolerance: 0.1)
    #expect(fine.compared == 2 && fine.regressions.isEmpty)
    let slow = try baseline.compare(Self.document([("fp32", 89), ("bf16", 200)]), tolerance: 0.1)
    #expect(slow.regressions.map(\.now) == [89])
    #expect(slow.regressions[0].text.contains("fp32") && slow.regressions[0].text.contains("89 %"))
  }

  /// Training is compared by its tokens, whatever the operations count.
  @Test func trainingIsOneObject() throws {
    func run(_ speed: Double) -> JSONValue {
      ["config": "S", "precision": "bf16", "threads": 2, "tokens_per_second": .double(speed), "gflops": 9]
    }
    let baseline = try Self.baseline(run(1000).text())
    #expect(try baseline.compare(run(800), tolerance: 0.25).regressions.isEmpty)
    #expect(try baseline.compare(run(800), tolerance: 0.1).regressions.map(\.unit) == ["tokens/s"])
  }

  /// Eight sequences in 8 bits are no measure of one in bf16.
  @Test func decodingIsComparedWithTheSameDecoding() throws {
    func run(_ quantization: String = "bf16", batch: Int = 1, new: Int = 64, speed: Double = 90) -> JSONValue
    {
      [
        "model": "m", "quantization": .string(quantization), "cache": "f32", "batch": .int(batch),
        "prompt": 64,
        "new": .int(new), "threads": 2, "tokens_per_second": .double(speed),
      ]
    }
    let baseline = try Self.baseline(run().text())
    #expect(try baseline.compare(run(speed: 70), tolerance: 0.1).regressions.count == 1)
    for other in [run("q8_0"), run(batch: 8), run(new: 128)] {
      #expect(throws: BaselineError.self) { try baseline.compare(other, tolerance: 0.1) }
    }
  }

  /// Steps of GRPO have several speeds; the time of a whole one counts.
  @Test func stepsAreComparedByTheirTime() throws {
    func run(_ seconds: Double) -> JSONValue {
      ["config": "grpo-S", "precision": "bf16", "threads": 2, "step_seconds": .double(seconds)]
    }
    let baseline = try Self.baseline(run(2).text())
    #expect(try baseline.compare(run(2.1), tolerance: 0.1).regressions.isEmpty)
    let slow = try baseline.compare(run(2.5), tolerance: 0.1).regressions
    #expect(slow.map(\.unit) == ["steps/s"] && slow.map(\.before) == [0.5] && slow.map(\.now) == [0.4])
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    #expect(throws: BaselineError.self) { try Self.baseline("{}") }
    let baseline = try Self.baseline(Self.document([("fp32", 100)]).text())
    #expect(throws: BaselineError.nothingInCommon(path: baseline.path)) {
      try baseline.compare(Self.document([("bf16", 100)]), tolerance: 0.1)
    }
  }
}
