import Experiments
import Files
import Foundation
import Training

/// Asks a server everything that the store does not know yet, several requests at a time.
///
/// Every answer is stored when it comes, so whatever ends the program, the next sitting asks the rest. What another program
/// with the same store is asking is waited for, and not paid twice.
struct EndpointCollection: Sendable {
  let settings: EndpointSettings
  let key: EndpointKey?
  let store: ExperimentStore
  let shouldStop: @Sendable () -> Bool
  /// Whether it is the time that ends the collection.
  let isOutOfTime: @Sendable () -> Bool
  /// What requests that are asked have left to be answered when the time is over.
  let graceSeconds: Double

  /// Runs until all is answered or `state` is ended. Requests that are asked are waited for, unless the time is over.
  func run(_ state: CollectionState) async {
    let client = EndpointClient(settings, key: key)
    let pacer = RequestPacer(perMinute: settings.requestsPerMinute)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<settings.concurrency {
        group.addTask {
          await work(state, client, pacer)
          return true
        }
      }
      group.addTask {
        await outlastTime()
        return false
      }
      var working = settings.concurrency
      while working > 0, let isWorker = await group.next() {
        if isWorker { working -= 1 } else { group.cancelAll() }
      }
      group.cancelAll()
    }
    // All requests are over; a connection that closes badly changes nothing.
    try? await client.shutdown()
  }

  /// Returns when the time and the grace after it are over, or when it is cancelled.
  private func outlastTime() async {
    do {
      while !isOutOfTime() { try await Task.sleep(for: .milliseconds(200)) }
      try await Task.sleep(for: .seconds(graceSeconds))
    } catch {
      // Cancelled: all requests are over.
    }
  }

  private func work(_ state: CollectionState, _ client: EndpointClient, _ pacer: RequestPacer) async {
    while let (index, request) = state.take() {
      if shouldStop() { return state.end(.interrupted) }
      do {
        if try takeStored(request, at: index, state) { continue }
        guard let lock = await lock(request, state) else { continue }
        defer { withExtendedLifetime(lock) {} }
        // Who held it may have its answer by now.
        if try takeStored(request, at: index, state) { continue }
        guard let body = await ask(request, state, client, pacer) else { continue }
        let kept = try store.keep(
          StoredTeacherAnswer(
            hash: request.hash, time: Date(), place: request.place, request: request.body, response: body))
        state.keep(try StoredAnswers.read(kept, in: store, key: key), at: index, isCached: false)
      } catch {
        state.end(.broken(error))
      }
    }
  }

  /// Whether the answer was in the store.
  private func takeStored(_ request: TeacherRequest, at index: Int, _ state: CollectionState) throws -> Bool {
    guard let known = try store.teacherAnswer(hash: request.hash) else { return false }
    state.keep(try StoredAnswers.read(known, in: store, key: key), at: index, isCached: true)
    return true
  }

  /// Keeps others from asking the same, and waits while another does; nil when no more is to be sent.
  private func lock(_ request: TeacherRequest, _ state: CollectionState) async -> OutputLock? {
    repeat {
      if let lock = OutputLock.unlessHeld("\(store.path)-\(request.hash)") { return lock }
    } while await wait(.milliseconds(200), state)
    return nil
  }

  /// The answer's body, after repetitions; nil when it is refused or no more is to be sent.
  private func ask(
    _ request: TeacherRequest, _ state: CollectionState, _ client: EndpointClient, _ pacer: RequestPacer
  ) async -> String? {
    let policy = RetryPolicy(firstDelaySeconds: settings.retryDelaySeconds)
    var random = SystemRandomNumberGenerator()
    for repetition in 0...settings.retries {
      guard await wait(pacer.turn(), state) else { return nil }
      state.flight(1)
      let reply = await client.send(request)
      state.flight(-1)
      switch reply {
      case .answered(let body): return body
      case .refused(let reason):
        state.refuse(reason)
        return nil
      case .failed(let reason):
        state.end(.unavailable(reason: reason))
        return nil
      case .transient where Task.isCancelled:
        state.end(.interrupted)
        return nil
      case .transient(let reason, let retryAfter):
        guard repetition < settings.retries else {
          let times = settings.retries == 0 ? "" : ", \(settings.retries + 1) times"
          state.fail(reason + times)
          return nil
        }
        state.retry(after: reason)
        let delay = policy.delay(before: repetition, retryAfter: retryAfter, using: &random)
        guard await wait(.seconds(delay), state) else { return nil }
      }
    }
    return nil
  }

  /// Waits in short pieces; false when no more is to be sent.
  private func wait(_ duration: Duration, _ state: CollectionState) async -> Bool {
    let end = ContinuousClock.now + duration
    while true {
      if shouldStop() { state.end(.interrupted) }
      if state.isEnded { return false }
      let left = ContinuousClock.now.duration(to: end)
      if left <= .zero { return true }
      // Nothing cancels these tasks; a sleep that ended early would only look again sooner.
      try? await Task.sleep(for: min(left, .milliseconds(200)))
    }
  }
}

/// Answers that an earlier sitting stored.
enum StoredAnswers {
  /// - Parameter key: what no message may show.
  /// - Throws: `TeachingError.badStoredAnswer` for what is no answer.
  static func read(
    _ stored: StoredTeacherAnswer, in store: ExperimentStore, key: EndpointKey? = nil
  ) throws -> TeacherAnswer {
    do throws(TeacherAnswer.Malformed) { return try TeacherAnswer(reading: stored.response, key: key) } catch
    {
      throw TeachingError.badStoredAnswer(store: store.path, hash: stored.hash, found: error.found)
    }
  }
}
