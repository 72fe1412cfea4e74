import Kernels

/// Scaled dot-product attention of each query token over its own contiguous range of key tokens.
///
/// y = softmax(scale · q kᵀ) v per head, over keys firstKey[i]..<endKey[i]    (Vaswani et al. 2017, eq. 1)
///
/// Query head h reads key head h / (queryHeads / keyValueHeads) (grouped queries, Ainslie et al. 2023). Causal masks,
/// packed documents, sliding windows, padding and cached decoding are all such ranges; an empty one gives y = 0.
/// Where `spans` names the tokens of the keys, their rows are gathered first.
/// Nothing of size queries · keys is kept: the backward pass computes the weights again from the log-sum-exp.
///
/// - Parameters: `q` [tokens, queryHeads · headDimension]; `k`, `v` [keyTokens, keyValueHeads · headDimension] (a
///   further axis between them is accepted); `scale` is headDimension^-0.5 when nil.
/// - Returns: the shape of `q`.
public func attention(
  _ q: Tensor, _ k: Tensor, _ v: Tensor, spans: AttentionSpans, queryHeads: Int, keyValueHeads: Int,
  scale: Float? = nil
) -> Tensor {
  if let tokens = spans.keyTokens {
    func placed(_ x: Tensor) -> Tensor {
      gatherRows(x.reshaped([x.shape[0], x.count / max(1, x.shape[0])]), rows: tokens)
    }
    return attention(
      q, placed(k), placed(v), spans: AttentionSpans(firstKey: spans.firstKey, endKey: spans.endKey),
      queryHeads: queryHeads, keyValueHeads: keyValueHeads, scale: scale)
  }
  let queryTokens = q.shape.first ?? 0
  let keyTokens = k.shape.first ?? 0
  let headDimension = q.shape.dropFirst().reduce(1, *) / max(1, queryHeads)
  requireShape(
    queryHeads > 0 && keyValueHeads > 0 && queryHeads.isMultiple(of: keyValueHeads)
      && q.count == queryTokens * queryHeads * headDimension && k.shape == v.shape
      && k.count == keyTokens * keyValueHeads * headDimension
      && spans.firstKey.count == queryTokens,
    "attention: q \(q.shape), k \(k.shape), v \(v.shape), \(queryHeads) query heads, \(keyValueHeads) key heads, "
      + "\(spans.firstKey.count) spans")
  requireShape(
    zip(spans.firstKey, spans.endKey).allSatisfy { $0 >= $1 || ($0 >= 0 && Int($1) <= keyTokens) },
    "attention: a span reaches outside the \(keyTokens) keys")
  let scale = scale ?? 1 / Float(max(1, headDimension)).squareRoot()
  let precision = Precision.current
  let (y, logSumExp) = Kernels.attention(
    q.buffer, k.buffer, v.buffer, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
    headDimension: headDimension, scale: scale, precision: precision)
  return .recording(.attention, Tensor(q.shape, y), inputs: [q, k, v]) { dy in
    let (dq, dk, dv) = Kernels.attentionPullback(
      dy.buffer, q.buffer, k.buffer, v.buffer, y: y, logSumExp: logSumExp, spans: spans,
      queryHeads: queryHeads, keyValueHeads: keyValueHeads, headDimension: headDimension, scale: scale,
      precision: precision)
    return [Tensor(q.shape, dq), Tensor(k.shape, dk), Tensor(v.shape, dv)]
  }
}

extension OpCheck {
  static var attention: OpCheck {
    OpCheck(.attention, .normal([5, 4 * 4]), .normal([5, 2 * 4]), .normal([5, 2 * 4])) {
      TensorCore.attention(
        $0[0], $0[1], $0[2], spans: .causal(documentLengths: [3, 2]), queryHeads: 4, keyValueHeads: 2)
    }
  }

  /// A prompt of two tokens with continuations of one and two.
  static var attentionBranches: OpCheck {
    OpCheck(.attention, .normal([5, 2 * 4]), .normal([5, 4]), .normal([5, 4])) {
      TensorCore.attention(
        $0[0], $0[1], $0[2], spans: .branching([(2, [1, 2])]), queryHeads: 2, keyValueHeads: 1)
    }
  }

  static var attentionWindow: OpCheck {
    OpCheck(.attention, .normal([6, 2 * 4]), .normal([6, 4]), .normal([6, 4])) {
      TensorCore.attention(
        $0[0], $0[1], $0[2], spans: .causal(documentLengths: [6], window: 3), queryHeads: 2, keyValueHeads: 1,
        scale: 0.7)
    }
  }
}
