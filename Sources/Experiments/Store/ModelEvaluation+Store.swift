import Evaluation
import Foundation
import LanguageModels
import Training

extension ModelEvaluation {
  /// The evaluations that are known of a model.
  ///
  /// Those that its run left, beside the weights or in `store`, and what `swiftlet eval` measured of the very weights. Of an
  /// exported model the latter stand alone where there are some: its run measured other weights.
  ///
  /// - Throws: `StoreError`; `FileError` for weights that cannot be read.
  public static func known(
    of model: StoredModel, at place: URL, road: Ledger, store: ExperimentStore?
  ) throws -> (evaluations: [ModelEvaluation], areOfOtherWeights: Bool) {
    let measured = try store?.evaluations(ofWeights: model.weightsFingerprint()) ?? []
    var left = ModelEvaluation.read(in: place)
    if left.isEmpty, let store { left = try store.evaluations(ofModelIn: place) }
    guard road.endsWithExport else { return (left + measured, false) }
    return measured.isEmpty ? (left, true) : (measured, false)
  }

  fileprivate init?(model: String, suite: String, json: String) {
    guard let report = try? JSONDecoder().decode(AccuracyReport.self, from: Data(json.utf8)) else {
      return nil
    }
    self.init(model: model, suite: suite, report)
  }
}

extension ExperimentStore {
  /// Keeps what was measured of the weights with this digest.
  ///
  /// - Parameter replaces: whether it stands for all that was measured under its name before, as that of a file does, which may
  ///   have changed. Of a bundled suite the evaluation with the most questions counts.
  /// - Throws: `StoreError`.
  public func keep(_ evaluation: ModelEvaluation, ofWeights digest: String, replaces: Bool) throws {
    if replaces { try forgetMeasured(evaluation.suite, ofWeights: digest) }
    try insert(
      MeasuredAccuracy(
        weights: digest, suite: evaluation.suite, problems: evaluation.accuracy.overall.problems,
        time: Date(),
        model: evaluation.model,
        report: String(decoding: try JSONEncoder().encode(evaluation.accuracy), as: UTF8.self)))
  }

  /// What was measured of these weights, of each suite with the most questions.
  fileprivate func evaluations(ofWeights digest: String) throws -> [ModelEvaluation] {
    let rows = try measuredAccuracies(ofWeights: digest)
    return Dictionary(rows.map { ($0.suite, $0) }) { $0.problems > $1.problems ? $0 : $1 }.values
      .sorted { $0.suite < $1.suite }
      .compactMap { ModelEvaluation(model: $0.model, suite: $0.suite, json: $0.report) }
  }

  /// The evaluations of the newest run that wrote the model in `directory`, or the folder around it.
  fileprivate func evaluations(ofModelIn directory: URL) throws -> [ModelEvaluation] {
    let place = directory.standardizedFileURL
    let places = [place.path, place.deletingLastPathComponent().path]
    for run in try runs(limit: 10_000) {
      guard let output = run.output, places.contains(URL(fileURLWithPath: output).standardizedFileURL.path)
      else { continue }
      let found = try evaluations(of: run.id).compactMap {
        ModelEvaluation(model: $0.model, suite: $0.suite, json: $0.report)
      }
      if !found.isEmpty { return found }
    }
    return []
  }
}
