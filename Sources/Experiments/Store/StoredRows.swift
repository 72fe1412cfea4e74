import Foundation
import GRDB

/// One execution of a recipe.
public struct StoredRun: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "run"

  public enum Status: String, Codable, Sendable {
    case running, done, gateMissed = "gate_missed", failed, interrupted
  }

  public var id: String
  public var verb: String
  public var name: String
  public var status: Status
  public var startedAt: Date
  public var endedAt: Date?
  /// The resolved recipe, JSON.
  public var recipe: String
  public var recipeHash: String
  /// The machine's facts, JSON.
  public var machine: String
  public var output: String?

  public init(
    id: String, verb: String, name: String, status: Status, startedAt: Date, endedAt: Date? = nil,
    recipe: String, recipeHash: String, machine: String, output: String? = nil
  ) {
    self.id = id
    self.verb = verb
    self.name = name
    self.status = status
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.recipe = recipe
    self.recipeHash = recipeHash
    self.machine = machine
    self.output = output
  }
}

/// One value of one metric at one step.
public struct StoredMetric: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "metric"
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace)
  public var run: String
  public var step: Int
  public var name: String
  public var value: Double

  public init(run: String, step: Int, name: String, value: Double) {
    self.run = run
    self.step = step
    self.name = name
    self.value = value
  }
}

/// Something that happened: a stage, a warning, a resume.
public struct StoredEvent: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "event"
  public var run: String
  public var time: Date
  public var kind: String
  public var message: String

  public init(run: String, time: Date, kind: String, message: String) {
    self.run = run
    self.time = time
    self.kind = kind
    self.message = message
  }
}

/// A model's answer to one problem.
public struct StoredSample: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "sample"
  public var run: String
  public var step: Int
  public var prompt: String
  public var completion: String
  public var answer: String
  public var verdict: String

  public init(run: String, step: Int, prompt: String, completion: String, answer: String, verdict: String) {
    self.run = run
    self.step = step
    self.prompt = prompt
    self.completion = completion
    self.answer = answer
    self.verdict = verdict
  }
}

/// One answer that a policy drew to learn from; `rewards` is a JSON object.
public struct StoredRollout: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "rollout"
  public var run: String
  public var step: Int
  public var prompt: String
  public var completion: String
  public var answer: String
  public var verdict: String
  public var rewards: String
  public var advantage: Double
  /// Of the completion.
  public var tokens: Int
  /// Nil in rows of an older program, as what follows.
  public var promptTokens: Int?
  /// The mean log-probability of the completion's tokens when they were drawn.
  public var meanLogProbability: Double?
  public var truncated: Bool
  /// False where another group took the answer's place, because all rewards of its group were equal.
  public var learnt: Bool

  public init(
    run: String, step: Int, prompt: String, completion: String, answer: String, verdict: String,
    rewards: String, advantage: Double, tokens: Int, promptTokens: Int? = nil,
    meanLogProbability: Double? = nil, truncated: Bool, learnt: Bool = true
  ) {
    self.run = run
    self.step = step
    self.prompt = prompt
    self.completion = completion
    self.answer = answer
    self.verdict = verdict
    self.rewards = rewards
    self.advantage = advantage
    self.tokens = tokens
    self.promptTokens = promptTokens
    self.meanLogProbability = meanLogProbability
    self.truncated = truncated
    self.learnt = learnt
  }
}

/// Accuracy of one model on one suite; `report` is the whole table as JSON.
public struct StoredEvaluation: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "evaluation"
  public var run: String
  public var step: Int
  public var model: String
  public var suite: String
  public var accuracy: Double
  public var report: String

  public init(run: String, step: Int, model: String, suite: String, accuracy: Double, report: String) {
    self.run = run
    self.step = step
    self.model = model
    self.suite = suite
    self.accuracy = accuracy
    self.report = report
  }
}

/// A file that a run wrote.
public struct StoredFile: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "file"
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace)
  public var run: String
  public var path: String
  public var bytes: Int
  public var sha256: String

  public init(run: String, path: String, bytes: Int, sha256: String) {
    self.run = run
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// A finished request to a teacher, kept so that it is never asked twice, and never replaced: what was learnt from an answer
/// must be found again. Neither text holds the key.
public struct StoredTeacherAnswer: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "teacherAnswer"
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .ignore)
  /// SHA-256 of the whole request without the key.
  public var hash: String
  public var time: Date
  /// The address that was asked, or the model's directory.
  public var place: String
  /// JSON.
  public var request: String
  /// The answer's body, JSON.
  public var response: String

  public init(hash: String, time: Date, place: String, request: String, response: String) {
    self.hash = hash
    self.time = time
    self.place = place
    self.request = request
    self.response = response
  }
}
