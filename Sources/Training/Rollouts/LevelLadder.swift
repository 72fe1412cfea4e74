extension Recipe {
  /// Calls `body` with the recipe and, where it asks for `lower_levels`, again with all levels one lower, as long as every
  /// answer is wrong.
  ///
  /// - Throws: what `body` throws; `TrainingError.unreachable` when the levels are at their lowest.
  package func loweringLevels<Value>(
    note: (String) -> Void, _ body: (Recipe) throws -> Value
  ) throws -> Value {
    var recipe = self
    while true {
      do {
        return try body(recipe)
      } catch let error as TrainingError {
        guard case .unreachable(let groups, _, solved: 0) = error, let easier = recipe.easierLevels else {
          throw error
        }
        let names = easier.map(String.init).joined(separator: ", ")
        note("all answers in \(groups) groups were wrong: going on with levels \(names)")
        recipe.dataset.levels = easier
      }
    }
  }

  /// Nil where the recipe wants its levels as they are, and where level 1 is all there is.
  private var easierLevels: [Int]? {
    guard rollouts.lowersLevels == true, !dataset.tasks.isEmpty else { return nil }
    let levels = Set(dataset.levels.isEmpty ? Array(1...5) : dataset.levels)
    return levels == [1] ? nil : Set(levels.map { max(1, $0 - 1) }).sorted()
  }
}
