import Kernels
import LanguageModels
import Objectives
import TensorCore

/// The terms of an objective that look into the layers of student and teacher: hidden states and attention relations.
///
/// hidden: L = 1/pairs Σ over pairs (l, m) of 1/n Σ over tokens of distance(P h_l, g_m), P only where the widths differ
/// attention: L = Σ over queries, keys and values of 1/n Σ over tokens of KL of their relations
///
/// With `tokens: learnt` n is the number of labels. With `tokens: all` it is that of all tokens, and a micro-batch counts
/// in an update by its share of the labels.
public final class LayerComparison {
  public let terms: [LossTerm]
  /// Learnt maps of the student's hidden states to the teacher's width, [teacher's width, student's], one for each pair of
  /// layers whatever the number of terms; none where the widths are equal. No part of the student.
  public let projections: [Parameter]
  private let pairs: [[LayerPair]]
  private let projectionOfPair: [LayerPair: Parameter]

  /// - Parameter seed: of the maps, which start as random ones that keep the size of a vector.
  /// - Throws: `ObjectiveError` for a layer that there is not, and for relation heads that do not divide the widths.
  public init(
    _ terms: [LossTerm], student: ModelConfiguration, teacher: ModelConfiguration, seed: UInt64
  ) throws {
    self.terms = terms
    pairs = try terms.map {
      try $0.layerPairs(studentLayers: student.layerCount, teacherLayers: teacher.layerCount)
    }
    for term in terms where term.function.subject == .attention {
      let heads = term.relationHeads ?? student.queryHeadCount
      for (role, model) in [("student", student), ("teacher", teacher)] {
        for width in [model.querySize, model.keyValueSize] where !width.isMultiple(of: heads) {
          throw ObjectiveError.relationHeads(
            function: term.function.rawValue, heads: heads, role: role, width: width)
        }
      }
    }
    var projections: [Parameter] = []
    var projectionOfPair: [LayerPair: Parameter] = [:]
    let random = SeededRandom(seed: seed)
    if student.hiddenSize != teacher.hiddenSize {
      for (term, pairs) in zip(terms, pairs) where term.function.featureDistance != nil {
        for pair in pairs where projectionOfPair[pair] == nil {
          let name = "projection.\(pair.student).\(pair.teacher).weight"
          var stream = random.forked(name)
          let deviation = 1 / Float(student.hiddenSize).squareRoot()
          let values = (0..<teacher.hiddenSize * student.hiddenSize).map { _ in deviation * stream.normal() }
          let projection = Parameter(
            name: name, value: Tensor([teacher.hiddenSize, student.hiddenSize], values))
          projectionOfPair[pair] = projection
          projections.append(projection)
        }
      }
    }
    self.projections = projections
    self.projectionOfPair = projectionOfPair
  }

  /// One model's hidden states in a batch, by layer.
  struct States {
    let model: Transformer
    let layers: [Int: Tensor]

    subscript(layer: Int) -> Tensor {
      guard let states = layers[layer] else { fatalError("LayerComparison: layer \(layer) was not observed") }
      return states
    }
  }

  /// The hidden states that the terms read; the attention of layer n reads the output of the layer before.
  func layers(_ side: KeyPath<LayerPair, Int>) -> Set<Int> {
    var layers = Set<Int>()
    for (term, pairs) in zip(terms, pairs) {
      let shift = term.function.subject == .attention ? 1 : 0
      layers.formUnion(pairs.map { $0[keyPath: side] - shift })
    }
    return layers
  }

  /// The terms' weighted sum on the tape, divided by `normalizer`, and each term's own sum over labels.
  func callAsFunction(
    student: States, teacher: States, batch: TokenBatch, normalizer: Double
  ) -> (loss: Tensor, sums: [Double]) {
    var loss: Tensor?
    var sums: [Double] = []
    for (term, pairs) in zip(terms, pairs) {
      // All tokens weigh as much as the labels do.
      let share =
        term.tokens == .all ? Double(batch.labelCount) / Double(max(1, batch.tokenCount)) : 1
      let divisor = Float(normalizer / share)
      let value =
        term.function.subject == .attention
        ? relations(term, pairs[0], student, teacher, batch, divisor)
        : hidden(term, pairs, student, teacher, batch, divisor)
      sums.append(Double(value.item) * normalizer)
      let weighted = scale(value, by: Float(term.factor))
      loss = loss.map { add($0, weighted) } ?? weighted
    }
    return (loss ?? Tensor(0), sums)
  }

  private func hidden(
    _ term: LossTerm, _ pairs: [LayerPair], _ student: States, _ teacher: States, _ batch: TokenBatch,
    _ divisor: Float
  ) -> Tensor {
    guard let distance = term.function.featureDistance else {
      fatalError("LayerComparison: \(term.function.rawValue) compares no hidden states")
    }
    func counted(_ states: Tensor) -> Tensor {
      guard term.tokens == .learnt, batch.labelCount < batch.tokenCount else { return states }
      return gatherRows(states, rows: batch.learntRows)
    }
    var sum: Tensor?
    for pair in pairs {
      var own = counted(student[pair.student])
      let other = counted(teacher[pair.teacher])
      if let projection = projectionOfPair[pair] { own = linear(own, projection()) }
      let value = featureDistance(
        distance, student: own, teacher: other, reduction: .dividedBy(divisor * Float(pairs.count)))
      sum = sum.map { add($0, value) } ?? value
    }
    return sum ?? Tensor(0)
  }

  private func relations(
    _ term: LossTerm, _ pair: LayerPair, _ student: States, _ teacher: States, _ batch: TokenBatch,
    _ divisor: Float
  ) -> Tensor {
    let (layer, taughtLayer) = (pair.student - 1, pair.teacher - 1)
    let own = student.model.attentionInputs(layer: layer, of: student[layer])
    let taught = withoutGradient {
      teacher.model.attentionInputs(layer: taughtLayer, of: teacher[taughtLayer])
    }
    let heads = term.relationHeads ?? student.model.configuration.queryHeadCount
    let labels = term.tokens == .all ? nil : batch.rowLabels
    let parts = [(own.queries, taught.queries), (own.keys, taught.keys), (own.values, taught.values)]
    let values = parts.map { own, taught in
      relationDivergence(
        student: own, teacher: taught, documentLengths: batch.documentLengths, heads: heads, labels: labels,
        normalizer: divisor)
    }
    return add(add(values[0], values[1]), values[2])
  }

  /// The projections, for a checkpoint.
  var keptArrays: [Checkpoint.Array] {
    projections.map { Checkpoint.Array(name: $0.name, shape: $0.shape, values: $0.value.values) }
  }

  /// - Throws: `TrainingError.badCheckpoint`.
  func restore(_ arrays: [Checkpoint.Array]) throws {
    let kept = Dictionary(arrays.map { ($0.name, $0) }) { first, _ in first }
    for projection in projections {
      guard let array = kept[projection.name], array.shape == projection.shape else {
        throw TrainingError.badCheckpoint(
          path: "objective.safetensors", expected: "\(projection.name) \(projection.shape)",
          found: kept[projection.name].map { "\($0.shape)" } ?? "none")
      }
      projection.value = Tensor(array.shape, array.values)
      projection.gradient = nil
    }
  }
}
