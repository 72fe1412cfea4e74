/// Values that differ from the reference by more than the tolerance allows.
public struct GoldenMismatch: Error, CustomStringConvertible {
  public let description: String
}

/// Checks max|a − b| / max(1, max|b|) ≤ `tolerance`. Where `expected` is not finite, `actual` must be the
/// same.
///
/// - Throws: `GoldenMismatch` with the worst index, both values and the largest difference.
public func requireClose(
  _ actual: [Double], _ expected: [Double], tolerance: Double, _ label: String = ""
) throws {
  func mismatch(_ text: String) -> GoldenMismatch {
    GoldenMismatch(description: label.isEmpty ? text : "\(label): \(text)")
  }
  guard actual.count == expected.count else {
    throw mismatch("\(actual.count) values, expected \(expected.count)")
  }
  var largest = 0.0
  var scale = 1.0
  var worst = 0
  for (index, (a, b)) in zip(actual, expected).enumerated() {
    guard b.isFinite else {
      if a == b || (a.isNaN && b.isNaN) { continue }
      throw mismatch("index \(index): expected \(b), found \(a)")
    }
    guard a.isFinite else { throw mismatch("index \(index): expected \(b), found \(a)") }
    scale = max(scale, abs(b))
    if abs(a - b) > largest {
      largest = abs(a - b)
      worst = index
    }
  }
  guard largest <= tolerance * scale else {
    throw mismatch(
      "index \(worst): expected \(expected[worst]), found \(actual[worst]); "
        + "the largest difference is \(largest), allowed are \(tolerance * scale)")
  }
}

public func requireClose(
  _ actual: [Float], _ expected: [Double], tolerance: Double, _ label: String = ""
) throws {
  try requireClose(actual.map(Double.init), expected, tolerance: tolerance, label)
}

public func requireClose(
  _ actual: [Float], _ expected: GoldenArray, tolerance: Double, _ label: String = ""
) throws {
  try requireClose(
    actual.map(Double.init), expected.numbers, tolerance: tolerance, label.isEmpty ? expected.name : label)
}

public func requireClose(
  _ actual: [Double], _ expected: GoldenArray, tolerance: Double, _ label: String = ""
) throws {
  try requireClose(actual, expected.numbers, tolerance: tolerance, label.isEmpty ? expected.name : label)
}

public func requireClose(
  _ actual: Double, _ expected: Double, tolerance: Double, _ label: String = ""
) throws {
  try requireClose([actual], [expected], tolerance: tolerance, label)
}

/// Checks that two sequences of integers (token ids, kept indices) are the same.
///
/// - Throws: `GoldenMismatch` with the first index that differs.
public func requireEqual(
  _ actual: some Sequence<some BinaryInteger>, _ expected: some Sequence<some BinaryInteger>,
  _ label: String = ""
) throws {
  let actual = actual.map { Int($0) }
  let expected = expected.map { Int($0) }
  guard actual != expected else { return }
  let index = zip(actual, expected).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let text =
    index.map { "index \($0): expected \(expected[$0]), found \(actual[$0])" }
    ?? "\(actual.count) values, expected \(expected.count)"
  throw GoldenMismatch(description: label.isEmpty ? text : "\(label): \(text)")
}
