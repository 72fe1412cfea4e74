internal import CKernels
import Glibc

/// The sizes of an attention call, checked once.
struct AttentionShape {
  let queries: Int
  let keys: Int
  let queryHeads: Int
  let keyValueHeads: Int
  let headDimension: Int
  let scale: Float

  /// Query heads that share a key head.
  var group: Int { queryHeads / keyValueHeads }

  init(
    q: Buffer, k: Buffer, v: Buffer, spans: AttentionSpans, queryHeads: Int, keyValueHeads: Int,
    headDimension: Int, scale: Float?
  ) {
    precondition(
      keyValueHeads > 0 && queryHeads % keyValueHeads == 0 && headDimension > 0,
      "attention: the query heads are no multiple of the key heads")
    queries = spans.queryCount
    keys = k.count / (keyValueHeads * headDimension)
    precondition(q.count == queries * queryHeads * headDimension, "attention: q does not match the spans")
    precondition(
      k.count == keys * keyValueHeads * headDimension && v.count == k.count, "attention: k and v differ")
    for row in 0..<queries {
      precondition(
        spans.endKey[row] <= spans.firstKey[row] || (spans.firstKey[row] >= 0 && spans.endKey[row] <= keys),
        "attention: a span lies outside the keys")
    }
    self.queryHeads = queryHeads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.scale = scale ?? 1 / Float(headDimension).squareRoot()
  }

  /// Calls `body` with the C form of the call.
  func withCall(
    _ q: Buffer, _ k: Buffer, _ v: Buffer, _ spans: AttentionSpans,
    _ body: (UnsafePointer<swiftlet_attention>) -> Void
  ) {
    guard queries > 0 else { return }
    spans.firstKey.withUnsafeBufferPointer { first in
      spans.endKey.withUnsafeBufferPointer { end in
        var call = swiftlet_attention(
          q: q.pointer, k: k.pointer, v: v.pointer, first: first.baseAddress!, end: end.baseAddress!,
          heads: queryHeads, kv_heads: keyValueHeads, dimension: headDimension, scale: scale)
        withUnsafePointer(to: &call) { body($0) }
      }
    }
  }
}

extension Kernels {
  /// softmax(scale·q·kᵀ)·v over each query's own range of keys, head by head    (Vaswani et al. 2017)
  ///
  /// - Parameters: `q` [queries, queryHeads, headDimension]; `k` and `v` [keys, keyValueHeads, headDimension], where
  ///   query head h reads key head h / (queryHeads / keyValueHeads); `scale` is 1/√headDimension when nil.
  /// - Returns: `y` [queries, queryHeads, headDimension]; `logSumExp` [queries, queryHeads] of the scaled scores
  ///   (−∞ for an empty range), which the pullback wants back. Nothing of size queries × keys is stored.
  ///
  /// `precision` bf16 rounds what the products multiply, the probabilities too, where the processor multiplies bf16;
  /// sums and the softmax stay fp32. Elsewhere all of it is fp32.
  public static func attention(
    _ q: Buffer, _ k: Buffer, _ v: Buffer, spans: AttentionSpans, queryHeads: Int, keyValueHeads: Int,
    headDimension: Int, scale: Float? = nil, precision: Precision = .current
  ) -> (y: Buffer, logSumExp: Buffer) {
    let shape = AttentionShape(
      q: q, k: k, v: v, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
      headDimension: headDimension, scale: scale)
    let y = Buffer.uninitialized(q.count)
    let logSumExp = Buffer.uninitialized(shape.queries * queryHeads)
    let run =
      precision == .bf16 && Processor.multipliesBF16 ? swiftlet_bf16_attention : Processor.kernels.attention
    let rowBlock = max(1, 64 / shape.group)  // 64 lanes: two tiles.
    let blocks = (shape.queries + rowBlock - 1) / rowBlock
    shape.withCall(q, k, v, spans) { call in
      Threads.blocksInParallel(blocks * keyValueHeads) { unit in
        let (block, head) = unit.quotientAndRemainder(dividingBy: keyValueHeads)
        let scratch = Threads.scratch(swiftlet_attention_scratch(headDimension))
        run(
          call, block * rowBlock, min(shape.queries, (block + 1) * rowBlock), head, y.pointer,
          logSumExp.pointer, scratch)
      }
    }
    return (y, logSumExp)
  }

  /// The gradients of `attention`, from its inputs and both of its results.
  ///
  /// With P the probabilities: dV = Pᵀ dY;  dS = P ⊙ (dY Vᵀ − rowsum(dY ⊙ Y));  dQ = scale·dS K;  dK = scale·dSᵀ Q.
  public static func attentionPullback(
    _ dy: Buffer, _ q: Buffer, _ k: Buffer, _ v: Buffer, y: Buffer, logSumExp: Buffer, spans: AttentionSpans,
    queryHeads: Int, keyValueHeads: Int, headDimension: Int, scale: Float? = nil,
    precision: Precision = .current
  ) -> (dq: Buffer, dk: Buffer, dv: Buffer) {
    let shape = AttentionShape(
      q: q, k: k, v: v, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
      headDimension: headDimension, scale: scale)
    precondition(
      dy.count == q.count && y.count == q.count && logSumExp.count == shape.queries * queryHeads,
      "attentionPullback: shapes differ")
    let dq = Buffer.uninitialized(q.count)
    let (dk, dv) = (Buffer.zeros(k.count), Buffer.zeros(v.count))
    let run =
      precision == .bf16 && Processor.multipliesBF16
      ? swiftlet_bf16_attention_pullback : Processor.kernels.attention_pullback
    let runs = spans.independentRuns
    shape.withCall(q, k, v, spans) { call in
      Threads.blocksInParallel(runs.count * keyValueHeads) { unit in
        let (index, head) = unit.quotientAndRemainder(dividingBy: keyValueHeads)
        let (rows, keys) = runs[index]
        let scratch = Threads.scratch(swiftlet_attention_pullback_scratch(headDimension, keys.count))
        run(
          call, rows.lowerBound, rows.upperBound, keys.lowerBound, keys.upperBound, head, dy.pointer,
          y.pointer, logSumExp.pointer, dq.pointer, dk.pointer, dv.pointer, scratch)
      }
    }
    return (dq, dk, dv)
  }
}

extension PlainKernels {
  public static func attention(
    _ q: Buffer, _ k: Buffer, _ v: Buffer, spans: AttentionSpans, queryHeads: Int, keyValueHeads: Int,
    headDimension: Int, scale: Float? = nil
  ) -> (y: Buffer, logSumExp: Buffer) {
    let shape = AttentionShape(
      q: q, k: k, v: v, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
      headDimension: headDimension, scale: scale)
    let y = Buffer.zeros(q.count)
    let logSumExp = Buffer.uninitialized(shape.queries * queryHeads)
    var scores = [Double](repeating: 0, count: shape.keys)
    for row in 0..<shape.queries {
      let (first, end) = (Int(spans.firstKey[row]), Int(spans.endKey[row]))
      for head in 0..<queryHeads {
        guard end > first else {
          logSumExp.pointer[row * queryHeads + head] = -.infinity
          continue
        }
        let q = q.pointer + (row * queryHeads + head) * headDimension
        let y = y.pointer + (row * queryHeads + head) * headDimension
        var largest = -Double.infinity
        for key in first..<end {
          let k = k.pointer + (key * keyValueHeads + head / shape.group) * headDimension
          var score = 0.0
          for i in 0..<headDimension { score += Double(q[i]) * Double(k[i]) }
          scores[key] = score * Double(shape.scale)
          largest = max(largest, scores[key])
        }
        var sum = 0.0
        for key in first..<end {
          scores[key] = exp(scores[key] - largest)
          sum += scores[key]
        }
        for key in first..<end {
          let v = v.pointer + (key * keyValueHeads + head / shape.group) * headDimension
          let probability = Float(scores[key] / sum)
          for i in 0..<headDimension { y[i] += probability * v[i] }
        }
        logSumExp.pointer[row * queryHeads + head] = Float(largest + log(sum))
      }
    }
    return (y, logSumExp)
  }

  public static func attentionPullback(
    _ dy: Buffer, _ q: Buffer, _ k: Buffer, _ v: Buffer, y: Buffer, logSumExp: Buffer, spans: AttentionSpans,
    queryHeads: Int, keyValueHeads: Int, headDimension: Int, scale: Float? = nil
  ) -> (dq: Buffer, dk: Buffer, dv: Buffer) {
    let shape = AttentionShape(
      q: q, k: k, v: v, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
      headDimension: headDimension, scale: scale)
    let (dq, dk, dv) = (Buffer.zeros(q.count), Buffer.zeros(k.count), Buffer.zeros(v.count))
    for row in 0..<shape.queries {
      let (first, end) = (Int(spans.firstKey[row]), Int(spans.endKey[row]))
      guard end > first else { continue }
      for head in 0..<queryHeads {
        let queryStart = (row * queryHeads + head) * headDimension
        let (q, y, dy) = (q.pointer + queryStart, y.pointer + queryStart, dy.pointer + queryStart)
        let dq = dq.pointer + queryStart
        var inner = 0.0
        for i in 0..<headDimension { inner += Double(dy[i]) * Double(y[i]) }
        for key in first..<end {
          let keyStart = (key * keyValueHeads + head / shape.group) * headDimension
          let (k, v) = (k.pointer + keyStart, v.pointer + keyStart)
          let (dk, dv) = (dk.pointer + keyStart, dv.pointer + keyStart)
          var (score, dProbability) = (0.0, 0.0)
          for i in 0..<headDimension {
            score += Double(q[i]) * Double(k[i])
            dProbability += Double(dy[i]) * Double(v[i])
          }
          let logarithm = Double(logSumExp.pointer[row * queryHeads + head])
          let probability = exp(score * Double(shape.scale) - logarithm)
          let dScore = Float(probability * (dProbability - inner)) * shape.scale
          for i in 0..<headDimension {
            dq[i] += dScore * k[i]
            dk[i] += dScore * q[i]
            dv[i] += Float(probability) * dy[i]
          }
        }
      }
    }
    return (dq, dk, dv)
  }
}
