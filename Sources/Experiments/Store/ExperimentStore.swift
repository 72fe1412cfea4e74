import Foundation
import GRDB

/// All runs in one SQLite file in write-ahead mode, so that several processes can train on it at once.
public final class ExperimentStore: Sendable {
  public let path: String
  private let pool: DatabasePool

  /// Opens or creates the store. Throws `StoreError` for a store of a newer version or one that cannot be used.
  public init(path: String) throws {
    self.path = path
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var configuration = Configuration()
      // Another process may hold the write lock while it commits a batch of metrics.
      configuration.busyMode = .timeout(30)
      pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = StoreSchema.migrator
      if try pool.read(migrator.hasBeenSuperseded) { throw StoreError.newerVersion(path: path) }
      try migrator.migrate(pool)
    } catch let error as StoreError { throw error } catch {
      throw StoreError.unusable(path: path, reason: "\(error)")
    }
  }

  /// `SWIFTLET_STORE`, or `runs/store.sqlite` in the working directory.
  public static var defaultPath: String {
    ProcessInfo.processInfo.environment["SWIFTLET_STORE"] ?? "runs/store.sqlite"
  }

  // MARK: Writing

  public func insert(_ run: StoredRun) throws { try write { try run.insert($0) } }
  public func insert(_ event: StoredEvent) throws { try write { try event.insert($0) } }
  public func insert(_ evaluation: StoredEvaluation) throws { try write { try evaluation.insert($0) } }
  public func insert(_ file: StoredFile) throws { try write { try file.insert($0) } }
  public func insert(_ metrics: [StoredMetric]) throws {
    try write { db in for row in metrics { try row.insert(db) } }
  }
  public func insert(_ samples: [StoredSample]) throws {
    try write { db in for row in samples { try row.insert(db) } }
  }
  public func insert(_ rollouts: [StoredRollout]) throws {
    try write { db in for row in rollouts { try row.insert(db) } }
  }

  /// Keeps the answer to a teacher's request, unless one is kept.
  ///
  /// - Returns: the one that is kept: of two programs that asked the same, the first one's.
  public func keep(_ answer: StoredTeacherAnswer) throws -> StoredTeacherAnswer {
    try write { db in
      try answer.insert(db)
      return try StoredTeacherAnswer.fetchOne(db, key: answer.hash) ?? answer
    }
  }
  public func insert(_ answer: some ArchivedRow) throws { try write { try answer.insert($0) } }
  public func insert(_ measured: MeasuredAccuracy) throws { try write { try measured.insert($0) } }

  public func finish(run id: String, as status: StoredRun.Status, at time: Date = Date()) throws {
    try write { db in
      try db.execute(
        sql: "UPDATE run SET status = ?, endedAt = ? WHERE id = ?", arguments: [status.rawValue, time, id])
    }
  }

  // MARK: Reading

  /// The latest runs first.
  public func runs(limit: Int = 50) throws -> [StoredRun] {
    try read { try StoredRun.order(Column("startedAt").desc).limit(limit).fetchAll($0) }
  }

  /// All runs of a verb that followed one recipe.
  public func runs(of verb: String, recipeHash: String) throws -> [StoredRun] {
    try read {
      try StoredRun.filter(Column("verb") == verb && Column("recipeHash") == recipeHash).fetchAll($0)
    }
  }

  /// The run whose id is, or begins with, `name`.
  ///
  /// - Throws: `StoreError.noSuchRun`, `.severalRuns`.
  public func run(named name: String) throws -> StoredRun {
    let found = try read { db in
      try StoredRun.filter(sql: "substr(id, 1, length(?)) = ?", arguments: [name, name])
        .order(Column("startedAt").desc).fetchAll(db)
    }
    guard let latest = found.first, !name.isEmpty else {
      throw StoreError.noSuchRun(name: name, path: path, nearest: try runs(limit: 3).map(\.id))
    }
    if let exact = found.first(where: { $0.id == name }) { return exact }
    guard found.count == 1 else {
      throw StoreError.severalRuns(name: name, path: path, latest: found.prefix(3).map(\.id))
    }
    return latest
  }

  public func metrics(of run: String, named name: String? = nil) throws -> [StoredMetric] {
    try read { db in
      let all = StoredMetric.filter(Column("run") == run).order(Column("name"), Column("step"))
      return try (name.map { all.filter(Column("name") == $0) } ?? all).fetchAll(db)
    }
  }

  public func evaluations(of run: String) throws -> [StoredEvaluation] { try rows(of: run) }
  public func events(of run: String) throws -> [StoredEvent] { try rows(of: run) }
  public func samples(of run: String) throws -> [StoredSample] { try rows(of: run) }
  /// - Parameter step: of this update alone; of all when nil.
  public func rollouts(of run: String, step: Int? = nil) throws -> [StoredRollout] {
    try read { db in
      var request = StoredRollout.filter(Column("run") == run)
      if let step { request = request.filter(Column("step") == step) }
      return try request.order(Column.rowID).fetchAll(db)
    }
  }
  public func files(of run: String) throws -> [StoredFile] { try rows(of: run) }

  /// The answer to a request that was finished before.
  public func teacherAnswer(hash: String) throws -> StoredTeacherAnswer? {
    try read { try StoredTeacherAnswer.fetchOne($0, key: hash) }
  }

  /// What a model answered in an evaluation that asked the same before: `StoredAnswer` or `StoredScores`.
  ///
  /// - Returns: nil also for a row that cannot be read: the answer can be had again, and replaces it.
  public func answer<Row: ArchivedRow>(hash: String) throws -> Row? {
    try read { db in
      do { return try Row.fetchOne(db, key: hash) } catch {
        guard error is DecodingError || error is RowDecodingError else { throw error }
        return nil
      }
    }
  }

  /// What `swiftlet eval` measured of the weights with this digest, the latest last.
  public func measuredAccuracies(ofWeights digest: String) throws -> [MeasuredAccuracy] {
    try read {
      try MeasuredAccuracy.filter(Column("weights") == digest).order(Column("time")).fetchAll($0)
    }
  }

  /// Removes what was measured of these weights under this name.
  func forgetMeasured(_ suite: String, ofWeights digest: String) throws {
    _ = try write {
      try MeasuredAccuracy.filter(Column("weights") == digest && Column("suite") == suite).deleteAll($0)
    }
  }

  private func rows<Row: FetchableRecord & TableRecord>(of run: String) throws -> [Row] {
    try read { try Row.filter(Column("run") == run).order(Column.rowID).fetchAll($0) }
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.write(body) } catch { throw StoreError.unusable(path: path, reason: "\(error)") }
  }

  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do { return try pool.read(body) } catch { throw StoreError.unusable(path: path, reason: "\(error)") }
  }
}
