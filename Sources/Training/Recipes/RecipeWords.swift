import Kernels
import Objectives

// Enums of other files that recipes name by their raw values.
extension PrecisionChoice: RecipeWord {}
extension StoredPrecision: RecipeWord {}
extension ReportTarget: RecipeWord {}
extension EvaluationStrategy: RecipeWord {}
extension ChoiceMetric: RecipeWord {}
extension ScheduleName: RecipeWord {}
extension OptimizerName: RecipeWord {}
extension LossFunctionName: RecipeWord {}
extension TokenSelection: RecipeWord {}
extension TokenMerge: RecipeWord {}
extension MethodName: RecipeWord {}
extension PolicyLossName: RecipeWord {}
extension RatioLevel: RecipeWord {}
extension RewardScaling: RecipeWord {}
extension RewardAggregation: RecipeWord {}
extension RewardName: RecipeWord {}
extension PreferenceDivergence: RecipeWord {}
extension OnPolicyVariant: RecipeWord {}
