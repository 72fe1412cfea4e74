import GoldenVectors
import Testing

/// The yardstick of the golden suites: it must not pass what is wrong.
@Suite struct RequireCloseTests {
  @Test func measuresTheLargestDifferenceAgainstTheLargestValue() throws {
    try requireClose([1.0, 100.0009], [1.0, 100.0], tolerance: 1e-5)
    try requireClose([1e-6], [0.0], tolerance: 1e-5)
    let error = #expect(throws: GoldenMismatch.self) {
      try requireClose([1.0, 2.5, 3.0], [1.0, 2.0, 3.1], tolerance: 1e-3, "y")
    }
    #expect(
      error?.description
        == "y: index 1: expected 2.0, found 2.5; the largest difference is 0.5, allowed are 0.0031000000000000003"
    )
  }

  @Test func numbersThatAreNotFiniteMustBeTheSame() throws {
    let values: [Double] = [.nan, .infinity, -.infinity]
    try requireClose(values, values, tolerance: 0)
    let pairs: [(Double, Double)] = [
      (.nan, 0), (0, .nan), (.infinity, 0), (-.infinity, .infinity), (0, .infinity),
    ]
    for (actual, expected) in pairs {
      #expect(throws: GoldenMismatch.self) { try requireClose([actual], [expected], tolerance: 1) }
    }
  }

  @Test func countsMustAgree() {
    #expect(throws: GoldenMismatch.self) { try requireClose([1.0], [1.0, 2.0], tolerance: 1) }
    #expect(throws: GoldenMismatch.self) { try requireClose([Double](), [1.0], tolerance: 1) }
    #expect(throws: GoldenMismatch.self) { try requireEqual([1, 2], [1, 2, 3]) }
    #expect(throws: GoldenMismatch.self) { try requireEqual([1, 2], [1, 3]) }
  }
}
