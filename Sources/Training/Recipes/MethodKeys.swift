import Objectives

/// Which keys a method reads. A key that it does not read would change nothing, which no recipe means.
enum MethodKeys {
  /// Who reads a key; a recipe with another method or variant refuses it.
  private struct Readers {
    var methods: [MethodName]
    /// The variant of on_policy_distillation that reads it; both when nil.
    var variant: OnPolicyVariant?

    init(_ methods: [MethodName], variant: OnPolicyVariant? = nil) {
      self.methods = methods
      self.variant = variant
    }

    func include(_ recipe: Recipe) -> Bool {
      methods.contains(recipe.method)
        && (recipe.method != .onPolicyDistillation || variant == nil
          || variant == recipe.objective.onPolicy.variant)
    }

    var text: String {
      let names = methods.map { name in
        let words = name == .onPolicyDistillation ? variant.map { " with variant \($0.rawValue)" } : nil
        return name.rawValue + (words ?? "")
      }
      return (names.count == 1 ? "method " : "methods ") + names.joined(separator: ", ")
    }
  }

  /// Methods of which the dataset's examples are learnt.
  private static let exampleMethods: [MethodName] = [
    .pretrain, .sft, .logitDistillation, .onPolicyDistillation,
  ]
  private static let problemMethods = exampleMethods + [.grpo]

  /// Nil for a key that every method reads.
  private static func readers(of path: String) -> Readers? {
    let parts = path.split(separator: ".").map(String.init)
    let key = parts.last ?? path
    switch parts.first {
    case "teacher": return Readers([.logitDistillation, .onPolicyDistillation])
    case "rewards": return Readers([.grpo])
    case "rollouts":
      switch key {
      case "num_generations", "refill_factor", "lower_levels": return Readers([.grpo])
      case "lmbda": return Readers([.onPolicyDistillation])
      default: return Readers([.grpo, .onPolicyDistillation])
      }
    case "objective" where parts.count == 2:
      switch key {
      case "loss_functions", "loss_top_k": return Readers(exampleMethods, variant: .divergence)
      case "kl_coefficient": return Readers([.grpo, .preference])
      case "variant": return Readers([.onPolicyDistillation])
      case let key where OnPolicySettings.keys.contains(key):
        return Readers([.onPolicyDistillation], variant: .miniLLM)
      case let key where PreferenceSettings.keys.contains(key): return Readers([.preference])
      case let key where PolicySettings.keys.contains(key): return Readers([.grpo])
      default: return nil
      }
    case "training" where parts.count == 2:
      switch key {
      case "label_smoothing_factor": return Readers(exampleMethods, variant: .divergence)
      case "packing", "completion_only_loss": return Readers(exampleMethods)
      default: return nil
      }
    case "dataset" where parts.count == 2:
      switch key {
      case "text", "domains", "arithmetic", "lookups", "reasoning", "choice_orders", "state_choice":
        return Readers(exampleMethods)
      // Prompts that are answered anew are drawn in no order.
      case "curriculum": return Readers(exampleMethods.filter { $0 != .onPolicyDistillation })
      case "task", "levels", "extra_turns", "shuffle_sentences", "compose_sentences", "seed":
        return Readers(problemMethods)
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether the method of `recipe` reads the key at a dotted path.
  private static func reads(_ path: String, _ recipe: Recipe) -> Bool {
    // Any method that adds up loss functions has a use for a teacher when one of them compares with it.
    if path == "teacher" || path.hasPrefix("teacher."), [.pretrain, .sft].contains(recipe.method),
      recipe.objective.lossFunctions.contains(where: \.function.needsTeacher)
    {
      return true
    }
    return readers(of: path)?.include(recipe) ?? true
  }

  /// As much of a recipe as `check` looks at, before its values are read; nil for a method that there is not.
  static func outline(of tree: RecipeNode) -> Recipe? {
    var recipe = Recipe()
    func word(_ path: String...) -> String? {
      if case .scalar(let text, _) = tree.value(at: path[...])?.content { text } else { nil }
    }
    if let name = word("method") {
      guard let method = MethodName(rawValue: name) else { return nil }
      recipe.method = method
    }
    if let variant = word("objective", "variant").flatMap(OnPolicyVariant.init) {
      recipe.objective.onPolicy.variant = variant
    }
    // Any of them may need a teacher.
    if tree.value(at: ["objective", "loss_functions"])?.isNull == false {
      recipe.objective.lossFunctions = [LossTerm(.reverseKL)]
    }
    return recipe
  }

  /// Refuses the first key of `tree` that the recipe's method does not read; keys without a value are not there.
  static func check(_ tree: RecipeNode, _ recipe: Recipe) throws {
    for (path, entry) in entries(of: tree) where !entry.value.isNull && !reads(path, recipe) {
      throw unread(path, method: recipe.method, readers: readers(of: path)?.text ?? "", place: entry.keyPlace)
    }
  }

  /// The tree without keys that the method does not read, and without sections that are empty for it.
  static func readPart(of tree: RecipeNode, _ recipe: Recipe) -> RecipeNode {
    guard case .mapping(let entries) = tree.content else { return tree }
    var part = tree
    part.content = .mapping(
      entries.compactMap { entry in
        guard reads(entry.key, recipe) else { return nil }
        guard case .mapping(let inner) = entry.value.content else { return entry }
        var kept = entry
        kept.value.content = .mapping(inner.filter { reads("\(entry.key).\($0.key)", recipe) })
        return kept
      })
    return part
  }

  /// - Parameter readers: who reads it, `method grpo`.
  static func unread(_ path: String, method: MethodName, readers: String, place: String) -> RecipeError {
    RecipeError(
      place: place, expected: "a key that method \(method.rawValue) reads", found: path,
      nextStep: "leave it out, or change the method; it is read by \(readers)")
  }

  /// Sections and their keys, as dotted paths.
  private static func entries(of tree: RecipeNode) -> [(String, RecipeNode.Entry)] {
    guard case .mapping(let sections) = tree.content else { return [] }
    return sections.flatMap { section in
      var all = [(section.key, section)]
      if case .mapping(let inner) = section.value.content {
        all += inner.map { ("\(section.key).\($0.key)", $0) }
      }
      return all
    }
  }

  /// The methods that read a flat key of TRL's which `method` does not know.
  static func otherReaders(ofFlat key: String, method: MethodName) -> String? {
    for other in MethodName.allCases where other != method {
      guard let target = RecipeAliases.target(of: key, method: other) else { continue }
      return readers(of: target.joined(separator: "."))?.text ?? Readers([other]).text
    }
    return nil
  }
}
