import Kernels

/// Questions of lettered options, told so that what is learnt is the option and not its letter.
///
/// The letter of the right option changes with the order of the options, and small models first learn which letters
/// are often right (Pezeshkpour and Hruschka 2023, arXiv:2308.11483). Asked in several orders, or for the option's
/// text before its letter, the option itself is left to learn.
extension Record {
  /// The problem with its options in an order drawn from `random`, which may be the same one.
  ///
  /// Nil where there are steps, which may name letters, and where the prompt does not hold each option once on a
  /// line of its own, as `A. text` or `A) text`.
  package func withOptionsReordered(using random: inout SeededRandom) -> Record? {
    guard case .problem(var problem) = content, problem.reasoning.isEmpty, let right = rightOption else {
      return nil
    }
    var lines = problem.prompt.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var places: [(line: Int, mark: String)] = []
    for (index, choice) in choices.enumerated() {
      let marks = [". ", ") "].map { Record.letter(index) + $0 }
      let found = lines.indices.filter { line in marks.contains { lines[line] == $0 + choice } }
      guard found.count == 1, let mark = marks.first(where: { lines[found[0]] == $0 + choice }) else {
        return nil
      }
      places.append((found[0], mark))
    }
    let order = choices.indices.shuffled(using: &random)
    for (place, option) in zip(places, order) { lines[place.line] = place.mark + choices[option] }
    guard let now = order.firstIndex(of: right) else { return nil }
    problem.prompt = lines.joined(separator: "\n")
    problem.answer = .choice(Record.letter(now), count: choices.count)
    var record = self
    record.content = .problem(problem)
    record.choices = order.map { choices[$0] }
    return record
  }

  /// The problem with the right option's text as its one step; itself where there are steps already or no options.
  package var statingOption: Record {
    guard case .problem(var problem) = content, problem.reasoning.isEmpty, let right = rightOption else {
      return self
    }
    problem.reasoning = choices[right]
    var record = self
    record.content = .problem(problem)
    return record
  }

  /// The index of the option whose letter is the answer.
  private var rightOption: Int? {
    guard case .problem(let problem) = content, case .choice(let letter, _) = problem.answer,
      choices.count <= 26
    else { return nil }
    return choices.indices.first { Record.letter($0) == letter }
  }

  private static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }
}
