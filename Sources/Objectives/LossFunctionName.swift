import TensorCore
import Kernels

/// What a term of the loss measures, under the name that a recipe gives it.
///
/// p is the teacher's distribution, q the student's, both softened by the term's temperature.
public enum LossFunctionName: String, CaseIterable, Sendable {
  /// −log q[label]; at temperature 1 always, and the only one that needs no teacher
  case crossEntropy = "cross_entropy"
  /// KL(p‖q): the student covers what the teacher does (Hinton et al. 2015)
  case forwardKL = "forward_kl"
  /// KL(q‖p): the student keeps to what the teacher does (MiniLLM, Gu et al. 2024)
  case reverseKL = "reverse_kl"
  /// β KL(p‖m) + (1 − β) KL(q‖m), m = β p + (1 − β) q with β = `mixture`; β = 0 is KL(p‖q) and β = 1 is KL(q‖p), as in
  /// TRL's GKD (Agarwal et al. 2024)
  case jsd
  /// KL(p‖α p + (1 − α) q) with α = `skew` (DistiLLM, Ko et al. 2024)
  case skewForwardKL = "skew_forward_kl"
  /// KL(q‖(1 − α) p + α q) with α = `skew`
  case skewReverseKL = "skew_reverse_kl"
  /// ½ Σ |p − q|
  case totalVariation = "total_variation"
  /// mean over features of (P h − g)² of the hidden states h and g of student and teacher, P learnt where their widths
  /// differ (FitNets, Romero et al. 2015)
  case hiddenMSE = "hidden_mse"
  /// 1 − cos(P h, g) (DistilBERT, Sanh et al. 2019)
  case hiddenCosine = "hidden_cosine"
  /// KL between the relations of queries, of keys and of values in one layer of each (MiniLMv2, Wang et al. 2021)
  case attentionRelations = "attention_relations"
  /// The distance of distributions over two vocabularies, by rank or `hybrid`: shared tokens by themselves (ULD, Boizard et
  /// al. 2024; GOLD, Patiño et al. 2025)
  case universalLogit = "universal_logit"

  /// What of the student a function looks at.
  public enum Subject: Sendable, Equatable {
    /// its probability of the label
    case label
    /// its distribution, beside a teacher's
    case distribution
    /// its hidden states, beside those of a teacher that runs
    case hiddenStates(FeatureDistance)
    /// the inputs of its attention, beside those of a teacher that runs
    case attention
    /// its distribution, beside that of a teacher that reads the same text in tokens of its own
    case text
  }

  public var subject: Subject {
    switch self {
    case .crossEntropy: .label
    case .forwardKL, .reverseKL, .jsd, .skewForwardKL, .skewReverseKL, .totalVariation: .distribution
    case .hiddenMSE: .hiddenStates(.meanSquare)
    case .hiddenCosine: .hiddenStates(.cosine)
    case .attentionRelations: .attention
    case .universalLogit: .text
    }
  }

  /// Whether the term compares the student with a teacher.
  public var needsTeacher: Bool { subject != .label }

  /// Whether the term reads distributions, which a teacher may have left in a file.
  public var comparesDistributions: Bool { subject == .distribution }

  /// Whether the term sets the teacher's tokens against the student's one by one.
  public var sharesTokens: Bool { needsTeacher && !comparesTexts }

  /// Whether the teacher may have a tokenizer and a template of its own.
  public var comparesTexts: Bool { subject == .text }

  /// Whether the student's logits are all that the term reads of it.
  public var readsLogits: Bool { subject == .label || subject == .distribution }

  /// Whether the term looks into the layers of both models.
  public var comparesLayers: Bool { featureDistance != nil || subject == .attention }

  /// The distance of hidden states that the name stands for; nil for others.
  public var featureDistance: FeatureDistance? {
    if case .hiddenStates(let distance) = subject { distance } else { nil }
  }

  /// The divergence of distributions that the name stands for; nil for others.
  func divergence(mixture: Float, skew: Float) -> Divergence? {
    switch self {
    case .crossEntropy, .hiddenMSE, .hiddenCosine, .attentionRelations, .universalLogit: nil
    case .forwardKL: .forwardKL
    case .reverseKL: .reverseKL
    // The mixture has no distribution of its own at its ends; TRL defines them as the two KLs.
    case .jsd: mixture <= 0 ? .forwardKL : mixture >= 1 ? .reverseKL : .jsd(mixture: mixture)
    case .skewForwardKL: .skewForwardKL(skew: skew)
    case .skewReverseKL: .skewReverseKL(skew: skew)
    case .totalVariation: .totalVariation
    }
  }
}

/// One term of the loss: a function with its weight and its numbers.
public struct LossTerm: Sendable, Equatable {
  public var function: LossFunctionName
  public var weight = 1.0
  /// Softens both distributions; above 0. Functions that compare no distributions ignore it.
  public var temperature = 1.0
  /// The teacher's share in the mixture of `jsd`, and of a hybrid `universal_logit`, 0...1.
  public var mixture = 0.5
  /// The share of the other distribution in the skewed divergences, 0..<1.
  public var skew = 0.1
  /// Whether a divergence is multiplied by T², which keeps its gradient's size whatever the temperature
  /// (Hinton et al. 2015, section 2).
  public var scalesByTemperatureSquared = true
  /// Which layers are compared; for hidden states all of the student's with the teacher's, evenly spread, when empty, for
  /// attention the last of each.
  public var layerMap: [LayerPair] = []
  /// Which tokens are counted.
  public var tokens = TokenSelection.learnt
  /// Pieces into which queries, keys and values are cut for `attention_relations`; the student's heads when nil.
  public var relationHeads: Int?
  /// Which distribution stands for several tokens, for `universal_logit`.
  public var tokenMerge = TokenMerge.observed
  /// Whether `universal_logit` compares tokens of one spelling by themselves and only the others by rank.
  public var isHybrid = false
  /// The weights of those and of the others; the share of the teacher's tokens that have a partner, and the rest, when nil.
  public var matchedWeight, unmatchedWeight: Double?

  public init(_ function: LossFunctionName = .crossEntropy, weight: Double = 1, temperature: Double = 1) {
    self.function = function
    self.weight = weight
    self.temperature = temperature
  }

  /// What the mean over tokens is multiplied by.
  public var factor: Double {
    function.comparesDistributions && scalesByTemperatureSquared ? weight * temperature * temperature : weight
  }
}
