import Kernels

/// Questions of lettered options, told so that what is learnt is the option and not its letter.
///
/// The letter of the right option changes with the order of the options, and small models first learn which letters
/// are often right (Pezeshkpour and Hruschka 2023, arXiv:2308.11483). Asked in several orders, or for the option's
/// text before its letter, the option itself is left to learn.
extension Record {
  /// The problem with its options in other orders, no two alike: `count` of them, or as many as there are.
  ///
  /// None where there are steps, which may name letters, where the prompt does not hold each option once on a line of
  /// its own, as `A. text` or `A) text`, and where an option speaks of others (`both A and B`, `all of the above`).
  package func otherOptionOrders(_ count: Int, using random: inout SeededRandom) -> [Record] {
    guard case .problem(let problem) = content, problem.reasoning.isEmpty, let right = rightOption,
      !choices.contains(where: Record.speaksOfOthers)
    else { return [] }
    let lines = problem.prompt.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var places: [(line: Int, mark: String)] = []
    let letters = OptionLetter.first(choices.count)
    for (letter, choice) in zip(letters, choices) {
      let marks = [". ", ") "].map { letter + $0 }
      let found = lines.indices.flatMap { line in
        marks.filter { lines[line] == $0 + choice }.map { (line, $0) }
      }
      guard found.count == 1 else { return [] }
      places.append(found[0])
    }
    return distinctOrders(count, using: &random).compactMap { order in
      guard let now = order.firstIndex(of: right) else { return nil }
      var reordered = lines
      for (place, option) in zip(places, order) { reordered[place.line] = place.mark + choices[option] }
      var asked = problem
      asked.prompt = reordered.joined(separator: "\n")
      asked.answer = .choice(letters[now], count: choices.count)
      var record = self
      record.content = .problem(asked)
      record.choices = order.map { choices[$0] }
      return record
    }
  }

  /// Whether the right option's text can be its one step: a question of options without steps.
  package var canStateOption: Bool {
    if case .problem(let problem) = content { problem.reasoning.isEmpty && rightOption != nil } else { false }
  }

  /// The problem with the right option's text as its one step; itself where `canStateOption` is false.
  package var statingOption: Record {
    guard canStateOption, case .problem(var problem) = content, let right = rightOption else { return self }
    problem.reasoning = choices[right]
    var record = self
    record.content = .problem(problem)
    return record
  }

  /// The index of the option whose letter is the answer.
  private var rightOption: Int? {
    guard case .problem(let problem) = content, case .choice(let letter, _) = problem.answer,
      choices.count <= OptionLetter.all.count
    else { return nil }
    return OptionLetter.first(choices.count).firstIndex(of: letter)
  }

  /// Orders of the options other than the one that there is.
  private func distinctOrders(_ count: Int, using random: inout SeededRandom) -> [[Int]] {
    let own = Array(choices.indices)
    var others = 1
    for size in own.indices where others <= count { others *= size + 1 }
    var seen: Set<[Int]> = [own]
    var orders: [[Int]] = []
    while orders.count < min(count, others - 1) {
      let order = own.shuffled(using: &random)
      if seen.insert(order).inserted { orders.append(order) }
    }
    return orders
  }

  private static func speaksOfOthers(_ option: String) -> Bool {
    let words = option.split { !$0.isLetter && !$0.isNumber }
    return words.contains { OptionLetter.all.contains(String($0)) }
      || ["above", "below", "위의", "앞의", "이상 모두"].contains { option.lowercased().contains($0) }
  }

  private static func letter(_ index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index)))
  }
}
