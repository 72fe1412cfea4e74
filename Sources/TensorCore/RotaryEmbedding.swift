import Foundation
import Kernels

/// How rotary frequencies are stretched for contexts longer than those of the training (`rope_type`).
public enum RotaryScaling: Sendable, Equatable {
  /// `default`: frequencies as they are.
  case none
  /// `linear`: all frequencies divided by `factor` (position interpolation, Chen et al. 2023).
  case linear(factor: Double)
  /// `llama3`: long wavelengths divided by `factor`, short ones kept, those between blended.
  case llama3(factor: Double, lowFrequencyFactor: Double, highFrequencyFactor: Double, originalContext: Int)
  /// `yarn` (Peng et al. 2023): a ramp over the dimensions between the two rotation counts `betaFast` and `betaSlow`
  /// over the original context; cosine and sine are multiplied by `attentionFactor`, by default 0.1 ln(factor) + 1.
  case yarn(
    factor: Double, originalContext: Int, betaFast: Double = 32, betaSlow: Double = 1,
    attentionFactor: Double? = nil, magnitudeScale: Double? = nil, magnitudeScaleAllDimensions: Double? = nil,
    truncates: Bool = true)
}

/// The frequencies of a rotary position embedding (Su et al. 2021), as transformers computes them.
public struct RotaryEmbedding: Sendable, Equatable {
  /// The number of turned elements of a head; even.
  public let headDimension: Int
  /// The base of the geometric row of wavelengths (`rope_theta`).
  public let theta: Double
  public let scaling: RotaryScaling

  public init(headDimension: Int, theta: Double, scaling: RotaryScaling = .none) {
    requireShape(
      headDimension > 0 && headDimension.isMultiple(of: 2),
      "RotaryEmbedding: head dimension \(headDimension) is odd")
    self.headDimension = headDimension
    self.theta = theta
    self.scaling = scaling
  }

  /// The angle per position of each pair [headDimension / 2], rounded to Float as stored checkpoints expect.
  public var inverseFrequencies: [Float] {
    let base = (0..<headDimension / 2).map { pow(theta, -Double(2 * $0) / Double(headDimension)) }
    let scaled: [Double]
    switch scaling {
    case .none: scaled = base
    case .linear(let factor): scaled = base.map { $0 / factor }
    case .llama3(let factor, let low, let high, let context):
      scaled = base.map { frequency in
        let turns = Double(context) * frequency / (2 * .pi)  // over the original context
        if turns > high { return frequency }
        if turns < low { return frequency / factor }
        let smooth = (turns - low) / (high - low)
        return (1 - smooth) * frequency / factor + smooth * frequency
      }
    case .yarn(let factor, let context, let betaFast, let betaSlow, _, _, _, let truncates):
      scaled = yarn(
        base, factor: factor, context: Double(context), betaFast: betaFast, betaSlow: betaSlow,
        truncates: truncates)
    }
    return scaled.map { Float($0) }
  }

  /// What cosine and sine are multiplied by; 1 except for yarn.
  public var attentionFactor: Double {
    guard case .yarn(let factor, _, _, _, let given, let magnitude, let allDimensions, _) = scaling else {
      return 1
    }
    if let given { return given }
    func magnitudeScale(_ coefficient: Double) -> Double {
      factor <= 1 ? 1 : 0.1 * coefficient * log(factor) + 1
    }
    guard let magnitude, let allDimensions, magnitude != 0, allDimensions != 0 else {
      return magnitudeScale(1)
    }
    return magnitudeScale(magnitude) / magnitudeScale(allDimensions)
  }

  /// Dimensions that turn often over the original context keep their frequency, those that turn rarely are divided.
  private func yarn(
    _ base: [Double], factor: Double, context: Double, betaFast: Double, betaSlow: Double, truncates: Bool
  ) -> [Double] {
    func dimension(turning count: Double) -> Double {
      Double(headDimension) * log(context / (count * 2 * .pi)) / (2 * log(theta))
    }
    var (low, high) = (dimension(turning: betaFast), dimension(turning: betaSlow))
    if truncates { (low, high) = (low.rounded(.down), high.rounded(.up)) }
    low = max(low, 0)
    high = min(high, Double(headDimension - 1))
    if low == high { high += 0.001 }
    return base.enumerated().map { index, frequency in
      let ramp = min(1, max(0, (Double(index) - low) / (high - low)))
      return frequency / factor * ramp + frequency * (1 - ramp)
    }
  }

  /// Cosines and sines of the positions 0..<positionCount, times the attention factor.
  ///
  /// The angle is computed in Double: in Float it is off by 1e-5 at position 1000 already.
  public func table(positionCount: Int) -> RotaryTable {
    let frequencies = inverseFrequencies.map { Double($0) }
    let factor = attentionFactor
    var cosines: [Float] = []
    var sines: [Float] = []
    cosines.reserveCapacity(positionCount * frequencies.count)
    sines.reserveCapacity(positionCount * frequencies.count)
    for position in 0..<positionCount {
      for frequency in frequencies {
        let angle = Double(position) * frequency
        cosines.append(Float(cos(angle) * factor))
        sines.append(Float(sin(angle) * factor))
      }
    }
    return RotaryTable(cos: Buffer(cosines), sin: Buffer(sines))
  }
}
