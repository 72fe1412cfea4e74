/// Which tokens a term counts.
public enum TokenSelection: String, CaseIterable, Sendable {
  /// Those at which a label is predicted.
  case learnt
  /// Of the learnt ones those that `completion_only_loss` would learn: of completions, and of plain texts, which have no
  /// prompt. For terms that read logits.
  case completion
  /// Those without a label too. For comparisons of layers.
  case all

  /// Whether a term of this function can count these tokens.
  public func fits(_ function: LossFunctionName) -> Bool {
    switch self {
    case .learnt: true
    case .completion: function.readsLogits
    case .all: function.comparesLayers
    }
  }

  /// What it is for, as errors tell it.
  public var purpose: String {
    switch self {
    case .learnt: "every function"
    case .completion: "cross_entropy and divergences"
    case .all: "hidden_mse, hidden_cosine and attention_relations"
    }
  }
}
