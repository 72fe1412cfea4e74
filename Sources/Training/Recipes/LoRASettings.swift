import LanguageModels

/// The adapter that a run trains. Keys as in PEFT.
public struct LoRASettings: Sendable, Equatable {
  public var settings = LowRankSettings()
  public init() {}
}

extension LoRASettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("r", &settings.rank)
    fields.field("lora_alpha", &settings.alpha)
    fields.field("target_modules", &settings.targetModules)
    fields.field("lora_dropout", &settings.dropout)
    fields.field("use_rslora", &settings.scalesByRootOfRank)
    fields.require((1...1024).contains(settings.rank), "r", expected: "from 1 to 1024")
    fields.require(settings.alpha > 0, "lora_alpha", expected: "above 0")
    fields.require(
      !settings.targetModules.isEmpty, "target_modules",
      expected: "with the name of a linear map, or all-linear")
    fields.require(
      settings.dropout >= 0 && Float(settings.dropout) < 1, "lora_dropout", expected: "from 0 to below 1")
  }
}
