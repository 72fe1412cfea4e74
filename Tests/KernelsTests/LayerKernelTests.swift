import Kernels
import Testing

/// Distances of features and of relations, against their plain twins.
@Suite struct LayerKernelTests {
  @Test(arguments: FeatureDistance.allCases) func featureDistances(_ kind: FeatureDistance) {
    var random = Numbers(seed: 3)
    for (rows, columns) in [(0, 3), (1, 1), (3, 7), (8, 9), (2, 63), (5, 65)] {
      let (s, t) = (random.buffer(rows * columns, scale: 3), random.buffer(rows * columns, scale: 2))
      let expected = PlainKernels.featureDistance(kind, student: s, teacher: t, rows: rows)
      for found in atSeveralThreadCounts({ Kernels.featureDistance(kind, student: s, teacher: t, rows: rows) }
      ) {
        expectClose(found.losses, expected.losses, tolerance: 1e-6, "\(kind), \(rows)×\(columns)")
        expectClose(found.dStudent, expected.dStudent, tolerance: 1e-6, "\(kind), \(rows)×\(columns)")
      }
    }
  }

  @Test func aVectorOfZerosHasNoDirection() {
    let found = Kernels.featureDistance(
      .cosine, student: .zeros(4), teacher: Buffer([1, 0, 0, 0]), rows: 1)
    #expect(found.losses[0] == 1)
    #expect(Kernels.allFinite(found.dStudent))
  }

  @Test func relationsMatchInBlocksOfAnySize() {
    var random = Numbers(seed: 4)
    for (lengths, heads, width, taughtWidth) in [
      ([], 1, 4, 4), ([1], 1, 3, 5), ([7, 1, 8], 2, 8, 4), ([9, 63], 3, 9, 12), ([65], 4, 16, 8),
    ] {
      let tokens = lengths.reduce(0, +)
      let (s, t) = (random.buffer(tokens * width, scale: 2), random.buffer(tokens * taughtWidth, scale: 2))
      let labels = (0..<tokens).map { Int32($0 % 3 == 1 ? -100 : 5) }
      for labels in [nil, labels] {
        let expected = PlainKernels.relationDivergence(
          student: s, teacher: t, documentLengths: lengths, heads: heads, labels: labels)
        for blockRows in [1, 7, 128] {
          forEachVariant { variant in
            let what = "\(lengths), \(heads) heads, blocks of \(blockRows), \(variant)"
            let found = Kernels.relationDivergence(
              student: s, teacher: t, documentLengths: lengths, heads: heads, labels: labels,
              blockRows: blockRows, precision: .fp32)
            expectClose(found.losses, expected.losses, tolerance: 1e-5, what)
            expectClose(found.dStudent, expected.dStudent, tolerance: 1e-5, what)
          }
        }
      }
    }
  }
}
