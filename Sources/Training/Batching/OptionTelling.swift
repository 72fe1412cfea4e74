import Corpus
import Kernels

/// How the questions of lettered options in a file are told: once as they stand, and again in other orders of their
/// options where `dataset.choice_orders` asks for them.
struct OptionTelling {
  /// The records to learn from, those in other orders of their options after all the others.
  private(set) var told: [Record] = []
  private(set) var reordered = 0
  private(set) var statable = 0
  private var questions = 0

  init() {}

  init(_ records: [Record], _ dataset: DatasetSettings) {
    questions = records.count { !$0.choices.isEmpty }
    statable = records.count(where: \.canStateOption)
    told = records
    guard dataset.choiceOrders > 1 else { return }
    var random = SeededRandom(seed: dataset.seed ^ StableHash.of("choice orders"))
    for record in records {
      let others = record.otherOptionOrders(dataset.choiceOrders - 1, using: &random)
      if !others.isEmpty { reordered += 1 }
      told += others
    }
  }

  /// Adds the counts of another file.
  mutating func merge(_ other: OptionTelling) {
    questions += other.questions
    reordered += other.reordered
    statable += other.statable
  }

  /// Of questions that are learnt in the order of the file alone.
  var warning: String? {
    guard reordered > 0, reordered < questions else { return nil }
    return
      "\(questions - reordered) of \(questions) questions of options are learnt in their own order alone: "
      + "they have steps, options that speak of others, or not each option on a line of its own"
  }
}
