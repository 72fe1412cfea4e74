import Benchmarks
import Files
import Kernels
import Testing

@Suite struct TrainingBenchmarkTests {
  /// A few steps of the smallest size: the counts are the peers', the loss is that of random tokens and falls.
  @Test func stepsAreCountedAsThePeersCountThem() throws {
    var benchmark = TrainingBenchmark(.training(.tiny), precision: .fp32)
    benchmark.steps = 16
    let result = try benchmark.run()
    #expect(result.parameters == 512 * 64 + 2 * (4 * 64 * 64 + 3 * 64 * 192 + 2 * 64) + 64)
    #expect(result.samples.count == 16 && result.samples.allSatisfy { $0 > 0 })
    #expect(result.tokensPerStep == 2048)
    #expect(result.operationsPerToken == Double(6 * result.parameters + 12 * 2 * 64 * 64))
    #expect(result.losses.count == 26)
    #expect(abs(result.losses[0] - 6.238) < 0.1, "ln 512 = 6.238: \(result.losses[0])")
    #expect(result.losses[25] < result.losses[0])
    let peak = MachinePeak(threads: 2, fp32: 100, bf16: nil, bandwidth: 10)
    let json = result.json(peak: peak)
    #expect(json["model_flops_utilization"]?.double == result.gflops / 100)
    for key in ["config", "precision", "threads", "tokens_per_second", "peak_rss_mb", "loss_last", "machine"]
    {
      #expect(json[key] != nil, "\(key)")
    }
  }
}
