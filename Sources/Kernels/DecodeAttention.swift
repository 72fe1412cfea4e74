internal import CKernels

extension Kernels {
  /// Attention for decoding: few queries, each with its own range of cached keys.
  ///
  /// It computes what `attention` does, and is the faster one when neighbouring queries share no keys. A cache for
  /// several sequences is one buffer [sequences · capacity, keyValueHeads, headDimension]; position p of sequence s
  /// is row s·capacity + p, so a query of sequence s that has n positions sees [s·capacity, s·capacity + n).
  /// `copyRows` writes new keys and values into it.
  /// - Parameters: `q` [queries, queryHeads, headDimension]; `keys` and `values` as above.
  /// - Returns: [queries, queryHeads, headDimension]
  public static func decodeAttention(
    _ q: Buffer, keys: Buffer, values: Buffer, spans: AttentionSpans, queryHeads: Int, keyValueHeads: Int,
    headDimension: Int, scale: Float? = nil
  ) -> Buffer {
    let shape = AttentionShape(
      q: q, k: keys, v: values, spans: spans, queryHeads: queryHeads, keyValueHeads: keyValueHeads,
      headDimension: headDimension, scale: scale)
    let y = Buffer.uninitialized(q.count)
    let kernels = Processor.kernels
    shape.withCall(q, keys, values, spans) { call in
      Threads.parallel(rows: shape.queries * keyValueHeads, blockSize: 1) { range in
        let row = range.lowerBound / keyValueHeads
        let keyCount = max(0, Int(spans.endKey[row]) - Int(spans.firstKey[row]))
        let scratch = Buffer.uninitialized(keyCount + 16)
        kernels.decode_attention(call, row, range.lowerBound % keyValueHeads, y.pointer, scratch.pointer)
      }
    }
    return y
  }
}
