import LanguageModels

/// How a student is cut out of a larger model: its sizes, in the keys of config.json, and how many of the dataset's
/// training examples show which parts matter. A size that is not given stays as it is.
public struct PruneSettings: Sendable, Equatable {
  public var shape = PrunedShape()
  /// Examples whose activations are measured.
  public var calibration = 64
  public init() {}
}

extension PruneSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("num_hidden_layers", &shape.layerCount)
    fields.field("keep_layers", &shape.keptLayers)
    fields.field("hidden_size", &shape.hiddenSize)
    fields.field("intermediate_size", &shape.intermediateSize)
    fields.field("num_attention_heads", &shape.queryHeadCount)
    fields.field("num_key_value_heads", &shape.keyValueHeadCount)
    fields.field("calibration", &calibration)
    fields.require((1...100_000).contains(calibration), "calibration", expected: "from 1 to 100000")
    fields.require(
      shape != PrunedShape(), "num_hidden_layers", expected: "or another size of the student, one at least")
  }
}

/// How a vocabulary is cut down: the tokens of the dataset's training examples stay, with all that they are made of,
/// all single bytes and all added tokens.
public struct VocabularySettings: Sendable, Equatable {
  /// Tokens in all, filled up with the earliest merges; only what must stay when nil.
  public var size: Int?
  public init() {}
}

extension VocabularySettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("size", &size)
    fields.require((1...1 << 24).contains(size ?? 1), "size", expected: "from 1 to 16777216")
  }
}
