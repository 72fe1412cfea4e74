import ArgumentParser
import Files
import Foundation
import Training

/// `swiftlet plan RECIPE`: what a training will take, before it starts.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Check a recipe and tell its memory, operations and time, without training it.",
    discussion: """
      Example: swiftlet plan Models/tiny/recipes/ci.yaml --set training.max_steps=1000

      Teacher and student are compared first (vocabulary, special tokens, template). The pace is measured on a \
      few updates with the recipe's own batches, answers included where the method samples them; nothing is written.
      """)

  @OptionGroup var recipe: RecipeOptions
  @OptionGroup var data: TrainingDataOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: "Updates to time, after one that warms up.")
  var probeSteps = 3

  @OptionGroup var result: ResultOptions

  func validate() throws {
    if !(1...100).contains(probeSteps) { throw ValidationError("--probe-steps must be from 1 to 100") }
  }

  func run() throws {
    threads.apply()
    let plan = try RunPlan(
      recipe.read(flags: data.overrides), probeSteps: probeSteps, observer: ProgressPrinter())
    Terminal.printResult(result.json ? plan.json.text() : plan.text)
  }
}

extension RunPlan {
  fileprivate var text: String {
    let steps = totalSteps.map { "\($0) steps" } ?? "as many steps as fit"
    let limit = maxSeconds.map { ", at most \(Int($0)) s" } ?? ""
    var lines = [
      "\(method.rawValue): \(parameterCount) parameters, \(exampleCount) examples, \(steps)\(limit), "
        + "\(precision.rawValue), \(threads) threads"
    ]
    if trainedParameterCount != parameterCount {
      lines.append("trained: \(trainedParameterCount) of an adapter")
    }
    if let teacherParameterCount { lines.append("teacher: \(teacherParameterCount) parameters") }
    if let referenceParameterCount { lines.append("reference: \(referenceParameterCount) parameters") }
    if let pair { lines.append("teacher and student: \(pair)") }
    lines += student?.lines ?? []
    if let reach { lines.append(reach) }
    lines += [
      "memory: \(size(memory.total)) = parameters \(size(memory.parameters)) + gradients \(size(memory.gradients)) "
        + "+ moments \(size(memory.moments)) "
        + (memory.reference > 0
          ? "+ reference \(size(memory.reference)) " : "+ teacher \(size(memory.teacher)) ")
        + "+ activations about \(size(memory.activations)) (an estimate)",
      "measured: \(size(probe.peakMemoryBytes)) resident at the peak of \(probe.steps + 1) updates",
      String(
        format: "pace: %.0f tokens a step, %.3f s a step, %.0f tokens/s, %.2f GFLOP/s", probe.tokensPerStep,
        probe.secondsPerStep, probe.tokensPerSecond, probe.operationsPerSecond / 1e9),
      String(
        format: "run: %.0f steps, %.3g tokens, %.3g FLOPs, %@ without evaluations and checkpoints",
        expectedSteps,
        tokens, operations, duration(seconds)),
    ]
    lines += aliases.map { "alias: \($0)" }
    return lines.joined(separator: "\n")
  }

  fileprivate var json: JSONValue {
    [
      "method": .string(method.rawValue), "parameters": .int(parameterCount),
      "trained_parameters": .int(trainedParameterCount),
      "teacher_parameters": teacherParameterCount.map { .int($0) } ?? .null,
      "reference_parameters": referenceParameterCount.map { .int($0) } ?? .null,
      "pair": pair.map { .string($0) } ?? .null, "student": student?.json ?? .null,
      "examples": .int(exampleCount), "reach": reach.map { .string($0) } ?? .null,
      "max_steps": totalSteps.map { .int($0) } ?? .null,
      "max_seconds": maxSeconds.map { .double($0) } ?? .null,
      "precision": .string(precision.rawValue), "threads": .int(threads),
      "memory_bytes": [
        "parameters": .int(memory.parameters), "gradients": .int(memory.gradients),
        "moments": .int(memory.moments), "teacher": .int(memory.teacher), "reference": .int(memory.reference),
        "activations_estimate": .int(memory.activations), "total": .int(memory.total),
        "measured_peak": .int(probe.peakMemoryBytes),
      ],
      "tokens_per_step": .double(probe.tokensPerStep), "seconds_per_step": .double(probe.secondsPerStep),
      "tokens_per_second": .double(probe.tokensPerSecond), "steps": .double(expectedSteps),
      "tokens": .double(tokens), "flops": .double(operations), "seconds": .double(seconds),
      "aliases": .array(aliases.map { .string($0) }),
    ]
  }

  private func size(_ bytes: Int) -> String {
    bytes < 1 << 30
      ? String(format: "%.1f MiB", Double(bytes) / Double(1 << 20))
      : String(format: "%.2f GiB", Double(bytes) / Double(1 << 30))
  }

  private func duration(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e12).rounded())
    return whole < 60
      ? "\(whole) s"
      : whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
