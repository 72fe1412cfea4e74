import Benchmarks
import Files
import Foundation
import Kernels
import Testing

@Suite struct ReportTests {
  private let peak = MachinePeak(threads: 2, fp32: 200, bf16: 400, bandwidth: 30)

  private func report() -> ProductReport {
    var benchmark = ProductBenchmark(candidates: [.own(.openblas), .own(.bf16)])
    benchmark.repetitions = 2
    let results = benchmark.run(ProductShape("tiny, <8>", .nt, m: 8, n: 16, k: 4, origin: "a test"))
    return ProductReport(results: results, peak: peak, machine: ["processor": "test"])
  }

  @Test func jsonHasTheFieldsAndEverySample() throws {
    let rows = try #require(report().json.array)
    #expect(rows.count == 2)
    for row in rows {
      let keys = Set(row.object?.keys ?? [])
      #expect(
        keys.isSuperset(of: [
          "op", "m", "n", "k", "backend", "precision", "threads", "gflops", "samples", "share_of_peak",
          "max_relative_error", "machine",
        ]))
      #expect(row["samples"]?.array?.count == 2 && row["cold_samples"]?.array?.count == 2)
      let samples = row["samples"]?.array?.compactMap(\.double) ?? []
      #expect(row["gflops"]?.double == ProductResult.median(samples))
      let ceiling: Double = row["precision"]?.string == "bf16" ? 400 : 200
      #expect(row["share_of_peak"]?.double == (row["gflops"]?.double ?? 0) / ceiling)
    }
  }

  @Test func csvQuotesNamesAndHasALineForEachResult() {
    let lines = report().csv.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("\"tiny, <8>\",NT,8,16,4,openblas,fp32,"))
  }

  @Test func rooflineIsWellFormedAndNamesItsPoints() throws {
    let report = report()
    let svg = Roofline.svg(report.results, peak: peak)
    #expect(svg.contains("fp32 peak 200 GFLOP/s") && svg.contains("memory 30.0 GB/s"))
    #expect(svg.contains("<title>tiny, &lt;8&gt; NT 8×16×4, openblas"))
    #expect(!svg.contains("nan") && !svg.contains("inf"))
    #expect(svg.components(separatedBy: "<circle").count == 1 + 2 + 2)
    // Nothing measured is still a picture.
    #expect(Roofline.svg([], peak: peak).hasSuffix("</svg>\n"))
  }
}
