import Files
import Foundation
import Training

/// The runs of a study in their order, all recipes read: every set with its first seed, then with its second, each teacher
/// before its students.
public struct StudyPlan: Sendable {
  /// What a run's model is to the others of its set.
  public enum Role: Sendable, Equatable {
    case teacher
    case student(pair: String)
    case plain(pair: String)

    /// Of its directory: `teacher`, `student`, `plain`, or `student-20m` of the pair `20m`.
    var name: String {
      switch self {
      case .teacher: "teacher"
      case .student(let pair): pair.isEmpty ? "student" : "student-\(pair)"
      case .plain(let pair): pair.isEmpty ? "plain" : "plain-\(pair)"
      }
    }
  }

  public struct Trial: Sendable {
    public let set: String
    public let role: Role
    public let seed: UInt64
    /// Of its directory inside the study's: `overruling/teacher`, of a later seed `overruling/seed-2/teacher`.
    public let name: String
    let reading: Recipe.Reading
    /// What a person enters to repeat this run alone.
    let command: String
    /// Of a student of stored signals: where they lie inside the study's directory, the recipe that they are collected by,
    /// and what a person enters to collect them alone.
    var signals: (name: String, reading: Recipe.Reading, command: String)?
  }

  public let study: Study
  public let trials: [Trial]

  /// - Parameters:
  ///   - file: of the study; its recipes are looked for beside it.
  ///   - data: the folder that holds a folder for each set; the recipes' own paths when nil.
  ///   - output: the directory of the study, where students find their teachers.
  ///   - overrides: `key=value` for all runs.
  /// - Throws: `RecipeError` for the first key or value that a recipe refuses; `StudyError`.
  public init(
    file: String, data: String?, output: String, overrides: [String] = []
  ) throws {
    let study = try Study.read(file: file)
    if overrides.contains(where: { $0.hasPrefix("training.seed=") }) {
      throw StudyError.seedOverride
    }
    let resolver = PathResolver(recipeFile: file)
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    func resolve(_ recipe: String) -> String {
      let beside = folder.appendingPathComponent(recipe).path
      return FileManager.default.fileExists(atPath: beside) ? beside : resolver(recipe)
    }
    var trials: [Trial] = []
    for turn in 0..<(study.sets.map(\.seeds.count).max() ?? 0) {
      for set in study.sets where turn < set.seeds.count {
        let seed = set.seeds[turn]
        let place = turn == 0 ? set.name : "\(set.name)/seed-\(seed)"
        let common =
          overrides + ["training.seed=\(seed)"]
          + (data.map { [Recipe.override(data: $0 + "/" + set.name)] } ?? [])
        func command(_ verb: [String], _ keys: [String], _ name: String) -> String {
          ShellCommand.text(
            ["swiftlet"] + verb + keys.flatMap { ["--set", $0] } + ["--output", "\(output)/\(name)"])
        }
        func trial(_ role: Role, _ recipe: String, _ own: [String]) throws -> Trial {
          let path = resolve(recipe), keys = common + own, name = "\(place)/\(role.name)"
          let reading = try Recipe.read(file: path, overrides: keys)
          guard reading.recipe.gates.isEmpty else { throw StudyError.gates(place: path) }
          return Trial(
            set: set.name, role: role, seed: seed, name: name, reading: reading,
            command: command(["train", path], keys, name)
          )
        }
        let teacher = try trial(.teacher, set.teacher, [])
        trials.append(teacher)
        let trained = quoted("\(output)/\(teacher.name)")
        for (index, pair) in set.pairs.enumerated() {
          let origin = ["model.init.from=\(trained)"]
          var student = try trial(.student(pair: pair.name), pair.student, origin + ["teacher=\(trained)"])
          if let size = study.signalSize {
            let live = student.reading
            // Students that read the same tokens share what the teacher says of them.
            let first = try set.pairs[..<index].first { earlier in
              try Recipe.read(file: resolve(earlier.student), overrides: common).recipe.readsAlike(
                live.recipe)
            }
            let suffix = (first ?? pair).name
            let name = "\(place)/signals" + (suffix.isEmpty ? "" : "-\(suffix)")
            student = try trial(
              .student(pair: pair.name), pair.student,
              origin + ["teacher={model: \(trained), signals: \(quoted(output + "/" + name))}"])
            student.signals = (
              name, live,
              command(
                ["signals", resolve(pair.student), "--k", "\(size)"],
                common + origin + ["teacher=\(trained)"], name)
            )
          }
          let plain = try trial(.plain(pair: pair.name), pair.plain, origin)
          try StudyPlan.requireTwins(student, plain)
          trials += [student, plain]
        }
      }
    }
    self.study = study
    self.trials = trials
  }

  /// Of all seeds of a set, those that are finished.
  func teachers(of set: String, _ results: [String: StudyResult]) -> [StudyResult] {
    trials.filter { $0.set == set && $0.role == .teacher }.compactMap { results[$0.name] }
  }

  /// A student and its plain twin may differ in what they learn from alone.
  private static func requireTwins(_ student: Trial, _ plain: Trial) throws {
    let first = student.reading.recipe, second = plain.reading.recipe
    if second.teacher != nil || second.method != .sft {
      throw StudyError.notTwins(
        place: plain.reading.file, expected: "method sft without a teacher", found: "another way of learning")
    }
    for (what, areEqual) in [
      ("model", first.model == second.model), ("dataset", first.dataset == second.dataset),
      ("tokenizer", first.tokenizer == second.tokenizer), ("lora", first.lora == second.lora),
      ("training", first.training == second.training), ("evaluation", first.evaluation == second.evaluation),
    ] where !areEqual {
      throw StudyError.notTwins(
        place: plain.reading.file, expected: "`\(what)` as in \(student.reading.file)", found: "another")
    }
  }
}

/// A text as a value of YAML.
private func quoted(_ text: String) -> String { JSONValue.string(text).text() }

extension Recipe {
  /// Whether two students of one teacher are trained on the same tokens.
  fileprivate func readsAlike(_ other: Recipe) -> Bool {
    model.vocabulary == other.model.vocabulary && dataset == other.dataset && tokenizer == other.tokenizer
      && training.maxLength == other.training.maxLength
      && training.learnsCompletionOnly == other.training.learnsCompletionOnly
      && objective == other.objective
  }
}
