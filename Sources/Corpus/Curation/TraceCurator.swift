/// Keeps the traces that are right, readable, new and no part of an evaluation set, and counts what becomes of the others.
public struct TraceCurator {
  public let settings: CurationSettings
  private let evaluation: EvaluationRuns
  private let mixing: LanguageMixing
  private var seen = ExactDuplicates()
  /// By the right answer: what asks nearly the same and has another answer is another question.
  private var near: [String: SimilarTexts] = [:]
  /// Completions by their prompt: what all answers to a long prompt share says nothing about them.
  private var nearOfPrompt: [UInt64: SimilarTexts] = [:]
  /// Of the traces given so far, those dropped by each step.
  public private(set) var dropped: [CurationStep: Int] = [:]
  public private(set) var kept: [Trace] = []

  /// - Parameter evaluation: the questions of the evaluation sets.
  public init(_ settings: CurationSettings, evaluation: [String]) {
    self.init(settings, evaluation: EvaluationRuns(evaluation, size: settings.contaminationWords))
  }

  /// - Parameter evaluation: what leaks are found by, in place of the settings' `contaminationWords`.
  public init(_ settings: CurationSettings, evaluation: EvaluationRuns) {
    self.settings = settings
    self.evaluation = evaluation
    mixing = LanguageMixing(
      minimumShare: settings.minimumLanguageShare, maximumForeignShare: settings.maximumForeignShare)
  }

  /// Whether a question must not be asked at all: it is one of an evaluation set.
  public func isContaminated(_ prompt: String) -> Bool { evaluation.leak(into: prompt) }

  /// Keeps the trace, or returns the step that dropped it.
  @discardableResult
  public mutating func add(_ trace: Trace) -> CurationStep? {
    let text = trace.question.prompt + "\n" + trace.completion
    if let step = CurationStep.allCases.first(where: { applies($0, to: trace, text: text) }) {
      dropped[step, default: 0] += 1
      return step
    }
    seen.insert(text)
    if settings.nearDuplicateSimilarity < 1 {
      let empty = SimilarTexts(threshold: settings.nearDuplicateSimilarity)
      let prompt = TraceCurator.prompt(of: trace)
      near[TraceCurator.answer(of: trace), default: empty].insert(text, label: prompt)
      nearOfPrompt[prompt, default: empty].insert(trace.completion)
    }
    kept.append(trace)
    return nil
  }

  /// - Parameter text: the question and the completion.
  private func applies(_ step: CurationStep, to trace: Trace, text: String) -> Bool {
    let question = trace.question
    switch step {
    case .truncated: return trace.isTruncated
    case .unverified: return settings.requiresVerified && question.problem == nil
    case .unparsable: return verdict(of: trace) == .unparsable
    case .wrong: return verdict(of: trace) == .wrong
    case .overlong: return trace.completion.count > settings.maximumCharacters
    case .codeBlock: return settings.dropsCodeBlocks && CodeBlocks.contains(trace.completion)
    case .repetitive: return RepeatedRuns.share(of: trace.completion) > settings.maximumRepetition
    case .mixedLanguage:
      return mixing.mixes(trace.completion, question: question.prompt, language: question.language)
    case .contaminated:
      return evaluation.leak(into: question.prompt) || evaluation.leak(into: trace.completion)
    case .duplicate: return seen.contains(text)
    case .nearDuplicate:
      let prompt = TraceCurator.prompt(of: trace)
      return nearOfPrompt[prompt]?.containsNear(trace.completion) == true
        || near[TraceCurator.answer(of: trace)]?.containsNear(text, except: prompt) == true
    }
  }

  private static func prompt(of trace: Trace) -> UInt64 { WordPieces(trace.question.prompt).whole }

  private static func answer(of trace: Trace) -> String { trace.question.problem?.answer.text ?? "" }

  /// Where no right answer is known, an answer must still be there.
  private func verdict(of trace: Trace) -> Verdict {
    guard let problem = trace.question.problem else {
      let answer = Verifier.finalAnswer(of: trace.completion) ?? ""
      return answer.isEmpty ? .unparsable : .correct
    }
    return Verifier.verify(trace.completion, against: problem.answer, choices: trace.question.choices).verdict
  }
}
