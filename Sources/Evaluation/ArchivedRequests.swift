import Files
import LanguageModels

/// How far an examination has come.
public struct ExaminationProgress: Sendable {
  /// Answers that the archive had.
  public let reused: Int
  /// Of the answers that the model is asked for now.
  public let generation: GenerationProgress

  public var answers: Int { reused + generation.sequences }
  public var finished: Int { reused + generation.finishedSequences }
}

/// Requests to a model, of which those are asked that an archive has no answer to.
package struct ArchivedRequests<Request, Answer> {
  private let archive: (any AnswerArchive<Answer>)?
  private var answers: [Answer?] = []
  private var asked: [(request: Request, place: Int, key: AnswerKey?)] = []

  /// - Parameter archive: has answers from before, and keeps each new one when it is finished; nil asks everything.
  package init(_ archive: (any AnswerArchive<Answer>)?) { self.archive = archive }

  /// - Parameters:
  ///   - key: of the request, given the model's identity.
  ///   - fits: whether a kept answer is one to this request.
  package mutating func add(
    _ request: Request, key: (_ identity: JSONObject) -> AnswerKey, fits: (Answer) -> Bool = { _ in true }
  ) throws {
    let key = archive.map { key($0.identity) }
    var known = try key.flatMap { try archive?.answer(to: $0) }
    if let found = known, !fits(found) { known = nil }
    if known == nil { asked.append((request, answers.count, key)) }
    answers.append(known)
  }

  /// The answers to all requests, in their order.
  ///
  /// - Parameters:
  ///   - progress: called after every step, when what is finished has been kept; what it throws ends the work.
  ///   - ask: has the model answer the requests that it is given, all of them, and hands each answer over when it is
  ///     finished.
  package func answers(
    progress: ((ExaminationProgress) throws -> Void)?,
    ask: (
      _ requests: [Request], _ onFinish: @escaping (_ request: Int, Answer) throws -> Void,
      _ progress: ((GenerationProgress) throws -> Void)?
    ) throws -> Void
  ) throws -> [Answer] {
    var answers = answers
    let reused = answers.count - asked.count
    try ask(
      asked.map(\.request),
      { index, answer in
        if let key = asked[index].key { try archive?.keep(answer, as: key) }
        answers[asked[index].place] = answer
      },
      progress.map { show in
        { try show(ExaminationProgress(reused: reused, generation: $0)) }
      })
    return answers.enumerated().map { index, answer in
      guard let answer else { fatalError("ArchivedRequests: request \(index) has no answer") }
      return answer
    }
  }
}
