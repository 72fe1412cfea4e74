import LanguageModels
import Text

/// Whether teacher and student mean the same by every token and every turn; checked before any work.
struct TeacherPair {
  let student: StoredModel
  let teacher: StoredModel

  /// The way to learn from a teacher with another tokenizer.
  static let acrossTokenizers =
    "distil across tokenizers: method logit_distillation with function universal_logit"

  /// - Returns: what was compared; the teacher's tokenizer may be missing, since training needs the student's
  /// alone.
  /// - Throws: the first difference, as a diagnostic.
  func check() throws -> String {
    guard teacher.hasTokenizer else {
      return "the teacher has no tokenizer: sizes of the vocabularies alone were compared"
    }
    let (student, teacher) = (try student.tokenizer(), try teacher.tokenizer())
    if student.vocabularySize < teacher.vocabularySize, student.part(of: teacher) != nil {
      try requireTemplate(student, teacher)
      return "the student's \(student.vocabularySize) tokens are a part of the teacher's "
        + "\(teacher.vocabularySize), same template"
    }
    try require(
      "\(teacher.vocabularySize) tokens", "\(student.vocabularySize) tokens")
    for id in 0..<Int32(teacher.vocabularySize) {
      try require("token \(id) \(spelling(teacher, id))", "token \(id) \(spelling(student, id))")
    }
    try require("end token \(teacher.endID ?? -1)", "end token \(student.endID ?? -1)")
    try requireTemplate(student, teacher)
    return "same vocabulary, special tokens and template"
  }

  private func requireTemplate(_ student: Tokenizer, _ teacher: Tokenizer) throws {
    try require(
      "template \(try ModelTemplate(of: teacher).name)", "template \(try ModelTemplate(of: student).name)")
  }

  private func spelling(_ tokenizer: Tokenizer, _ id: Int32) -> String {
    (tokenizer.token(id).map { "\"\($0)\"" } ?? "unused") + (tokenizer.isSpecial(id) ? " (special)" : "")
  }

  private func require(_ taught: String, _ found: String) throws {
    guard taught != found else { return }
    throw RecipeError(
      place: student.tokenizerPlace,
      expected: "the teacher's \(taught)", found: found,
      nextStep:
        "use a student with the teacher's tokenizer (\(teacher.place.path)), or \(Self.acrossTokenizers)")
  }
}
