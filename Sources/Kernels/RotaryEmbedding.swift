internal import CKernels

/// cos and sin of position × frequency, one row per position.
public struct RotaryTable: Sendable {
  /// [positions, headDimension / 2] each.
  public let cos: Buffer
  public let sin: Buffer

  public init(cos: Buffer, sin: Buffer) {
    precondition(cos.count == sin.count, "RotaryTable: counts differ")
    self.cos = cos
    self.sin = sin
  }
}

/// Which components of a head form the pairs that are rotated.
public enum RotaryConvention: String, CaseIterable, Sendable {
  /// (i, i + d/2): Llama, Qwen.
  case half
  /// (2i, 2i + 1): GPT-J.
  case interleaved
  /// Pairs (2i, 2i + 1) in, (i, i + d/2) out: DeepSeek-V3.
  case deepseekInterleave
}

extension Kernels {
  /// Rotates each pair (a, b) of each head by its position's angle: (a·cos − b·sin, a·sin + b·cos)    (Su et al. 2021)
  ///
  /// - Parameters: `x` [tokens, heads, headDimension]; `positions` [tokens], rows of `table`; `inverse` rotates back,
  ///   which is also the pullback.
  /// - Returns: [tokens, heads, headDimension]
  public static func rope(
    _ x: Buffer, _ table: RotaryTable, positions: [Int32], heads: Int, headDimension: Int,
    convention: RotaryConvention = .half, inverse: Bool = false
  ) -> Buffer {
    let half = headDimension / 2
    precondition(headDimension % 2 == 0, "rope: the head dimension is odd")
    precondition(
      x.count == positions.count * heads * headDimension, "rope: x is not tokens × heads × dimension")
    let y = Buffer.uninitialized(x.count)
    let tableRows = half == 0 ? Int.max : table.cos.count / half
    let (fromA, fromB, fromStep) = convention == .half ? (0, half, 1) : (0, 1, 2)
    let (toA, toB, toStep) = convention == .interleaved ? (0, 1, 2) : (0, half, 1)
    let (inA, inB, inStep) = inverse ? (toA, toB, toStep) : (fromA, fromB, fromStep)
    let (outA, outB, outStep) = inverse ? (fromA, fromB, fromStep) : (toA, toB, toStep)
    let sign: Float = inverse ? -1 : 1
    let kernels = Processor.kernels
    Threads.parallel(rows: positions.count, blockSize: rowBlock(heads * headDimension)) { range in
      for token in range {
        let position = Int(positions[token])
        precondition(position >= 0 && position < tableRows, "rope: a position is beyond the table")
        let (cos, sin) = (table.cos.pointer + position * half, table.sin.pointer + position * half)
        if inStep == 1 && outStep == 1 {  // The common case.
          let start = token * heads * headDimension
          kernels.rope_half(y.pointer + start, x.pointer + start, cos, sin, heads, half, sign)
          continue
        }
        for head in 0..<heads {
          let start = (token * heads + head) * headDimension
          let (x, y) = (x.pointer + start, y.pointer + start)
          for i in 0..<half {
            let (a, b, s) = (x[inA + i * inStep], x[inB + i * inStep], sign * sin[i])
            y[outA + i * outStep] = a * cos[i] - b * s
            y[outB + i * outStep] = a * s + b * cos[i]
          }
        }
      }
    }
    return y
  }
}
