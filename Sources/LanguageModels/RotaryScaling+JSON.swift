import Files
import TensorCore

/// The position encoding of a config.json.
struct RotaryKeys {
  let theta: Double
  let scaling: RotaryScaling

  /// Reads `rope_parameters` (transformers 5), or `rope_theta` and `rope_scaling` (before).
  init(_ config: TypedKeys, maximumPositions: Int, defaultTheta: Double) throws {
    let parameters = try config.keys("rope_parameters")
    let theta = try parameters?.number("rope_theta") ?? config.number("rope_theta") ?? defaultTheta
    func invalid(_ expected: String, _ found: String) -> LanguageModelError {
      .invalidValue(file: config.file, expected: expected, found: found, nextStep: "correct the file")
    }
    guard theta > 1, theta.isFinite else { throw invalid("rope_theta above 1", "\(theta)") }
    self.theta = theta
    guard let keys = try parameters ?? config.keys("rope_scaling") else {
      scaling = .none
      return
    }
    let original =
      try keys.integer("original_max_position_embeddings")
      ?? config.integer("original_max_position_embeddings") ?? maximumPositions
    guard original >= 1 else {
      throw invalid("original_max_position_embeddings of at least 1", "\(original)")
    }
    func factor() throws -> Double {
      let factor = try keys.number("factor") ?? Double(maximumPositions) / Double(original)
      guard factor >= 1, factor.isFinite else { throw invalid("a RoPE factor of at least 1", "\(factor)") }
      return factor
    }
    let kind = try keys.string("rope_type") ?? keys.string("type") ?? "default"
    switch kind {
    case "default": scaling = .none
    case "linear": scaling = .linear(factor: try factor())
    case "llama3":
      let low = try keys.required("low_freq_factor", keys.number)
      let high = try keys.required("high_freq_factor", keys.number)
      guard high > low else { throw invalid("high_freq_factor above low_freq_factor \(low)", "\(high)") }
      scaling = .llama3(
        factor: try factor(), lowFrequencyFactor: low, highFrequencyFactor: high, originalContext: original)
    case "yarn":
      scaling = .yarn(
        factor: try factor(), originalContext: original, betaFast: try keys.number("beta_fast") ?? 32,
        betaSlow: try keys.number("beta_slow") ?? 1, attentionFactor: try keys.number("attention_factor"),
        magnitudeScale: try keys.number("mscale"),
        magnitudeScaleAllDimensions: try keys.number("mscale_all_dim"),
        truncates: try keys.bool("truncate") ?? true)
    default:
      throw LanguageModelError.invalidValue(
        file: config.file, expected: "rope_type default, linear, llama3 or yarn", found: "\"\(kind)\"",
        nextStep: "this position encoding is not implemented; use another model")
    }
  }
}

extension RotaryScaling {
  /// The entries of `rope_scaling`; those of `rope_parameters` are these and `rope_theta`.
  var json: JSONObject {
    switch self {
    case .none: return JSONObject([("rope_type", "default")])
    case .linear(let factor): return JSONObject([("rope_type", "linear"), ("factor", .double(factor))])
    case .llama3(let factor, let low, let high, let original):
      return JSONObject([
        ("rope_type", "llama3"), ("factor", .double(factor)), ("low_freq_factor", .double(low)),
        ("high_freq_factor", .double(high)), ("original_max_position_embeddings", .int(original)),
      ])
    case .yarn(
      let factor, let original, let fast, let slow, let attentionFactor, let magnitude, let allDimensions,
      let truncates):
      var object = JSONObject([
        ("rope_type", "yarn"), ("factor", .double(factor)), ("beta_fast", .double(fast)),
        ("beta_slow", .double(slow)), ("original_max_position_embeddings", .int(original)),
      ])
      object["attention_factor"] = attentionFactor.map { .double($0) }
      object["mscale"] = magnitude.map { .double($0) }
      object["mscale_all_dim"] = allDimensions.map { .double($0) }
      if !truncates { object["truncate"] = false }
      return object
    }
  }
}
