import Foundation
import Testing
import Training

@Suite struct OutputLockTests {
  @Test func aSecondRunIsKeptOutOfTheOutputOfTheFirst() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    var refusals: [TrainingError?] = []
    let whole = try RunTests.run("tiny/recipes/ci.yaml", RunTests.short) { options in
      options.output = output.path
      options.shouldStop = {
        for resumes in [false, true] {
          refusals.append(
            #expect(throws: TrainingError.self) {
              _ = try RunTests.run("tiny/recipes/ci.yaml", RunTests.short) {
                $0.output = output.path
                $0.overwrites = !resumes
                $0.resumes = resumes
              }
            })
        }
        return false
      }
    }
    #expect(whole.ending == .completed)
    #expect(!refusals.isEmpty && refusals.allSatisfy { $0 == .outputInUse(path: output.path) }, "\(refusals)")
  }
}
