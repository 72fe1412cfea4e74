import Corpus
import Training

extension CurationSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("require_verified", &requiresVerified)
    fields.field("language_share", &minimumLanguageShare)
    fields.field("foreign_share", &maximumForeignShare)
    fields.field("max_characters", &maximumCharacters)
    fields.field("drop_code_blocks", &dropsCodeBlocks)
    fields.field("repetition", &maximumRepetition)
    fields.field("near_duplicate_similarity", &nearDuplicateSimilarity)
    fields.field("contamination_words", &contaminationWords)
    fields.require((0...1).contains(minimumLanguageShare), "language_share", expected: "from 0 to 1")
    fields.require((0...1).contains(maximumForeignShare), "foreign_share", expected: "from 0 to 1")
    fields.require(maximumCharacters > 0, "max_characters", expected: "of 1 or more")
    fields.require((0...1).contains(maximumRepetition), "repetition", expected: "from 0 to 1")
    fields.require(
      (0.6...1).contains(nearDuplicateSimilarity), "near_duplicate_similarity",
      expected: "from 0.6 to 1 (1 leaves exact duplicates alone)")
    fields.require((1...1000).contains(contaminationWords), "contamination_words", expected: "from 1 to 1000")
  }
}
