import Benchmarks
import Files
import Kernels
import Testing

@Suite struct PolicyBenchmarkTests {
  private let peak = MachinePeak(threads: 2, fp32: 100, bf16: nil, bandwidth: 10)

  /// Two steps of the smallest size: no answer ends early, and the JSON says what was timed.
  @Test(arguments: [false, true]) func stepsAreCountedAsThePeerCountsThem(recomputesLayers: Bool) throws {
    var benchmark = PolicyBenchmark(.tiny, precision: .fp32)
    benchmark.steps = 2
    benchmark.recomputesLayers = recomputesLayers
    let result = try benchmark.run()
    #expect(result.completions == 2 * 8)
    #expect(result.generatedTokens == 2 * 8 * 64)
    // Each answer with its prompt.
    #expect(result.updateTokens == 2 * 8 * (32 + 64))
    // The first step warms up.
    for seconds in [result.stepSeconds, result.rolloutSeconds, result.packingSeconds] {
      #expect(seconds.count == 2 && seconds.allSatisfy { $0 > 0 })
    }
    let json = result.json(peak: peak)
    #expect(json["config"]?.string == (recomputesLayers ? "grpo-T-recomputed" : "grpo-T"))
    for (key, value) in [
      ("prompt", 32), ("new", 64), ("group", 8), ("completions", 16), ("threads", Threads.count),
    ] { #expect(json[key]?.int == value, "\(key)") }
    #expect(json["precision"]?.string == "fp32")
    #expect(json["end_of_text"]?.string == "suppressed")
    #expect(json["kl_coefficient"]?.double == 0.04)
    #expect(json["optimizer"]?.string == "adamw")
    #expect(
      json["step_includes"]?.array?.compactMap(\.string)
        == ["packing", "rollouts", "reference", "update", "optimizer"])
    #expect(json["peak_rss_mb"]?.double ?? 0 > 1)
    #expect(json["machine"]?["peak"]?["fp32_gflops"]?.double == 100)
    #expect(json["samples"]?.array?.compactMap(\.double) == result.stepSeconds)
  }

  /// Of three steps the middle one counts, of each number by itself.
  @Test func aStepIsItsRolloutsAndItsUpdate() throws {
    var benchmark = PolicyBenchmark(.tiny, precision: .fp32)
    benchmark.steps = 3
    let result = try benchmark.run()
    let json = result.json(peak: peak)
    func middle(_ numbers: [Double]) -> Double { numbers.sorted()[1] }
    let step = try #require(json["step_seconds"]?.double)
    let rollout = try #require(json["rollout_seconds"]?.double)
    let update = try #require(json["update_seconds"]?.double)
    #expect(step == middle(result.stepSeconds) && rollout == middle(result.rolloutSeconds))
    #expect(update == middle(zip(result.stepSeconds, result.rolloutSeconds).map { $0 - $1 }))
    #expect(json["generated_tokens_per_second"]?.double == 1024 / rollout)
    #expect(json["update_tokens_per_second"]?.double == 1536 / update)
    #expect(
      json["packing_share"]?.double == middle(zip(result.packingSeconds, result.stepSeconds).map { $0 / $1 }))
  }
}
