import GRDB

/// The tables of the store. A change is a new migration; a landed one is never edited.
enum StoreSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.create(table: "run") { table in
        table.primaryKey("id", .text)
        table.column("verb", .text).notNull()
        table.column("name", .text).notNull()
        table.column("status", .text).notNull()
        table.column("startedAt", .datetime).notNull()
        table.column("endedAt", .datetime)
        table.column("recipe", .text).notNull()
        table.column("recipeHash", .text).notNull()
        table.column("machine", .text).notNull()
        table.column("output", .text)
      }
      try db.create(table: "metric") { table in
        table.column("run", .text).notNull().references("run", onDelete: .cascade)
        table.column("step", .integer).notNull()
        table.column("name", .text).notNull()
        table.column("value", .double).notNull()
        table.primaryKey(["run", "name", "step"])
      }
      try db.create(table: "event") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("run", .text).notNull().indexed().references("run", onDelete: .cascade)
        table.column("time", .datetime).notNull()
        table.column("kind", .text).notNull()
        table.column("message", .text).notNull()
      }
      try db.create(table: "sample") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("run", .text).notNull().indexed().references("run", onDelete: .cascade)
        table.column("step", .integer).notNull()
        table.column("prompt", .text).notNull()
        table.column("completion", .text).notNull()
        table.column("answer", .text).notNull()
        table.column("verdict", .text).notNull()
      }
      try db.create(table: "evaluation") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("run", .text).notNull().indexed().references("run", onDelete: .cascade)
        table.column("step", .integer).notNull()
        table.column("model", .text).notNull()
        table.column("suite", .text).notNull()
        table.column("accuracy", .double).notNull()
        table.column("report", .text).notNull()
      }
      try db.create(table: "file") { table in
        table.column("run", .text).notNull().references("run", onDelete: .cascade)
        table.column("path", .text).notNull()
        table.column("bytes", .integer).notNull()
        table.column("sha256", .text).notNull()
        table.primaryKey(["run", "path"])
      }
    }
    migrator.registerMigration("2") { db in
      try db.create(table: "rollout") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("run", .text).notNull().references("run", onDelete: .cascade)
        table.column("step", .integer).notNull()
        table.column("prompt", .text).notNull()
        table.column("completion", .text).notNull()
        table.column("answer", .text).notNull()
        table.column("verdict", .text).notNull()
        table.column("rewards", .text).notNull()
        table.column("advantage", .double).notNull()
        table.column("tokens", .integer).notNull()
        table.column("truncated", .boolean).notNull()
      }
      try db.create(index: "rollout_step", on: "rollout", columns: ["run", "step"])
    }
    migrator.registerMigration("teacher answers") { db in
      try db.create(table: "teacherAnswer") { table in
        table.primaryKey("hash", .text)
        table.column("time", .datetime).notNull()
        table.column("place", .text).notNull()
        table.column("request", .text).notNull()
        table.column("response", .text).notNull()
      }
    }
    migrator.registerMigration("answers") { db in
      try db.create(table: "answer") { table in
        table.primaryKey("hash", .text)
        table.column("time", .datetime).notNull()
        table.column("model", .text).notNull()
        table.column("request", .text).notNull()
        table.column("completion", .text).notNull()
        table.column("tokens", .integer).notNull()
        table.column("stopped", .boolean).notNull()
        table.column("logProbability", .double)
      }
    }
    migrator.registerMigration("measured accuracies") { db in
      try db.create(table: "measuredAccuracy") { table in
        table.column("weights", .text).notNull()
        table.column("suite", .text).notNull()
        table.column("problems", .integer).notNull()
        table.column("time", .datetime).notNull()
        table.column("model", .text).notNull()
        table.column("report", .text).notNull()
        table.primaryKey(["weights", "suite", "problems"])
      }
    }
    migrator.registerMigration("scores") { db in
      try db.create(table: "score") { table in
        table.primaryKey("hash", .text)
        table.column("time", .datetime).notNull()
        table.column("model", .text).notNull()
        table.column("request", .text).notNull()
        table.column("scores", .text).notNull()
      }
    }
    migrator.registerMigration("lengths of rollouts") { db in
      try db.alter(table: "rollout") { table in
        table.add(column: "promptTokens", .integer)
        table.add(column: "meanLogProbability", .double)
        table.add(column: "learnt", .boolean).notNull().defaults(to: true)
      }
    }
    return migrator
  }
}
