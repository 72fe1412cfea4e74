import Corpus
import Evaluation
import Kernels
import LanguageModels
import Training

/// A teacher's answer that the verifier accepted.
struct TeacherTrace: Codable {
  let problem: Problem
  let prompt: [Int32]
  let completion: [Int32]

  /// The trace as a training example; the end of the turn is learnt too.
  func example(signal: KeptSignal? = nil) -> Example {
    Example(tokens: prompt + completion, learntFrom: prompt.count, signal: signal)
  }
}

/// The kept traces and what became of the other answers.
struct CuratedTraces: Codable {
  var traces: [TeacherTrace] = []
  var counts = DistillationReport.Collection()
}

/// Asks the teacher and keeps what is right, new and far from the evaluation set.
struct TraceCollector {
  var settings: CollectionSettings
  let evaluation: [Problem]

  /// - Parameter examination: holds the teacher; its sampling and recording are set here.
  func collect(
    _ problems: [Problem], from examination: Examination, progress: (GenerationProgress) throws -> Void
  ) throws -> (curated: CuratedTraces, signals: [KeptSignal], work: GenerationWork) {
    var examination = examination
    examination.sampling = SamplingParameters(temperature: Float(settings.temperature))
    examination.recording = SignalRecording(k: settings.signalSize)
    examination.maximumNewTokens = settings.maximumNewTokens
    examination.seed = settings.seed
    return try withoutActuallyEscaping(progress) { progress in
      let answers = try examination.answers(to: problems, samples: settings.samples, progress: progress)
      let (curated, signals) = curated(answers, promptCount: problems.count)
      return (curated, signals, GenerationWork(answers))
    }
  }

  /// The traces and, in their order, the distributions that the teacher had while it wrote them.
  func curated(
    _ answers: [Examination.Answered], promptCount: Int
  ) -> (curated: CuratedTraces, signals: [KeptSignal]) {
    var curated = CuratedTraces()
    curated.counts.prompts = promptCount
    curated.counts.answers = answers.count
    let near = NearDuplicates(evaluation.map(\.prompt))
    let heldOutGroups = Set(evaluation.map(\.group))
    var seen = Set<UInt64>()
    var signals: [KeptSignal] = []
    for answer in answers {
      let problem = answer.graded.problem
      switch answer.graded.verification.verdict {
      case .wrong: curated.counts.wrong += 1
      case .unparsable: curated.counts.unparsable += 1
      case .correct where !answer.graded.stopped: curated.counts.unparsable += 1
      case .correct:
        if !seen.insert(StableHash.of(problem.prompt + "\u{0}" + answer.graded.completion)).inserted {
          curated.counts.duplicates += 1
        } else if heldOutGroups.contains(problem.group) || near.containsNear(problem.prompt) {
          curated.counts.nearEvaluation += 1
        } else if let signal = answer.sequence.signals {
          curated.traces.append(
            TeacherTrace(problem: problem, prompt: answer.prompt, completion: answer.sequence.tokens))
          signals.append(
            KeptSignal(
              k: signal.k, logProbabilities: signal.logProbabilities, indices: signal.indices,
              tail: signal.tails, temperature: Double(signal.temperature)))
        }
      }
    }
    curated.counts.kept = curated.traces.count
    return (curated, signals)
  }
}
