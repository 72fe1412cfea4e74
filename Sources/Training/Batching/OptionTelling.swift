import Corpus
import Kernels

/// How the questions of lettered options in a file are told: once as they stand, and as `dataset.choice_orders` and
/// `state_choice` ask.
struct OptionTelling {
  /// The records to learn from, those in other orders of their options after all the others.
  private(set) var told: [Record] = []
  private var questions = 0
  private var reordered = 0
  private var stated = 0
  private var ordersWanted = 1
  private var statesChoice = false

  init() {}

  init(_ records: [Record], _ dataset: DatasetSettings) {
    ordersWanted = dataset.choiceOrders
    statesChoice = dataset.statesChoice
    questions = records.count { !$0.choices.isEmpty }
    stated = records.count(where: \.canStateOption)
    var copies: [Record] = []
    if ordersWanted > 1 {
      var random = SeededRandom(seed: dataset.seed ^ StableHash.of("choice orders"))
      for record in records {
        let others = record.otherOptionOrders(ordersWanted - 1, using: &random)
        if !others.isEmpty { reordered += 1 }
        copies += others
      }
    }
    told = OptionTelling.stated(records + copies, dataset)
  }

  static func stated(_ records: [Record], _ dataset: DatasetSettings) -> [Record] {
    dataset.statesChoice ? records.map(\.statingOption) : records
  }

  /// Adds the counts of another file.
  mutating func merge(_ other: OptionTelling) {
    questions += other.questions
    reordered += other.reordered
    stated += other.stated
    ordersWanted = other.ordersWanted
    statesChoice = other.statesChoice
  }

  var lacksOrders: Bool { ordersWanted > 1 && reordered == 0 }
  var lacksStated: Bool { statesChoice && stated == 0 }

  /// Of questions that are learnt in the order of the file alone.
  var warning: String? {
    guard ordersWanted > 1, reordered > 0, reordered < questions else { return nil }
    return
      "\(questions - reordered) of \(questions) questions of options are learnt in their own order alone: "
      + "they have steps, options that speak of others, or not each option on a line of its own"
  }
}
