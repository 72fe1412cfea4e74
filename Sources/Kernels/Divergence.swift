internal import CKernels
import Glibc

/// Distances between a teacher's distribution t and a student's s over the vocabulary.
public enum Divergence: Sendable, Equatable {
  /// KL(t‖s)
  case forwardKL
  /// KL(s‖t)
  case reverseKL
  /// β·KL(t‖m) + (1−β)·KL(s‖m), m = β·t + (1−β)·s; KL(t‖s) at β = 0 and KL(s‖t) at β = 1    (Agarwal et al. 2024)
  case jsd(mixture: Float)
  /// KL(t‖α·t + (1−α)·s)    (Ko et al. 2024)
  case skewForwardKL(skew: Float)
  /// KL(s‖α·s + (1−α)·t)
  case skewReverseKL(skew: Float)
  /// ½·Σ|t − s|
  case totalVariation
}

extension Kernels {
  /// The divergence of each row's two distributions, and its gradient.
  ///
  /// Both are softmax(logits / temperature); no factor temperature² is applied.
  /// - Parameters: `student` and `teacher` logits [rows, columns]; `labels` [rows], where −100 leaves a row out
  ///   (nil: none is left out).
  /// - Returns: `losses` [rows], 0 where left out; `dStudent` [rows, columns], the gradient of each row's own loss.
  public static func divergence(
    _ kind: Divergence, student: Buffer, teacher: Buffer, rows: Int, columns: Int, temperature: Float = 1,
    labels: [Int32]? = nil
  ) -> (losses: Buffer, dStudent: Buffer) {
    precondition(
      student.count == rows * columns && teacher.count == rows * columns && labels?.count ?? rows == rows,
      "divergence: shapes differ")
    precondition(temperature > 0, "divergence: the temperature is not positive")
    let losses = Buffer.uninitialized(rows)
    let dStudent = Buffer.uninitialized(student.count)
    let kernels = Processor.kernels
    let (cKind, weight) = kind.forC
    (labels ?? []).withUnsafeBufferPointer { given in
      let labels = labels == nil ? nil : given.baseAddress
      Threads.parallel(rows: rows, blockSize: vocabularyBlock(columns)) { range in
        let row = range.lowerBound
        let scratch = Threads.scratch(columns)
        kernels.divergence(
          losses.pointer + row, dStudent.pointer + row * columns, student.pointer + row * columns,
          teacher.pointer + row * columns, labels.map { $0 + row }, range.count, columns, 1 / temperature,
          cKind,
          weight, scratch)
      }
    }
    return (losses, dStudent)
  }
}

extension Divergence {
  /// The C kernel's name for it, with its mixture or skew.
  var forC: (swiftlet_divergence, Float) {
    switch self {
    case .forwardKL, .jsd(mixture: 0), .skewForwardKL(skew: 0): (swiftlet_forward_kl, 0)
    case .reverseKL, .jsd(mixture: 1), .skewReverseKL(skew: 0): (swiftlet_reverse_kl, 0)
    case .jsd(let mixture): (swiftlet_jsd, mixture)
    case .skewForwardKL(let skew): (swiftlet_skew_forward_kl, skew)
    case .skewReverseKL(let skew): (swiftlet_skew_reverse_kl, skew)
    case .totalVariation: (swiftlet_total_variation, 0)
    }
  }
}

extension PlainKernels {
  public static func divergence(
    _ kind: Divergence, student: Buffer, teacher: Buffer, rows: Int, columns: Int, temperature: Float = 1,
    labels: [Int32]? = nil
  ) -> (losses: Buffer, dStudent: Buffer) {
    precondition(
      student.count == rows * columns && teacher.count == rows * columns && labels?.count ?? rows == rows,
      "divergence: shapes differ")
    let losses = Buffer.zeros(rows)
    let dStudent = Buffer.zeros(student.count)
    let inverse = 1 / Double(temperature)
    var slope = [Double](repeating: 0, count: columns)
    for row in 0..<rows where labels?[row] != Kernels.ignoredLabel {
      let (x, z) = (student.pointer + row * columns, teacher.pointer + row * columns)
      let dx = dStudent.pointer + row * columns
      let studentLSE = logSumExp(x, columns, scale: inverse)
      let teacherLSE = logSumExp(z, columns, scale: inverse)
      var (loss, mean) = (0.0, 0.0)
      for i in 0..<columns {
        let logS = Double(x[i]) * inverse - studentLSE
        let term = divergenceTerm(kind, logS, Double(z[i]) * inverse - teacherLSE)
        loss += term.loss
        slope[i] = term.slope
        mean += exp(logS) * term.slope
      }
      // Through the softmax: dxᵢ = sᵢ·(gᵢ − Σ sⱼ·gⱼ) / temperature, g being ∂loss/∂s.
      for i in 0..<columns {
        dx[i] = Float(exp(Double(x[i]) * inverse - studentLSE) * (slope[i] - mean) * inverse)
      }
      losses.pointer[row] = Float(loss)
    }
    return (losses, dStudent)
  }

  /// One element's share of the divergence and its derivative by s, up to a constant that the softmax cancels.
  private static func divergenceTerm(
    _ kind: Divergence, _ logS: Double, _ logT: Double
  ) -> (loss: Double, slope: Double) {
    let (s, t) = (exp(logS), exp(logT))
    switch kind {
    case .forwardKL, .jsd(mixture: 0):
      return (t == 0 ? 0 : t * (logT - logS), -exp(logT - logS))
    case .reverseKL, .jsd(mixture: 1):
      return (s == 0 ? 0 : s * (logS - logT), logS - logT)
    case .jsd(let mixture):
      let b = Double(mixture)
      let logM = log(b * t + (1 - b) * s)
      return (
        (t == 0 ? 0 : b * t * (logT - logM)) + (s == 0 ? 0 : (1 - b) * s * (logS - logM)),
        (1 - b) * (logS - logM)
      )
    case .skewForwardKL(let skew):
      let a = Double(skew)
      let logM = log(a * t + (1 - a) * s)
      return (t == 0 ? 0 : t * (logT - logM), -(1 - a) * exp(logT - logM))
    case .skewReverseKL(let skew):
      let a = Double(skew)
      let logM = log(a * s + (1 - a) * t)
      return (s == 0 ? 0 : s * (logS - logM), logS - logM - a * exp(logS - logM))
    case .totalVariation:
      return (0.5 * abs(s - t), s > t ? 0.5 : s < t ? -0.5 : 0)
    }
  }
}
