extension JUnitReport {
  /// Every run of a study, finished or not.
  public mutating func add(_ study: StudyReport) {
    for run in study.runs {
      if let error = run.error {
        add(run.name, .error(error))
      } else if let seconds = run.seconds {
        addPassed(run.name, seconds: seconds)
      } else {
        add(run.name, .skipped("not finished"))
      }
    }
  }
}
