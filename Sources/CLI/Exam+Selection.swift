import Corpus
import Evaluation
import Kernels

extension Exam {
  /// Keeps the questions that can be asked by `scoring`, at most `count` of them, parallel ones in whole groups as far
  /// as they go.
  ///
  /// - Throws: `EvaluationError` for a record without usable choices, where none has any, and for a parallel group that lacks a language,
  ///   unless `skipsBad`; `CommandError.nothingToAsk`.
  mutating func select(_ count: Int?, _ scoring: ScoringOptions, skipsBad: Bool) throws {
    let asked = problems.count
    if scoring.method == .likelihood {
      let (kept, refused) = try kept(skipsBad) { try listed($0, scoring.form) != nil }
      if kept.isEmpty, refused.isEmpty { throw EvaluationError.noneListed(path: name, questions: asked) }
      notAsked += asked - kept.count - refused.count
      (problems, skipped) = (kept, skipped + refused)
      // Of what is scored alone: a number's commonest value says nothing about options.
      let scored = training.filter {
        (try? ListedChoices($0.problem, choices: $0.choices, form: scoring.form, place: $0.problem.id)) != nil
      }
      if !training.isEmpty { prior = scored.isEmpty ? nil : AnswerPrior(training: scored.map(\.problem)) }
    }
    try keepWholeGroups(skipsBad: skipsBad)
    if let count {
      problems = ParallelQuestions.first(count, ids: problems.map { parallelIDs[$0.id] }).map { problems[$0] }
    }
    guard !problems.isEmpty else { throw CommandError.nothingToAsk(path: name, records: asked) }
  }

  /// The choices of a question, nil where it lists none.
  func listed(_ problem: Problem, _ form: ChoiceForm) throws(EvaluationError) -> ListedChoices? {
    try ListedChoices(
      problem, choices: choices[problem.id], form: form, place: places[problem.id] ?? problem.id)
  }

  /// Of a record: its place without the line.
  private func file(of problem: Problem) -> String {
    let place = places[problem.id] ?? ""
    return String(place.prefix(upTo: place.lastIndex(of: ":") ?? place.endIndex))
  }

  private mutating func keepWholeGroups(skipsBad: Bool) throws {
    let questions = ParallelQuestions(
      languages: problems.map(\.language), ids: problems.map { parallelIDs[$0.id] },
      files: problems.map { file(of: $0) })
    guard let error = questions.missingLanguages(place: name) else { return }
    guard skipsBad else { throw error }
    let incomplete = Set(questions.incomplete.map(\.id))
    let before = problems.count
    problems.removeAll { parallelIDs[$0.id].map(incomplete.contains) ?? false }
    leftOut += before - problems.count
    Terminal.write(
      "left out: \(before - problems.count) records of \(incomplete.count) parallel groups, "
        + "\(error.place): expected \(error.expected), found \(error.found)\n")
  }

  /// Leaves out, or refuses, questions that do not fit the context with their choices.
  mutating func fitChoices(_ model: LoadedModel, _ form: ChoiceForm, skipsBad: Bool) throws {
    var encoder = ChoiceEncoder(tokenizer: model.tokenizer, template: model.template)
    let limit = model.configuration.maximumPositions
    let (kept, refused) = try kept(skipsBad) { problem in
      guard let choices = try listed(problem, form) else { return false }
      let request = try encoder.request(problem, choices)
      let longest = request.prompt.count + (request.continuations.map(\.count).max() ?? 0)
      guard longest > limit else { return true }
      throw CommandError.promptTooLong(
        place: places[problem.id] ?? problem.id, tokens: longest, limit: limit + 1)
    }
    guard !kept.isEmpty else { throw CommandError.nothingToAsk(path: name, records: problems.count) }
    (problems, skipped) = (kept, skipped + refused)
  }

  /// The questions that `isKept` accepts, and a message for each that it refuses by an error.
  ///
  /// - Throws: the first such error unless `skipsBad`.
  func kept(
    _ skipsBad: Bool, _ isKept: (Problem) throws -> Bool
  ) throws -> (problems: [Problem], refused: [String]) {
    var refused: [String] = []
    let kept = try problems.filter { problem in
      do {
        return try isKept(problem)
      } catch let error as any Diagnostic {
        guard skipsBad else { throw error }
        refused.append(error.description)
        return false
      }
    }
    return (kept, refused)
  }
}
