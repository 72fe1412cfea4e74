import Foundation
import GoldenVectors
import Kernels
import Objectives
import TensorCore
import Testing

/// Distillation losses against TRL (`gkd_jsd`) and against their equations in float64 (`kl_family`, `topk_kl`).
@Suite struct DivergenceGoldenTests {
  @Test func generalizedJSDMatchesTRL() throws {
    try GoldenGroup("distill/gkd_jsd").run { golden in
      let factor = golden["logits_multiplied_by"]?.double ?? 1
      let batch = try Batch(golden, factor: Float(factor))
      var labels = batch.labels
      if golden["labels"]?.bool == false { labels = labels.map { _ in 0 } }
      if let name = golden["labels"]?.string { labels = try golden.array(name).int32s }
      let counted = labels.count { $0 != ignoredLabel }
      let normalizer: Double
      switch golden["reduction"]?.string {
      case "sum": normalizer = 1
      case "mean": normalizer = Double(counted * batch.vocabulary)
      // Without labels TRL's batchmean divides by the sequences.
      case "batchmean":
        normalizer = golden["labels"]?.bool == false ? Double(batch.sequences) : Double(max(1, counted))
      case _: normalizer = try golden.double("num_items_in_batch")
      }
      var term = LossTerm(.jsd, temperature: try golden.double("temperature"))
      term.mixture = try golden.double("beta")
      term.scalesByTemperatureSquared = false
      try batch.verify(golden, tolerance: factor > 1 ? 1e-4 : 1e-5) { student, teacher in
        Objective([term])(
          student: student, teacher: .logits(teacher), labels: labels, normalizer: normalizer
        ).loss
      }
    }
  }

  @Test func divergencesMatchTheirEquations() throws {
    try GoldenGroup("distill/kl_family").run { golden in
      let batch = try Batch(golden)
      let terms = try terms(golden)
      // DistiLLM's code leaves the teacher's entropy out of some forms: a constant, with the same gradient.
      let entropyShare: Double
      switch try golden.string("kind") {
      case "distillm_code_skewed_forward_kl": entropyShare = 1
      case "distillm_code_symmetric_kl": entropyShare = 1 - (try golden.double("lam"))
      case _: entropyShare = 0
      }
      try batch.verify(golden, offset: entropyShare * batch.teacherEntropy) { student, teacher in
        Objective(terms)(student: student, teacher: .logits(teacher), labels: batch.labels).loss
      }
    }
  }

  private func terms(_ golden: GoldenCase) throws -> [LossTerm] {
    let temperature = golden["temperature"]?.double ?? 1
    func term(_ function: LossFunctionName, weight: Double = 1) -> LossTerm {
      var term = LossTerm(function, weight: weight, temperature: temperature)
      term.scalesByTemperatureSquared = false
      term.skew = golden["alpha"]?.double ?? 0
      term.mixture = 1 - (golden["lam"]?.double ?? 0)
      return term
    }
    switch try golden.string("kind") {
    case "forward_kl": return [term(.forwardKL)]
    case "reverse_kl": return [term(.reverseKL)]
    case "skew_forward_kl", "distillm_code_skewed_forward_kl": return [term(.skewForwardKL)]
    case "skew_reverse_kl": return [term(.skewReverseKL)]
    case "tv": return [term(.totalVariation)]
    case "distillm_code_js": return [term(.jsd)]
    case "distillm_code_symmetric_kl":
      let share = try golden.double("lam")
      return [term(.forwardKL, weight: 1 - share), term(.reverseKL, weight: share)]
    case "hinton":
      let share = try golden.double("alpha")
      return [
        LossTerm(.crossEntropy, weight: share),
        LossTerm(.forwardKL, weight: 1 - share, temperature: temperature),
      ]
    case let kind: throw GoldenError("unknown kind \(kind)")
    }
  }

  @Test func topKLossesMatchTheirEquations() throws {
    try GoldenGroup("distill/topk_kl").run { golden in
      let batch = try Batch(golden)
      let k = try golden.int("k")
      let indices = try golden.array("topk_ids").int32s
      let signal = batch.signal(indices: indices, k: k)
      let function: LossFunctionName = try golden.string("direction") == "forward" ? .forwardKL : .reverseKL
      let kind = try golden.string("kind")
      try batch.verify(golden) { student, teacher in
        switch kind {
        case "tail":
          return Objective([LossTerm(function)])(
            student: student, teacher: .topK(signal), labels: batch.labels
          ).loss
        // Over the support alone: the logits of the named tokens are a distribution of their own.
        case "renorm":
          return Objective([LossTerm(function)])(
            student: gatherColumns(student, indices: indices),
            teacher: .logits(gatherColumns(teacher, indices: indices)), labels: batch.labels
          ).loss
        case "raw", "teacher_renorm":
          let named =
            kind == "raw"
            ? signal.logProbabilities : logSoftmax(gatherColumns(teacher, indices: indices)).buffer
          return topKDivergence(
            student: student, teacherLogProbabilities: named, indices: indices,
            tail: .repeating(-.infinity, count: signal.rowCount), labels: batch.labels)
        case let kind: throw GoldenError("unknown kind \(kind)")
        }
      }
    }
  }

  @Test func reverseKLByPolicyGradientMatchesMiniLLM() throws {
    try GoldenGroup("distill/minillm").run { golden in
      let mask = try golden.array("mask").ints.map { $0 == 1 }
      guard golden.has("advantages") else {
        let batch = try Batch(golden, labels: mask.map { $0 ? 0 : ignoredLabel })
        return try batch.verify(golden) { student, teacher in
          divergence(.reverseKL, student: student, teacher: teacher, labels: batch.labels)
        }
      }
      let advantages = ReverseKLAdvantages(
        gamma: try golden.double("gamma"), normalizesLength: try golden.bool("length_normalization"))
      let student = try golden.array("student_logps"), teacher = try golden.array("teacher_logps")
      let width = student.shape[1]
      let found = try (0..<student.shape[0]).flatMap { row in
        let range = row * width..<(row + 1) * width
        return advantages(
          student: Array(try student.numbers[range]), teacher: Array(try teacher.numbers[range]),
          mask: Array(mask[range]))
      }
      try requireClose(found, golden.array("advantages"), tolerance: 1e-5)
    }
  }
}

/// The logits and labels that all cases of a group share.
private struct Batch {
  let student: Tensor
  let teacher: Tensor
  let labels: [Int32]
  let sequences: Int
  let vocabulary: Int

  init(_ golden: GoldenCase, factor: Float = 1, labels given: [Int32]? = nil) throws {
    func logits(_ name: String) throws -> Tensor {
      let array = try golden.array(name)
      return Tensor([array.shape[0] * array.shape[1], array.shape[2]], try array.floats.map { factor * $0 })
    }
    student = try logits("student_logits")
    teacher = try logits("teacher_logits")
    labels = try given ?? golden.array("labels").int32s
    (sequences, vocabulary) = (try golden.array("student_logits").shape[0], student.columns)
  }

  /// Compares the loss and its gradient; `offset` is added to the expected loss.
  func verify(
    _ golden: GoldenCase, offset: Double = 0, tolerance: Double = 1e-5,
    _ loss: (_ student: Tensor, _ teacher: Tensor) throws -> Tensor
  ) throws {
    let parameter = Parameter(name: "student_logits", value: student)
    let value = try loss(parameter(), teacher)
    value.backward()
    try requireClose(
      Double(value.item), golden.array("loss").doubles[0] - offset, tolerance: tolerance,
      "\(golden.name) loss")
    try requireClose(
      parameter.gradient?.array() ?? [], golden.array("d_student_logits"), tolerance: tolerance)
  }

  /// The teacher's mean entropy over rows with a label, in nats.
  var teacherEntropy: Double {
    let logProbabilities = logSoftmax(teacher).values.map { Double($0) }
    let rows = labels.indices.filter { labels[$0] != ignoredLabel }
    let sum = rows.reduce(0.0) { sum, row in
      logProbabilities[row * vocabulary..<(row + 1) * vocabulary].reduce(sum) { $0 - exponential($1) * $1 }
    }
    return sum / Double(rows.count)
  }

  /// The teacher's log-probabilities of the given tokens and of the rest, as a file would hold them.
  func signal(indices: [Int32], k: Int) -> TopKSignal {
    let buckets = topKBuckets(teacher, indices: indices).values
    let rows = labels.count
    return TopKSignal(
      logProbabilities: Buffer((0..<rows).flatMap { buckets[$0 * (k + 1)..<$0 * (k + 1) + k] }),
      indices: indices, tail: Buffer((0..<rows).map { buckets[$0 * (k + 1) + k] }), temperature: 1)
  }

  private func exponential(_ x: Double) -> Double { Foundation.exp(x) }
}
