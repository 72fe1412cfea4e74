import Corpus

/// The questions that a policy answers while it learns: generated problems, then those of records.
public struct PromptSource: Sendable {
  let generator: ProblemGenerator?
  let generatedCount: Int
  let records: [Problem]
  /// The options of a record's question, by its id.
  let choices: [String: [String]]

  init(
    generator: ProblemGenerator?, generatedCount: Int, records: [Problem] = [],
    choices: [String: [String]] = [:]
  ) {
    self.generator = generator
    self.generatedCount = generator == nil ? 0 : generatedCount
    self.records = records
    self.choices = choices
  }

  var count: Int { generatedCount + records.count }

  func problem(at index: Int) -> Problem {
    if let generator, index < generatedCount { return generator.problem(at: index) }
    return records[index - generatedCount]
  }
}
