import Foundation
import Kernels
import TensorCore
import Testing
import Training

@Suite struct CheckpointTests {
  static func temporaryDirectory() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("swiftlet-\(UUID().uuidString)")
  }

  @Test(arguments: OptimizerName.allCases)
  func resumingEqualsNeverStopping(optimizer: OptimizerName) throws {
    let directory = Self.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let settings = Tiny.settings {
      $0.optimizer = optimizer
      $0.momentum = 0.9
      $0.accumulationSteps = 2
      $0.saveSteps = 100
    }
    let whole = try Tiny.trainer(steps: 12, settings: settings)
    _ = try whole.run()

    let checkpoints = CheckpointDirectory(directory)
    let first = try Tiny.trainer(steps: 12, settings: settings)
    first.save = { try checkpoints.save($0).path }
    first.shouldStop = { first.state.step == 5 }
    let outcome = try first.run()
    #expect(outcome.ending == .interrupted)
    #expect(outcome.exitCode == .interrupted)

    let second = try Tiny.trainer(steps: 12, settings: settings)
    try second.restore(try #require(try checkpoints.latest()))
    #expect(second.state.step == 5)
    _ = try second.run()
    #expect(Tiny.bits(second.model) == Tiny.bits(whole.model))
    let (a, b) = (whole.checkpoint(), second.checkpoint())
    #expect(a.optimizer == b.optimizer)
    #expect(a.state.data == b.state.data)
    #expect(a.state.tokens == b.state.tokens)
  }

  @Test func theLastTwoAreKept() throws {
    let directory = Self.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let checkpoints = CheckpointDirectory(directory, kept: 2)
    let trainer = try Tiny.trainer(steps: 5, settings: Tiny.settings { $0.saveSteps = 1 })
    trainer.save = { try checkpoints.save($0).path }
    _ = try trainer.run()
    #expect(checkpoints.steps() == [4, 5])
  }

  @Test func aKilledWriteLeavesThePreviousCheckpointWhole() throws {
    let directory = Self.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let checkpoints = CheckpointDirectory(directory)
    let trainer = try Tiny.trainer(steps: 1)
    _ = try trainer.run()
    let checkpoint = trainer.checkpoint()
    try checkpoints.save(checkpoint)
    // What a kill in the middle of the next write leaves: a hidden directory with some of the files.
    let partial = directory.appendingPathComponent(".partial-checkpoint-2-99")
    try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
    try Data("half".utf8).write(to: partial.appendingPathComponent("model.safetensors"))
    // And one in the middle of a replacement: the whole one, moved aside.
    let aside = directory.appendingPathComponent(".checkpoint-0000001.99-7.old")
    try FileManager.default.moveItem(at: checkpoints.url(step: 1), to: aside)
    #expect(!checkpoints.isEmpty)
    #expect(try checkpoints.latest()?.state.step == 1)
    #expect(checkpoints.steps() == [1])
    #expect(try checkpoints.latest()?.parameters == checkpoint.parameters.sorted { $0.name < $1.name })

    struct Full: Error {}
    var next = checkpoint
    next.state.step = 2
    #expect(throws: Full.self) { try checkpoints.save(next) { _ in throw Full() } }
    #expect(checkpoints.steps() == [1])
    #expect(
      !FileManager.default.fileExists(atPath: partial.path), "the remains of the killed run are removed")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names == ["checkpoint-0000001"], "\(names)")
  }

  @Test func aDamagedCheckpointIsRefused() throws {
    let directory = Self.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let checkpoints = CheckpointDirectory(directory)
    let trainer = try Tiny.trainer(steps: 1)
    _ = try trainer.run()
    let place = try checkpoints.save(trainer.checkpoint())
    try Data("{}".utf8).write(to: place.appendingPathComponent("state.json"))
    #expect(throws: TrainingError.self) { _ = try checkpoints.latest() }
  }

  @Test(arguments: [
    ("tokens", "9223372036854775807"), ("optimizerStep", "9223372036854775807"), ("optimizerStep", "-5"),
    ("elapsedSeconds", "1e308"), ("operations", "-1"), ("offset", "-1"),
  ])
  func numbersThatNoRunReachesAreRefused(key: String, value: String) throws {
    let directory = Self.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let checkpoints = CheckpointDirectory(directory)
    let trainer = try Tiny.trainer(steps: 1)
    _ = try trainer.run()
    let state = try checkpoints.save(trainer.checkpoint()).appendingPathComponent("state.json")
    let text = try String(contentsOf: state, encoding: .utf8)
    let changed = text.replacing(try Regex("\"\(key)\" : [^,\\n]*"), with: "\"\(key)\" : \(value)")
    #expect(changed != text)
    try changed.write(to: state, atomically: true, encoding: .utf8)
    let error = #expect(throws: TrainingError.self) { _ = try checkpoints.latest() }
    #expect(error?.description.contains("numbers that a run can reach") == true)
  }

  @Test func aCheckpointOfAnotherModelIsRefused() throws {
    let trainer = try Tiny.trainer(steps: 1)
    _ = try trainer.run()
    var checkpoint = trainer.checkpoint()
    checkpoint.parameters[0].shape = [1, checkpoint.parameters[0].values.count]
    let other = try Tiny.trainer(steps: 1)
    #expect(throws: TrainingError.self) { try other.restore(checkpoint) }
  }
}
