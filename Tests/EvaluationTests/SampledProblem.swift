import Corpus
import Evaluation

/// Answers to one problem as an examination would hand them on.
struct SampledProblem {
  var id = "1"
  var language = "en"
  var answer = Answer.number(7)

  var problem: Problem {
    Problem(
      id: id, domain: "general", family: "records", level: nil, language: language, prompt: "What is \(id)?",
      reasoning: "", answer: answer, group: id)
  }

  func graded(_ completion: String) -> GradedAnswer {
    GradedAnswer(
      problem: problem, completion: completion, verification: Verifier.verify(completion, against: answer),
      tokenCount: 1, stopped: true)
  }

  func sampled(_ completion: String, seed: UInt64, sample: Int, logProbability: Double? = nil)
    -> SampledAnswer
  {
    SampledAnswer(
      graded: graded(completion), seed: seed, sample: sample, meanLogProbability: logProbability)
  }

  /// The answers of seed after seed, `samples` each.
  func sampled(_ completions: [String], plan: SamplePlan) -> [SampledAnswer] {
    completions.enumerated().map { index, completion in
      sampled(completion, seed: plan.seeds[index / plan.samples], sample: index % plan.samples)
    }
  }
}
