import Foundation
import Kernels
import Text

/// Whether teacher and student mean the same by every token and every turn; checked before any work.
struct TeacherPair {
  let studentDirectory: URL
  let student: Tokenizer
  let teacherDirectory: URL

  /// - Returns: what was compared; the teacher's tokenizer may be missing, since training needs the student's
  /// alone.
  /// - Throws: the first difference, as a diagnostic.
  func check() throws -> String {
    let files = FileManager.default
    guard files.fileExists(atPath: teacherDirectory.path) else {
      throw TrainingError.noSuchFile(path: teacherDirectory.path, role: "a teacher's model directory")
    }
    guard files.fileExists(atPath: teacherDirectory.appendingPathComponent("tokenizer.json").path) else {
      return "the teacher has no tokenizer: sizes of the vocabularies alone were compared"
    }
    let teacher = try Tokenizer.load(teacherDirectory)
    try require(
      "\(teacher.vocabularySize) tokens", "\(student.vocabularySize) tokens")
    for id in 0..<Int32(teacher.vocabularySize) {
      try require("token \(id) \(spelling(teacher, id))", "token \(id) \(spelling(student, id))")
    }
    try require("end token \(teacher.endID ?? -1)", "end token \(student.endID ?? -1)")
    try require(
      "template \(ModelLoader.template(of: teacher, in: teacherDirectory).rawValue)",
      "template \(ModelLoader.template(of: student, in: studentDirectory).rawValue)")
    return "same vocabulary, special tokens and template"
  }

  private func spelling(_ tokenizer: Tokenizer, _ id: Int32) -> String {
    (tokenizer.token(id).map { "\"\($0)\"" } ?? "unused") + (tokenizer.isSpecial(id) ? " (special)" : "")
  }

  private func require(_ taught: String, _ found: String) throws {
    guard taught != found else { return }
    throw RecipeError(
      place: studentDirectory.appendingPathComponent("tokenizer.json").path,
      expected: "the teacher's \(taught)", found: found,
      nextStep: "use a student with the teacher's tokenizer (\(teacherDirectory.path))")
  }
}
