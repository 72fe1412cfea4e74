import ArgumentParser
import Benchmarks
import Experiments
import Files
import Foundation
import LanguageModels
import Training

/// `swiftlet study FILE`: teachers, their students and the students' plain twins on sets of records, in one table.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract:
      "Train teachers, their students and the same students without them, and say what distillation gave.",
    discussion: """
      Example: swiftlet study Models/smollm2-135m/real-data.yaml --data DIR --output runs/real-data

      Example: swiftlet study Models/smollm2-135m/real-data.yaml --data DIR --output runs/real-data --only overruling \
      --max-seconds 3600

      Example: swiftlet study STUDY --output DIR --gate "mean_retention/value >= 0.95" --junit study.xml

      Each set has a folder inside --data. OUTPUT/SET/teacher, OUTPUT/SET/student and OUTPUT/SET/plain are model \
      directories; those of a second seed are in OUTPUT/SET/seed-2. Writes study.json and study.md: accuracies on the \
      test side with intervals, what a student keeps of its teacher's, what the teacher adds to the student, and how \
      much faster the student decodes.

      Ctrl-C and --max-seconds end it with a checkpoint; the same command goes on from there and passes over finished \
      runs. A finished run whose recipe, teacher or data has changed since is refused.

      Several machines may each run a part (--only): copy the *.json of the others into OUTPUT. What has no model here \
      is taken as it is, which the table says.
      """)

  @Argument(help: "The study, a YAML file.")
  var study: String

  @Option(
    help: "The folder that holds a folder of records for each set; the recipes' own paths when not given.")
  var data: String?

  @Option(
    help: """
      Run this set, or this seed of one (overruling/seed-2), alone; the table tells of all whose results are there. May be \
      repeated.
      """)
  var only: [String] = []

  @Option(help: "The directory of the study.")
  var output: String

  @Flag(
    help: """
      Train the students of a set without a teacher, too: one that is not 10 points above the commonest answer has \
      nothing to hand on, and its students are left out.
      """)
  var untaught = false

  @Flag(help: "Train all runs anew.")
  var overwrite = false

  @Option(
    help: ArgumentHelp(
      "Write the table into this page too, between the lines <!-- study: NAME --> and <!-- end -->.",
      valueName: "page"))
  var update: String?

  @OptionGroup var time: TimeLimitOptions
  @OptionGroup var gating: GateOptions
  @OptionGroup var overrides: OverrideOptions
  @OptionGroup var compute: RecipeComputeOptions
  @OptionGroup var result: OutcomeOptions

  func run() throws {
    try gating.junit.reporting("study") { report in try run(&report) }
  }

  private func run(_ junit: inout JUnitReport) throws {
    compute.threads.apply()
    Interruption.listen()
    let plan = try StudyPlan(
      file: study, data: data, output: output, overrides: overrides.keys + compute.overrides)
    junit.unfinished = plan.study.name
    let mark = "study: \(plan.study.name)"
    if let update { try MarkedText.require(mark, in: update) }
    var run = StudyRun(plan, output: output)
    run.only = only
    run.overwrites = overwrite
    run.trainsUntaught = untaught
    run.maxSeconds = time.maxSeconds
    run.command = ShellCommand.repeating
    let stages = StagePrinter()
    run.watch.observer = {
      stages.finish()
      return ProgressPrinter()
    }
    run.watch.collected = {
      stages.show(DistillationProgress(stage: "teacher's signals", fraction: $0, detail: ""))
    }
    var latest: StudyReport?
    var unfinished = plan.study.name
    run.watch.began = { trial, number, count in
      unfinished = trial.name
      Terminal.write("run \(number) of \(count): \(trial.name)\n")
    }
    run.watch.reported = { latest = $0 }
    run.decodingSpeed = { path in
      var benchmark = GenerationBenchmark()
      benchmark.repetitions = 1
      return try benchmark.run(weights: DecodingFormat(.automatic)) { try ModelLoader.open(path) }
        .tokensPerSecond
    }
    let report: StudyReport
    do {
      report = try run.start(store: result.store.open())
    } catch {
      stages.finish()
      junit.unfinished = unfinished
      if let latest { junit.add(latest, without: unfinished) }
      throw error
    }
    stages.finish()
    if let update { try MarkedText.replace(mark, in: update, with: report.markdown) }
    junit.add(report)
    if report.ending == .interrupted { Terminal.error("interrupted: the same command goes on") }
    try gating.tell(
      report.json, text: report.text, asJSON: result.json, exitCode: report.exitCode,
      isWhole: report.ending == .completed, seconds: 0, &junit
    ).end()
  }
}
