import Corpus
import Training

/// What the student is compared with: the same base, size and tokens, other targets.
public enum ControlName: String, CaseIterable, Sendable {
  case answersOnly = "answers_only"
  case tracesOnly = "traces_only"
  case goldSteps = "gold_steps"

  public var about: String {
    switch self {
    case .answersOnly: "the kept prompts with the right answer, no reasoning"
    case .tracesOnly: "the kept traces without the teacher's distributions"
    case .goldSteps: "the kept prompts with the generator's own solutions"
    }
  }

  func example(_ trace: TeacherTrace, encoder: ExampleEncoder) throws -> Example {
    switch self {
    case .answersOnly:
      try encoder.example(prompt: trace.problem.prompt, completion: trace.problem.answer.text)
    case .tracesOnly: trace.example()
    case .goldSteps: try encoder.example(prompt: trace.problem.prompt, completion: trace.problem.solution)
    }
  }
}
