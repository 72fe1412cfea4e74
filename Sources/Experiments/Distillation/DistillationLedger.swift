import Corpus
import Training

/// What a distillation enters into the ledger of its student. Evaluations are no part of the road.
struct DistillationLedger {
  private let recipe: DistillationRecipe

  init(_ recipe: DistillationRecipe) { self.recipe = recipe }

  /// The teacher's answers to fresh problems.
  func collection(
    _ cost: DistillationReport.Stage?, counts: DistillationReport.Collection
  ) -> LedgerStage {
    var stage = stage("teacher answers", method: "collection", cost)
    stage.trainedTokens = 0
    stage.generatedTokens = cost?.generated
    stage.seed = recipe.collection.seed
    stage.data = [problems(counts.prompts, seed: recipe.collection.seed)]
    return stage
  }

  /// Training on those that the verifier accepted.
  func fineTuning(_ cost: DistillationReport.Stage?, traces: Int, parameters: Int) -> LedgerStage {
    var stage = stage(StageName.sft.rawValue, method: "sft", cost)
    stage.parameters = parameters
    stage.trainedTokens = cost?.tokens
    stage.generatedTokens = 0
    var row = LedgerData(
      name: "answers of \(recipe.teacher) that the verifier accepted", records: traces, tokens: cost?.tokens)
    // The problems' own; the teacher's stands beside the teacher.
    row.licence = "Apache-2.0"
    row.isGenerated = true
    stage.data = [row]
    return stage
  }

  /// - Parameter recorded: what the stage's own run entered.
  func later(
    _ name: StageName, _ cost: DistillationReport.Stage?, _ recorded: LedgerStage?, _ parameters: Int
  ) -> LedgerStage {
    var stage = stage(name.rawValue, method: recorded?.method ?? name.rawValue, cost)
    stage.parameters = parameters
    stage.trainedTokens = recorded?.trainedTokens ?? cost?.tokens
    stage.generatedTokens = recorded?.generatedTokens ?? cost?.generated
    stage.data = recorded?.data ?? []
    stage.recipeHash = recorded?.recipeHash ?? stage.recipeHash
    stage.flops = recorded?.flops ?? cost?.flops
    return stage
  }

  private func stage(_ name: String, method: String, _ cost: DistillationReport.Stage?) -> LedgerStage {
    var stage = LedgerStage(name: "\(name) (\(recipe.domain))", method: method)
    stage.flops = cost?.flops
    stage.seconds = cost?.seconds
    stage.coreSeconds = cost?.coreSeconds
    stage.coreHourPrice = recipe.ledger?.coreHourPrice
    stage.watts = recipe.ledger?.watts
    stage.base = recipe.model
    stage.recipe = recipe.name ?? recipe.domain
    stage.recipeHash = recipe.identity
    stage.seed = recipe.training.seed
    stage.version = RunAccount.version
    stage.languages = recipe.languages.isEmpty ? Language.allCases.map(\.rawValue) : recipe.languages
    return stage
  }

  private func problems(_ count: Int, seed: UInt64) -> LedgerData {
    LedgerData(
      name: "problems of \(recipe.domain) (generated, seed \(seed))", records: count, licence: "Apache-2.0",
      isGenerated: true)
  }
}
