import Benchmarks
import Foundation
import Kernels
import Testing

@Suite struct ShapesFileTests {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func theRepositorysFileDecodes() throws {
    let shapes = try ShapesFile.read(Self.repository.appending(path: "Benchmarks/shapes.yaml").path)
    #expect(shapes.contains { $0.name == "square-64" && $0.layout == .nn && $0.m == 64 })
    #expect(shapes.contains { $0.layout == .tn && $0.k == 4224 })
    #expect(Set(shapes.map(\.layout)) == Set(ProductLayout.allCases))
    #expect(shapes.allSatisfy { !$0.origin.isEmpty })
  }

  @Test(arguments: [
    ("shapes:\n  - {name: a, op: NN, m: 1, n: 1, k: 1, orgin: x}", 2, "origin"),
    ("shapes:\n  - name: a\n    op: NX\n    m: 1\n    n: 1\n    k: 1\n    origin: x", 3, "NN, NT or TN"),
    ("shapes:\n  - {name: a, op: NN, m: 0, n: 1, k: 1, origin: x}", 2, "from 1"),
    ("shapes:\n  - {name: a, op: NN, m: two, n: 1, k: 1, origin: x}", 2, "two"),
    ("shapes:\n  - {name: a, op: NN, m: 1, n: 1, k: 1}", 2, "where the shape comes from"),
    ("shapes: []", 1, "at least one"), ("squares: 1", 1, "shapes"), ("shapes:\n  - 64", 2, "64"),
    ("shapes:\n  - [", 3, "YAML"),
    (
      "shapes:\n  - {name: a, op: NN, m: 1, n: 1, k: 1, origin: x}\n"
        + "  - {name: a, op: NT, m: 1, n: 1, k: 1, origin: x}", 3, "twice"
    ),
  ])
  func aMistakeIsNamedWithItsLine(text: String, line: Int, word: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "shapes-\(UUID()).yaml")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let error = #expect(throws: (any Error).self) { try ShapesFile.read(file.path) }
    let diagnostic = try #require(error as? any Diagnostic)
    #expect(diagnostic.place == "\(file.path):\(line)", "\(diagnostic)")
    #expect(diagnostic.description.contains(word), "\(diagnostic)")
    #expect(diagnostic.exitCode == .badData)
  }
}
