/// How the keys and values of earlier tokens are kept while a model generates; sums stay fp32.
public enum CachePrecision: String, CaseIterable, Sendable {
  case fp32
  case bf16
  /// Bytes from −127 to 127, times a factor of each position and head: a quarter of the memory.
  case int8

  /// That of products of this precision.
  public init(_ precision: Precision) { self = precision == .bf16 ? .bf16 : .fp32 }

  /// Of each number.
  var bits: Int {
    switch self {
    case .fp32: 32
    case .bf16: 16
    case .int8: 8
    }
  }

  /// The positions whose values share words.
  var parts: Int { 32 / bits }

  /// The dimensions that a value takes: whole vectors of 16.
  func padded(_ dimension: Int) -> Int { (dimension + 15) / 16 * 16 }

  /// The floats that the key and the value of one position and head take; `parts` positions have theirs together.
  func words(_ dimension: Int) -> (key: Int, value: Int) {
    switch self {
    case .fp32: (dimension, padded(dimension))
    case .bf16: (dimension / 2, padded(dimension) / 2)
    // One is the factor.
    case .int8: ((dimension + 3) / 4 + 1, padded(dimension) / 4 + 1)
    }
  }
}
