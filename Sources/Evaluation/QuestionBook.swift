import Corpus

/// The questions of records, and the options of each by its id.
///
/// Files that number their records each from 1 share ids: a question whose id stands for other options is told apart by its
/// place.
package struct QuestionBook {
  package private(set) var choices: [String: [String]] = [:]

  package init() {}

  /// The record's question, entered with its options; nil where it asks nothing that can be checked.
  package mutating func question(of record: Record) -> Problem? {
    guard var problem = record.question else { return nil }
    if let others = choices[problem.id], others != record.choices { problem.id = record.place }
    choices[problem.id] = record.choices
    return problem
  }
}
