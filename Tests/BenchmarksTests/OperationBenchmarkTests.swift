import Benchmarks
import Files
import Kernels
import Testing

@Suite struct OperationBenchmarkTests {
  @Test func everyOperationIsTimed() {
    var benchmark = OperationBenchmark()
    benchmark.repetitions = 2
    benchmark.sampleSeconds = 1e-6
    let results = OperationBenchmark.works(.tiny).map { benchmark.run($0) }
    #expect(results.count == 11 && Set(results.map(\.operation)).count == 11)
    #expect(results.allSatisfy { $0.milliseconds.count == 2 && $0.median > 0 })
    // T has 2,048 tokens of 64: x is read and y written.
    #expect(results[0].bytes == 4 * 2 * 2048 * 64)
    let report = OperationReport(
      results: results, peak: MachinePeak(threads: 2, fp32: 100, bf16: nil, bandwidth: 10))
    #expect(report.json.array?.count == 11)
    #expect(report.text.split(separator: "\n").count == 13)
  }
}
