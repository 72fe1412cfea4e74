extension JUnitReport {
  /// A run of a sweep, finished or not.
  public mutating func add(_ run: SweepRow.Run) {
    if let error = run.error {
      add(run.name, .error(error))
    } else if let seconds = run.seconds {
      addPassed(run.name, seconds: seconds, run.verdicts)
    } else {
      addUnfinished(run.name, run.verdicts.map(\.gate))
    }
  }
}
