import Kernels
import TensorCore

extension Transformer {
  /// A model of its own with some parts of this one: every weight the rows and columns that belong to them.
  ///
  /// What a kept part computes from kept parts alone does not change. A tied table stays tied.
  ///
  /// - Parameter kept: numbers of this model's parts; with anything but all of them, the model is no GPT-2, whose tokens
  ///   alone may be chosen.
  /// - Throws: `LanguageModelError.invalidValue` when a token that the configuration names is not kept.
  public func keeping(_ kept: KeptParts) throws -> Transformer {
    requireShape(adapter == nil, "keeping: the adapter has to be merged first")
    let byName = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    return try Transformer(configuration.keeping(kept)) { name, shape in
      let role = ParameterRole(name)
      let source = role.layer.map {
        name.replacing(".\($0).", with: ".\(kept.layers[$0]).", maxReplacements: 1)
      }
      guard let parameter = byName[source ?? name] else {
        throw LanguageModelError.missingTensor(file: "the model", name: source ?? name, shape: shape)
      }
      let axes = role.axes.map { axis in axis.numbers(of: kept, layer: role.layer, configuration) }
      return parameter.value.buffer.gathered(
        rows: axes.first ?? nil, columns: axes.count > 1 ? axes[1] : nil, shape: parameter.shape)
    }
  }

  /// The same model for some of its tokens: their logits from their ids are what they were, and a softmax over them is
  /// that over all, renormalized.
  ///
  /// - Parameter tokens: the old id of each new one.
  /// - Throws: as `keeping`.
  public func keeping(tokens: [Int32]) throws -> Transformer {
    var kept = KeptParts(all: configuration)
    kept.tokens = tokens
    return try keeping(kept)
  }
}

extension ModelConfiguration {
  /// The configuration of `Transformer.keeping`.
  func keeping(_ kept: KeptParts) throws -> ModelConfiguration {
    var smaller = self
    smaller.layerCount = kept.layers.count
    smaller.hiddenSize = kept.channels.count
    smaller.intermediateSize = kept.neurons.first?.count ?? intermediateSize
    smaller.keyValueHeadCount = kept.groups.first?.count ?? keyValueHeadCount
    smaller.queryHeadCount = smaller.keyValueHeadCount * (queryHeadCount / keyValueHeadCount)
    smaller.vocabularySize = kept.tokens.count
    smaller.layersWithoutPositions = Set(
      kept.layers.indices.filter { layersWithoutPositions.contains(kept.layers[$0]) })
    func new(_ key: String, _ old: Int32) throws -> Int32 {
      // −1 is "none".
      guard old >= 0 else { return old }
      guard let new = kept.tokens.firstIndex(of: old) else {
        throw LanguageModelError.invalidValue(
          file: "vocabulary", expected: "the model's \(key) \(old) among the kept tokens", found: "none",
          nextStep: "use the tokenizer that belongs to the model")
      }
      return Int32(new)
    }
    smaller.beginToken = try beginToken.map { try new("bos_token_id", $0) }
    smaller.endTokens = try endTokens.map { try new("eos_token_id", $0) }
    smaller.padToken = try padToken.map { try new("pad_token_id", $0) }
    return smaller
  }
}

/// What the rows and columns of a parameter stand for.
private struct ParameterRole {
  enum Axis {
    case tokens, channels, neurons, queries, keys
    /// Not pruned: the entries of a head, positions.
    case fixed

    /// The numbers that stay; nil for all.
    func numbers(of kept: KeptParts, layer: Int?, _ model: ModelConfiguration) -> [Int]? {
      func heads(_ size: Int) -> [Int]? {
        layer.map { layer in kept.groups[layer].flatMap { $0 * size..<($0 + 1) * size } }
      }
      return switch self {
      case .tokens: kept.tokens.map(Int.init)
      case .channels: kept.channels
      case .neurons: layer.map { kept.neurons[$0] }
      case .queries: heads(model.querySize / model.keyValueHeadCount)
      case .keys: heads(model.headDimension)
      case .fixed: nil
      }
    }
  }

  /// The number in the name, of the smaller model.
  let layer: Int?
  /// Outputs before inputs; a bias has outputs alone.
  let axes: [Axis]

  init(_ name: String) {
    let words = name.split(separator: ".").map(String.init)
    layer = words.lazy.compactMap(Int.init).first
    // The module: `q_proj`.
    axes =
      switch words.dropLast().last {
      case "embed_tokens", "lm_head", "wte": [.tokens, .channels]
      case "q_proj": [.queries, .channels]
      case "k_proj", "v_proj": [.keys, .channels]
      case "o_proj": [.channels, .queries]
      case "gate_proj", "up_proj": [.neurons, .channels]
      case "down_proj": [.channels, .neurons]
      case "input_layernorm", "post_attention_layernorm", "norm": [.channels]
      // Head norms; and all of a GPT-2 but its table of tokens.
      default: [.fixed, .fixed]
      }
  }
}

extension Buffer {
  /// The elements of some rows and columns of a matrix, or of some rows of a vector.
  ///
  /// - Parameters: `rows` and `columns`: nil for all; `shape` [rows] or [rows, columns].
  fileprivate func gathered(rows: [Int]?, columns: [Int]?, shape: [Int]) -> Buffer {
    let width = shape.count > 1 ? shape[1] : 1
    let rows = rows ?? Array(0..<shape[0])
    let columns = shape.count > 1 ? columns ?? Array(0..<width) : [0]
    let result = Buffer.uninitialized(rows.count * columns.count)
    withSpan { values in
      result.withMutableSpan { target in
        var place = 0
        for row in rows {
          for column in columns {
            target[place] = values[row * width + column]
            place += 1
          }
        }
      }
    }
    return result
  }
}
