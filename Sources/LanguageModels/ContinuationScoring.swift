import Kernels

/// A prompt, and token sequences that may follow it.
public struct ScoringRequest: Sendable {
  /// At least one token.
  public var prompt: [Int32]
  public var continuations: [[Int32]]

  public init(prompt: [Int32], continuations: [[Int32]]) {
    self.prompt = prompt
    self.continuations = continuations
  }

  /// The tokens that the longest sequence has the model read: all but its last one.
  var inputCount: Int { prompt.count + max(1, continuations.map(\.count).max() ?? 1) - 1 }

  var tokenCount: Int { continuations.reduce(prompt.count) { $0 + $1.count } }
}

/// How likely a model finds one continuation.
public struct ScoredContinuation: Sendable, Equatable {
  /// ln p(token | the prompt and the tokens before it), of each token.
  public internal(set) var logProbabilities: [Float]
  /// Whether each token is the most likely one at its place: what greedy decoding would write.
  public internal(set) var isGreedy = true

  /// Σ ln p over the tokens.
  public var logLikelihood: Double { logProbabilities.reduce(0) { $0 + Double($1) } }
}

extension Generator {
  /// The log-probability of every token of every continuation, in the order of the requests.
  ///
  /// Each prompt is read once; its keys and values are copied to the continuations, whose first tokens share one row
  /// of logits. The result does not depend on what is scored beside it.
  ///
  /// - Parameters:
  ///   - onFinish: receives the continuations of each request when they are scored, before `progress` of that step.
  ///   - progress: called after every step; requests count as sequences, tokens read as generated ones. What it or
  ///     `onFinish` throws ends the work.
  /// - Throws: `LanguageModelError` before any work for an empty prompt, a token outside the vocabulary or a sequence
  ///   that the context does not hold; while working, when logits are not finite.
  public func score(
    _ requests: [ScoringRequest],
    onFinish: ((_ request: Int, [ScoredContinuation]) throws -> Void)? = nil,
    progress: ((GenerationProgress) throws -> Void)? = nil
  ) throws -> [[ScoredContinuation]] {
    try check(requests)
    var run = ScoringRun(self, requests)
    let start = ContinuousClock.now
    func report(finished: Int, tokens: Int) throws {
      try progress?(
        GenerationProgress(
          finishedSequences: finished, sequences: requests.count, generatedTokens: tokens,
          durationSeconds: (ContinuousClock.now - start) / .seconds(1)))
    }
    while run.finished < requests.count {
      for request in try run.wave(report) { try onFinish?(request, run.results[request]) }
      try report(finished: run.finished, tokens: run.tokensRead)
    }
    return run.results
  }

  private func check(_ requests: [ScoringRequest]) throws {
    let vocabulary = configuration.vocabularySize
    for (index, request) in requests.enumerated() {
      if request.prompt.isEmpty { throw LanguageModelError.emptyPrompt(request: index) }
      guard request.inputCount <= contextLength else {
        throw LanguageModelError.promptTooLong(
          request: index, length: request.inputCount, limit: contextLength + 1)
      }
      for sequence in [request.prompt] + request.continuations {
        if let token = sequence.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
          throw LanguageModelError.tokenOutsideVocabulary(
            request: index, token: token, vocabularySize: vocabulary)
        }
      }
    }
  }
}

/// The state of one call of `Generator.score`: some requests at a time, a slot of the cache for each prompt.
private struct ScoringRun {
  /// A token whose probability a row of logits gives.
  private struct Target {
    let continuation: Int
    let index: Int
    let token: Int32
  }

  /// A token to be read, and what the model is asked after it.
  private struct Row {
    let request: Int
    let token: Int32
    let position: Int
    let slot: Int
    var targets: [Target] = []
  }

  private static let rowsPerStep = 512
  /// Rows of logits in one step: each is as wide as the vocabulary.
  private static let logitRowsPerStep = 256
  private static let tokensPerWave = 1024

  private let generator: Generator
  private let requests: [ScoringRequest]
  private(set) var results: [[ScoredContinuation]]
  private(set) var finished = 0
  private(set) var tokensRead = 0

  init(_ generator: Generator, _ requests: [ScoringRequest]) {
    self.generator = generator
    self.requests = requests
    results = requests.map { request in
      request.continuations.map {
        ScoredContinuation(logProbabilities: [Float](repeating: 0, count: $0.count))
      }
    }
  }

  /// Scores the next requests, as many as fit together.
  ///
  /// - Returns: the requests that are finished by it.
  mutating func wave(_ report: (_ finished: Int, _ tokens: Int) throws -> Void) throws -> [Int] {
    var members: [Int] = []
    var (capacity, tokens) = (0, 0)
    for index in finished..<requests.count {
      let longest = max(capacity, requests[index].inputCount)
      tokens += requests[index].tokenCount
      // Half of the slots are for continuations.
      let fits = tokens <= Self.tokensPerWave && 2 * (members.count + 1) <= slotLimit(capacity: longest)
      guard members.isEmpty || fits else { break }
      members.append(index)
      capacity = longest
    }
    let copied = members.flatMap { request in
      requests[request].continuations.indices.filter { isCopied($0, of: request) }.map { (request, $0) }
    }
    let spare = min(copied.count, max(1, slotLimit(capacity: capacity) - members.count))
    let caches = generator.model.caches(slots: members.count + spare, capacity: capacity)
    let prompts = members.enumerated().flatMap { rows(ofPrompt: $1, slot: $0) }
    try read(prompts, caches, report)
    var next = 0
    while next < copied.count {
      let part = copied[next..<min(next + spare, copied.count)]
      var following: [Row] = []
      for (place, (request, continuation)) in part.enumerated() {
        let slot = members.count + place
        for cache in caches {
          cache.copy(
            positions: requests[request].prompt.count, from: request - finished, to: slot)
        }
        following += rows(ofContinuation: continuation, request: request, slot: slot)
      }
      try read(following, caches, report)
      next += part.count
    }
    finished += members.count
    return members
  }

  private func slotLimit(capacity: Int) -> Int {
    let configuration = generator.configuration
    let bytes =
      configuration.layerCount
      * KeyValueCache.bytesPerSlot(
        capacity: capacity, keyValueHeads: configuration.keyValueHeadCount,
        headDimension: configuration.headDimension, precision: generator.cachePrecision)
    return max(2, min(generator.maximumSlots, generator.cacheBytes / max(1, bytes)))
  }

  /// Whether a continuation needs the prompt's keys and values in a slot of its own: not when the prompt's last row
  /// answers for its only token, nor when it is the only one and goes on in the prompt's slot.
  private func isCopied(_ continuation: Int, of request: Int) -> Bool {
    let continuations = requests[request].continuations
    return continuations.count > 1 && continuations[continuation].count > 1
  }

  /// The rows of a prompt, the last of which gives the first token of every continuation; those of an only
  /// continuation behind them.
  private func rows(ofPrompt request: Int, slot: Int) -> [Row] {
    let (prompt, continuations) = (requests[request].prompt, requests[request].continuations)
    var rows = prompt.enumerated().map { Row(request: request, token: $1, position: $0, slot: slot) }
    rows[rows.count - 1].targets = continuations.enumerated().compactMap { index, tokens in
      tokens.first.map { Target(continuation: index, index: 0, token: $0) }
    }
    if continuations.count == 1 { rows += self.rows(ofContinuation: 0, request: request, slot: slot) }
    return rows
  }

  /// The rows of a continuation's tokens but the last, each of which gives the token after it.
  private func rows(ofContinuation continuation: Int, request: Int, slot: Int) -> [Row] {
    let tokens = requests[request].continuations[continuation]
    return zip(tokens, tokens.dropFirst()).enumerated().map { index, pair in
      Row(
        request: request, token: pair.0, position: requests[request].prompt.count + index, slot: slot,
        targets: [Target(continuation: continuation, index: index + 1, token: pair.1)])
    }
  }

  /// Runs rows through the model, those of a slot in the order of their positions, and notes what they give.
  private mutating func read(
    _ rows: [Row], _ caches: [KeyValueCache], _ report: (Int, Int) throws -> Void
  ) throws {
    var start = 0
    while start < rows.count {
      var end = start
      var chosen: [Int32] = []
      while end < rows.count, end - start < Self.rowsPerStep {
        if !rows[end].targets.isEmpty {
          guard chosen.count < Self.logitRowsPerStep else { break }
          chosen.append(Int32(end - start))
        }
        end += 1
      }
      let step = rows[start..<end]
      let logits = generator.model.logits(
        tokens: step.map(\.token), positions: step.map { Int32($0.position) },
        slots: step.map { Int32($0.slot) }, chosen: chosen, caches: caches, table: generator.table)
      try note(chosen.map { rows[start + Int($0)] }, logits)
      tokensRead += step.count
      start = end
      try report(finished, tokensRead)
    }
  }

  private mutating func note(_ rows: [Row], _ logits: Buffer) throws {
    let columns = generator.configuration.vocabularySize
    let best = Kernels.topK(logits, rows: rows.count, columns: columns, k: 1)
    for (index, row) in rows.enumerated() {
      for target in row.targets {
        let value = logits[index * columns + Int(target.token)] - best.logSumExp[index]
        guard value.isFinite else {
          throw LanguageModelError.nonFiniteLogits(request: row.request, position: row.position)
        }
        results[row.request][target.continuation].logProbabilities[target.index] = value
        if best.indices[index] != target.token {
          results[row.request][target.continuation].isGreedy = false
        }
      }
    }
  }
}
