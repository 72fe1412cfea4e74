import Kernels
import TensorCore

/// The cosines and sines of a model's positions, as many as were asked for so far.
struct GrowingRotaryTable {
  private let configuration: ModelConfiguration
  private var positions: Int
  private var table: RotaryTable

  init(_ configuration: ModelConfiguration) {
    self.configuration = configuration
    positions = min(configuration.maximumPositions, 512)
    table = configuration.rotary.table(positionCount: positions)
  }

  /// The table of `needed` positions at least, which the model must have.
  mutating func covering(_ needed: Int) -> RotaryTable {
    requireShape(
      needed <= configuration.maximumPositions,
      "forward: position \(needed - 1), context of \(configuration.maximumPositions) tokens")
    if needed > positions {
      positions = min(max(needed, 2 * positions), configuration.maximumPositions)
      table = configuration.rotary.table(positionCount: positions)
    }
    return table
  }
}
