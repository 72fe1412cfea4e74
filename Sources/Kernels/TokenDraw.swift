internal import CKernels
import Glibc

/// How one token is chosen from one row of logits.
public struct TokenDraw: Sendable, Equatable {
  /// Divides the logits, above 0.
  public var temperature: Float
  /// Keeps the k best, and what equals the k-th; 0 keeps all, 1 takes the best.
  public var topK: Int
  /// Keeps the fewest best tokens that hold this share of the mass; 1 keeps all.
  public var topP: Float
  /// Keeps tokens at least this likely relative to the best; 0 keeps all.
  public var minP: Float
  /// The random number that decides, in [0, 1).
  public var uniform: Double

  public init(
    temperature: Float = 1, topK: Int = 0, topP: Float = 1, minP: Float = 0, uniform: Double = 0
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.uniform = uniform
  }

  var forC: generation_draw {
    generation_draw(
      inverse_temperature: 1 / temperature, top_p: topP, min_p: minP, top_k: Int32(clamping: topK),
      uniform: uniform)
  }
}

/// The k largest log-probabilities of rows of logits, and what remains.
public struct TopLogProbabilities: Sendable {
  /// Best first, [rows, k]
  public let values: [Float]
  /// [rows, k]
  public let indices: [Int32]
  /// The log of the mass of all other tokens, [rows]; −∞ when k is the vocabulary.
  public let tails: [Float]
}

extension Kernels {
  /// Draws one token per row: temperature, top-k, top-p, min-p in this order, then the tokens that stay in
  /// proportion to their probabilities.
  ///
  /// A row's result depends on its logits and its draw alone. Without top-k, top-p or min-p nothing is sorted; with
  /// them only the few candidates are.
  ///
  /// - Parameters: `logits` [rows, columns]; `draws` [rows].
  /// - Returns: the tokens, and their log-probabilities under the whole softmax at the row's temperature, [rows];
  ///   not finite where a row's logits are not.
  public static func drawTokens(
    _ logits: Buffer, columns: Int, draws: [TokenDraw]
  ) -> (tokens: [Int32], logProbabilities: [Float]) {
    let rows = draws.count
    precondition(columns > 0 && logits.count == rows * columns, "drawTokens: logits are not rows × columns")
    let inputs = draws.map(\.forC)
    var tokens = [Int32](repeating: 0, count: rows)
    var logProbabilities = [Float](repeating: 0, count: rows)
    inputs.withUnsafeBufferPointer { inputs in
      tokens.withUnsafeMutableBufferPointer { tokens in
        logProbabilities.withUnsafeMutableBufferPointer { logProbabilities in
          let (inputs, tokens, logProbabilities) =
            (inputs.baseAddress, tokens.baseAddress, logProbabilities.baseAddress)
          Threads.parallel(rows: rows, blockSize: 4) { range in
            withScratch(columns) { scratch, order in
              GenerationKernels.table.pointee.draw(
                logits.pointer, columns, inputs, tokens, logProbabilities, scratch, order, range.lowerBound,
                range.upperBound)
            }
          }
        }
      }
    }
    return (tokens, logProbabilities)
  }

  /// The log-probability of one token under the softmax of one row at a temperature.
  public static func logProbability(of token: Int32, logits: Buffer, temperature: Float) -> Float {
    let scaled = logits.array().map { Double($0) / Double(temperature) }
    let maximum = scaled.max() ?? 0
    return Float(scaled[Int(token)] - maximum - log(scaled.reduce(0) { $0 + exp($1 - maximum) }))
  }

  /// The tokens that `drawTokens` chooses from, best first, and their weights exp((logit − largest) / temperature).
  ///
  /// - Parameter logits: one row
  public static func candidates(_ logits: Buffer, draw: TokenDraw) -> (tokens: [Int32], weights: [Float]) {
    var input = draw.forC
    let columns = logits.count
    precondition(columns > 0, "candidates: no logits")
    return withScratch(columns) { weights, order in
      let count = GenerationKernels.table.pointee.candidates(
        logits.pointer, columns, &input, weights, order, nil)
      let tokens = (0..<count).map { Int32(truncatingIfNeeded: ~UInt32(truncatingIfNeeded: order[$0])) }
      return (tokens, tokens.map { weights[Int($0)] })
    }
  }

  /// The k largest log-probabilities of each row at one temperature, with the log of the remaining mass.
  ///
  /// The tail is summed by itself, so that a small one keeps its digits.
  ///
  /// - Parameters: `logits` [rows, columns]; 1 ≤ k ≤ columns; the temperature is above 0.
  public static func topLogProbabilities(
    _ logits: Buffer, columns: Int, k: Int, temperature: Float
  ) -> TopLogProbabilities {
    precondition(
      columns > 0 && logits.count % columns == 0 && k >= 1 && k <= columns, "topLogProbabilities: shapes")
    let rows = logits.count / columns
    var values = [Float](repeating: 0, count: rows * k)
    var indices = [Int32](repeating: 0, count: rows * k)
    var tails = [Float](repeating: 0, count: rows)
    values.withUnsafeMutableBufferPointer { values in
      indices.withUnsafeMutableBufferPointer { indices in
        tails.withUnsafeMutableBufferPointer { tails in
          let (values, indices, tails) = (values.baseAddress, indices.baseAddress, tails.baseAddress)
          Threads.parallel(rows: rows, blockSize: 4) { range in
            withScratch(columns) { scratch, order in
              GenerationKernels.table.pointee.top_log_probabilities(
                logits.pointer, columns, 1 / temperature, k, values, indices, tails, scratch, order,
                range.lowerBound, range.upperBound)
            }
          }
        }
      }
    }
    return TopLogProbabilities(values: values, indices: indices, tails: tails)
  }

  /// Memory for one worker: a row of floats, and a row of sort keys.
  private static func withScratch<Result>(
    _ columns: Int, _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<UInt64>) -> Result
  ) -> Result {
    let scratch = Buffer.uninitialized(columns)
    // Two floats to a key; the group maxima of a short row need 128.
    let keys = Buffer.uninitialized(2 * max(columns, 128))
    return keys.pointer.withMemoryRebound(to: UInt64.self, capacity: max(columns, 128)) {
      body(scratch.pointer, $0)
    }
  }
}

extension PlainKernels {
  /// The plain twin of `Kernels.candidates`: everything sorted, summed in Double.
  package static func candidates(
    _ logits: [Float], draw: TokenDraw
  ) -> (tokens: [Int32], weights: [Float]) {
    let maximum = logits.max() ?? 0
    func weight(_ i: Int) -> Double { exp(Double(logits[i] - maximum) / Double(draw.temperature)) }
    var kept = logits.indices.sorted { logits[$0] > logits[$1] || (logits[$0] == logits[$1] && $0 < $1) }
    if draw.topK > 0, draw.topK < kept.count {
      let least = logits[kept[draw.topK - 1]]
      kept = kept.filter { logits[$0] >= least }
    }
    if draw.topP < 1 {
      let total = kept.reduce(0) { $0 + weight($1) }
      var mass = 0.0
      let end = kept.firstIndex { token in
        defer { mass += weight(token) }
        return mass >= Double(draw.topP) * total
      }
      kept = Array(kept[..<max(1, end ?? kept.count)])
    }
    kept = kept.enumerated().filter { $0.offset == 0 || weight($0.element) >= Double(draw.minP) }.map(
      \.element)
    return (kept.map { Int32($0) }, kept.map { Float(weight($0)) })
  }

  /// The plain twin of `Kernels.topLogProbabilities`, for one row.
  package static func topLogProbabilities(
    _ logits: [Float], k: Int, temperature: Float
  ) -> (values: [Double], indices: [Int32], tail: Double) {
    let scaled = logits.map { Double($0) / Double(temperature) }
    let maximum = scaled.max() ?? 0
    let normaliser = maximum + log(scaled.reduce(0) { $0 + exp($1 - maximum) })
    let order = scaled.indices.sorted { scaled[$0] > scaled[$1] || (scaled[$0] == scaled[$1] && $0 < $1) }
    let tail = order[k...].reduce(0) { $0 + exp(scaled[$1] - normaliser) }
    return (order[..<k].map { scaled[$0] - normaliser }, order[..<k].map { Int32($0) }, log(tail))
  }
}
