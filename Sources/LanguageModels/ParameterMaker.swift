import Kernels
import TensorCore

/// Where a model's parameters come from while it is built: fresh random numbers, or a file.
typealias ParameterMaker = (_ name: String, _ shape: [Int], _ fresh: Initialization) throws -> Parameter

/// The numbers of a fresh parameter.
enum Initialization {
  case normal(Float)
  case zeros
  case ones

  /// Drawn from a stream that depends on the seed and the parameter's name alone, so that adding a parameter
  /// does not change the others.
  func values(_ name: String, count: Int, using random: SeededRandom) -> [Float] {
    switch self {
    case .zeros: return [Float](repeating: 0, count: count)
    case .ones: return [Float](repeating: 1, count: count)
    case .normal(let deviation):
      var stream = random.forked(name)
      return (0..<count).map { _ in deviation * stream.normal() }
    }
  }
}
