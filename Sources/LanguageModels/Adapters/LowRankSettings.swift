/// The shape of a LoRA adapter (Hu et al. 2021). Names as in PEFT.
public struct LowRankSettings: Sendable, Equatable {
  /// `r`, the rank of the correction.
  public var rank: Int
  /// `lora_alpha`; the correction is scaled by alpha / rank, or by alpha / √rank with `use_rslora`.
  public var alpha: Double
  /// The linear maps that get a correction, by the last parts of their names: `q_proj`; `all-linear` for all.
  public var targetModules: [String]
  /// `lora_dropout`: the share of the inputs that a correction does not see while it is trained.
  public var dropout: Double
  /// `use_rslora` (Kalajdzievski 2023).
  public var scalesByRootOfRank: Bool

  public init(
    rank: Int = 8, alpha: Double = 16, targetModules: [String] = ["all-linear"], dropout: Double = 0,
    scalesByRootOfRank: Bool = false
  ) {
    self.rank = rank
    self.alpha = alpha
    self.targetModules = targetModules
    self.dropout = dropout
    self.scalesByRootOfRank = scalesByRootOfRank
  }

  /// What the correction is multiplied by.
  public var scale: Float {
    Float(alpha / (scalesByRootOfRank ? Double(rank).squareRoot() : Double(rank)))
  }

  /// Whether `module`, such as `model.layers.0.self_attn.q_proj`, is to have a correction.
  func targets(_ module: String) -> Bool {
    targetModules.contains { $0 == "all-linear" || module == $0 || module.hasSuffix("." + $0) }
  }

  /// Throws the first setting outside its range, naming `file`.
  func validate(file: String) throws {
    func check(_ holds: Bool, _ expected: String, _ found: String) throws {
      guard !holds else { return }
      throw LanguageModelError.invalidValue(
        file: file, expected: expected, found: found, nextStep: "correct the setting")
    }
    try check((1...1 << 14).contains(rank), "r from 1 to \(1 << 14)", "\(rank)")
    try check(alpha > 0 && alpha.isFinite, "lora_alpha above 0", "\(alpha)")
    // As a Float too: 0.99999999 would be 1.
    try check(dropout >= 0 && Float(dropout) < 1, "lora_dropout from 0 to below 1", "\(dropout)")
    try check(!targetModules.isEmpty, "target_modules with a name", "none")
  }
}
