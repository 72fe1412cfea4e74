import Kernels

/// A linear map and a loss of its result, computed in chunks of rows so that [rows, out] is never whole.
///
/// L = Σ over chunks of loss(h_c Wᵀ, rows of c)
///
/// With a vocabulary of 32 000 the logits of 4 096 tokens take 512 MB; a chunk of 512 rows takes 64. Since L enters
/// what follows only as a factor, its gradients are computed chunk by chunk in the forward pass and scaled in the
/// backward pass.
///
/// - Parameters: `hidden` [rows, in]; `weight` [out, in]; `chunkRows` is fixed by the caller, so that thread count and
///   load never change the bits; `loss` gets the chunk's logits [chunk, out] and its rows and returns a scalar that
///   depends on no other parameter. It may sum other measures on the way.
/// - Returns: the scalar sum.
public func chunkedLinearLoss(
  _ hidden: Tensor, _ weight: Tensor, chunkRows: Int = 512,
  loss: (_ logits: Tensor, _ rows: Range<Int>) -> Tensor
) -> Tensor {
  requireShape(
    hidden.shape.count == 2 && weight.shape.count == 2 && hidden.shape[1] == weight.shape[1] && chunkRows > 0,
    "chunkedLinearLoss: hidden \(hidden.shape), weight \(weight.shape), chunks of \(chunkRows)")
  let (rows, inputs, outputs) = (hidden.shape[0], hidden.shape[1], weight.shape[0])
  let records = Tape.isRecording
  let dHidden = records && hidden.requiresGradient ? Buffer.zeros(hidden.count) : nil
  let dWeight = records && weight.requiresGradient ? Buffer.zeros(weight.count) : nil
  let precision = Precision.current
  let forward = RepeatedFactor(
    weight.buffer, n: outputs, k: inputs, transposed: true, rowsAtATime: chunkRows, precision: precision)
  let backward = dHidden.map { _ in
    RepeatedFactor(
      weight.buffer, n: inputs, k: outputs, transposed: false, rowsAtATime: chunkRows, precision: precision)
  }
  var total = 0.0
  for first in stride(from: 0, to: rows, by: chunkRows) {
    let range = first..<min(rows, first + chunkRows)
    let chunk = hidden.buffer.slice(range.lowerBound * inputs..<range.upperBound * inputs)
    let scores = Buffer.uninitialized(range.count * outputs)
    Kernels.matmul(chunk, forward, m: range.count, into: scores)
    let logits = Parameter(name: "logits", value: Tensor([range.count, outputs], scores))
    logits.requiresGradient = dHidden != nil || dWeight != nil
    let part = loss(logits(), range)
    total += Double(part.item)
    guard part.requiresGradient else { continue }
    part.backward()
    guard let dLogits = logits.gradient else { continue }
    if let dHidden, let backward {
      let dChunk = Buffer.uninitialized(range.count * inputs)
      Kernels.matmul(dLogits, backward, m: range.count, into: dChunk)
      dHidden.replace(from: first * inputs, with: dChunk)
    }
    if let dWeight {
      Kernels.matmul(
        dLogits, chunk, m: outputs, n: inputs, k: range.count, transposeA: true, into: dWeight,
        accumulate: true, precision: precision)
    }
  }
  return .recording(.chunkedLinearLoss, Tensor(Float(total)), inputs: [hidden, weight]) { dy in
    let factor = dy.item
    func scaled(_ gradient: Buffer?, _ shape: [Int]) -> Tensor? {
      gradient.map { Tensor(shape, factor == 1 ? $0 : Kernels.scale($0, factor)) }
    }
    return [scaled(dHidden, hidden.shape), scaled(dWeight, weight.shape)]
  }
}

extension OpCheck {
  static var chunkedLinearLoss: OpCheck {
    OpCheck(.chunkedLinearLoss, .normal([5, 4]), .normal([7, 4])) {
      let labels: [Int32] = [3, -100, 0, 6, 1]
      return TensorCore.chunkedLinearLoss($0[0], $0[1], chunkRows: 2) { logits, rows in
        crossEntropy(logits, labels: Array(labels[rows]), reduction: .dividedBy(4))
      }
    }
  }
}
