import Corpus
import Files
import Foundation
import Training

/// What determines a collection of teacher outputs: the prompts, the teacher, and what is kept.
public struct TeachingRecipe: Sendable, Equatable {
  public var name: String?
  /// The prompts. Outputs made elsewhere may bring their own.
  public var dataset: PromptSettings?
  public var teacher: TeacherSettings?
  public var curation = CurationSettings()
  /// What no kept trace may share words with: names of bundled suites, files or folders of records. When nil, all bundled
  /// suites and the test and validation sides of the dataset's records.
  public var evaluationSets: [String]?

  public init() {}

  /// Reads a recipe. - Throws: `RecipeError` with file, line and the nearest known key.
  public static func read(file: String, overrides: [String] = []) throws -> TeachingRecipe {
    try RecipeFile.section(
      TeachingRecipe.self, RecipeFile.text(of: file), file: file, overrides: overrides,
      hint: "start with `dataset:` and `teacher:`")
  }

  public var yaml: String { yamlText }
  public var json: String { jsonText }
  /// Equal for recipes that collect the same.
  public var identity: String { Fingerprint.sha256(Array(jsonText.utf8)) }
}

extension TeachingRecipe: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("dataset", &dataset)
    fields.field("teacher", &teacher)
    fields.field("curation", &curation)
    fields.field("evaluation_sets", &evaluationSets)
    fields.require(
      teacher != nil, "teacher", expected: "a model directory, or a mapping with model, base_url or files")
    let bringsPrompts = if case .files = teacher { true } else { false }
    fields.require(dataset != nil || bringsPrompts, "dataset", expected: "with task or path")
  }
}

/// Where prompts come from: generated problems of the training side, or records.
public struct PromptSettings: Sendable, Equatable {
  /// Domains whose problems are generated; `all` stands for every one.
  public var tasks: [String] = []
  public var languages: [String] = []
  public var levels: [Int] = []
  public var shuffledShare = 0.0
  public var composedShare = 0.0
  /// Files or folders of records with a prompt, and an answer where it is to be verified.
  public var paths: [String] = []
  /// How many prompts; all of a file, 1000 of a generator, when nil.
  public var count: Int?
  public var seed: UInt64 = 7
  public var skipsBadLines = false
  /// Of the records.
  public var licence: String?

  public init() {}
}

extension PromptSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("task", &tasks)
    fields.field("languages", &languages)
    fields.field("levels", &levels)
    fields.field("shuffle_sentences", &shuffledShare)
    fields.field("compose_sentences", &composedShare)
    fields.field("path", &paths)
    fields.field("prompts", &count)
    fields.field("seed", &seed)
    fields.field("skip_bad", &skipsBadLines)
    fields.spell("licence", also: "license")
    fields.field("licence", &licence)
    fields.requireDomains(tasks, "task")
    fields.requireLanguages(languages)
    fields.requireLevels(levels)
    fields.requireShares(shuffled: shuffledShare, composed: composedShare)
    fields.require((1...100_000_000).contains(count ?? 1), "prompts", expected: "from 1 to 100000000")
    fields.require(!(tasks.isEmpty && paths.isEmpty), "task", expected: "or path: one of them")
  }
}
