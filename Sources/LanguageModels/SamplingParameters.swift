import Foundation
import Kernels

/// How tokens are chosen, in the order and with the meaning of transformers' logits processors: repetition penalty,
/// n-grams, temperature, top-k, top-p, min-p, typical-p, epsilon.
public struct SamplingParameters: Sendable, Equatable {
  /// Divides the logits; 0 takes the most likely token.
  public var temperature: Float
  /// Keeps the k most likely tokens; 0 keeps all.
  public var topK: Int
  /// Keeps the fewest tokens that hold this probability together; 1 keeps all.
  public var topP: Float
  /// Keeps tokens at least this likely relative to the most likely one; 0 keeps all.
  public var minP: Float
  /// Divides positive logits of tokens that occurred, multiplies negative ones; 1 changes nothing (Keskar et al. 2019).
  public var repetitionPenalty: Float
  /// No sequence of so many tokens occurs twice; 0 allows all.
  public var noRepeatNGramSize: Int
  /// Keeps the tokens whose information is nearest the entropy, up to this mass (Meister et al. 2022); 1 keeps all.
  public var typicalP: Float
  /// Keeps tokens of at least this probability; 0 keeps all.
  public var epsilonCutoff: Float

  public init(
    temperature: Float = 1, topK: Int = 0, topP: Float = 1, minP: Float = 0, repetitionPenalty: Float = 1,
    noRepeatNGramSize: Int = 0, typicalP: Float = 1, epsilonCutoff: Float = 0
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.noRepeatNGramSize = noRepeatNGramSize
    self.typicalP = typicalP
    self.epsilonCutoff = epsilonCutoff
  }

  /// The most likely token each time.
  public static let greedy = SamplingParameters(temperature: 0)

  /// Throws the first setting outside its range.
  public func validate() throws {
    func check(_ holds: Bool, _ name: String, _ expected: String, _ found: String) throws {
      if !holds { throw LanguageModelError.invalidSetting(name: name, expected: expected, found: found) }
    }
    try check(temperature >= 0 && temperature.isFinite, "temperature", "0 or more", "\(temperature)")
    try check(topK >= 0, "top_k", "0 or more", "\(topK)")
    try check(topP > 0 && topP <= 1, "top_p", "above 0, at most 1", "\(topP)")
    try check(minP >= 0 && minP <= 1, "min_p", "0 to 1", "\(minP)")
    try check(
      repetitionPenalty > 0 && repetitionPenalty.isFinite, "repetition_penalty", "above 0",
      "\(repetitionPenalty)")
    try check(noRepeatNGramSize >= 0, "no_repeat_ngram_size", "0 or more", "\(noRepeatNGramSize)")
    try check(typicalP > 0 && typicalP <= 1, "typical_p", "above 0, at most 1", "\(typicalP)")
    try check(epsilonCutoff >= 0 && epsilonCutoff < 1, "epsilon_cutoff", "0 to 1", "\(epsilonCutoff)")
  }

  /// Whether the logits of a row depend on the tokens before it.
  var readsHistory: Bool { repetitionPenalty != 1 || noRepeatNGramSize > 0 }

  /// Whether the candidates need more than `TokenDraw` does.
  var filtersCandidates: Bool { temperature > 0 && (typicalP < 1 || epsilonCutoff > 0) }

  func draw(uniform: Double) -> TokenDraw {
    temperature == 0
      ? TokenDraw(topK: 1, uniform: uniform)
      : TokenDraw(temperature: temperature, topK: topK, topP: topP, minP: minP, uniform: uniform)
  }

  /// Applies the repetition penalty and the ban of repeated n-grams to one row.
  ///
  /// - Parameters:
  ///   - logits: [rows, columns], changed in place
  ///   - tokens: the sequence so far, prompt and completion
  package func applyHistory(to logits: Buffer, row: Int, columns: Int, tokens: [Int32]) {
    if repetitionPenalty != 1 {
      for token in Set(tokens) {
        let index = row * columns + Int(token)
        let logit = logits[index]
        logits[index] = logit < 0 ? logit * repetitionPenalty : logit / repetitionPenalty
      }
    }
    let size = noRepeatNGramSize
    guard size > 0, tokens.count + 1 >= size else { return }
    let prefix = tokens[(tokens.count - size + 1)...]
    for start in 0..<max(0, tokens.count - size + 1)
    where tokens[start..<(start + size - 1)].elementsEqual(prefix) {
      logits[row * columns + Int(tokens[start + size - 1])] = -.infinity
    }
  }

  /// The tokens that remain after all processors but the history's, with their probabilities among themselves.
  ///
  /// - Parameter logits: one row
  package func candidates(_ logits: Buffer) -> [(token: Int32, probability: Double)] {
    let (tokens, weights) = Kernels.candidates(logits, draw: draw(uniform: 0))
    let total = weights.reduce(0) { $0 + Double($1) }
    var kept = zip(tokens, weights).map { (token: $0, probability: Double($1) / total) }
    guard filtersCandidates else { return kept }
    func normalise() {
      let total = kept.reduce(0) { $0 + $1.probability }
      kept = kept.map { ($0.token, $0.probability / total) }
    }
    if typicalP < 1 {
      let entropy = -kept.reduce(0) { $0 + $1.probability * log($1.probability) }
      let distances = kept.map { abs(-log($0.probability) - entropy) }
      let order = kept.indices.sorted { distances[$0] < distances[$1] }
      var mass = 0.0
      let last = order.first { index in
        mass += kept[index].probability
        return mass >= Double(typicalP)
      }
      let limit = distances[last ?? order[order.count - 1]]
      kept = zip(kept, distances).filter { $0.1 <= limit }.map(\.0)
      normalise()
    }
    if epsilonCutoff > 0 {
      let best = kept.map(\.probability).max() ?? 0
      kept = kept.filter { $0.probability >= Double(epsilonCutoff) || $0.probability == best }
      normalise()
    }
    return kept
  }
}
