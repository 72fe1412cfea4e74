import Corpus
import Objectives

/// The terms of the loss, each with its weight.
public struct ObjectiveSettings: Sendable, Equatable {
  /// Empty: cross-entropy, or for distillation forward KL and cross-entropy in equal parts.
  public var lossFunctions: [LossTerm] = []
  /// The teacher's most likely tokens that its distributions keep, the rest as one bucket; all of them when nil.
  public var teacherTokens: Int?
  /// For grpo.
  public var policy = PolicySettings()
  public var preference = PreferenceSettings()
  public var onPolicy = OnPolicySettings()
  public init() {}
}

extension ObjectiveSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("loss_functions", &lossFunctions)
    fields.field("loss_top_k", &teacherTokens)
    fields.require(
      (1...1_000_000).contains(teacherTokens ?? 1), "loss_top_k", expected: "from 1 to 1000000")
    policy.visit(&fields)
    preference.visit(&fields)
    onPolicy.visit(&fields)
  }
}

extension LossTerm: RecipeSection {
  /// Beyond these a distribution in single precision is one token, or uniform.
  package static let temperatures = 1e-3...1e3

  package init() { self.init(.crossEntropy) }

  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("function", &function)
    fields.field("weight", &weight)
    fields.field("temperature", &temperature)
    fields.field("scale_by_temperature_squared", &scalesByTemperatureSquared)
    fields.field("mixture", &mixture)
    fields.field("skew", &skew)
    fields.field("layer_mapping", &layerMap)
    fields.field("tokens", &tokens)
    fields.field("relation_heads", &relationHeads)
    fields.field("token_merge_strategy", &tokenMerge)
    fields.field("hybrid", &isHybrid)
    fields.field("hybrid_matched_weight", &matchedWeight)
    fields.field("hybrid_unmatched_weight", &unmatchedWeight)
    fields.require(weight >= 0, "weight", expected: "of 0 or more")
    fields.require(
      Self.temperatures.contains(temperature), "temperature", expected: "from 0.001 to 1000")
    fields.require((0...1).contains(mixture), "mixture", expected: "from 0 to 1")
    fields.require((0..<1).contains(skew), "skew", expected: "from 0 to below 1")
    fields.require(
      function.comparesLayers || layerMap.isEmpty, "layer_mapping",
      expected: "only with hidden_mse, hidden_cosine or attention_relations, not with \(function.rawValue)")
    fields.require(
      tokens.fits(function), "tokens",
      expected: "\(tokens.rawValue) only with \(tokens.purpose), not with \(function.rawValue)")
    fields.require(
      function != .attentionRelations || layerMap.count < 2, "layer_mapping",
      expected: "of one pair: attention_relations compares one layer of each")
    fields.require(
      function == .attentionRelations || relationHeads == nil, "relation_heads",
      expected: "only with attention_relations, not with \(function.rawValue)")
    fields.require(
      function == .universalLogit || (tokenMerge == .observed && !isHybrid),
      isHybrid ? "hybrid" : "token_merge_strategy",
      expected: "only with universal_logit, not with \(function.rawValue)")
    fields.require(
      (matchedWeight == nil) == (unmatchedWeight == nil) && (isHybrid || matchedWeight == nil),
      matchedWeight == nil ? "hybrid_unmatched_weight" : "hybrid_matched_weight",
      expected: "beside the other weight and `hybrid: true`, or neither of them")
    fields.require(
      min(matchedWeight ?? 0, unmatchedWeight ?? 0) >= 0, "hybrid_matched_weight", expected: "of 0 or more")
    fields.require(
      (1...1 << 14).contains(relationHeads ?? 1), "relation_heads", expected: "from 1 to \(1 << 14)")
  }
}

/// `[student's layer, teacher's layer]`
extension LayerPair: RecipeValue {
  package static var expectation: String { "[student's layer, teacher's layer]" }

  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> LayerPair? {
    guard case .sequence(let items) = node.content, items.count == 2,
      let student = Int.read(items[0], path: path, problems: &problems),
      let teacher = Int.read(items[1], path: path, problems: &problems)
    else { return nil }
    return LayerPair(student: student, teacher: teacher)
  }

  package var node: RecipeNode { RecipeNode(.sequence([student.node, teacher.node])) }
}

/// When and how a run is examined while it trains.
public struct EvaluationSettings: Sendable, Equatable {
  /// Updates between evaluations; only at the end when nil.
  public var everySteps: Int?
  /// `epoch` evaluates after every pass over the data, `steps` every `everySteps` updates.
  public var strategy: EvaluationStrategy?
  /// The run ends with the model of its best evaluation. Those before the end then read the validation side of the data, and
  /// the test side judges what they chose.
  public var takesBest = false
  /// What the evaluations are compared by.
  public var choiceMetric = ChoiceMetric.loss
  /// Domains whose test problems are answered. When empty: those that the dataset holds out.
  public var suites: [String] = []
  /// Problems answered in each evaluation.
  public var problems = 100
  public var maxNewTokens = 384
  /// Answers kept to be read.
  public var samples = 3
  public init() {}
}

/// What counts between two evaluations.
public enum EvaluationStrategy: String, CaseIterable, Sendable {
  case steps, epoch
}

/// The metrics by which a run can choose among its evaluations.
public enum ChoiceMetric: String, CaseIterable, Sendable {
  case loss, accuracy

  var lowerIsBetter: Bool { self == .loss }
  var readsAnswers: Bool { self != .loss }
}

extension EvaluationSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("eval_strategy", &strategy)
    fields.field("eval_steps", &everySteps)
    fields.field("load_best_model_at_end", &takesBest)
    fields.field("metric_for_best_model", &choiceMetric)
    fields.field("suites", &suites)
    fields.field("problems", &problems)
    fields.field("max_new_tokens", &maxNewTokens)
    fields.field("samples", &samples)
    fields.require((everySteps ?? 1) > 0, "eval_steps", expected: "of 1 or more")
    fields.require(
      strategy != .epoch || everySteps == nil, "eval_steps", expected: "absent beside eval_strategy: epoch")
    fields.require(
      strategy != .steps || everySteps != nil, "eval_strategy", expected: "of steps only beside eval_steps")
    fields.require(
      !takesBest || strategy == .epoch || everySteps != nil, "load_best_model_at_end",
      expected: "only beside eval_steps or eval_strategy: epoch, which give evaluations to choose from")
    fields.require(
      !takesBest || problems > 0 || !choiceMetric.readsAnswers, "metric_for_best_model",
      expected: "of loss where no problems are answered")
    fields.requireDomains(suites, "suites")
    fields.require((0...1_000_000).contains(problems), "problems", expected: "from 0 to 1000000")
    fields.require(
      (1...1_000_000).contains(maxNewTokens), "max_new_tokens", expected: "from 1 to 1000000")
    fields.require(samples >= 0, "samples", expected: "of 0 or more")
  }
}
