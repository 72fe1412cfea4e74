import Files
import Foundation
import Testing

/// Benchmarks of sampling: what they print, and an earlier output as their gate. Their figures mean nothing here.
@Suite("swiftlet bench of what samples", .serialized)
struct BenchVerbTests {
  @Test("grpo prints the times, the speeds and the settings, and holds itself to a baseline")
  func policy() throws {
    let folder = try TemporaryFolder()
    func run(_ more: [String]) throws -> SwiftletProgram.Result {
      try SwiftletProgram.run(
        ["bench", "grpo", "--config", "T", "--precision", "fp32", "--threads", "1", "--steps", "1"] + more)
    }
    let measured = try run(["--json"])
    #expect(measured.status == 0, "\(measured.errors)")
    let document = try measured.json()
    #expect(document["config"]?.string == "grpo-T" && document["precision"]?.string == "fp32")
    for key in [
      "step_seconds", "rollout_seconds", "update_seconds", "generated_tokens_per_second",
      "update_tokens_per_second", "peak_rss_mb",
    ] { #expect(document[key]?.double ?? 0 > 0, "\(key)") }
    #expect(document["machine"]?["processor"]?.string != nil)
    #expect(document["new"]?.int == 64 && document["end_of_text"]?.string == "suppressed")
    #expect(document["kl_coefficient"]?.double == 0.04 && document["optimizer"]?.string == "adamw")
    let text = try run([]).output
    #expect(text.contains("GRPO T, fp32, 1 threads, 1 steps") && text.contains("peak memory"), "\(text)")

    func baseline(_ seconds: Double) throws -> String {
      try folder.file(
        "\(seconds).json",
        "{\"config\":\"grpo-T\",\"precision\":\"fp32\",\"threads\":1,\"step_seconds\":\(seconds)}")
    }
    #expect(try run(["--baseline", baseline(1e6)]).status == 0)
    let missed = try run(["--baseline", baseline(1e-6)])
    #expect(missed.status == 3 && missed.errors.contains("steps/s"), "\(missed.errors)")
  }

  @Test("generate prints both speeds of the model that it was given") func generation() throws {
    let measured = try SwiftletProgram.run(
      "bench", "generate", "--model", "Models/student-750k", "--quantization", "fp32", "--batch", "3",
      "--prompt", "9", "--new", "5", "--repetitions", "2", "--threads", "1", "--json")
    #expect(measured.status == 0, "\(measured.errors)")
    let document = try measured.json()
    #expect(document["model"]?.string == "Models/student-750k")
    for (key, value) in [("quantization", "fp32"), ("cache", "fp32")] {
      #expect(document[key]?.string == value, "\(key)")
    }
    for (key, value) in [("batch", 3), ("prompt", 9), ("new", 5), ("threads", 1)] {
      #expect(document[key]?.int == value, "\(key)")
    }
    for key in ["tokens_per_second", "prefill_tokens_per_second", "load_seconds", "peak_rss_mb"] {
      #expect(document[key]?.double ?? 0 > 0, "\(key)")
    }
    for key in ["samples", "prefill_samples"] {
      #expect(document[key]?.array?.count == 2, "\(key)")
    }
    #expect(document["machine"]?["processor"]?.string != nil)
  }

  @Test(
    "refuses what cannot be measured with one line",
    arguments: [
      (["grpo", "--config", "M"], "--config", Int32(64)), (["grpo", "--steps", "0"], "--steps", 64),
      (["generate", "--model", "Models/student-750k", "--new", "1"], "--new", 64),
      (["generate", "--model", "Models/student-750k", "--prompt", "500", "--new", "20"], "512 tokens", 64),
      (["generate", "--model", "no/such/model"], "no/such/model", 66),
    ])
  func refuses(arguments: [String], words: String, status: Int32) throws {
    let result = try SwiftletProgram.run(["bench"] + arguments)
    #expect(result.status == status && result.output.isEmpty, "\(result.output)")
    #expect(result.errors.contains(words), "\(result.errors)")
  }
}
