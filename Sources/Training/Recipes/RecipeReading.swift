import Files
import Foundation
import Kernels

extension Recipe {
  /// A recipe as read: the settings, where it lay, and which foreign spellings it used.
  public struct Reading: Sendable {
    public var recipe: Recipe
    public var file: String
    /// `learning_rate is read as training.learning_rate`, a line each.
    public var aliases: [String]
  }

  /// Reads a recipe file and applies overrides of the form `training.learning_rate=3e-4`, in order.
  public static func read(file: String, overrides: [String] = []) throws -> Reading {
    var reading = try parse(RecipeFile.text(of: file), file: file, overrides: overrides)
    reading.file = file
    return reading
  }

  /// The override that has a recipe read `path`, a file or a folder, in place of its own `dataset.path`; of its
  /// `dataset.text` where it reads plain text.
  public static func override(data path: String) -> String { "data=\(JSONValue.string(path).text())" }

  /// Parses the text of a recipe; `file` is named in errors.
  ///
  /// - Parameter isStored: the text is a program's own, which may name keys that the method does not read.
  public static func parse(
    _ text: String, file: String, overrides: [String] = [], isStored: Bool = false
  ) throws -> Reading {
    var aliases: [String] = []
    var whole: RecipeNode?
    let recipe = try RecipeFile.section(
      Recipe.self, text, file: file, overrides: overrides,
      hint: "start with `method:`, `model:` and `dataset:`"
    ) {
      aliases = try $0.replaceAliases()
      // First, so that a value of such a key is not complained about by those who read it.
      if !isStored, let outline = MethodKeys.outline(of: $0) { try MethodKeys.check($0, outline) }
      whole = $0
    }
    if let whole, !isStored { try MethodKeys.check(whole, recipe) }
    return Reading(recipe: recipe, file: file, aliases: aliases)
  }
}

/// Files whose root is one section of known keys.
package enum RecipeFile {
  /// The file's text. - Throws: `TrainingError.noSuchFile`, `RecipeError` for text that is not UTF-8.
  package static func text(of file: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw TrainingError.noSuchFile(path: file, role: "a recipe")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw RecipeError(
        place: file, expected: "UTF-8 text", found: "other bytes", nextStep: "save the recipe as UTF-8")
    }
    return text
  }

  /// Reads a section from YAML after applying overrides, in order, and `adjust`.
  ///
  /// - Parameter hint: what to do when the root is not a mapping.
  package static func section<Section: RecipeSection>(
    _ type: Section.Type, _ text: String, file: String, overrides: [String] = [], hint: String,
    adjust: (inout RecipeNode) throws -> Void = { _ in }
  ) throws -> Section {
    var tree = try RecipeNode.parse(text, file: file)
    if tree.isNull { tree.content = .mapping([]) }
    for override in overrides { try tree.apply(override: override) }
    try adjust(&tree)
    var problems: [RecipeError] = []
    guard let section = Section.read(tree, path: "", problems: &problems), problems.isEmpty else {
      throw problems.first
        ?? RecipeError(place: tree.place, expected: "a mapping of keys", found: tree.summary, nextStep: hint)
    }
    return section
  }
}

extension RecipeNode {
  /// Applies one `key.path=value`; the value is YAML.
  mutating func apply(override: String) throws {
    let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
      String.init)
    let path = parts[0].trimmingCharacters(in: .whitespaces).split(separator: ".").map(String.init)
    // Deeper than any recipe is.
    guard parts.count == 2, (1...32).contains(path.count) else {
      throw RecipeError(
        place: "--set \(override.prefix(80))", expected: "key=value", found: "\"\(override.prefix(80))\"",
        nextStep: "write for example --set training.learning_rate=3e-4")
    }
    // `>` begins a folded text in YAML, and most gates.
    let isCondition = path.count > 1 && path[0] == "gates" && parts[1].hasPrefix(">")
    var value =
      try isCondition
      ? RecipeNode(.scalar(parts[1], isQuoted: true)) : RecipeNode.parse(parts[1], file: "--set \(parts[0])")
    value.relabel("--set \(parts[0])")
    if path == ["data"] {
      let readsTexts =
        self.value(at: ["dataset", "text"]) != nil && self.value(at: ["dataset", "path"]) == nil
      set(["dataset", readsTexts ? "text" : "path"], to: value)
    } else if path.count > 1, path[0] == "gates" {
      // A metric's name may hold dots.
      set(["gates", path.dropFirst().joined(separator: ".")], to: value)
    } else {
      set(path[...], to: value)
    }
  }

  /// Lines of an override are of no use to anyone: name the override itself.
  private mutating func relabel(_ place: String) {
    self.place = place
    switch content {
    case .scalar: break
    case .sequence(var items):
      for index in items.indices { items[index].relabel(place) }
      content = .sequence(items)
    case .mapping(var entries):
      for index in entries.indices {
        entries[index].keyPlace = place
        entries[index].value.relabel(place)
      }
      content = .mapping(entries)
    }
  }

  /// Moves TRL's flat keys to where they belong here. Returns what was moved, for `plan`.
  ///
  /// - Throws: when a key is given in both spellings with different values.
  mutating func replaceAliases() throws -> [String] {
    guard case .mapping(let entries) = content else { return [] }
    var method: MethodName?
    if let entry = entries.first(where: { $0.key == "method" }),
      case .scalar(let word, _) = entry.value.content
    {
      method = MethodName(rawValue: word)
    }
    var moved: [String] = []
    var kept = RecipeNode(.mapping([]), place: place)
    var renamed: [(Entry, [String])] = []
    var keptEntries: [Entry] = []
    for entry in entries {
      if let target = RecipeAliases.target(of: entry.key, method: method) {
        renamed.append((entry, target))
      } else if let method, !Recipe.keys.contains(entry.key),
        let readers = MethodKeys.otherReaders(ofFlat: entry.key, method: method)
      {
        throw MethodKeys.unread(entry.key, method: method, readers: readers, place: entry.keyPlace)
      } else {
        keptEntries.append(entry)
      }
    }
    kept.content = .mapping(keptEntries)
    for (entry, target) in renamed {
      var value = entry.value
      // An error in the value still points at the line that holds the foreign key.
      if value.place.isEmpty { value.place = entry.keyPlace }
      let path = target.joined(separator: ".")
      if let given = kept.value(at: target[...]), given.summary != value.summary {
        throw RecipeError(
          place: entry.keyPlace, expected: "one value for \(path)",
          found: "\(given.summary), and \(value.summary) as \(entry.key)", nextStep: "leave out one of them")
      }
      kept.set(target[...], to: value)
      moved.append("\(entry.key) is read as \(path)")
    }
    self = kept
    return moved
  }
}

/// TRL's and Transformers' flat spellings; those of sampling and of the policy loss belong to the methods that have them.
enum RecipeAliases {
  static func target(of key: String, method: MethodName?) -> [String]? {
    switch key {
    case "model_name_or_path": ["model"]
    case "teacher_model_name_or_path": ["teacher"]
    case "dataset_name": ["dataset", "path"]
    case "output_dir": ["output"]
    case "run_name": ["name"]
    case "iters": ["training", "max_steps"]
    case "batch_size": ["training", "per_device_train_batch_size"]
    case "eval_steps", "eval_strategy", "load_best_model_at_end", "metric_for_best_model":
      ["evaluation", key]
    case "loss_functions": ["objective", "loss_functions"]
    case "lora_alpha", "lora_dropout", "use_rslora": ["lora", key]
    case "lora_r": ["lora", "r"]
    case "lora_target_modules": ["lora", "target_modules"]
    case "beta" where method == .grpo || method == .preference: ["objective", "kl_coefficient"]
    case let key where TrainingSettings.keys.contains(key): ["training", key]
    case let key where method?.learnsFromOwnAnswers == true && RolloutSettings.keys.contains(key):
      ["rollouts", key]
    case let key where method == .grpo && PolicySettings.keys.contains(key): ["objective", key]
    case let key where method == .onPolicyDistillation && OnPolicySettings.keys.contains(key):
      ["objective", key]
    case let key where method == .preference && PreferenceSettings.keys.contains(key): ["objective", key]
    default: nil
    }
  }
}
