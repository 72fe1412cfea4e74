import Files
import Foundation
import Training

/// Reads `shapes.yaml`: a list `shapes` of mappings with name, op (NN, NT or TN), m, n, k and origin.
public enum ShapesFile {
  /// - Throws: `FileError` for a missing file, `RecipeError` with file and line for a mistake in it.
  public static func read(_ path: String) throws -> [ProductShape] {
    let text = String(decoding: try readFile(URL(fileURLWithPath: path)), as: UTF8.self)
    let root = try RecipeNode.parse(text, file: path)
    guard let list = root["shapes"], case .sequence(let nodes) = list.content, !nodes.isEmpty else {
      throw RecipeError(
        place: root["shapes"]?.place ?? root.place, expected: "a list `shapes` with at least one shape",
        found: root.summary, nextStep: "compare it with Benchmarks/shapes.yaml")
    }
    var problems: [RecipeError] = []
    var shapes: [ProductShape] = []
    for (index, node) in nodes.enumerated() {
      guard let entry = Entry.read(node, path: "shapes[\(index)]", problems: &problems) else {
        throw RecipeError(
          place: node.place, expected: "a mapping with name, op, m, n, k and origin", found: node.summary,
          nextStep: "write {name: square-64, op: NN, m: 64, n: 64, k: 64, origin: squares}")
      }
      if let first = problems.first { throw first }
      if shapes.contains(where: { $0.name == entry.name }) {
        throw RecipeError(
          place: node.place, expected: "names that differ", found: "\(entry.name) twice",
          nextStep: "rename one of the two")
      }
      shapes.append(entry.shape)
    }
    return shapes
  }

  private struct Entry: RecipeSection {
    var name = ""
    var op = ""
    var m = 0
    var n = 0
    var k = 0
    var origin = ""

    mutating func visit(_ fields: inout RecipeFields) {
      fields.field("name", &name)
      fields.require(!name.isEmpty, "name", expected: "to be a name")
      fields.field("op", &op)
      fields.require(ProductLayout(rawValue: op) != nil, "op", expected: "to be NN, NT or TN")
      // Libraries with 32-bit integers must hold each size.
      fields.field("m", &m)
      fields.require((1...1 << 24).contains(m), "m", expected: "to be from 1 to 16777216")
      fields.field("n", &n)
      fields.require((1...1 << 24).contains(n), "n", expected: "to be from 1 to 16777216")
      fields.field("k", &k)
      fields.require((1...1 << 24).contains(k), "k", expected: "to be from 1 to 16777216")
      // Each matrix at most 8 GiB.
      fields.require(
        [(m, n), (m, k), (n, k)].allSatisfy { Double($0) * Double($1) <= 0x1p31 }, "k",
        expected: "to make matrices of at most 2147483648 numbers")
      fields.field("origin", &origin)
      fields.require(!origin.isEmpty, "origin", expected: "to say where the shape comes from")
    }

    var shape: ProductShape {
      ProductShape(name, ProductLayout(rawValue: op) ?? .nn, m: m, n: n, k: k, origin: origin)
    }
  }
}
