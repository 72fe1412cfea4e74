extension JUnitReport {
  /// Every run of a study, finished or not.
  ///
  /// - Parameter other: the run that has an entry of its own.
  public mutating func add(_ study: StudyReport, without other: String? = nil) {
    for run in study.runs where run.name != other {
      if let error = run.error {
        add(run.name, .error(error))
      } else if let seconds = run.seconds {
        addPassed(run.name, seconds: seconds)
      } else {
        add(run.name, .skipped(study.untaught.contains(run.name) ? "no teacher" : "not finished"))
      }
    }
  }
}
