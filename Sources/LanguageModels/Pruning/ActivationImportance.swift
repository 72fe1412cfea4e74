import Kernels
import TensorCore

/// How much each part of a model matters on some documents, judged by what it computes there (Muralidharan et al. 2024,
/// "Compact Language Models via Pruning and Knowledge Distillation", sections 2.2 and 2.3).
///
/// An activation's importance is, over the documents, the root of the sum of squares (L2) of its mean over the
/// document's tokens: of |a| for a channel or a neuron, of the Euclidean norm for a head's output.
public struct ActivationImportance: Sendable {
  /// 1 − the mean cosine between a layer's input and its output, [layers]: 0 for a layer that changes no direction.
  public let layers: [Double]
  /// Of the norms' outputs, [layers + 1, hidden]: in each layer the sum of both norms, at last the final one.
  public let channels: [[Double]]
  /// Of the feed-forward layer's products, [layers, intermediate].
  public let neurons: [[Double]]
  /// The sum over the heads that share a key and value, [layers, keyValueHeads].
  public let groups: [[Double]]

  /// Runs `model` on each document.
  ///
  /// - Parameter documents: token ids below the vocabulary size, none longer than `maximumPositions`; empty ones are
  ///   passed over.
  public init(of model: Transformer, on documents: [[Int32]]) {
    let meter = ActivationMeter(model.configuration)
    withoutGradient {
      for tokens in documents where !tokens.isEmpty {
        _ = model.forward(
          tokens: tokens, positions: (0..<Int32(tokens.count)).map { $0 },
          spans: .causal(documentLengths: [tokens.count]), observing: nil, measuring: meter.note)
        meter.finishDocument()
      }
    }
    let configuration = model.configuration
    let tokens = Double(max(1, meter.tokens))
    layers = meter.cosines.map { 1 - $0 / tokens }
    channels = meter.channels.map(\.importance)
    neurons = meter.neurons.map(\.importance)
    let group = configuration.queryHeadCount / configuration.keyValueHeadCount
    groups = meter.heads.map { heads in
      let each = heads.importance
      return (0..<configuration.keyValueHeadCount).map { each[$0 * group..<($0 + 1) * group].reduce(0, +) }
    }
  }
}

/// Sums of activations while documents pass through a model.
private final class ActivationMeter {
  /// Sums of one kind of activation in one layer.
  struct Sums {
    /// Over the tokens of the current document.
    var document: [Double]
    /// Over the documents, of the squared means.
    var squares: [Double]

    init(count: Int) {
      document = [Double](repeating: 0, count: count)
      squares = document
    }

    var importance: [Double] { squares.map { $0.squareRoot() } }

    /// Adds |x| of each column.
    mutating func add(_ x: Tensor) {
      let columns = x.columns
      x.buffer.withSpan { values in
        for row in 0..<x.rows {
          for column in 0..<columns { document[column] += Double(abs(values[row * columns + column])) }
        }
      }
    }

    /// Adds the norm of each part of a row.
    mutating func addNorms(_ x: Tensor) {
      let width = x.columns / document.count
      x.buffer.withSpan { values in
        for row in 0..<x.rows {
          for part in document.indices {
            let start = row * x.columns + part * width
            var sum = 0.0
            for index in start..<start + width { sum += Double(values[index]) * Double(values[index]) }
            document[part] += sum.squareRoot()
          }
        }
      }
    }

    mutating func finishDocument(tokens: Int) {
      for index in document.indices {
        let mean = document[index] / Double(tokens)
        squares[index] += mean * mean
        document[index] = 0
      }
    }
  }

  private(set) var channels: [Sums]
  private(set) var neurons: [Sums]
  private(set) var heads: [Sums]
  /// Of each layer's input and output, summed over the tokens.
  private(set) var cosines: [Double]
  private(set) var tokens = 0
  private var documentTokens = 0
  private var input: Tensor?

  init(_ configuration: ModelConfiguration) {
    let layers = configuration.layerCount
    channels = Array(repeating: Sums(count: configuration.hiddenSize), count: layers + 1)
    neurons = Array(repeating: Sums(count: configuration.intermediateSize), count: layers)
    heads = Array(repeating: Sums(count: configuration.queryHeadCount), count: layers)
    cosines = [Double](repeating: 0, count: layers)
  }

  func note(_ layer: Int, _ activation: LayerActivation, _ x: Tensor) {
    switch activation {
    case .input: input = x
    case .norm: channels[layer].add(x)
    case .heads: heads[layer].addNorms(x)
    case .neurons: neurons[layer].add(x)
    case .output:
      if let input { cosines[layer] += Self.cosines(input, x) }
      input = nil
      documentTokens = x.rows
    }
  }

  func finishDocument() {
    for index in channels.indices { channels[index].finishDocument(tokens: documentTokens) }
    for index in neurons.indices { neurons[index].finishDocument(tokens: documentTokens) }
    for index in heads.indices { heads[index].finishDocument(tokens: documentTokens) }
    tokens += documentTokens
  }

  /// The cosine of each pair of rows, summed; a row of zeros counts as unchanged.
  private static func cosines(_ a: Tensor, _ b: Tensor) -> Double {
    let columns = a.columns
    return a.buffer.withSpan { first in
      b.buffer.withSpan { second in
        var total = 0.0
        for row in 0..<a.rows {
          var (product, aa, bb) = (0.0, 0.0, 0.0)
          for index in row * columns..<(row + 1) * columns {
            let (u, v) = (Double(first[index]), Double(second[index]))
            product += u * v
            aa += u * u
            bb += v * v
          }
          let norms = (aa * bb).squareRoot()
          total += norms > 0 ? product / norms : 1
        }
        return total
      }
    }
  }
}
