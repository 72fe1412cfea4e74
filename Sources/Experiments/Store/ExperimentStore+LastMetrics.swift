extension ExperimentStore {
  /// The last value of each metric of a run.
  public func lastMetrics(of run: String) throws -> [String: Double] {
    var last: [String: StoredMetric] = [:]
    for row in try metrics(of: run) where row.step >= last[row.name]?.step ?? .min { last[row.name] = row }
    return last.mapValues(\.value)
  }
}
