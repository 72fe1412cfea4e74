import ArgumentParser
import Evaluation
import LanguageModels

/// How many answers an evaluation asks to each question, and how they are drawn.
struct ExamSamplingOptions: ParsableArguments {
  @Option(help: "Answers to each question; more than one needs --temperature.")
  var samples = 1

  @Option(help: "Divides the logits; 0 takes the most likely token each time.")
  var temperature = 0.0

  @Option(name: .customLong("top-p"), help: "Keep the fewest tokens that hold this probability together.")
  var topP: Double?

  @Option(help: "The seed of the draws; 0 when not given.")
  var seed: UInt64?

  @Option(help: "Several seeds, separated by commas: each draws --samples answers, and their spread is told.")
  var seeds: String?

  @Option(
    help: "The k of pass@k, separated by commas, at most --samples; 1 and --samples when not given.")
  var passAt: String?

  func validate() throws {
    guard (1...1000).contains(samples) else { throw ValidationError("--samples must be from 1 to 1000") }
    guard temperature >= 0, Float(temperature).isFinite else {
      throw ValidationError("--temperature must be 0 or more")
    }
    if let topP, !(topP > 0 && topP <= 1) { throw ValidationError("--top-p must be above 0, at most 1") }
    if Float(temperature) == 0 {
      if samples > 1 {
        throw ValidationError(
          "--samples \(samples) needs --temperature above 0, as 0.6: greedy answers to one question are all the same"
        )
      }
      for (option, isGiven) in [
        ("--top-p", topP != nil), ("--seed", seed != nil), ("--seeds", seeds != nil),
        ("--pass-at", passAt != nil),
      ] where isGiven {
        throw ValidationError("\(option) needs --temperature above 0: greedy answers draw nothing")
      }
    }
    if seed != nil, seeds != nil { throw ValidationError("give one of --seed and --seeds") }
    if let seeds { _ = try Self.seedList(seeds) }
    if let passAt { _ = try passAtList(passAt) }
  }

  /// Whether nothing is said: one greedy answer.
  var isPlain: Bool { samples == 1 && temperature == 0 }

  /// What an examination is asked for.
  func settings() throws -> ExamSampling {
    ExamSampling(
      parameters: SamplingParameters(temperature: Float(temperature), topP: Float(topP ?? 1)),
      plan: SamplePlan(samples: samples, seeds: try seeds.map(Self.seedList) ?? [seed ?? 0]),
      passAt: try passAt.map(passAtList) ?? (samples == 1 ? [1] : [1, samples]))
  }

  private static func seedList(_ text: String) throws -> [UInt64] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let seeds = parts.compactMap { UInt64($0.trimming(while: \.isWhitespace)) }
    guard seeds.count == parts.count, seeds.count <= 100, Set(seeds).count == seeds.count else {
      throw ValidationError(
        "--seeds must be different whole numbers, as 1,2,3, and at most 100; found \(text)")
    }
    return seeds
  }

  private func passAtList(_ text: String) throws -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let sizes = parts.compactMap { Int($0.trimming(while: \.isWhitespace)) }
    guard sizes.count == parts.count, sizes.allSatisfy({ $0 >= 1 }) else {
      throw ValidationError("--pass-at must be whole numbers from 1, as 1,4,8; found \(text)")
    }
    if let large = sizes.first(where: { $0 > samples }) {
      throw ValidationError("--pass-at \(large) needs at least --samples \(large), found \(samples)")
    }
    return Set(sizes).sorted()
  }
}

/// What `ExamSamplingOptions` say.
struct ExamSampling {
  var parameters = SamplingParameters.greedy
  var plan = SamplePlan()
  /// The k of pass@k.
  var passAt = [1]

  var isGreedy: Bool { parameters.temperature == 0 }
}

extension Substring {
  fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
    var text = drop(while: predicate)
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
