import Files
import Kernels
import TensorCore

/// A LoRA adapter on a model (Hu et al. 2021): the model's own weights stand still, and the chosen linear maps get a
/// correction of low rank that is trained in their place.
public final class LowRankAdapter {
  public let settings: LowRankSettings
  /// A and B of every corrected map, under PEFT's names.
  public let parameters: [Parameter]
  /// The numbers that training keeps of a token beside those of the model: each map's rank, and its inputs where some of
  /// them are dropped.
  package let activationsPerToken: Int
  /// Decides which inputs are dropped in the passes that follow; nil drops none.
  fileprivate(set) var dropoutSeed: UInt64?

  fileprivate init(_ settings: LowRankSettings, _ corrections: [LowRankCorrection]) {
    self.settings = settings
    parameters = corrections.flatMap { [$0.down, $0.up] }
    activationsPerToken = corrections.reduce(0) { sum, correction in
      sum + settings.rank + (settings.dropout > 0 ? correction.down.shape[1] : 0)
    }
  }
}

/// The correction of one linear map: y = W x + b + scale · B A dropout(x).
final class LowRankCorrection {
  /// A [rank, inputs]
  let down: Parameter
  /// B [outputs, rank]
  let up: Parameter
  private let scale: Float
  private let rate: Float
  /// Tells this map's draws from those of the others.
  private let place: UInt64
  fileprivate weak var adapter: LowRankAdapter?

  /// A is uniform within ± 1/√inputs, as in PEFT, and B zero: at first the model is what it was.
  fileprivate init(
    _ projection: Projection, _ settings: LowRankSettings, place: Int, using random: SeededRandom
  ) {
    let prefix = LowRankCorrection.prefix(projection.name)
    var stream = random.forked(prefix)
    let bound = 1 / Float(projection.inputs).squareRoot()
    let values = (0..<settings.rank * projection.inputs).map { _ in
      bound * Float(2 * stream.uniformDouble() - 1)
    }
    down = Parameter(
      name: prefix + "lora_A.weight", value: Tensor([settings.rank, projection.inputs], values))
    up = Parameter(
      name: prefix + "lora_B.weight", value: .zeros([projection.outputs, settings.rank]))
    scale = settings.scale
    rate = Float(settings.dropout)
    self.place = UInt64(place)
  }

  /// PEFT's names of A and B begin with it.
  static func prefix(_ module: String) -> String { "base_model.model.\(module)." }

  /// - Parameter x: [rows, inputs]
  /// - Returns: [rows, outputs]
  func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    if rate > 0, let seed = adapter?.dropoutSeed {
      x = dropout(x, rate: rate, seed: seed ^ (place &+ 1) &* 0xD6E8_FEB8_6659_FD93)
    }
    // The factor meets [rows, rank] numbers here, and would meet [rows, outputs] behind B.
    return linear(TensorCore.scale(linear(x, down()), by: scale), up())
  }

  /// W + scale · B A, in fp32.
  ///
  /// - Parameter weight: [outputs, inputs], [inputs, outputs] when transposed
  func merged(into weight: Buffer, isTransposed: Bool) -> Buffer {
    let merged = weight.copy()
    let (outputs, inputs, rank) = (up.shape[0], down.shape[1], down.shape[0])
    let scaled = Kernels.scale(up.value.buffer, scale)
    if isTransposed {
      Kernels.matmul(
        down.value.buffer, scaled, m: inputs, n: outputs, k: rank, transposeA: true, transposeB: true,
        into: merged, accumulate: true, precision: .fp32)
    } else {
      Kernels.matmul(
        scaled, down.value.buffer, m: outputs, n: inputs, k: rank, into: merged, accumulate: true,
        precision: .fp32)
    }
    return merged
  }
}

extension LowRankSettings {
  /// Throws for a target that no linear map of `model` bears, naming `file`.
  func requireTargets(in model: Transformer, file: String) throws {
    for target in targetModules where target != "all-linear" {
      let single = LowRankSettings(targetModules: [target])
      guard !model.linearMaps.contains(where: { single.targets($0.name) }) else { continue }
      throw LanguageModelError.invalidValue(
        file: file, expected: "target_modules of \(model.moduleNames.joined(separator: ", ")), or all-linear",
        found: "\"\(target)\"", nextStep: "name linear maps of this model")
    }
  }

  /// The names and shapes of the adapter's tensors on `model`.
  func shapes(in model: Transformer) -> [(name: String, shape: [Int])] {
    model.linearMaps.filter { targets($0.name) }.flatMap { map in
      let prefix = LowRankCorrection.prefix(map.name)
      return [
        (prefix + "lora_A.weight", [rank, map.inputs]), (prefix + "lora_B.weight", [map.outputs, rank]),
      ]
    }
  }

  /// The targets as PEFT lists them: `all-linear` by the names that it stands for.
  func names(in model: Transformer) -> [String] {
    targetModules.contains("all-linear") ? model.moduleNames : targetModules
  }
}

extension Transformer {
  /// The linear maps of all layers.
  var linearMaps: [Projection] { layers.flatMap(\.projections) }

  /// The last parts of their names, each once.
  fileprivate var moduleNames: [String] {
    Set(linearMaps.map { String($0.name.split(separator: ".").last ?? "") }).sorted()
  }

  /// Gives the model a fresh adapter and makes its own weights constants.
  ///
  /// - Throws: `LanguageModelError` for settings out of range and for a target that no linear map bears; errors name
  ///   `file`.
  public func attachAdapter(
    _ settings: LowRankSettings, using random: inout SeededRandom, file: String = "lora"
  ) throws {
    requireShape(adapter == nil, "attachAdapter: the model has an adapter already")
    try settings.validate(file: file)
    try settings.requireTargets(in: self, file: file)
    let source = random
    _ = random.next()
    freeze()
    var corrections: [LowRankCorrection] = []
    for (place, projection) in linearMaps.enumerated() where settings.targets(projection.name) {
      let correction = LowRankCorrection(projection, settings, place: place, using: source)
      projection.correction = correction
      corrections.append(correction)
    }
    let adapter = LowRankAdapter(settings, corrections)
    for correction in corrections { correction.adapter = adapter }
    self.adapter = adapter
  }

  /// Adds every correction to its weight and removes the adapter. The weights stay constants.
  public func mergeAdapter() {
    for projection in linearMaps {
      guard projection.correction != nil else { continue }
      projection.weight.value = Tensor(projection.weight.shape, projection.mergedWeight)
      projection.correction = nil
    }
    adapter = nil
  }

  /// Which inputs of an adapter are dropped in the passes that follow: those that this seed draws, none for nil.
  public func setDropoutSeed(_ seed: UInt64?) { adapter?.dropoutSeed = seed }

  /// What an optimizer moves: the adapter where there is one, else all that is no constant.
  public var trainedParameters: [Parameter] { adapter?.parameters ?? parameters.filter(\.requiresGradient) }

  /// Floating-point operations of training on one token: with an adapter the weights themselves get no gradient.
  public func trainingFLOPsPerToken(sequenceLength: Int) -> Double {
    let whole = configuration.trainingFLOPsPerToken(sequenceLength: sequenceLength)
    guard let adapter else { return whole }
    return whole - 2 * Double(parameterCount) + 6 * Double(adapter.parameters.reduce(0) { $0 + $1.count })
  }

  /// Tells one model's weights from another's: a digest of the names, the shapes and some of the numbers.
  package var fingerprint: String {
    var bytes: [UInt8] = []
    for parameter in parameters {
      bytes += Array("\(parameter.name) \(parameter.shape)".utf8)
      let step = max(1, parameter.count / 64)
      for index in stride(from: 0, to: parameter.count, by: step) {
        let bits = parameter.value.buffer[index].bitPattern
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
      }
    }
    return Fingerprint.sha256(bytes)
  }
}
