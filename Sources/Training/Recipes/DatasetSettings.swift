import Corpus

/// What a run learns from: generated problems, files of records, or plain text.
public struct DatasetSettings: Sendable, Equatable {
  /// Domains whose problems are generated; `all` stands for every one.
  public var tasks: [String] = []
  public var languages: [String] = []
  public var levels: [Int] = []
  /// Families of generated problems to train on more often: one more turn for each time a name stands here.
  public var extraTurns: [String] = []
  /// Files or folders of JSON Lines records.
  public var paths: [String] = []
  /// Files or folders of plain text (`.txt`), or of records with `text`; for pre-training.
  public var texts: [String] = []
  /// Domains whose statements, questions and drills join the pre-training mixture.
  public var domains: [String] = []
  /// Generated documents of arithmetic drills that join the mixture, all tokens learnt.
  public var arithmetic: Int?
  /// Generated exercises in looking up facts that join the mixture; their answers alone are learnt.
  public var lookups: Int?
  /// The share of generated problems whose sentences are put in another order.
  public var shuffledShare = 0.0
  /// The share of generated problems whose statement is put together from single sentences, in text for pre-training
  /// too.
  public var composedShare = 0.0
  /// Examples to train on; all of a file, 10 000 of a generator, when nil.
  public var trainCount: Int?
  /// The share of the first pass over which harder examples join the easiest ones; no curriculum when nil.
  public var curriculum: Double?
  /// Examples kept for evaluation.
  public var evaluationCount = 200
  public var seed: UInt64 = 7
  /// Leave out lines that cannot be read, and count them, instead of stopping at the first.
  public var skipsBadLines = false
  /// Whether the completion holds the reasoning, or the answer alone.
  public var includesReasoning = true
  /// In how many orders of its lettered options a question of a file is learnt, as far as there are as many.
  public var choiceOrders = 1
  /// Whether the right option's text is the reasoning of a question of options that has none.
  public var statesChoice = false
  /// Of the files, as far as a record states none of its own; for the ledger.
  public var license: String?
  public init() {}
}

extension DatasetSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("task", &tasks)
    fields.field("languages", &languages)
    fields.field("levels", &levels)
    fields.field("extra_turns", &extraTurns)
    fields.field("path", &paths)
    fields.field("text", &texts)
    fields.field("domains", &domains)
    fields.field("arithmetic", &arithmetic)
    fields.field("lookups", &lookups)
    fields.field("shuffle_sentences", &shuffledShare)
    fields.field("compose_sentences", &composedShare)
    fields.field("train", &trainCount)
    fields.field("curriculum", &curriculum)
    fields.field("eval", &evaluationCount)
    fields.field("seed", &seed)
    fields.field("reasoning", &includesReasoning)
    fields.field("choice_orders", &choiceOrders)
    fields.field("state_choice", &statesChoice)
    fields.field("skip_bad", &skipsBadLines)
    fields.spell("license", also: "licence")
    fields.field("license", &license)
    fields.requireDomains(tasks, "task")
    fields.requireDomains(domains, "domains")
    fields.requireLanguages(languages)
    fields.requireLevels(levels)
    fields.require(
      extraTurns.allSatisfy(DatasetSettings.families(of: tasks).contains), "extra_turns",
      expected: "families of the tasks (swiftlet data list)")
    for (key, count) in [("arithmetic", arithmetic), ("lookups", lookups), ("train", trainCount)] {
      fields.require((1...100_000_000).contains(count ?? 1), key, expected: "from 1 to 100000000")
    }
    fields.requireShares(shuffled: shuffledShare, composed: composedShare)
    fields.require(
      curriculum.map { $0 > 0 && $0 <= 1 } ?? true, "curriculum", expected: "above 0, to 1")
    fields.require((1...1_000).contains(choiceOrders), "choice_orders", expected: "from 1 to 1000")
    for (key, isGiven) in [("choice_orders", choiceOrders > 1), ("state_choice", statesChoice)] {
      fields.require(
        !isGiven || !paths.isEmpty, key, expected: "path with it: it is of the questions of files")
    }
    fields.require(
      includesReasoning || !statesChoice, "state_choice",
      expected: "reasoning: true with it, since it is reasoning")
    fields.require((0...1_000_000).contains(evaluationCount), "eval", expected: "from 0 to 1000000")
    fields.require(
      !(tasks.isEmpty && paths.isEmpty && texts.isEmpty && domains.isEmpty && arithmetic == nil
        && lookups == nil), "task",
      expected: "or path, or text: one of them")
  }

  /// The domains named by `names`.
  package static func domains(_ names: [String]) -> [DomainName] {
    names.contains("all") ? DomainName.allCases : names.compactMap(DomainName.init(rawValue:))
  }

  /// The families of the domains named by `names`.
  package static func families(of names: [String]) -> [String] {
    domains(names).flatMap(\.families).map(\.name)
  }

  /// The languages named by `names`; all when there are none.
  package static func languages(_ names: [String]) -> [Language] {
    names.isEmpty ? Language.allCases : names.compactMap(Language.init(rawValue:))
  }
}
