import Corpus
import Evaluation
import Kernels
import LanguageModels
import Training

/// A teacher's answer that the verifier accepted, with the distributions it had while writing.
struct TeacherTrace {
  let problem: Problem
  let prompt: [Int32]
  let sequence: GeneratedSequence

  /// The trace as a training example; the end of the turn is learnt too.
  func example(withSignal: Bool) -> Example {
    let signal = sequence.signals.map {
      KeptSignal(
        k: $0.k, logProbabilities: $0.logProbabilities, indices: $0.indices, tail: $0.tails,
        temperature: Double($0.temperature))
    }
    return Example(
      tokens: prompt + sequence.tokens, learntFrom: prompt.count, signal: withSignal ? signal : nil)
  }
}

/// Asks the teacher and keeps what is right, new and far from the evaluation set.
struct TraceCollector {
  var settings: CollectionSettings
  let evaluation: [Problem]

  /// - Parameter examination: holds the teacher; its sampling and recording are set here.
  func collect(
    _ problems: [Problem], from examination: Examination, progress: (GenerationProgress) throws -> Void
  ) throws -> (traces: [TeacherTrace], counts: DistillationReport.Collection, work: GenerationWork) {
    var examination = examination
    examination.sampling = SamplingParameters(temperature: Float(settings.temperature))
    examination.recording = SignalRecording(k: settings.signalSize)
    examination.maximumNewTokens = settings.maximumNewTokens
    examination.seed = settings.seed
    return try withoutActuallyEscaping(progress) { progress in
      let answers = try examination.answers(to: problems, samples: settings.samples, progress: progress)
      let (traces, counts) = curated(answers, promptCount: problems.count)
      return (traces, counts, GenerationWork(answers))
    }
  }

  func curated(
    _ answers: [Examination.Answered], promptCount: Int
  ) -> (traces: [TeacherTrace], counts: DistillationReport.Collection) {
    var counts = DistillationReport.Collection()
    counts.prompts = promptCount
    counts.answers = answers.count
    let near = NearDuplicates(evaluation.map(\.prompt))
    let heldOutGroups = Set(evaluation.map(\.group))
    var seen = Set<UInt64>()
    var traces: [TeacherTrace] = []
    for answer in answers {
      let problem = answer.graded.problem
      switch answer.graded.verification.verdict {
      case .wrong: counts.wrong += 1
      case .unparsable: counts.unparsable += 1
      case .correct where !answer.graded.stopped: counts.unparsable += 1
      case .correct:
        if !seen.insert(StableHash.of(problem.prompt + "\u{0}" + answer.graded.completion)).inserted {
          counts.duplicates += 1
        } else if heldOutGroups.contains(problem.group) || near.containsNear(problem.prompt) {
          counts.nearEvaluation += 1
        } else {
          traces.append(TeacherTrace(problem: problem, prompt: answer.prompt, sequence: answer.sequence))
        }
      }
    }
    counts.kept = traces.count
    return (traces, counts)
  }
}
