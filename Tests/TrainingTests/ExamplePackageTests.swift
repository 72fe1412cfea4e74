import CountingModel
import Foundation
import Testing

/// The package under Tests/ExamplePackage, compiled here from the same source.
@Suite struct ExamplePackageTests {
  @Test func aTinyTransformerLearnsToCount() throws {
    let (before, after) = try CountingModel.train(steps: 100)
    #expect(abs(before - 2.77) < 0.2, "a fresh model of 16 tokens guesses: log 16, found \(before)")
    #expect(after < 0.1, "found \(after)")
  }

  /// What the stand-alone manifest asks for is what the package offers.
  @Test func itsManifestNamesOurProducts() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    func text(_ path: String) throws -> String {
      try String(contentsOf: tests.appendingPathComponent(path), encoding: .utf8)
    }
    let manifest = try text("../Package.swift")
    let asked = try text("ExamplePackage/Package.swift").matches(of: #/\.product\(name: "(?<name>\w+)"/#)
    #expect(asked.count == 3)
    for product in asked {
      #expect(manifest.contains(".library(name: \"\(product.name)\""), "no product \(product.name)")
    }
  }
}
