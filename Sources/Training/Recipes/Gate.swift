import Files

/// A condition on a final metric; a run that misses one ends with exit code 3.
public struct Gate: Sendable, Equatable {
  public enum Comparison: String, CaseIterable, Sendable {
    // The longer signs first: ">" is a prefix of ">=".
    case atLeast = ">="
    case atMost = "<="
    case equal = "=="
    case above = ">"
    case below = "<"
  }

  public var metric: String
  public var comparison: Comparison
  public var bound: Double

  /// Reads `>= 0.90`; nil when it is no condition.
  public init?(metric: String, condition: String) {
    let text = condition.trimmingPrefix { $0 == " " }
    guard let comparison = Comparison.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let bound = Double(text.dropFirst(comparison.rawValue.count).filter { $0 != " " }), bound.isFinite
    else { return nil }
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
  }

  /// Reads `accuracy >= 0.90`; nil when it is no condition on a metric.
  public init?(_ text: String) {
    guard let sign = text.firstIndex(where: { "<>=".contains($0) }) else { return nil }
    let metric = text[..<sign].trimmingCharacters(in: .whitespaces)
    guard !metric.isEmpty else { return nil }
    self.init(metric: metric, condition: String(text[sign...]))
  }

  /// Whether a value passes; NaN never does.
  public func accepts(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .equal: value == bound
    case .above: value > bound
    case .below: value < bound
    }
  }

  public var condition: String { "\(comparison.rawValue) \(bound)" }

  /// What a run ended with.
  public struct Verdict: Sendable, Equatable {
    public var gate: Gate
    /// Nil when the run did not measure it: then the gate is missed.
    public var value: Double?
    /// A metric that was measured and has nearly that name.
    var suggestion: String?
    public var passed: Bool { value.map(gate.accepts) ?? false }

    /// For a terminal.
    public var line: String {
      let found =
        value.map { "\($0)" } ?? "not measured" + (suggestion.map { " (did you mean \($0)?)" } ?? "")
      return "gate \(passed ? "passed" : "missed"): \(gate.metric) \(gate.condition), found \(found)"
    }

    public var json: JSONValue {
      [
        "metric": .string(gate.metric), "condition": .string(gate.condition),
        "value": value.map { .double($0) } ?? .null, "passed": .bool(passed),
      ]
    }
  }

  public static func verdicts(_ gates: [Gate], on metrics: [String: Double]) -> [Verdict] {
    gates.map { gate in
      let value = metrics[gate.metric]
      // Tables print pass@4, which YAML does not take for a key.
      let spelled = gate.metric.replacing("pass@", with: "pass_at_k/")
      return Verdict(
        gate: gate, value: value,
        suggestion: value == nil ? nearest(spelled, among: Array(metrics.keys)) : nil)
    }
  }
}

extension RecipeFields {
  /// The key `gates`, written only where a recipe has some.
  package mutating func field(gates: inout [Gate]) {
    var list = gates.isEmpty ? nil : GateList(gates: gates)
    field("gates", &list)
    gates = list?.gates ?? []
  }
}

/// The `gates` mapping: metric names to conditions.
struct GateList: RecipeValue, Equatable {
  var gates: [Gate]
  static var expectation: String { "a mapping of metrics to conditions" }

  static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> GateList? {
    if node.isNull { return GateList(gates: []) }
    guard case .mapping(let entries) = node.content else { return nil }
    var gates: [Gate] = []
    for entry in entries {
      if case .scalar(let text, _) = entry.value.content, let gate = Gate(metric: entry.key, condition: text)
      {
        gates.append(gate)
      } else {
        problems.append(
          RecipeError(
            place: entry.value.place, expected: "a condition such as \">= 0.90\" for \(path).\(entry.key)",
            found: entry.value.summary, nextStep: "write >=, <=, >, < or == and a number"))
      }
    }
    return GateList(gates: gates)
  }

  var node: RecipeNode {
    RecipeNode(.mapping(gates.map { .init(key: $0.metric, keyPlace: "", value: $0.condition.node) }))
  }
}
