import Synchronization

/// How far a collection has come.
public struct CollectionCounts: Sendable, Equatable {
  public var requests = 0
  /// Answered by an earlier sitting.
  public var cached = 0
  /// Answered now.
  public var answered = 0
  /// Never to be answered, by the server's word, now or before.
  public var refused = 0
  /// Without an answer after all repetitions.
  public var failed = 0
  /// Repetitions after failures.
  public var retries = 0
  public var inFlight = 0
  /// Tokens of the answers that came now, and of all.
  public var usage = TokenUsage()
  public var totalUsage = TokenUsage()
  /// Answers without a count of tokens.
  public var uncounted = 0

  public init() {}

  public var finished: Int { cached + answered + refused + failed }
}

/// What the workers of one collection share.
final class CollectionState: Sendable {
  /// Why no more requests are sent.
  enum Ending: Sendable {
    case interrupted
    /// The store cannot be read or written.
    case broken(any Error)
    /// The server does not answer.
    case unavailable(reason: String)
  }

  private struct State {
    var next = 0
    var counts = CollectionCounts()
    var answers: [TeacherAnswer?]
    var ending: Ending?
    var firstRefusal: String?
    var firstFailure: String?
    /// Why a request was last asked again.
    var lastFailure: String?
    /// Without an answer since the last one that came.
    var failuresInRow = 0
    /// Refusals of this sitting.
    var refusals = 0
  }

  private let requests: [TeacherRequest]
  private let state: Mutex<State>
  private let refusalLimit: Int
  private let failureLimit: Int

  /// - Parameters:
  ///   - refusalLimit: so many refusals and not one answer mean that the recipe is wrong, not the prompts.
  ///   - failureLimit: so many failed requests without an answer between them mean that the server is gone.
  init(_ requests: [TeacherRequest], refusalLimit: Int, failureLimit: Int) {
    self.requests = requests
    self.refusalLimit = refusalLimit
    self.failureLimit = failureLimit
    var first = State(answers: Array(repeating: nil, count: requests.count))
    first.counts.requests = requests.count
    state = Mutex(first)
  }

  /// The next request that nobody has taken; nil when there is none or no more are to be sent.
  func take() -> (index: Int, request: TeacherRequest)? {
    state.withLock { state in
      guard state.ending == nil, state.next < requests.count else { return nil }
      defer { state.next += 1 }
      return (state.next, requests[state.next])
    }
  }

  func keep(_ answer: TeacherAnswer, at index: Int, isCached: Bool) {
    state.withLock { state in
      let usage = answer.usage ?? TokenUsage()
      if answer.usage == nil { state.counts.uncounted += 1 }
      state.counts.totalUsage += usage
      if !isCached {
        state.counts.usage += usage
        state.failuresInRow = 0
      }
      if let refusal = answer.refusal {
        note(refusal: refusal, isCached: isCached, in: &state)
        return
      }
      state.answers[index] = answer
      if isCached { state.counts.cached += 1 } else { state.counts.answered += 1 }
    }
  }

  func refuse(_ reason: String) {
    state.withLock { note(refusal: reason, isCached: false, in: &$0) }
  }

  private func note(refusal reason: String, isCached: Bool, in state: inout State) {
    state.counts.refused += 1
    if state.firstRefusal == nil { state.firstRefusal = reason }
    if !isCached { state.refusals += 1 }
    let hasAnswer = state.counts.cached + state.counts.answered > 0
    if !hasAnswer, state.refusals >= refusalLimit, state.ending == nil {
      state.ending = .unavailable(reason: reason)
    }
  }

  /// Counts a request that had no answer after all repetitions.
  func fail(_ reason: String) {
    state.withLock { state in
      state.counts.failed += 1
      state.failuresInRow += 1
      if state.firstFailure == nil { state.firstFailure = reason }
      if state.failuresInRow >= failureLimit, state.ending == nil {
        state.ending = .unavailable(reason: reason)
      }
    }
  }

  /// Counts a repetition of a request that failed for `reason`.
  func retry(after reason: String) {
    state.withLock { state in
      state.counts.retries += 1
      state.lastFailure = reason
    }
  }

  func flight(_ change: Int) { state.withLock { $0.counts.inFlight += change } }

  /// Sends no more requests; the first reason counts.
  func end(_ ending: Ending) { state.withLock { if $0.ending == nil { $0.ending = ending } } }

  var ending: Ending? { state.withLock(\.ending) }
  var isEnded: Bool { state.withLock { $0.ending != nil } }
  var counts: CollectionCounts { state.withLock(\.counts) }
  var firstRefusal: String? { state.withLock(\.firstRefusal) }
  var firstFailure: String? { state.withLock(\.firstFailure) }
  var lastFailure: String? { state.withLock(\.lastFailure) }
  /// In the order of the requests.
  var answers: [TeacherAnswer?] { state.withLock(\.answers) }
}
