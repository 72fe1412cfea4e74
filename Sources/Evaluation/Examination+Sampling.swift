import Corpus
import Files
import Foundation
import Kernels
import LanguageModels

extension Examination {
  /// Asks each problem as often as `plan` says: the answers to one problem stand together, in the order of the seeds and
  /// samples.
  ///
  /// An answer depends on the model, how it is asked, the prompt, the seed and the number of the sample alone; more
  /// problems, samples or seeds leave it as it is. `seed` of the examination is not used.
  ///
  /// - Parameters:
  ///   - choices: the options' texts of a problem, by its id.
  ///   - archive: has answers from before, and keeps each new one when it is finished.
  ///   - progress: called after every step, when what is finished has been kept; what it throws ends the examination.
  /// - Throws: `LanguageModelError` for a prompt that does not fit the context, and what `archive` and `progress` throw.
  public func answers(
    to problems: [Problem], plan: SamplePlan, choices: [String: [String]] = [:],
    archive: (any AnswerArchive<KeptAnswer>)? = nil, progress: ((ExaminationProgress) throws -> Void)? = nil
  ) throws -> [SampledAnswer] {
    let stops = try stopTokens()
    var places: [(problem: Int, seed: UInt64, sample: Int)] = []
    var archived = ArchivedRequests<GenerationRequest, KeptAnswer>(archive)
    for (index, problem) in problems.enumerated() {
      let prompt = try prompt(of: problem)
      for seed in plan.seeds {
        for sample in 0..<plan.samples {
          var random = SeededRandom(seed: seed ^ StableHash.of(problem.prompt), index: sample)
          let request = GenerationRequest(
            prompt: prompt, maximumNewTokens: maximumNewTokens, sampling: sampling, seed: random.next(),
            stopTokens: stops)
          try archived.add(request) {
            answerKey(of: problem, request, seed: seed, sample: sample, identity: $0)
          }
          places.append((index, seed, sample))
        }
      }
    }
    let answers = try archived.answers(progress: progress) { requests, onFinish, progress in
      _ = try generator.generate(
        requests,
        onFinish: { index, sequence in
          try onFinish(index, KeptAnswer(sequence, completion: tokenizer.decode(sequence.content)))
        },
        progress: progress)
    }
    return zip(places, answers).map { place, answer in
      let problem = problems[place.problem]
      let graded = grade(
        problem, completion: answer.completion, tokenCount: answer.tokenCount, stopped: answer.stopped,
        choices: choices)
      return SampledAnswer(
        graded: graded, seed: place.seed, sample: place.sample,
        meanLogProbability: answer.meanLogProbability)
    }
  }

  private func answerKey(
    of problem: Problem, _ request: GenerationRequest, seed: UInt64, sample: Int, identity: JSONObject
  ) -> AnswerKey {
    var entries: [(String, JSONValue)] = [
      ("template", .string(template.name)), ("prompt", .string(problem.prompt)),
      ("prompt_tokens", AnswerKey.digest(request.prompt)),
      ("stop_tokens", .array(request.stopTokens.map { .int(Int($0)) })),
      ("max_new_tokens", .int(request.maximumNewTokens)),
    ]
    let sampling = request.sampling
    entries += [
      ("temperature", .number("\(sampling.temperature)")), ("top_k", .int(sampling.topK)),
      ("top_p", .number("\(sampling.topP)")), ("min_p", .number("\(sampling.minP)")),
      ("repetition_penalty", .number("\(sampling.repetitionPenalty)")),
      ("no_repeat_ngram_size", .int(sampling.noRepeatNGramSize)),
      ("typical_p", .number("\(sampling.typicalP)")),
      ("epsilon_cutoff", .number("\(sampling.epsilonCutoff)")),
    ]
    // Greedy answers draw nothing.
    if sampling.temperature > 0 { entries += [("seed", .number("\(seed)")), ("sample", .int(sample))] }
    return AnswerKey(generator, identity: identity, entries)
  }
}

extension KeptAnswer {
  init(_ sequence: GeneratedSequence, completion: String) {
    let sum = sequence.logProbabilities.reduce(0) { $0 + Double($1) }
    let count = sequence.logProbabilities.count
    self.init(
      completion: completion, tokenCount: sequence.tokens.count, stopped: sequence.finishReason == .stop,
      meanLogProbability: count == 0 ? nil : sum / Double(count))
  }
}
