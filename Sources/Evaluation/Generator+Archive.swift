import Files
import LanguageModels

extension Generator {
  /// How likely the model finds the continuations of every request, in the order of the requests; those that `archive`
  /// has scores of are not read again.
  ///
  /// - Parameter progress: called after every step, when what is finished has been kept.
  /// - Throws: as `score`, and what `archive` and `progress` throw.
  func score(
    _ requests: [ScoringRequest], archive: (any AnswerArchive<[KeptScore]>)?,
    progress: ((ExaminationProgress) throws -> Void)?
  ) throws -> [[KeptScore]] {
    var archived = ArchivedRequests<ScoringRequest, [KeptScore]>(archive)
    for request in requests {
      try archived.add(
        request,
        key: { identity in
          AnswerKey(
            self, identity: identity,
            [
              ("prompt_tokens", AnswerKey.digest(request.prompt)),
              ("continuation_tokens", .array(request.continuations.map(AnswerKey.digest))),
            ])
        },
        fits: { $0.count == request.continuations.count })
    }
    return try archived.answers(progress: progress) { requests, onFinish, progress in
      _ = try score(
        requests,
        onFinish: { try onFinish($0, $1.map(KeptScore.init)) }, progress: progress)
    }
  }
}

extension KeptScore {
  init(_ scored: ScoredContinuation) {
    self.init(logLikelihood: scored.logLikelihood, isGreedy: scored.isGreedy)
  }
}
