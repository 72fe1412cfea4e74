import Foundation
import GRDB

/// What `swiftlet eval` measured, by the digest of the weights: a model that was moved or copied keeps it.
public struct MeasuredAccuracy: Codable, Sendable, FetchableRecord, PersistableRecord {
  public static let databaseTableName = "measuredAccuracy"
  /// Measured again, the newer stands.
  public static let persistenceConflictPolicy = PersistenceConflictPolicy(insert: .replace)
  /// `StoredModel.weightsFingerprint`.
  public var weights: String
  /// The questions, and how they were asked.
  public var suite: String
  /// How many questions.
  public var problems: Int
  public var time: Date
  /// Where the model lay.
  public var model: String
  /// JSON of an `AccuracyReport`.
  public var report: String
}
