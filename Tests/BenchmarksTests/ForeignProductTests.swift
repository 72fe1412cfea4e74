import Benchmarks
import Foundation
import Kernels
import Testing

/// Libraries built from C while testing; without a C compiler the tests say so and do nothing.
@Suite struct ForeignProductTests {
  private static let source = """
    #include <stdint.h>
    int right(int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
      for (int64_t i = 0; i < m; i++)
        for (int64_t j = 0; j < n; j++) {
          float sum = 0;
          for (int64_t p = 0; p < k; p++) sum += a[ta ? p * m + i : i * k + p] * b[tb ? j * k + p : p * n + j];
          c[i * n + j] = sum;
        }
      return 0;
    }
    int wrong(int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
      return right(m, n, k - 1, ta, tb, a, b, c, threads);
    }
    int lazy(int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
      return 0;
    }
    int picky(int64_t m, int64_t n, int64_t k, int ta, int tb, const float *a, const float *b, float *c, int threads) {
      return ta ? 1 : right(m, n, k, ta, tb, a, b, c, threads);
    }
    void cblas_sgemm(int order, int ta, int tb, int m, int n, int k, float alpha, const float *a, int lda,
                     const float *b, int ldb, float beta, float *c, int ldc) {
      for (int i = 0; i < m; i++)
        for (int j = 0; j < n; j++) {
          float sum = 0;
          for (int p = 0; p < k; p++)
            sum += a[ta == 112 ? p * lda + i : i * lda + p] * b[tb == 112 ? j * ldb + p : p * ldb + j];
          c[i * ldc + j] = alpha * sum;
        }
    }
    """

  /// The library's path; nil without a compiler.
  private static let library: String? = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "foreign-product-\(UUID())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let code = folder.appending(path: "kernel.c")
    let target = folder.appending(path: "kernel.so")
    try? Data(source.utf8).write(to: code)
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/env")
    compiler.arguments = ["cc", "-O1", "-shared", "-fPIC", "-o", target.path, code.path]
    compiler.standardError = FileHandle.nullDevice
    guard (try? compiler.run()) != nil else { return nil }
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else {
      print("skipped ForeignProductTests: no C compiler `cc`")
      return nil
    }
    return target.path
  }()

  private func results(_ product: ForeignProduct) -> [ProductResult] {
    var benchmark = ProductBenchmark(candidates: [.foreign(product)])
    benchmark.repetitions = 1
    benchmark.measuresCold = false
    return ProductLayout.allCases.flatMap { benchmark.run(ProductShape("odd", $0, m: 9, n: 17, k: 33)) }
  }

  @Test func aRightKernelIsTimedInEveryLayout() throws {
    guard let library = Self.library else { return }
    for product in [
      try ForeignProduct.kernel(path: library, symbol: "right"), try ForeignProduct.cblas(path: library),
    ] {
      let found = results(product)
      #expect(found.count == 3)
      #expect(found.allSatisfy { $0.verdict == .right && $0.warm.count == 1 }, "\(product.name): \(found)")
    }
  }

  @Test(arguments: ["wrong", "lazy"])
  func aWrongKernelIsListedWithItsErrorAndNotTimed(symbol: String) throws {
    guard let library = Self.library else { return }
    for result in results(try ForeignProduct.kernel(path: library, symbol: symbol)) {
      guard case .wrong(let limit) = result.verdict else {
        Issue.record("\(symbol) passed with an error of \(result.error ?? .nan)")
        continue
      }
      #expect((result.error ?? 0) > limit && result.warm.isEmpty)
    }
  }

  @Test func aKernelMayDeclineACase() throws {
    guard let library = Self.library else { return }
    let verdicts = results(try ForeignProduct.kernel(path: library, symbol: "picky")).map(\.verdict)
    #expect(verdicts == [.right, .right, .declined])
  }

  @Test func missingThingsAreNamed() throws {
    func fault(_ body: () throws -> Void) -> (any Diagnostic)? {
      do {
        try body()
        return nil
      } catch { return error as? any Diagnostic }
    }
    let missing = fault { _ = try ForeignProduct.cblas(path: "/nowhere/lib.so") }
    #expect(missing?.exitCode == .noInput && missing?.place == "/nowhere/lib.so")
    let text = fault { _ = try ForeignProduct.cblas(path: #filePath) }
    #expect(text?.exitCode == .badData && text?.expected.contains("shared library") == true)
    guard let library = Self.library else { return }
    let symbol = fault { _ = try ForeignProduct.kernel(path: library, symbol: "nothing") }
    #expect(symbol?.exitCode == .badData && symbol?.description.contains("nothing") == true)
  }
}
