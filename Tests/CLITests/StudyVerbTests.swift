import Files
import Foundation
import Testing

@Suite("swiftlet study")
struct StudyVerbTests {
  private static let root = SwiftletProgram.root.path

  /// A study of one set in `folder`, as arguments of the program.
  private static func arguments(in folder: TemporaryFolder) throws -> [String] {
    let records = (0..<60).map {
      #"{"prompt":"Is \#($0) even?","answer":"\#($0 % 2 == 0 ? "yes" : "no")","answer_type":"choice","choices":["yes","no"]}"#
    }
    let data = folder.url.appendingPathComponent("data/parity")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    try Data(records.joined(separator: "\n").utf8).write(to: data.appendingPathComponent("records.jsonl"))
    let made = "model: {init: {from: runs/teacher, prune: {num_hidden_layers: 2, calibration: 2}}}"
    for (name, method, models) in [
      ("teacher", "sft", "model: \(root)/Models/student-750k"),
      ("student", "logit_distillation", made + "\nteacher: runs/teacher"), ("plain", "sft", made),
    ] {
      _ = try folder.file(
        name + ".yaml",
        """
        method: \(method)
        \(models)
        dataset: {path: parity, reasoning: false, eval: 8}
        training: {max_steps: 2, per_device_train_batch_size: 1, max_length: 256, precision: fp32}
        evaluation: {problems: 8, max_new_tokens: 4}
        """)
    }
    let study = try folder.file(
      "study.yaml",
      "name: small\nsets: [{name: parity, seeds: [1, 2], teacher: teacher.yaml, "
        + "pairs: [{student: student.yaml, plain: plain.yaml}]}]")
    return [
      "study", study, "--data", folder.url.path + "/data", "--output", folder.url.path + "/out", "--json",
      "--junit", folder.url.path + "/junit.xml", "--gate", "decoding_seconds >= 0",
      "--untaught",
    ]
  }

  @Test("passes no gate before its end; --only takes one seed") func gates() throws {
    let folder = try TemporaryFolder()
    let arguments = try Self.arguments(in: folder)
    func junit() throws -> String {
      try String(contentsOfFile: folder.url.path + "/junit.xml", encoding: .utf8)
    }
    let late = try SwiftletProgram.run(arguments + ["--max-seconds", "0.001"])
    #expect(late.status == 3, "\(late.errors)")
    let document = try late.json()
    #expect(document["ending"]?.string == "out_of_time" && document["finished"]?.int == 0)
    #expect(document["gates"]?.array?.first?["value"] == .null)
    #expect(
      try junit().contains("<testsuites name=\"study\" tests=\"8\" failures=\"1\" errors=\"0\" skipped=\"7\"")
    )
    let seed = try SwiftletProgram.run(arguments + ["--only", "parity/seed-2"])
    #expect(seed.status == 0, "\(seed.errors)")
    #expect(seed.errors.contains("run 1 of 3: parity/seed-2/teacher\n"), "\(seed.errors)")
    #expect(try seed.json()["finished"]?.int == 3)
    #expect(
      try junit().contains(
        "<testsuites name=\"study\" tests=\"8\" failures=\"0\" errors=\"0\" skipped=\"3\""))
    let other = try SwiftletProgram.run(arguments + ["--only", "parity/seed-3"])
    #expect(other.status == 64 && other.output.isEmpty)
    #expect(other.errors.contains("expected one of parity, parity/seed-1, parity/seed-2"), "\(other.errors)")
  }

  @Test("an error is one of its run, beside what is finished") func error() throws {
    let folder = try TemporaryFolder()
    let arguments = try Self.arguments(in: folder)
    // A file where a directory must be.
    for name in ["out/study.json", "out/parity/seed-2/teacher"] {
      let file = folder.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("{}".utf8).write(to: file)
    }
    let failed = try SwiftletProgram.run(arguments)
    #expect(
      failed.status != 0 && failed.status != 3 && failed.output.isEmpty, "\(failed.status) \(failed.errors)")
    let junit = try String(contentsOfFile: folder.url.path + "/junit.xml", encoding: .utf8)
    #expect(
      junit.contains("<testsuite name=\"parity/seed-2/teacher\" tests=\"1\" failures=\"0\" errors=\"1\""),
      "\(junit)")
    #expect(
      junit.contains("<testsuite name=\"parity/plain\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\"")
    )
  }
}
