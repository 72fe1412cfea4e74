import Corpus
import Files

/// What a collection brought: every answer is kept or counted at the step that dropped it.
public struct TeachingReport: Sendable {
  public var teacher = ""
  public var output = ""
  /// Prompts of the recipe, and those left out because an evaluation set asks them.
  public var prompts = 0
  public var leakedPrompts = 0
  /// Prompts of the test and the validation side of their files, which are not asked.
  public var heldOutPrompts = 0
  /// Lines and records that hold no prompt, or no output.
  public var skipped = 0
  public var answers = 0
  public var dropped: [CurationStep: Int] = [:]
  /// What the traces share no words with.
  public var evaluationSets: [String] = []
  public var kept = 0
  /// Of a teacher that was asked; nil for outputs made elsewhere.
  public var requests: CollectionCounts?
  /// Why the first of the refused requests was refused, and the first of the failed ones failed.
  public var firstRefusal: String?
  public var firstFailure: String?
  public var price: TokenPrice?

  public init() {}

  /// What became of the requests to a teacher.
  mutating func note(_ state: CollectionState) {
    requests = state.counts
    firstRefusal = state.firstRefusal
    firstFailure = state.firstFailure
  }

  /// What the answers that came now cost, and all of them; nil without a price.
  public var cost: (now: Double, total: Double)? {
    guard let price, let requests else { return nil }
    return (price.cost(of: requests.usage), price.cost(of: requests.totalUsage))
  }

  public var json: JSONValue {
    var fields = JSONObject([
      ("teacher", .string(teacher)), ("output", .string(output)), ("prompts", .int(prompts)),
      ("leaked_prompts", .int(leakedPrompts)), ("held_out_prompts", .int(heldOutPrompts)),
      ("skipped", .int(skipped)), ("answers", .int(answers)),
      ("kept", .int(kept)),
    ])
    fields["evaluation_sets"] = .array(evaluationSets.map { .string($0) })
    fields["dropped"] = .object(
      JSONObject(CurationStep.allCases.map { ($0.rawValue, .int(dropped[$0] ?? 0)) }))
    fields["first_refusal"] = firstRefusal.map { .string($0) }
    fields["first_failure"] = firstFailure.map { .string($0) }
    if let requests {
      fields["requests"] = [
        "all": .int(requests.requests), "cached": .int(requests.cached), "answered": .int(requests.answered),
        "refused": .int(requests.refused), "failed": .int(requests.failed), "retries": .int(requests.retries),
        "without_usage": .int(requests.uncounted),
      ]
      fields["usage"] = TeachingReport.json(requests.usage)
      fields["total_usage"] = TeachingReport.json(requests.totalUsage)
    }
    if let cost {
      fields["cost"] = .double(cost.now)
      fields["total_cost"] = .double(cost.total)
    }
    return .object(fields)
  }

  private static func json(_ usage: TokenUsage) -> JSONValue {
    ["prompt_tokens": .int(usage.promptTokens), "completion_tokens": .int(usage.completionTokens)]
  }

  /// For a person.
  public var summary: String {
    var lines = ["\(answers) answers of \(teacher) to \(prompts) prompts: \(kept) kept in \(output)"]
    lines.append(
      evaluationSets.isEmpty
        ? "  compared with no evaluation set, since the recipe names an empty list of them"
        : "  compared with \(evaluationSets.joined(separator: ", "))")
    if leakedPrompts > 0 { lines.append("  not asked, because an evaluation set asks it: \(leakedPrompts)") }
    if heldOutPrompts > 0 {
      lines.append("  not asked, being of the test or validation side: \(heldOutPrompts)")
    }
    if skipped > 0 { lines.append("  records that are not one question with its answer: \(skipped)") }
    for step in CurationStep.allCases {
      if let count = dropped[step] { lines.append("  dropped, \(step.about): \(count)") }
    }
    if let requests {
      lines.append(
        "requests: \(requests.answered) answered now, \(requests.cached) before, \(requests.refused) refused, "
          + "\(requests.failed) failed, \(requests.retries) repetitions")
      if let firstRefusal { lines.append("  the first that was refused: \(firstRefusal)") }
      if let firstFailure {
        lines.append("  the first that failed: \(firstFailure); ask again with --overwrite")
      }
      lines.append(
        "tokens: \(requests.usage.promptTokens) read and \(requests.usage.completionTokens) written now, "
          + "\(requests.totalUsage.promptTokens) and \(requests.totalUsage.completionTokens) in all")
      if requests.uncounted > 0 { lines.append("answers without a count of tokens: \(requests.uncounted)") }
    }
    if let cost {
      lines.append("cost: \(TeachingReport.money(cost.now)) now, \(TeachingReport.money(cost.total)) in all")
    }
    return lines.joined(separator: "\n")
  }

  /// To a hundredth of a cent.
  private static func money(_ amount: Double) -> String { "\((amount * 10_000).rounded() / 10_000)" }
}
