import Files
import Testing

@Suite("an output that another program writes")
struct OutputLockVerbTests {
  @Test(
    "is left to it, with 73 and one line",
    arguments: [
      ["export", "Models/student-750k", "OUTPUT", "--overwrite"],
      ["models", "prune", "Models/tiny/recipes/ci.yaml", "--output", "OUTPUT", "--overwrite"],
      ["eval", "Models/student-750k", "--suite", "law", "--problems", "1", "--samples-out", "OUTPUT"],
      ["import", "none.gguf", "OUTPUT", "--overwrite"],
      ["card", "Models/student-750k", "--output", "OUTPUT"],
      ["tokenizer", "train", "--domains", "law", "--output", "OUTPUT"],
      ["data", "pairs", "Models/student-750k", "--suite", "law", "--output", "OUTPUT"],
      ["card", "Models/student-750k", "--output", "OUTPUT/CARD.md"],
      ["teach", "Datasets/finance/teach-local.yaml", "--output", "OUTPUT", "--overwrite"],
    ])
  func isLeftAlone(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let output = folder.url.path + "/output"
    try withOutputLocked(output) {
      let result = try SwiftletProgram.run(
        arguments.map { $0.replacing("OUTPUT", with: output) })
      #expect(result.status == 73 && result.output.isEmpty, "\(result.errors)")
      #expect(
        result.errors.contains(
          "\(output): expected one program that writes it, found another that is running"),
        "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
