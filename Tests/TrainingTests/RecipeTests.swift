import Foundation
import Testing
import Training

@Suite struct RecipeTests {
  static let minimal = """
    method: sft
    model: Models/tiny
    dataset: {task: finance}
    training:
      max_steps: 5
    """

  static func error(_ text: String, overrides: [String] = []) -> RecipeError? {
    do {
      _ = try Recipe.parse(text, file: "r.yaml", overrides: overrides)
      return nil
    } catch { return error as? RecipeError }
  }

  @Test func readsEveryKeyOfTheDesignsExample() throws {
    let text = """
      method: logit_distillation
      model: Models/student-1m
      teacher: Models/teacher-8m
      dataset: {task: finance, languages: [en, ko], train: 20000, eval: 500, seed: 7}
      objective: {loss_functions: [{function: forward_kl, weight: 0.5, temperature: 2.0},
                                   {function: cross_entropy, weight: 0.5}]}
      training: {max_steps: 150, per_device_train_batch_size: 32, max_length: 256, packing: true,
                 learning_rate: 1.0e-3, lr_scheduler_type: cosine, warmup_ratio: 0.05, max_grad_norm: 1.0, seed: 1,
                 precision: bf16}
      evaluation: {eval_steps: 200, suites: [finance]}
      gates: {eval/accuracy: ">= 0.90"}
      """
    let recipe = try Recipe.parse(text, file: "r.yaml").recipe
    #expect(recipe.method == .logitDistillation)
    #expect(recipe.teacher?.directory == "Models/teacher-8m")
    #expect(recipe.dataset.languages == ["en", "ko"])
    #expect(recipe.objective.lossFunctions.map(\.weight) == [0.5, 0.5])
    #expect(recipe.objective.lossFunctions[0].temperature == 2)
    #expect(recipe.training.learningRate == 1e-3)
    #expect(recipe.training.precision == .bf16)
    #expect(recipe.evaluation.everySteps == 200)
    #expect(recipe.gates == [Gate(metric: "eval/accuracy", condition: ">= 0.90")])
  }

  @Test func anUnknownKeyIsAnsweredWithItsLineAndTheNearestKey() {
    let error = Self.error(Self.minimal + "\n  learning_rat: 3e-4\n")
    #expect(error?.place == "r.yaml:6")
    #expect(error?.found == "learning_rat")
    #expect(error?.nextStep == "did you mean learning_rate?")
    #expect(error?.exitCode == .badData)
  }

  @Test(arguments: [
    ("sft", "rewards: [{function: accuracy}]", "rewards", "method grpo"),
    ("sft", "rollouts: {num_generations: 4}", "rollouts", "methods grpo, on_policy_distillation"),
    ("sft", "teacher: Models/teacher-6m", "teacher", "methods logit_distillation, on_policy_distillation"),
    ("sft", "objective: {loss_type: grpo}", "objective.loss_type", "method grpo"),
    ("pretrain", "objective: {kl_coefficient: 0.1}", "objective.kl_coefficient", "methods grpo, preference"),
    ("grpo", "objective: {loss_functions: [{function: cross_entropy}]}", "objective.loss_functions", "sft"),
    ("grpo", "objective: {ld_alpha: 0.5}", "objective.ld_alpha", "method preference"),
    ("grpo", "rollouts: {lmbda: 0.5}", "rollouts.lmbda", "method on_policy_distillation"),
    (
      "on_policy_distillation", "rollouts: {refill_factor: 1}\nteacher: t", "rollouts.refill_factor",
      "method grpo"
    ),
    ("on_policy_distillation", "objective: {gamma: 0.5}\nteacher: t", "objective.gamma", "variant minillm"),
    (
      "on_policy_distillation",
      "objective: {variant: minillm, loss_functions: [{function: jsd}]}\nteacher: t",
      "objective.loss_functions",
      "variant divergence"
    ),
    // Also where the readers would not like the value.
    ("sft", "objective: {loss_type: sigmoid}", "objective.loss_type", "method grpo"),
    ("sft", "rollouts: {num_generation: -1}", "rollouts", "methods grpo, on_policy_distillation"),
    (
      "sft", "teacher: t\nobjective: {loss_functions: [{function: cross_entropy}]}", "teacher",
      "logit_distillation"
    ),
    // TRL's flat keys of other methods.
    ("sft", "num_generations: 4", "num_generations", "method grpo"),
    ("grpo", "ld_alpha: 0.5", "ld_alpha", "method preference"),
    ("sft", "beta: 0.1", "beta", "methods grpo, preference"),
  ])
  func aKeyThatTheMethodDoesNotReadIsRefused(method: String, key: String, found: String, readers: String) {
    let text =
      "method: \(method)\nmodel: m\ndataset: {task: law}\ntraining: {max_steps: 1, per_device_train_batch_size: 8}\n"
    let error = Self.error(text + key)
    #expect(error?.place == "r.yaml:5" && error?.found == found, "\(String(describing: error))")
    #expect(error?.expected == "a key that method \(method) reads")
    #expect(error?.nextStep.contains(readers) == true, "\(String(describing: error))")
    #expect(error?.exitCode == .badData && error?.description.contains("\n") == false)
  }

  @Test func anOverrideThatTheMethodDoesNotReadIsRefusedWithItsName() {
    let error = Self.error(Self.minimal, overrides: ["objective.num_iterations=2"])
    #expect(error?.place == "--set objective.num_iterations" && error?.nextStep.contains("grpo") == true)
    let packing = Self.error(
      "method: preference\nmodel: m\ndataset: {path: p}\ntraining: {max_steps: 1, packing: true}")
    #expect(packing?.found == "training.packing" && packing?.place == "r.yaml:4")
  }

  /// What has no value is not there, and a divergence gives fine-tuning a use for a teacher.
  @Test func keysThatMeanNothingOrHaveAUseAreAccepted() throws {
    _ = try Recipe.parse(Self.minimal + "\nteacher: null\nrewards:", file: "r.yaml")
    let text = Self.minimal + "\nteacher: t\nobjective: {loss_functions: [{function: reverse_kl}]}"
    #expect(try Recipe.parse(text, file: "r.yaml").recipe.teacher?.directory == "t")
  }

  /// A resolved recipe holds what its method reads and can be run again; a checkpoint's may be of an older program.
  @Test(arguments: MethodName.allCases) func theResolvedRecipeHoldsWhatTheMethodReads(_ method: MethodName)
    throws
  {
    let text = """
      method: \(method.rawValue)
      model: m
      dataset: \(method == .preference ? "{path: p}" : "{task: law}")
      training: {max_steps: 1, per_device_train_batch_size: 8}
      \(method == .logitDistillation || method == .onPolicyDistillation ? "teacher: t" : "")
      """
    let recipe = try Recipe.parse(text, file: "r.yaml").recipe
    #expect(try Recipe.parse(recipe.yaml, file: "again.yaml").recipe == recipe)
    #expect(recipe.yaml.contains("num_iterations") == (method == .grpo))
    #expect(recipe.yaml.contains("\nrewards:") == (method == .grpo))
    let old = recipe.yaml + "rewards: []\n"
    if method == .sft {
      #expect(throws: RecipeError.self) { try Recipe.parse(old, file: "old.yaml") }
      #expect(try Recipe.parse(old, file: "old.yaml", isStored: true).recipe.identity == recipe.identity)
    }
  }

  @Test func anUnknownKeyWinsOverTheKeyThatItHides() {
    let error = Self.error(
      "method: sft\nmodle: Models/tiny\ndataset: {task: finance}\ntraining: {max_steps: 5}")
    #expect(error?.place == "r.yaml:2")
    #expect(error?.nextStep == "did you mean model?")
  }

  @Test(arguments: [
    ("training.max_steps=many", "a whole number"), ("training.packing=7", "true or false"),
    ("training.learning_rate=[1, 2]", "a finite number"), ("training.learning_rate=nan", "a finite number"),
    ("method=sgt", "one of pretrain"), ("dataset=finance", "a mapping"),
    ("training.warmup_ratio=2", "from 0 to 1"),
    ("dataset.lookups=0", "from 1 to"), ("dataset.shuffle_sentences=2", "from 0 to 1"),
    ("dataset.compose_sentences=-0.1", "from 0 to 1"),
    ("training.max_steps=9223372036854775807", "from 1 to"), ("training.num_train_epochs=1e300", "at most"),
    ("training.per_device_train_batch_size=9223372036854775807", "from 1 to"),
    ("training.gradient_accumulation_steps=0", "from 1 to"),
    ("dataset.train=9223372036854775807", "from 1 to"),
    ("dataset.eval=9223372036854775807", "from 0 to"), ("evaluation.problems=-1", "from 0 to"),
    ("evaluation.max_new_tokens=9223372036854775807", "from 1 to"),
    ("dataset.task=medicine", "all or any of"), ("gates.eval/accuracy=high", "a condition"),
  ])
  func aWrongValueNamesWhatWasExpected(override: String, expected: String) {
    let error = Self.error(Self.minimal, overrides: [override])
    #expect(error?.expected.contains(expected) == true, "\(String(describing: error))")
    #expect(error?.place.hasPrefix("--set") == true)
  }

  @Test func aMistypedWordIsAnsweredWithTheNearest() {
    let error = Self.error(Self.minimal, overrides: ["training.lr_scheduler_type=cosin"])
    #expect(error?.nextStep == "did you mean cosine?")
  }

  @Test(arguments: ["a: [1, 2", "a: b: c", "\tx: 1", "a: 1\na: 2"])
  func brokenYAMLIsOneLine(text: String) {
    let error = Self.error(text)
    #expect(error?.place.hasPrefix("r.yaml:") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func aliasesOfAliasesEnd() {
    let lists = (0..<10).map { level in
      let inner = level == 0 ? "x" : "*a\(level - 1)"
      return "a\(level): &a\(level) [" + Array(repeating: inner, count: 10).joined(separator: ", ") + "]\n"
    }
    let error = Self.error(lists.joined())
    #expect(error?.expected.contains("aliases") == true && error?.place.hasPrefix("r.yaml:") == true)
    #expect(
      Self.error(
        Self.minimal, overrides: [Array(repeating: "a", count: 40_000).joined(separator: ".") + "=1"]) != nil)
  }

  @Test func aWarmUpInUpdatesNeedsTheirNumber() {
    let given = ["training.max_steps=null", "training.max_seconds=60", "training.warmup_steps=5"]
    let error = Self.error(Self.minimal, overrides: given)
    #expect(error?.expected.contains("warmup_ratio") == true, "\(String(describing: error))")
    #expect(
      Self.error(Self.minimal, overrides: ["training.max_seconds=60", "training.warmup_steps=5"]) == nil)
  }

  @Test(arguments: [
    ("training.max_seconds=1e300", "above 0, at most 1000000000"),
    ("objective={loss_functions: [{function: cross_entropy, temperature: 1e-60}]}", "from 0.001 to 1000"),
  ])
  func numbersBeyondAllUseAreRefused(override: String, expected: String) {
    let error = Self.error(Self.minimal, overrides: [override])
    #expect(error?.expected.contains(expected) == true, "\(String(describing: error))")
  }

  @Test func pathsOfARecipeBelowTwoDotsAreFound() {
    let file = RunTests.root.appendingPathComponent("Models/tiny/../tiny/recipes/ci.yaml").path
    #expect(PathResolver(recipeFile: file)("no/such/model") == "no/such/model")
    let found = PathResolver(recipeFile: file)("recipes/ci.yaml")
    #expect(found != "recipes/ci.yaml" && FileManager.default.fileExists(atPath: found))
    #expect(PathResolver(recipeFile: "/no/../such/../recipe.yaml")("no/such/model") == "no/such/model")
  }

  @Test func extraTurnsAreFamiliesOfTheTasks() throws {
    let error = try #require(Self.error(Self.minimal, overrides: ["dataset.extra_turns=[fee_reduction]"]))
    #expect(error.description.contains("extra_turns") && error.description.contains("families of the tasks"))
    let recipe = try Recipe.parse(
      Self.minimal, file: "r.yaml", overrides: ["dataset.extra_turns=[portfolio_return]"]
    ).recipe
    #expect(recipe.dataset.extraTurns == ["portfolio_return"])
  }

  @Test(arguments: ["", "# nothing", "null", "[]", "text"])
  func anEmptyRecipeIsAnError(text: String) { #expect(Self.error(text) != nil) }

  @Test func overridesWinAndKeepTheRest() throws {
    let recipe = try Recipe.parse(
      Self.minimal, file: "r.yaml",
      overrides: [
        "training.learning_rate=3e-4", "gates.eval/loss=<= 2.5", "gates.eval/accuracy=>= 0.5",
        "dataset.levels=[1, 2]",
      ]
    ).recipe
    #expect(recipe.training.learningRate == 3e-4)
    #expect(recipe.training.maxSteps == 5)
    #expect(recipe.gates.map(\.condition) == ["<= 2.5", ">= 0.5"])
    #expect(recipe.dataset.levels == [1, 2])
  }

  /// Records stand in for records, texts for texts, and odd characters stay as they are.
  @Test(arguments: ["runs/a b", "x: [1]\"#"]) func givenDataTakeThePlaceOfTheRecipes(_ path: String) throws {
    let data = Recipe.override(data: path)
    func dataset(_ method: String, _ text: String) throws -> DatasetSettings {
      try Recipe.parse(
        "method: \(method)\nmodel: m\ndataset: \(text)\ntraining: {max_steps: 1}", file: "r.yaml",
        overrides: [data]
      ).recipe.dataset
    }
    let texts = try dataset("pretrain", "{text: [a, b]}")
    #expect(texts.texts == [path] && texts.paths.isEmpty)
    let records = try dataset("sft", "{path: a}")
    #expect(records.paths == [path] && records.texts.isEmpty)
    #expect(try dataset("sft", "{task: law}").paths == [path])
  }

  @Test func flatKeysOfTRLAreReadAndListed() throws {
    let reading = try Recipe.parse(
      """
      method: sft
      model_name_or_path: Models/tiny
      dataset: {task: finance}
      learning_rate: 2e-4
      max_steps: 7
      output_dir: out
      """, file: "r.yaml")
    #expect(reading.recipe.model.directory == "Models/tiny")
    #expect(reading.recipe.training.learningRate == 2e-4)
    #expect(reading.recipe.output == "out")
    #expect(reading.aliases.contains("learning_rate is read as training.learning_rate"))
  }

  @Test func theResolvedRecipeReadsBackToItself() throws {
    let recipe = try Recipe.parse(
      """
      name: "a: \\"b\\""
      method: logit_distillation
      model: {init: {config: {model_type: llama, hidden_size: 8, rope_theta: 1e4, tie_word_embeddings: true}, seed: 3}}
      teacher: t
      tokenizer: Models/tiny
      dataset: {path: [a.jsonl, b]}
      objective: {loss_functions: [{function: jsd, mixture: 0.3}]}
      training: {num_train_epochs: 1.5}
      gates: {eval/accuracy: ">= 0.9", eval/loss: "< 2"}
      """, file: "r.yaml"
    ).recipe
    #expect(try Recipe.parse(recipe.yaml, file: "again.yaml").recipe == recipe)
    #expect(try Recipe.parse(recipe.json, file: "again.json").recipe == recipe)
  }

  @Test func identityFollowsWhatChangesTheNumbers() throws {
    func identity(_ overrides: String...) throws -> String {
      try Recipe.parse(Self.minimal, file: "r.yaml", overrides: overrides).recipe.identity
    }
    let base = try identity()
    #expect(base.count == 64)
    #expect(try identity("evaluation.eval_steps=3") == base)
    #expect(try identity("output=x", "name=y", "training.max_seconds=9", "training.save_steps=2") == base)
    #expect(try identity("training.learning_rate=3e-4") != base)
    #expect(try identity("dataset.seed=8") != base)
  }
}

@Suite struct GateTests {
  @Test(arguments: [
    ("eval/los", "eval/loss"), ("pass@4", "pass_at_k/4"), ("quite_another_thing", nil),
  ])
  func aMetricThatWasNotMeasuredIsAnsweredWithTheNearest(metric: String, known: String?) throws {
    let gate = try #require(Gate(metric: metric, condition: ">= 1"))
    let line = Gate.verdicts([gate], on: ["eval/loss": 2, "pass_at_k/4": 0.5])[0].line
    #expect(line.contains("found not measured") && line.contains("did you mean") == (known != nil), "\(line)")
    if let known { #expect(line.contains("did you mean \(known)?")) }
  }

  @Test(arguments: [
    (">= 0.9", 0.9, true), (">= 0.9", 0.89, false), ("<=2", 2, true), ("<2", 2, false), ("> 0", 0.1, true),
    ("== 1", 1, true), (">= 0.9", .nan, false), ("<= 0.9", .nan, false),
  ])
  func compares(condition: String, value: Double, passes: Bool) throws {
    let gate = try #require(Gate(metric: "m", condition: condition))
    #expect(gate.accepts(value) == passes)
  }

  @Test(arguments: ["", "0.9", "=> 1", ">=", ">= x", ">= nan"])
  func refuses(condition: String) { #expect(Gate(metric: "m", condition: condition) == nil) }

  @Test(arguments: [
    ("accuracy >= 0.9", "accuracy", ">= 0.9"), ("by_language/ko<1", "by_language/ko", "< 1.0"),
  ])
  func readsMetricAndCondition(text: String, metric: String, condition: String) throws {
    let gate = try #require(Gate(text))
    #expect(gate.metric == metric && gate.condition == condition)
  }

  @Test(arguments: ["", "accuracy", ">= 0.9", "accuracy 0.9", "accuracy >="])
  func refusesNoCondition(text: String) { #expect(Gate(text) == nil) }

  @Test func anUnmeasuredMetricMissesItsGate() throws {
    let gate = try #require(Gate(metric: "eval/accuracy", condition: ">= 0"))
    #expect(Gate.verdicts([gate], on: [:]).map(\.passed) == [false])
    #expect(Gate.verdicts([gate], on: ["eval/accuracy": 0]).map(\.passed) == [true])
  }
}
