import Kernels

/// A combination of loss terms and teacher signal that cannot be computed.
public enum ObjectiveError: Diagnostic, Equatable {
  /// The stored signal has another temperature than the term: the tail's mass does not transform.
  case signalTemperature(function: String, term: Double, signal: Double)
  /// A number of a term outside its range.
  case outOfRange(function: String, key: String, value: Double, range: String)
  /// Tokens that terms of this function cannot count.
  case tokens(function: String, tokens: TokenSelection)
  /// A layer that the model does not have; `role` is student or teacher.
  case noSuchLayer(function: String, role: String, layer: Int, layers: ClosedRange<Int>)
  /// A width that does not fall into as many pieces.
  case relationHeads(function: String, heads: Int, role: String, width: Int)

  public var place: String {
    switch self {
    case .signalTemperature(let function, _, _): "objective \(function)"
    case .outOfRange(let function, let key, _, _): "objective \(function): \(key)"
    case .tokens(let function, _): "objective \(function): tokens"
    case .noSuchLayer(let function, _, _, _): "objective \(function): layer_mapping"
    case .relationHeads(let function, _, _, _): "objective \(function): relation_heads"
    }
  }

  public var expected: String {
    switch self {
    case .signalTemperature(_, let term, _): "a teacher signal of temperature \(term)"
    case .outOfRange(_, _, _, let range): "a value \(range)"
    case .tokens(_, let tokens): "\(tokens.rawValue) only with \(tokens.purpose)"
    case .noSuchLayer(_, let role, _, let layers):
      "a layer of the \(role) from \(layers.lowerBound) to \(layers.upperBound)"
    case .relationHeads(_, _, let role, let width): "a divisor of the \(role)'s width \(width)"
    }
  }

  public var found: String {
    switch self {
    case .signalTemperature(_, _, let signal): "one of temperature \(signal)"
    case .outOfRange(_, _, let value, _): "\(value)"
    case .tokens(_, let tokens): tokens.rawValue
    case .noSuchLayer(_, _, let layer, _): "\(layer)"
    case .relationHeads(_, let heads, _, _): "\(heads)"
    }
  }

  public var nextStep: String {
    switch self {
    case .signalTemperature: "use the signal's temperature in the recipe, or collect the signal again"
    case .outOfRange, .tokens, .noSuchLayer, .relationHeads: "change it in the recipe"
    }
  }

  public var exitCode: ExitCode { .badData }
}

extension Objective {
  /// Checks the numbers of every term, and that a stored top-k signal of this temperature can serve them.
  ///
  /// - Throws: `ObjectiveError`.
  public func validate(topKTemperature: Double? = nil) throws {
    for term in terms {
      let name = term.function.rawValue
      func check(_ isInside: Bool, _ key: String, _ value: Double, _ range: String) throws {
        guard isInside else {
          throw ObjectiveError.outOfRange(function: name, key: key, value: value, range: range)
        }
      }
      guard term.tokens.fits(term.function) else {
        throw ObjectiveError.tokens(function: name, tokens: term.tokens)
      }
      try check(term.temperature > 0 && term.temperature.isFinite, "temperature", term.temperature, "above 0")
      try check(term.weight.isFinite, "weight", term.weight, "that is finite")
      try check((0...1).contains(term.mixture), "mixture", term.mixture, "from 0 to 1")
      try check((0..<1).contains(term.skew), "skew", term.skew, "from 0 to below 1")
      guard let topKTemperature, term.function.comparesDistributions else { continue }
      guard term.temperature == topKTemperature else {
        throw ObjectiveError.signalTemperature(
          function: name, term: term.temperature, signal: topKTemperature)
      }
    }
  }
}
