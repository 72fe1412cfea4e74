import Kernels
import LanguageModels
import TensorCore

/// Moves the reference after the policy now and then, so that the divergence does not hold the policy at its start (TRL's
/// `sync_ref_model`; Gorbatovski et al. 2024, TR-DPO).
///
/// reference ← α policy + (1 − α) reference, after every `everySteps` updates
public struct ReferenceRefresh: Sendable, Equatable {
  /// α, 0...1; 1 makes the reference the policy.
  public var mixture: Float
  public var everySteps: Int

  public init(mixture: Float, everySteps: Int) {
    self.mixture = mixture
    self.everySteps = everySteps
  }

  func apply(policy: Transformer, reference: Transformer) {
    for (target, source) in zip(reference.parameters, policy.parameters) {
      let mixed = zip(target.value.values, source.value.values).map { (1 - mixture) * $0 + mixture * $1 }
      target.value = Tensor(target.shape, mixed)
    }
  }

  private static let prefix = "reference."

  /// The reference's parameters, as a checkpoint keeps them.
  static func arrays(of reference: Transformer) -> [Checkpoint.Array] {
    reference.parameters.map {
      Checkpoint.Array(name: prefix + $0.name, shape: $0.shape, values: $0.value.values)
    }
  }

  /// - Throws: `TrainingError.badCheckpoint` when a parameter is missing or of another shape.
  static func restore(_ reference: Transformer, from arrays: [Checkpoint.Array]) throws {
    let kept = Dictionary(arrays.map { ($0.name, $0) }) { first, _ in first }
    for parameter in reference.parameters {
      let array = kept[prefix + parameter.name]
      guard let array, array.shape == parameter.shape else {
        throw TrainingError.badCheckpoint(
          path: "reference of the checkpoint", expected: "\(parameter.name) \(parameter.shape)",
          found: array.map { "\($0.shape)" } ?? "none")
      }
      parameter.value = Tensor(array.shape, array.values)
    }
  }
}
