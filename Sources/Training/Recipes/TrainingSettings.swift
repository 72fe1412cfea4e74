import Kernels
import Weights

/// The numbers of the loop: how long, how large, how fast.
public struct TrainingSettings: Sendable, Equatable {
  /// Updates; with `epochs` and `maxSeconds`, whichever ends first.
  public var maxSteps: Int?
  public var epochs: Double?
  /// Wall-clock budget. When it is the only limit, the learning rate follows the share of time that is spent.
  public var maxSeconds: Double?
  /// With packing, a micro-batch holds this many times `maxLength` tokens of whole documents; without, this many documents.
  public var batchSize = 8
  public var accumulationSteps = 1
  /// Longest document in tokens: longer examples are dropped, longer texts are cut into pieces.
  public var maxLength = 256
  public var packs = true
  public var learningRate = 1e-3
  public var schedule = ScheduleName.cosine
  public var warmupRatio = 0.0
  public var warmupSteps: Int?
  /// The last learning rate as a share of the highest, for the schedules that have a floor.
  public var minimumRateShare = 0.0
  /// The share of steps over which `warmup_stable_decay` decays.
  public var decayRatio = 0.2
  public var maxGradientNorm = 1.0
  public var optimizer = OptimizerName.adamW
  public var weightDecay = 0.01
  public var beta1 = 0.9
  public var beta2 = 0.95
  public var epsilon = 1e-8
  /// For SGD and Muon; their own defaults when nil.
  public var momentum: Double?
  public var labelSmoothing = 0.0
  /// Only the answer is learnt, not the prompt.
  public var learnsCompletionOnly = true
  public var seed: UInt64 = 1
  public var precision = PrecisionChoice.auto
  /// Layers keep their inputs alone and are computed a second time in the backward pass: less memory, a third more work.
  public var recomputesLayers = false
  /// How the finished model's weights are stored; checkpoints always keep fp32.
  public var saveType = StoredPrecision.fp32
  public var loggingSteps = 10
  public var saveSteps = 200
  public var keptCheckpoints = 2
  /// Who is told of the metrics beside `metrics.jsonl`; nobody when nil.
  public var reportTo: [ReportTarget]?
  public init() {}
}

/// The formats in which a finished model can be written.
public enum StoredPrecision: String, CaseIterable, Sendable {
  case fp32, bf16, fp16
}

extension StoredPrecision {
  var tensorType: TensorType {
    switch self {
    case .fp32: .float32
    case .bf16: .bfloat16
    case .fp16: .float16
    }
  }
}

/// Programs for which a run writes its metrics.
public enum ReportTarget: String, CaseIterable, Sendable {
  case nobody = "none"
  case tensorboard
}

/// `auto` is bf16 where the processor multiplies it, fp32 elsewhere.
public enum PrecisionChoice: String, CaseIterable, Sendable {
  case fp32, bf16, auto
}

extension TrainingSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("max_steps", &maxSteps)
    fields.field("num_train_epochs", &epochs)
    fields.field("max_seconds", &maxSeconds)
    fields.field("per_device_train_batch_size", &batchSize)
    fields.field("gradient_accumulation_steps", &accumulationSteps)
    fields.field("max_length", &maxLength)
    fields.field("packing", &packs)
    fields.field("learning_rate", &learningRate)
    fields.field("lr_scheduler_type", &schedule)
    fields.field("warmup_ratio", &warmupRatio)
    fields.field("warmup_steps", &warmupSteps)
    fields.field("min_lr_rate", &minimumRateShare)
    fields.field("decay_ratio", &decayRatio)
    fields.field("max_grad_norm", &maxGradientNorm)
    fields.field("optim", &optimizer)
    fields.field("weight_decay", &weightDecay)
    fields.field("adam_beta1", &beta1)
    fields.field("adam_beta2", &beta2)
    fields.field("adam_epsilon", &epsilon)
    fields.field("momentum", &momentum)
    fields.field("label_smoothing_factor", &labelSmoothing)
    fields.field("completion_only_loss", &learnsCompletionOnly)
    fields.field("seed", &seed)
    fields.field("precision", &precision)
    fields.field("gradient_checkpointing", &recomputesLayers)
    fields.field("save_dtype", &saveType)
    fields.field("logging_steps", &loggingSteps)
    fields.field("save_steps", &saveSteps)
    fields.field("save_total_limit", &keptCheckpoints)
    fields.field("report_to", &reportTo)
    // The upper bounds are beyond any use; products of these numbers must not overflow.
    fields.require(
      (1...1_000_000_000_000).contains(maxSteps ?? 1), "max_steps", expected: "from 1 to 1000000000000")
    fields.require(
      (epochs ?? 1) > 0 && (epochs ?? 1) <= 1e6, "num_train_epochs", expected: "above 0, at most 1000000")
    fields.require(
      (maxSeconds ?? 1) > 0 && (maxSeconds ?? 1) <= 1e9, "max_seconds",
      expected: "above 0, at most 1000000000")
    for (key, count) in [
      ("per_device_train_batch_size", batchSize), ("gradient_accumulation_steps", accumulationSteps),
    ] {
      fields.require((1...1_000_000).contains(count), key, expected: "from 1 to 1000000")
    }
    fields.require((2...1_000_000).contains(maxLength), "max_length", expected: "from 2 to 1000000")
    fields.require(learningRate > 0, "learning_rate", expected: "above 0")
    fields.require((0...1).contains(warmupRatio), "warmup_ratio", expected: "from 0 to 1")
    fields.require(
      (0...1_000_000_000_000).contains(warmupSteps ?? 0), "warmup_steps", expected: "from 0 to 1000000000000")
    fields.require(
      warmupSteps == nil || maxSteps != nil || epochs != nil || maxSeconds == nil, "warmup_steps",
      expected:
        "only beside max_steps or num_train_epochs; where max_seconds ends the run, warmup_ratio of its time")
    fields.require((0...1).contains(minimumRateShare), "min_lr_rate", expected: "from 0 to 1")
    fields.require((0...1).contains(decayRatio), "decay_ratio", expected: "from 0 to 1")
    fields.require(maxGradientNorm >= 0, "max_grad_norm", expected: "above 0, or 0 for no clipping")
    fields.require(weightDecay >= 0, "weight_decay", expected: "of 0 or more")
    fields.require((0..<1).contains(beta1), "adam_beta1", expected: "from 0 to below 1")
    fields.require((0..<1).contains(beta2), "adam_beta2", expected: "from 0 to below 1")
    fields.require(epsilon > 0, "adam_epsilon", expected: "above 0")
    fields.require((0..<1).contains(labelSmoothing), "label_smoothing_factor", expected: "from 0 to below 1")
    fields.require(loggingSteps > 0, "logging_steps", expected: "of 1 or more")
    fields.require(saveSteps > 0, "save_steps", expected: "of 1 or more")
    fields.require(keptCheckpoints > 0, "save_total_limit", expected: "of 1 or more")
  }
}

extension TrainingSettings {
  var writesEventFiles: Bool { reportTo?.contains(.tensorboard) == true }

  /// Updates of the warm-up: the number itself, or its share of the run.
  func warmup(totalSteps: Int) -> Int {
    warmupSteps ?? Int((warmupRatio * Double(totalSteps)).rounded(.up))
  }

  func makeSchedule(totalSteps: Int) -> LearningRateSchedule {
    schedule.schedule(
      totalSteps: totalSteps, warmupSteps: warmup(totalSteps: totalSteps), minimumRatio: minimumRateShare,
      decaySteps: Int((decayRatio * Double(totalSteps)).rounded()))
  }

  var optimizerSettings: OptimizerSettings {
    var settings = OptimizerSettings()
    settings.weightDecay = Float(weightDecay)
    settings.beta1 = Float(beta1)
    settings.beta2 = Float(beta2)
    settings.epsilon = Float(epsilon)
    settings.momentum = momentum.map { Float($0) }
    return settings
  }
}

extension PrecisionChoice {
  /// What `auto` means on this processor.
  public var resolved: Precision {
    switch self {
    case .fp32: .fp32
    case .bf16: .bf16
    case .auto: .automatic
    }
  }
}
