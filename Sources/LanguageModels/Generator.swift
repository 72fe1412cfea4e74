import Kernels

/// Continues many prompts at once with a frozen copy of a model.
///
/// Each sequence has a slot of the key-value cache; a finished one frees its slot for the next request at once, and
/// prompts are read in the same steps in which other sequences grow. A sequence depends on its request alone: not on
/// the other requests, the number of slots or the threads. Requests with the same prompt read it once.
public final class Generator: Sendable {
  public let configuration: ModelConfiguration
  let model: PackedTransformer
  let table: RotaryTable
  /// The model's context, at most 32768 tokens.
  public let contextLength: Int
  /// How keys and values are kept.
  public var cachePrecision: CachePrecision { model.cachePrecision }
  let maximumSlots: Int
  let cacheBytes: Int

  /// Copies and packs the weights; later changes of `model` are not seen.
  ///
  /// - Parameters:
  ///   - weights: what products multiply by; must fit the model (`DecodingFormat.requireFit`).
  ///   - cache: how keys and values are kept; fp32 beside fp32 weights and bf16 beside others when nil.
  ///   - maximumSlots: sequences that grow at the same time.
  ///   - cacheBytes: what the key-value cache may take; fewer slots are used when they would take more.
  public convenience init(
    _ model: Transformer, weights: DecodingFormat = DecodingFormat(.current), cache: CachePrecision? = nil,
    maximumSlots: Int = 192, cacheBytes: Int = 2 << 30
  ) {
    self.init(
      PackedTransformer(
        model, format: weights, cache: cache ?? weights.cachePrecision,
        contextLength: Self.contextLength(model.configuration)),
      maximumSlots: maximumSlots, cacheBytes: cacheBytes)
  }

  /// Packs the weights as they are read, without the model in fp32 beside them.
  ///
  /// - Throws: as `StoredModel.transformer`; `LanguageModelError.invalidSetting` for weights that do not fit the format.
  public convenience init(
    reading model: StoredModel, weights: DecodingFormat = DecodingFormat(.current),
    cache: CachePrecision? = nil, maximumSlots: Int = 192, cacheBytes: Int = 2 << 30
  ) throws {
    self.init(
      try model.packed(
        weights, cache: cache ?? weights.cachePrecision,
        contextLength: Self.contextLength(model.configuration())),
      maximumSlots: maximumSlots, cacheBytes: cacheBytes)
  }

  private init(_ model: PackedTransformer, maximumSlots: Int, cacheBytes: Int) {
    configuration = model.configuration
    contextLength = Self.contextLength(configuration)
    self.model = model
    table = configuration.rotary.table(positionCount: contextLength)
    self.maximumSlots = max(1, maximumSlots)
    self.cacheBytes = cacheBytes
  }

  private static func contextLength(_ configuration: ModelConfiguration) -> Int {
    min(configuration.maximumPositions, 1 << 15)
  }

  /// Continues every request; the results come in the order of the requests.
  ///
  /// - Parameters:
  ///   - recording: keeps the k largest log-probabilities at every generated token.
  ///   - onToken: receives each token as it is chosen, by request; false ends that sequence.
  ///   - onResult: receives each result when it is whole, by request; what it throws ends the generation.
  ///   - progress: called after every step; what it throws ends the generation.
  /// - Throws: `LanguageModelError` before any work for an empty or too long prompt, a token outside the vocabulary
  ///   or a setting outside its range; while working, when logits are not finite.
  public func generate(
    _ requests: [GenerationRequest], recording: SignalRecording? = nil,
    onToken: ((_ request: Int, _ token: Int32) -> Bool)? = nil,
    onResult: ((_ request: Int, _ result: GeneratedSequence) throws -> Void)? = nil,
    progress: ((GenerationProgress) throws -> Void)? = nil
  ) throws -> [GeneratedSequence] {
    try check(requests, recording)
    var run = GenerationRun(self, requests, recording)
    let start = ContinuousClock.now
    while run.finished < requests.count {
      let before = run.finished
      try run.step(onToken: onToken)
      if let onResult {
        for index in run.ended[before...] { try onResult(index, run.results[index]) }
      }
      guard let progress else { continue }
      let elapsed = ContinuousClock.now - start
      try progress(
        GenerationProgress(
          finishedSequences: run.finished, sequences: requests.count, generatedTokens: run.generatedTokens,
          durationSeconds: elapsed / .seconds(1)))
    }
    return run.results
  }

  private func check(_ requests: [GenerationRequest], _ recording: SignalRecording?) throws {
    let vocabulary = configuration.vocabularySize
    for (index, request) in requests.enumerated() {
      try request.sampling.validate()
      if request.prompt.isEmpty { throw LanguageModelError.emptyPrompt(request: index) }
      if request.prompt.count >= contextLength {
        throw LanguageModelError.promptTooLong(
          request: index, length: request.prompt.count, limit: contextLength)
      }
      if let token = request.prompt.first(where: { $0 < 0 || Int($0) >= vocabulary }) {
        throw LanguageModelError.tokenOutsideVocabulary(
          request: index, token: token, vocabularySize: vocabulary)
      }
    }
    guard let recording else { return }
    guard recording.k >= 1, recording.k <= vocabulary else {
      throw LanguageModelError.invalidSetting(
        name: "top-k of the recorded signals", expected: "1 to \(vocabulary)", found: "\(recording.k)")
    }
    guard recording.temperature > 0, recording.temperature.isFinite else {
      throw LanguageModelError.invalidSetting(
        name: "temperature of the recorded signals", expected: "above 0", found: "\(recording.temperature)")
    }
  }

  /// The longest sequence a request can become.
  func limit(of request: GenerationRequest) -> Int {
    let room = contextLength - request.prompt.count
    return request.prompt.count + min(max(0, request.maximumNewTokens), room)
  }

  /// Slots for these requests, each of the capacity that the longest needs.
  func slots(for requests: [GenerationRequest]) -> (slots: Int, capacity: Int) {
    let capacity = requests.map { limit(of: $0) }.max() ?? 0
    let bytes =
      configuration.layerCount
      * KeyValueCache.bytesPerSlot(
        capacity: capacity, keyValueHeads: configuration.keyValueHeadCount,
        headDimension: configuration.headDimension, precision: model.cachePrecision)
    return (max(1, min(maximumSlots, requests.count, cacheBytes / max(1, bytes))), capacity)
  }
}
