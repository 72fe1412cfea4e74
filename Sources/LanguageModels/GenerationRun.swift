import Kernels

/// The state of one call of `Generator.generate`.
struct GenerationRun {
  /// A sequence that is being read or continued.
  private struct Sequence {
    let request: Int
    /// Prompt and completion.
    var tokens: [Int32]
    let limit: Int
    /// The tokens whose keys and values are in the cache.
    var filled = 0
    var random: SeededRandom
    /// A slot that is reading the same prompt.
    var source: Int?
  }

  /// Prompt tokens read in one step, beside one token of each growing sequence.
  private static let promptRowsPerStep = 512

  private let generator: Generator
  private let requests: [GenerationRequest]
  private let recording: SignalRecording?
  private let caches: [KeyValueCache]
  private var slots: [Sequence?]
  private var nextRequest = 0

  private(set) var results: [GeneratedSequence]
  /// The requests whose results are whole, in the order in which they ended.
  private(set) var ended: [Int] = []
  var finished: Int { ended.count }
  private(set) var generatedTokens = 0

  init(_ generator: Generator, _ requests: [GenerationRequest], _ recording: SignalRecording?) {
    self.generator = generator
    self.requests = requests
    self.recording = recording
    let (count, capacity) = generator.slots(for: requests)
    caches = requests.isEmpty ? [] : generator.model.caches(slots: count, capacity: capacity)
    slots = Array(repeating: nil, count: count)
    var empty = GeneratedSequence()
    empty.signals = recording.map { TeacherSignals(k: $0.k, temperature: $0.temperature) }
    results = Array(repeating: empty, count: requests.count)
  }

  /// Fills free slots, runs the waiting tokens of all slots through the model and chooses one token for each slot
  /// that has no more waiting ones.
  mutating func step(onToken: ((Int, Int32) -> Bool)?) throws {
    for slot in slots.indices where slots[slot] == nil { admit(to: slot) }
    for slot in slots.indices { copyPrompt(to: slot) }
    var tokens: [Int32] = []
    var positions: [Int32] = []
    var rowSlots: [Int32] = []
    var complete: [Int] = []  // slots whose last token is among the rows
    var lastRows: [Int32] = []
    var budget = Self.promptRowsPerStep
    for slot in slots.indices {
      guard let sequence = slots[slot], sequence.source == nil else { continue }
      let waiting = sequence.tokens.count - sequence.filled
      let taken = waiting == 1 ? 1 : min(waiting, budget)
      if waiting > 1 { budget -= taken }
      for position in sequence.filled..<(sequence.filled + taken) {
        tokens.append(sequence.tokens[position])
        positions.append(Int32(position))
        rowSlots.append(Int32(slot))
      }
      slots[slot]?.filled += taken
      if taken == waiting {
        complete.append(slot)
        lastRows.append(Int32(tokens.count - 1))
      }
    }
    guard !tokens.isEmpty else { return }
    let logits = generator.model.logits(
      tokens: tokens, positions: positions, slots: rowSlots, chosen: lastRows, caches: caches,
      table: generator.table)
    if !complete.isEmpty { try choose(complete, logits: logits, onToken) }
  }

  /// Gives the slot the next request that wants any tokens.
  private mutating func admit(to slot: Int) {
    while nextRequest < requests.count {
      let (index, request) = (nextRequest, requests[nextRequest])
      nextRequest += 1
      let limit = generator.limit(of: request)
      guard limit > request.prompt.count else {
        ended.append(index)
        continue
      }
      // Keys and values do not depend on the slot: a prompt that another slot has read need not be read again.
      let source = slots.indices.first { other in
        guard let sequence = slots[other] else { return false }
        return sequence.source == nil && requests[sequence.request].prompt == request.prompt
      }
      slots[slot] = Sequence(
        request: index, tokens: request.prompt, limit: limit, random: SeededRandom(seed: request.seed),
        source: request.prompt.count > 1 ? source : nil)
      return
    }
  }

  /// Copies a prompt from the slot that has read it; the last token is run again for its logits.
  private mutating func copyPrompt(to slot: Int) {
    guard let sequence = slots[slot], let source = sequence.source else { return }
    let needed = sequence.tokens.count - 1
    guard let other = slots[source], requests[other.request].prompt == sequence.tokens else {
      slots[slot]?.source = nil  // The slot was given away: read the prompt here.
      return
    }
    guard other.filled >= needed else { return }
    for cache in caches { cache.copy(positions: needed, from: source, to: slot) }
    slots[slot]?.filled = needed
    slots[slot]?.source = nil
  }

  /// Chooses a token for each of `complete` from its row of `logits`.
  private mutating func choose(
    _ complete: [Int], logits: Buffer, _ onToken: ((Int, Int32) -> Bool)?
  ) throws {
    let columns = generator.configuration.vocabularySize
    let signals = recording.map {
      Kernels.topLogProbabilities(logits, columns: columns, k: $0.k, temperature: $0.temperature)
    }
    var draws: [TokenDraw] = []
    for (row, slot) in complete.enumerated() {
      guard let uniform = slots[slot]?.random.uniformDouble(), let sequence = slots[slot] else { continue }
      let sampling = requests[sequence.request].sampling
      if sampling.readsHistory {
        sampling.applyHistory(to: logits, row: row, columns: columns, tokens: sequence.tokens)
      }
      draws.append(sampling.draw(uniform: uniform))
    }
    var (tokens, logProbabilities) = Kernels.drawTokens(logits, columns: columns, draws: draws)
    for (row, slot) in complete.enumerated() {
      guard let sequence = slots[slot] else { continue }
      let (index, request) = (sequence.request, requests[sequence.request])
      if request.sampling.filtersCandidates {
        let one = logits.slice(row * columns..<(row + 1) * columns)
        tokens[row] = Self.draw(request.sampling.candidates(one), draws[row].uniform)
        logProbabilities[row] = Kernels.logProbability(
          of: tokens[row], logits: one, temperature: draws[row].temperature)
      }
      let token = tokens[row]
      guard logProbabilities[row].isFinite else {
        throw LanguageModelError.nonFiniteLogits(request: index, position: sequence.tokens.count)
      }
      generatedTokens += 1
      slots[slot]?.tokens.append(token)
      results[index].tokens.append(token)
      results[index].logProbabilities.append(logProbabilities[row])
      if let signals { results[index].signals?.append(signals, row: row) }
      let goesOn = onToken?(index, token) ?? true
      if request.stopTokens.contains(token) {
        finish(slot, .stop)
      } else if !goesOn {
        finish(slot, .cancelled)
      } else if sequence.tokens.count + 1 >= sequence.limit {
        finish(slot, .length)
      }
    }
  }

  private mutating func finish(_ slot: Int, _ reason: FinishReason) {
    guard let index = slots[slot]?.request else { return }
    results[index].finishReason = reason
    slots[slot] = nil
    ended.append(index)
  }

  private static func draw(_ candidates: [(token: Int32, probability: Double)], _ uniform: Double) -> Int32 {
    var mass = 0.0
    for (token, probability) in candidates {
      mass += probability
      if mass > uniform { return token }
    }
    return candidates.last?.token ?? 0
  }
}
