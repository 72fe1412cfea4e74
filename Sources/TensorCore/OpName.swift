/// Every op that can stand on the tape.
///
/// A new op is one new file in `Ops`, a case here and its line in `OpCheck.checks(of:)`.
public enum OpName: String, CaseIterable, Sendable {
  /// A leaf: the value of a `Parameter`.
  case parameter
  case linear
  case matmul
  case add
  case multiply
  case scale
  case addBias
  case embedding
  case rmsNorm
  case layerNorm
  case activation
  case dropout
  case swiGLU
  case rope
  case attention
  case softmax
  case logSoftmax
  case crossEntropy
  case divergence
  case topKDivergence
  case featureDistance
  case relationDivergence
  case universalLogit
  case chunkedLinearLoss
  case sum
  case mean
  case topKBuckets
  case gatherRows
  case gatherColumns
  case sliceRows
  case sliceColumns
  case reshape
  case recomputed
}
