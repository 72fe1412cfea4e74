import Foundation
import Training

/// Which models are trained on which records, to say whether distillation was worth it: on each set a teacher, students that
/// learn from it, and beside each student the same one on the records alone.
public struct Study: Sendable, Equatable {
  /// A student and what it is compared with.
  public struct Pair: Sendable, Equatable {
    /// Of its column and directories; empty for the only one, or the first.
    public var name = ""
    /// The recipe of the student that the teacher teaches.
    public var student = ""
    /// The recipe of the same student without the teacher.
    public var plain = ""
    public init() {}
  }

  public struct RecordSet: Sendable, Equatable {
    /// Of its directory, and of its folder inside `--data`.
    public var name = ""
    /// A teacher, and students of it, for each.
    public var seeds: [UInt64] = [1]
    /// The teacher's recipe.
    public var teacher = ""
    public var pairs: [Pair] = []
    public init() {}
  }

  public var name = ""
  /// Tokens kept of the teacher's distributions, which are stored once for all students of a teacher; nil lets the teacher
  /// read every batch.
  public var signalSize: Int?
  public var sets: [RecordSet] = []
  public init() {}

  /// Reads a study. - Throws: `RecipeError` with file, line and the nearest known key.
  public static func read(file: String) throws -> Study {
    try RecipeFile.section(
      Study.self, RecipeFile.text(of: file), file: file, hint: "start with `name:` and `sets:`")
  }
}

extension Study: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("signals", &signalSize)
    fields.field("sets", &sets)
    fields.require(name.isFileName, "name", expected: "of letters, digits, dots and dashes")
    fields.require((signalSize ?? 1) > 0, "signals", expected: "of 1 or more, tokens kept at each position")
    fields.require(!sets.isEmpty, "sets", expected: "with one set at least")
    fields.require(
      Set(sets.map(\.name)).count == sets.count, "sets", expected: "with a name of its own for each")
  }
}

extension Study.RecordSet: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("seeds", &seeds)
    fields.field("teacher", &teacher)
    fields.field("pairs", &pairs)
    fields.require(
      name.isFileName && !["study.json", "study.md"].contains(name), "name",
      expected: "of letters, digits, dots and dashes, and no file of the study's")
    fields.require(
      !seeds.isEmpty && Set(seeds).count == seeds.count, "seeds", expected: "with each seed once")
    fields.require(!teacher.isEmpty, "teacher", expected: "the recipe of the teacher")
    fields.require(!pairs.isEmpty, "pairs", expected: "with a student and its plain twin at least")
    fields.require(
      Set(pairs.map(\.name)).count == pairs.count, "pairs", expected: "with a name of its own for each")
  }
}

extension Study.Pair: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("student", &student)
    fields.field("plain", &plain)
    fields.require(
      name.isEmpty || name.isFileName && name != "decoding", "name",
      expected: "of letters, digits, dots and dashes, and not decoding, which stands for a measurement")
    fields.require(!student.isEmpty, "student", expected: "the recipe of the student that is taught")
    fields.require(!plain.isEmpty, "plain", expected: "the recipe of the same student on the records alone")
  }
}

extension String {
  /// Whether a directory can have this name anywhere.
  fileprivate var isFileName: Bool {
    !isEmpty && !hasPrefix(".")
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
  }
}
