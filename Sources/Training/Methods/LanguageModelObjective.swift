import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The loss of next-token prediction, for pretrain, sft and logit_distillation: a weighted sum of cross-entropy and
/// divergences from a teacher, over the rows with a label, and of comparisons of the layers of both.
///
/// The output layer and the loss run over blocks of rows, so that [tokens, vocabulary] never exists whole.
public final class LanguageModelObjective: TrainingObjective {
  public let objective: Objective
  /// Run beside the student when a batch brings no kept signal; nil when no term needs one.
  public let teachers: TeacherPanel?
  /// The terms that compare layers; nil when there are none.
  public let layers: LayerComparison?
  /// The terms that compare with a teacher of another tokenizer; nil when there are none.
  public let foreign: ForeignComparison?
  /// The most likely tokens that a running teacher's distributions keep, below the vocabulary; all of them when nil.
  public let teacherTokens: Int?
  /// Rows whose logits exist at once; fixed, so that the bits do not depend on memory or load.
  public let blockRows: Int
  private let ofLogits: Objective

  /// - Parameters: `layers` and `foreign` are made of the terms of `objective` that compare layers, and texts.
  public init(
    _ objective: Objective = Objective([LossTerm(.crossEntropy)]), teachers: TeacherPanel? = nil,
    layers: LayerComparison? = nil, foreign: ForeignComparison? = nil, teacherTokens: Int? = nil,
    blockRows: Int = 512
  ) {
    self.objective = objective
    self.teachers = teachers
    self.layers = layers
    self.foreign = foreign
    self.teacherTokens = teacherTokens
    self.blockRows = blockRows
    ofLogits = objective.ofLogits
  }

  /// With one teacher for everything.
  public convenience init(
    _ objective: Objective, teacher: any TeacherModel, layers: LayerComparison? = nil,
    foreign: ForeignComparison? = nil
  ) {
    self.init(objective, teachers: TeacherPanel([.init(teacher)]), layers: layers, foreign: foreign)
  }

  public var trainedParameters: [Parameter] { layers?.projections ?? [] }
  public var keptArrays: [Checkpoint.Array] { layers?.keptArrays ?? [] }
  public func restore(_ arrays: [Checkpoint.Array]) throws { try layers?.restore(arrays) }

  public func evaluate(
    _ batch: TokenBatch, model: Transformer, normalizer: Double, differentiates: Bool, isDetailed: Bool
  ) throws -> LossReport {
    if let signal = batch.signal { try objective.validate(topKTemperature: signal.temperature) }
    guard batch.labelCount > 0 else { return LossReport() }
    let taught = try teachersPass(batch)
    if objective.terms.contains(where: \.function.comparesTexts), foreign == nil || batch.foreign == nil {
      throw TrainingError.notAvailable(
        what: "universal_logit without a teacher's view of the examples", instead: "`teacher:` in the recipe")
    }
    guard differentiates else {
      return withoutGradient { run(batch, model, taught, 1, isDetailed: isDetailed).report }
    }
    let (loss, report) = run(batch, model, taught, normalizer, isDetailed: isDetailed)
    loss.backward()
    return report
  }

  /// One model's way through a batch: its last hidden states at the labels, [labels, hidden], and the layers that are
  /// compared.
  private struct Pass {
    let learnt: Tensor
    let states: LayerComparison.States

    init(_ batch: TokenBatch, _ model: Transformer, observing layers: Set<Int>) {
      var kept: [Int: Tensor] = [:]
      learnt = batch.learntStates(of: model) { layer, states in
        if layers.contains(layer) { kept[layer] = states }
      }
      states = LayerComparison.States(model: model, layers: kept)
    }
  }

  /// The loss on the tape, divided by `normalizer`, and the sums that are reported.
  private func run(
    _ batch: TokenBatch, _ model: Transformer, _ taught: Lesson?, _ normalizer: Double, isDetailed: Bool
  ) -> (loss: Tensor, report: LossReport) {
    let pass = Pass(batch, model, observing: layers?.layers(\.student) ?? [])
    let labels = Double(batch.labelCount)
    var report = LossReport()
    var loss = Tensor(0)
    if !ofLogits.terms.isEmpty {
      loss = logitLoss(batch, model, pass, taught, normalizer, isDetailed: isDetailed, &report)
    } else if isDetailed {
      // For the accuracy alone.
      _ = withoutGradient { logitLoss(batch, model, pass, taught, normalizer, isDetailed: true, &report) }
    }
    func join(_ value: Tensor, _ terms: [LossTerm], _ sums: [Double]) {
      loss = add(loss, value)
      for (term, sum) in zip(terms, sums) {
        report.add("distillation/\(term.function.rawValue)", sum, over: labels)
      }
    }
    if let layers, case .pass(let taught, _) = taught {
      let (value, sums) = layers(
        student: pass.states, teacher: taught.states, batch: batch, normalizer: normalizer)
      join(value, layers.terms, sums)
    }
    if let foreign, let views = batch.foreign {
      let (value, sums, alignment) = foreign(
        pass.learnt, batch: batch, foreign: views, model: model, normalizer: normalizer)
      join(value, foreign.terms, sums)
      report.add("distillation/one_to_one", Double(alignment.oneToOne), over: Double(alignment.studentTokens))
    }
    report.loss = Double(loss.item) * normalizer
    report.add("loss", report.loss, over: labels)
    return (loss, report)
  }

  /// The terms of logits, in blocks of rows.
  private func logitLoss(
    _ batch: TokenBatch, _ model: Transformer, _ pass: Pass, _ taught: Lesson?, _ normalizer: Double,
    isDetailed: Bool, _ report: inout LossReport
  ) -> Tensor {
    var correct = 0
    var sums = [Double](repeating: 0, count: ofLogits.terms.count)
    let kept = batch.signal.map(\.objectiveSignal)
    let isTaught = kept == nil && ofLogits.needsTeacher
    let temperature = ofLogits.terms.first(where: \.function.comparesDistributions)?.temperature ?? 1
    var masses = (student: 0.0, teacher: 0.0)
    var hasMasses = false
    let loss = chunkedLinearLoss(pass.learnt, model.outputWeight(), chunkRows: blockRows) { logits, rows in
      let labels = Array(batch.learntLabels[rows])
      if isDetailed { correct += countOfCorrect(logits, labels) }
      let live = isTaught ? taught?.logits(rows) : nil
      let top =
        kept?.rows(rows)
        ?? live.flatMap { live in
          teacherTokens.map { TopKSignal(live, k: $0, temperature: temperature) }
        }
      if isDetailed, ofLogits.needsTeacher, let top {
        let found = top.masses(student: logits, labels: labels)
        masses = (masses.student + found.student, masses.teacher + found.teacher)
        hasMasses = true
      }
      let value = ofLogits(
        student: logits, teacher: top.map(TeacherSignal.topK) ?? live.map(TeacherSignal.logits),
        labels: labels, isCompletion: Array(batch.isCompletion[rows]), normalizer: normalizer)
      for (index, term) in value.terms.enumerated() { sums[index] += term * normalizer }
      return value.loss
    }
    let labels = Double(batch.labelCount)
    if isDetailed { report.add("mean_token_accuracy", Double(correct), over: labels) }
    if hasMasses {
      report.add("distillation/student_mass", masses.student, over: labels)
      report.add("distillation/teacher_mass", masses.teacher, over: labels)
    }
    for (term, sum) in zip(ofLogits.terms, sums) {
      let name = term.function.needsTeacher ? "kd_loss" : "class_loss"
      if term.tokens == .completion {
        report.add("completion_" + name, sum, over: Double(batch.isCompletion.count { $0 }))
      } else if objective.needsTeacher {
        report.add(name, sum, over: labels)
      }
    }
    return loss
  }

  /// What the teachers make of a batch.
  private enum Lesson {
    /// Of the only one, with the layers that are compared.
    case pass(Pass, Transformer)
    case reading(TeacherPanel.Reading, TeacherPanel)

    /// [rows, vocabulary]
    func logits(_ rows: Range<Int>) -> Tensor {
      withoutGradient {
        switch self {
        case .pass(let pass, let teacher): teacher.logits(of: slice(pass.learnt, rows: rows))
        case .reading(let reading, let teachers): teachers.logits(of: reading, rows: rows)
        }
      }
    }
  }

  /// The teachers' pass; nil where nothing is asked of them.
  private func teachersPass(_ batch: TokenBatch) throws -> Lesson? {
    let isCompared = objective.terms.contains(where: \.function.comparesLayers)
    guard isCompared || (ofLogits.needsTeacher && batch.signal == nil) else { return nil }
    guard let teachers, !isCompared || (layers != nil && teachers.single != nil) else {
      throw TrainingError.notAvailable(
        what: isCompared ? "a comparison of layers without one teacher" : "a divergence without a teacher",
        instead: "`teacher:` in the recipe" + (isCompared ? "" : ", or examples with kept signals"))
    }
    return try withoutGradient {
      guard isCompared, let teacher = teachers.single else {
        return .reading(try teachers.read(batch), teachers)
      }
      return .pass(Pass(batch, teacher, observing: layers?.layers(\.teacher) ?? []), teacher)
    }
  }
}

extension TokenBatch {
  /// The model's hidden states at the rows with a label, [labels, hidden].
  func learntStates(
    of model: Transformer, observing: ((_ layer: Int, _ hiddenStates: Tensor) -> Void)? = nil
  ) -> Tensor {
    let all = model.forward(tokens: tokens, positions: positions, spans: spans, observing: observing)
    return learntRows.elementsEqual(0..<Int32(tokenCount)) ? all : gatherRows(all, rows: learntRows)
  }
}

extension KeptSignal {
  /// The signal as the objectives take it.
  var objectiveSignal: TopKSignal {
    TopKSignal(
      logProbabilities: Buffer(logProbabilities), indices: indices, tail: Buffer(tail),
      temperature: temperature)
  }
}

/// Rows whose largest logit is at the label.
func countOfCorrect(_ logits: Tensor, _ labels: [Int32]) -> Int {
  let columns = logits.columns
  return logits.buffer.withSpan { values in
    labels.indices.count { row in
      let start = row * columns
      let score = values[start + Int(labels[row])]
      // A count without an early exit vectorizes.
      var larger = 0
      for column in 0..<columns { larger &+= values[start + column] > score ? 1 : 0 }
      return larger == 0
    }
  }
}
