/// What determines a run: method, model, data, numbers, seeds and gates.
///
/// The keys follow TRL where TRL has one. `RecipeSection.visit` names each key once.
public struct Recipe: Sendable, Equatable {
  public var name: String?
  public var method = MethodName.sft
  public var model = ModelSource()
  /// Trains a low-rank correction of the model in its place.
  public var lora: LoRASettings?
  public var teacher: TeacherSource?
  /// A directory or file; the model's own directory when nil.
  public var tokenizer: String?
  public var dataset = DatasetSettings()
  public var objective = ObjectiveSettings()
  public var rollouts = RolloutSettings()
  /// What makes an answer good, for grpo: the verified answer alone when empty.
  public var rewards: [RewardTerm] = []
  public var training = TrainingSettings()
  public var evaluation = EvaluationSettings()
  public var gates: [Gate] = []
  /// What an hour and a watt of this machine come to.
  public var ledger: LedgerSettings?
  /// Where the run is written; `--output` overrides.
  public var output: String?
  public init() {}
}

/// How a model learns. Each case is an objective and a batch source for the one loop.
public enum MethodName: String, CaseIterable, Sendable {
  case pretrain
  case sft
  case logitDistillation = "logit_distillation"
  case onPolicyDistillation = "on_policy_distillation"
  case grpo
  case preference

  /// Whether the model's own answers are learnt from.
  var learnsFromOwnAnswers: Bool { self == .onPolicyDistillation || self == .grpo }
  /// Whether the model answers before it is trained, so that its answers before and after can be compared.
  var startsFromAnswers: Bool { learnsFromOwnAnswers || self == .preference }
}

extension Recipe: RecipeSection {
  /// The keys that the method reads.
  package var node: RecipeNode { MethodKeys.readPart(of: wholeNode, self) }

  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("method", &method)
    fields.field("model", &model)
    fields.field("lora", &lora)
    fields.field("teacher", &teacher)
    fields.field("tokenizer", &tokenizer)
    fields.field("dataset", &dataset)
    fields.field("objective", &objective)
    fields.field("rollouts", &rollouts)
    fields.field("rewards", &rewards)
    fields.field("training", &training)
    fields.field("evaluation", &evaluation)
    var gateList = GateList(gates: gates)
    fields.field("gates", &gateList)
    gates = gateList.gates
    fields.field("ledger", &ledger)
    fields.field("output", &output)
    fields.require(model.isGiven, "model", expected: "a model directory or `init:`")
    fields.require(
      lora == nil || (model.directory != nil && !model.startsFresh), "lora",
      expected: "only beside a model with weights, which it corrects")
    fields.require(
      !model.isMade || lora == nil, "lora",
      expected: "only beside a model with a directory of its own, not one that is made by prune or vocabulary"
    )
    fields.require(
      !model.isMade || (method != .grpo && method != .preference), "model",
      expected: "a directory for \(method.rawValue): make the student first (swiftlet models prune)")
    let needsTeacher = method == .logitDistillation || method == .onPolicyDistillation
    fields.require(
      !needsTeacher || teacher != nil, "teacher", expected: "a model directory for \(method.rawValue)")
    fields.require(
      method != .onPolicyDistillation || teacher == nil || teacher?.members.isEmpty == false, "teacher",
      expected: "a model directory: no file holds what a teacher says of the student's own answers")
    fields.require(
      teacher?.isPanel != true
        || (objective.lossFunctions.allSatisfy { $0.function.readsLogits }
          && objective.onPolicy.variant != .miniLLM),
      "teacher", expected: "one model for minillm and for losses that compare layers or texts")
    fields.require(
      objective.teacherTokens == nil || (teacher?.members.isEmpty == false && teacher?.signals == nil),
      "objective",
      expected: "without loss_top_k, or with a teacher that runs: stored signals have a k of their own")
    if objective.lossFunctions.contains(where: \.function.comparesTexts) {
      fields.require(
        method != .onPolicyDistillation, "objective",
        expected: "without universal_logit, which reads the dataset's texts and not the student's own answers"
      )
      fields.require(
        dataset.texts.isEmpty && dataset.domains.isEmpty, "dataset",
        expected: "without text and domains for universal_logit: they are cut by the student's tokens")
    }
    fields.require(
      dataset.curriculum == nil || training.epochs ?? 0 >= 1, "training",
      expected: "with num_train_epochs of 1 or more for dataset.curriculum, which ends within the first pass")
    if method == .grpo {
      fields.require(
        objective.policy.loss != .cispo || objective.policy.epsilonHigh ?? 0 >= 1, "objective",
        expected: "with an epsilon_high of 1 or more for cispo, whose largest ratio it is")
      fields.require(
        Set(rewards.map(\.label)).count == rewards.count, "rewards",
        expected: "with a name of its own for each")
      let group = rollouts.groupSize, batch = training.batchSize
      fields.require(
        group > 1, "rollouts", expected: "with num_generations of 2 or more: answers are compared")
      fields.require(
        group < 2 || batch.isMultiple(of: group), "training",
        expected: "with a per_device_train_batch_size (\(batch)) that num_generations (\(group)) divides")
    }
    if method == .onPolicyDistillation, objective.onPolicy.variant == .miniLLM {
      fields.require(
        rollouts.onPolicyShare == 1 && rollouts.temperature == 1 && rollouts.topP == 1 && rollouts.topK == 0,
        "rollouts",
        expected: "with lmbda, temperature and top_p of 1 and no top_k: minillm learns from answers "
          + "of the student itself")
    }
    // Records have sides; of tasks the suites are another side; texts have one held-out part.
    let isJudgedApart =
      (dataset.tasks.isEmpty || !evaluation.suites.isEmpty)
      && (!dataset.paths.isEmpty || !evaluation.suites.isEmpty)
      && (evaluation.choiceMetric.readsAnswers || (dataset.texts.isEmpty && dataset.domains.isEmpty))
    fields.require(
      !evaluation.takesBest || isJudgedApart, "evaluation",
      expected:
        "without load_best_model_at_end, or with records or suites and no text for the loss: what judges "
        + "the model must be other than what chose it")
    fields.require(
      !evaluation.takesBest || method != .preference, "evaluation",
      expected: "without load_best_model_at_end for preference, whose pairs have no validation side")
    if method == .preference {
      fields.require(
        objective.policy.klCoefficient ?? 0.1 > 0, "objective", expected: "with a kl_coefficient above 0")
    }
    fields.require(
      training.maxSteps != nil || training.epochs != nil || training.maxSeconds != nil, "training",
      expected: "max_steps, num_train_epochs or max_seconds")
  }
}

/// Keys that belong to another format, kept as text (`config.json` reads them).
package struct FreeMapping: RecipeValue, Equatable {
  package var values: [String: String]
  package static var expectation: String { "a mapping" }

  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> FreeMapping? {
    guard case .mapping(let entries) = node.content else { return nil }
    var values: [String: String] = [:]
    for entry in entries { values[entry.key] = entry.value.json }
    return FreeMapping(values: values)
  }

  /// The texts are JSON, which is YAML.
  package var node: RecipeNode {
    let entries = values.sorted { $0.key < $1.key }.map { key, text in
      RecipeNode.Entry(
        key: key, keyPlace: "",
        value: (try? RecipeNode.parse(text, file: "")) ?? RecipeNode(.scalar(text, isQuoted: true)))
    }
    return RecipeNode(.mapping(entries))
  }
}
