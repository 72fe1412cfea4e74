internal import CKernels
import Glibc

extension Kernels {
  /// y = gate·σ(gate) ⊙ up    (Shazeer 2020)
  public static func swiGLU(gate: Buffer, up: Buffer) -> Buffer {
    precondition(gate.count == up.count, "swiGLU: counts differ")
    let y = Buffer.uninitialized(gate.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: y.count, blockSize: elementBlock) { range in
      let start = range.lowerBound
      kernels.swiglu(y.pointer + start, gate.pointer + start, up.pointer + start, range.count)
    }
    return y
  }

  /// The gradients of `swiGLU`: dUp = dy ⊙ silu(gate), dGate = dy ⊙ up ⊙ silu′(gate).
  public static func swiGLUPullback(
    _ dy: Buffer, gate: Buffer, up: Buffer
  ) -> (dGate: Buffer, dUp: Buffer) {
    precondition(gate.count == up.count && dy.count == up.count, "swiGLUPullback: counts differ")
    let dGate = Buffer.uninitialized(dy.count)
    let dUp = Buffer.uninitialized(dy.count)
    let kernels = Processor.kernels
    Threads.parallel(rows: dy.count, blockSize: elementBlock) { range in
      let start = range.lowerBound
      kernels.swiglu_pullback(
        dGate.pointer + start, dUp.pointer + start, dy.pointer + start, gate.pointer + start,
        up.pointer + start,
        range.count)
    }
    return (dGate, dUp)
  }
}

extension PlainKernels {
  public static func swiGLU(gate: Buffer, up: Buffer) -> Buffer {
    precondition(gate.count == up.count, "swiGLU: counts differ")
    let y = Buffer.uninitialized(gate.count)
    for i in 0..<y.count { y.pointer[i] = gate.pointer[i] / (1 + expf(-gate.pointer[i])) * up.pointer[i] }
    return y
  }

  public static func swiGLUPullback(
    _ dy: Buffer, gate: Buffer, up: Buffer
  ) -> (dGate: Buffer, dUp: Buffer) {
    precondition(gate.count == up.count && dy.count == up.count, "swiGLUPullback: counts differ")
    let dGate = Buffer.uninitialized(dy.count)
    let dUp = Buffer.uninitialized(dy.count)
    for i in 0..<dy.count {
      let x = gate.pointer[i]
      let sigmoid = 1 / (1 + expf(-x))
      let silu = x * sigmoid
      dUp.pointer[i] = dy.pointer[i] * silu
      dGate.pointer[i] = dy.pointer[i] * up.pointer[i] * (sigmoid + silu * (1 - sigmoid))
    }
    return (dGate, dUp)
  }
}
