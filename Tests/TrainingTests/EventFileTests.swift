import Foundation
import Kernels
import Testing
import Training

@Suite(.serialized) struct EventFileTests {
  /// Reference: `Event.SerializeToString` of TensorBoard 2.21.0.
  @Test func eventsAreProtobuf() {
    func hex(_ bytes: [UInt8]) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    #expect(
      hex(EventRecord.fileVersion(time: 1.5)) == "09000000000000f83f1a0d627261696e2e4576656e743a32")
    let event = EventRecord.scalars(["loss": 2.5, "eval/loss": 0.25, "kl": .nan], step: 300, time: 1.5)
    #expect(
      hex(event)
        == "09000000000000f83f10ac022a1f0a100a096576616c2f6c6f7373150000803e0a0b0a046c6f73731500002040")
    for step in [0, 1, 127, 128, 300, 1 << 40, .max] {
      #expect(EventRecord.step(of: EventRecord.scalars([:], step: step, time: 0)) == step)
    }
    for record in [[], [9], EventRecord.fileVersion(time: 1), [UInt8](repeating: 0xFF, count: 40)] {
      #expect(EventRecord.step(of: record) == 0)
    }
  }

  /// A reader of its own: every field of every event, without the checksums.
  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func number(_ size: Int) -> UInt64 {
      defer { bytes = bytes.dropFirst(size) }
      return bytes.prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func varint() -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        let byte = number(1)
        value |= (byte & 0x7F) << shift
        if byte < 0x80 { break }
      }
      return value
    }

    mutating func part(_ size: Int) -> Reader {
      defer { bytes = bytes.dropFirst(size) }
      return Reader(bytes: bytes.prefix(size))
    }

    /// Calls `body` with each field's number and its content as a reader.
    mutating func fields(_ body: (UInt64, inout Reader) -> Void) {
      while !bytes.isEmpty {
        let key = varint()
        var content: Reader
        switch key & 7 {
        case 0: content = Reader(bytes: withUnsafeBytes(of: varint().littleEndian) { Array($0)[...] })
        case 1: content = part(8)
        case 5: content = part(4)
        default: content = part(Int(varint()))
        }
        body(key >> 3, &content)
      }
    }
  }

  private struct Event: Equatable {
    var version: String?
    var step = 0
    var values: [String: Float] = [:]
  }

  private static func events(in file: URL) throws -> [Event] {
    var file = Reader(bytes: Array(try Data(contentsOf: file))[...])
    var events: [Event] = []
    while !file.bytes.isEmpty {
      let size = Int(file.number(8))
      _ = file.number(4)
      var record = file.part(size)
      _ = file.number(4)
      var event = Event()
      record.fields { field, content in
        switch field {
        case 2: event.step = Int(content.number(8))
        case 3: event.version = String(decoding: content.bytes, as: UTF8.self)
        case 5:
          content.fields { _, value in
            var tag = ""
            value.fields { field, content in
              if field == 1 { tag = String(decoding: content.bytes, as: UTF8.self) }
              if field == 2 { event.values[tag] = Float(bitPattern: UInt32(content.number(4))) }
            }
          }
        default: break
        }
      }
      events.append(event)
    }
    return events
  }

  private static func files(in directory: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasPrefix("events.out.tfevents.") }.sorted().map(directory.appendingPathComponent)
  }

  @Test func aResumedRunAddsAFileAndRepeatsNoStep() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    let steps =
      RunTests.short.dropFirst() + [
        "training.max_steps=4", "training.logging_steps=1", "training.save_steps=2",
        "training.report_to=[tensorboard]",
      ]
    func run(_ change: (inout RunOptions) -> Void) throws -> RunOutcome {
      try RunTests.run("tiny/recipes/ci.yaml", Array(steps)) {
        $0.output = output.path
        change(&$0)
      }
    }
    _ = try run { _ in }
    let whole = try Self.events(in: try #require(try Self.files(in: output).first))
    #expect(whole.map(\.step) == [0, 1, 2, 3, 4, 4], "the version, four updates, the evaluation")
    #expect(whole[0].version == "brain.Event:2" && whole[5].values["eval/loss"] != nil)

    // As if the run had been killed after step 2.
    try FileManager.default.removeItem(at: output.appendingPathComponent("checkpoints/checkpoint-0000004"))
    let outcome = try run { $0.resumes = true }
    let files = try Self.files(in: output)
    #expect(files.count == 2)
    let both = try files.map(Self.events)
    #expect(both.map { $0.map(\.step) } == [[0, 1, 2], [0, 3, 4, 4]])
    #expect(both[0] == Array(whole[..<3]))
    for (found, expected) in zip(both[1], [whole[0]] + whole[3...]) {
      #expect(found.values["loss"] == expected.values["loss"])
    }
    #expect(both[1][3].values["eval/loss"] == outcome.metrics["eval/loss"].map { Float($0) })

    _ = try run { $0.overwrites = true }
    #expect(try Self.files(in: output).count == 1)
  }

  @Test func onlyWhoAsksGetsAFile() throws {
    let output = CheckpointTests.temporaryDirectory()
    defer { try? FileManager.default.removeItem(at: output) }
    _ = try RunTests.run("tiny/recipes/ci.yaml", RunTests.short + ["training.report_to=none"]) {
      $0.output = output.path
    }
    #expect(try Self.files(in: output).isEmpty)
    let file = RunTests.root.appendingPathComponent("Models/tiny/recipes/ci.yaml").path
    func reading(_ word: String) throws -> Recipe {
      try Recipe.read(file: file, overrides: ["report_to=\(word)"]).recipe
    }
    #expect(try reading("none").identity == reading("tensorboard").identity)
    let error = #expect(throws: RecipeError.self) { try reading("tensorbord") }
    #expect(error?.nextStep == "did you mean tensorboard?")
  }
}
