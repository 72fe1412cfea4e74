import Files
import Foundation
import Testing

/// The ledger goes with the weights, and the card says what it holds.
@Suite("ledger and card", .serialized)
struct CardVerbTests {
  private static let folder = Result { try TemporaryFolder() }
  private static let model = Result {
    let path = try folder.get().url.path + "/model"
    let result = try SwiftletProgram.run(
      "train", "Models/tiny/recipes/ci.yaml", "--output", path, "--store",
      try folder.get().url.path + "/store.sqlite", "--core-hour-price", "0.03", "--watts", "65", "--set",
      "training.max_steps=2", "--set", "dataset.train=40", "--set", "dataset.eval=2", "--set", "gates={}")
    guard result.status == 0 else { throw TestFailure(result.errors) }
    return path
  }

  private struct TestFailure: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private func path(_ name: String) throws -> String { try Self.folder.get().url.path + "/" + name }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test("what was stated of the machine is in the ledger, with the command") func trained() throws {
    let result = try SwiftletProgram.run("ledger", Self.model.get(), "--json").json()
    let stage = try #require(result["stages"]?.array?.first)
    #expect(stage["trained_tokens"]?.int ?? 0 > 0 && stage["core_hour_price"]?.double == 0.03)
    let command = try #require(stage["command"]?.string)
    #expect(command.hasPrefix("swiftlet train Models/tiny/recipes/ci.yaml --output "))
    #expect(command.hasSuffix(" --set 'gates={}'") && !command.contains("--store"), "\(command)")
    let seconds = try #require(stage["core_seconds"]?.double)
    let cost = try #require(result["totals"]?["cost"]?.double)
    #expect(abs(cost - seconds / 3600 * 0.03) < 1e-12 && result["totals"]?["energy_wh"]?.double ?? 0 > 0)
    #expect(result["licence"]?.string == "Apache-2.0")
    let text = try SwiftletProgram.run("ledger", Self.model.get(), "--price", "3600").output
    #expect(text.contains(String(format: "cost %.6f", seconds)), "\(text)")
  }

  @Test("an export carries the road along, in a directory and in a GGUF file") func exported() throws {
    let copy = try path("copy"), file = try path("model.gguf"), back = try path("back")
    #expect(try SwiftletProgram.run("export", Self.model.get(), copy, "--type", "f32").status == 0)
    let card = try String(contentsOfFile: copy + "/CARD.md", encoding: .utf8)
    #expect(card.hasPrefix("---\nlicense: apache-2.0\n") && card.contains("\n## How to repeat it\n"))
    #expect(card.contains("swiftlet train Models/tiny/recipes/ci.yaml") && card.contains("swiftlet export"))
    // Its own card and ledger may go; anything else may not.
    #expect(
      try SwiftletProgram.run("export", Self.model.get(), copy, "--type", "f32", "--overwrite").status == 0)
    #expect(try SwiftletProgram.run("export", Self.model.get(), file, "--type", "f32").status == 0)
    #expect(try SwiftletProgram.run("import", file, back).status == 0)
    let methods = try [copy, file, back].map { path in
      try SwiftletProgram.run("ledger", path, "--json").json()["stages"]?.array?.map { $0["method"]?.string }
    }
    #expect(methods.allSatisfy { $0 == ["sft", "export"] }, "\(methods)")
    let beside = try path("model.CARD.md")
    let gguf = try String(contentsOfFile: beside, encoding: .utf8)
    #expect(gguf.hasPrefix("---\nlicense: apache-2.0\n") && gguf.contains("export as f32"), "\(gguf)")
    try FileManager.default.removeItem(atPath: beside)
    #expect(try SwiftletProgram.run("card", file).output == beside + "\n" && exists(beside))
    try "mine".write(toFile: copy + "/CARD.md", atomically: true, encoding: .utf8)
    let kept = try SwiftletProgram.run("export", Self.model.get(), copy, "--type", "f32", "--overwrite")
    #expect(kept.status == 73 && kept.errors.contains("CARD.md"), "\(kept.errors)")
    try "mine".write(toFile: beside, atomically: true, encoding: .utf8)
    let spared = try SwiftletProgram.run("export", Self.model.get(), file, "--type", "f32", "--overwrite")
    #expect(spared.status == 73 && spared.errors.contains("model.CARD.md"), "\(spared.errors)")
    #expect(try String(contentsOfFile: beside, encoding: .utf8) == "mine")
  }

  @Test("what eval measured is on the card, wherever the weights lie") func evaluated() throws {
    let store = try path("evaluated.sqlite"), moved = try path("moved"), copy = try path("evaluated")
    func suites(_ model: String, _ store: String) throws -> [String] {
      let card = try SwiftletProgram.run("card", model, "--json", "--store", store)
      return try #require(try card.json()["evaluations"]?.array).compactMap { $0["suite"]?.string }
    }
    let lines = ["2+2", "3+1"].map {
      #"{"prompt": "\#($0)?", "answer": "A", "answer_type": "choice", "choices": ["4", "5"]}"# + "\n"
    }
    let data = try Self.folder.get().file("choices.jsonl", lines.joined())
    for asked in [
      ["--suite", "finance", "--problems", "2", "--max-new-tokens", "2"],
      ["--data", data, "--method", "likelihood"],
    ] {
      let result = try SwiftletProgram.run(["eval", Self.model.get(), "--store", store] + asked)
      #expect(result.status == 0, "\(result.errors)")
    }
    // A file that has changed: the newer figure stands for the older one.
    try lines[0].write(toFile: data, atomically: true, encoding: .utf8)
    let again = try SwiftletProgram.run(
      "eval", Self.model.get(), "--store", store, "--data", data, "--method", "likelihood")
    #expect(again.status == 0, "\(again.errors)")
    let renewed = try SwiftletProgram.run("card", Self.model.get(), "--json", "--store", store)
    let ofData = try #require(try renewed.json()["evaluations"]?.array).first {
      $0["suite"]?.string?.hasPrefix(data) == true
    }
    #expect(ofData?["overall"]?["problems"]?.int == 1, "\(String(describing: ofData))")
    try FileManager.default.copyItem(atPath: Self.model.get(), toPath: moved)
    #expect(try suites(moved, store) == ["\(data), by likelihood", "finance, at most 2 tokens"])
    #expect(try suites(moved, path("store.sqlite")) == [], "another store")
    let exported = try SwiftletProgram.run(
      "export", moved, copy, "--type", "bf16", "--store", store, "--accept-loss")
    #expect(exported.status == 0, "\(exported.errors)")
    let card = try String(contentsOfFile: copy + "/CARD.md", encoding: .utf8)
    #expect(
      card.contains("choices.jsonl, by likelihood") && card.contains("before the weights were exported"))
    // Once the copy itself has been measured, its own numbers stand.
    let own = try SwiftletProgram.run(
      "eval", copy, "--suite", "law", "--store", store, "--problems", "2", "--max-new-tokens", "2")
    #expect(own.status == 0, "\(own.errors)")
    #expect(try suites(copy, store) == ["law, at most 2 tokens"])
    let anew = try path("anew.md")
    #expect(try SwiftletProgram.run("card", copy, "--store", store, "--output", anew).status == 0)
    #expect(try !String(contentsOfFile: anew, encoding: .utf8).contains("before the weights were exported"))
  }

  @Test("licences that conflict refuse the export, and nothing is written") func conflict() throws {
    let model = try path("conflict"), copy = try path("refused")
    try FileManager.default.copyItem(atPath: Self.model.get(), toPath: model)
    let ledger = try String(contentsOfFile: model + "/ledger.json", encoding: .utf8)
    func write(_ licence: String) throws {
      let row = #"{"name": "other", "licence": "\#(licence)"}, {"name": "sharc", "licence": "CC BY-SA 3.0"}"#
      try ledger.replacing("\"data\" : [", with: "\"data\" : [ \(row),").write(
        toFile: model + "/ledger.json", atomically: true, encoding: .utf8)
    }
    try write("CC BY-NC 4.0")
    for output in [copy, copy + ".gguf"] {
      let result = try SwiftletProgram.run("export", model, output, "--type", "f32")
      #expect(result.status == 65 && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(result.errors.contains("sharc (CC-BY-SA-3.0) beside other (CC-BY-NC-4.0)"), "\(result.errors)")
      #expect(!exists(output))
    }
    for more in [[], ["--json"], ["--output", copy + ".md"]] {
      let result = try SwiftletProgram.run(["card", model] + more)
      #expect(result.status == 65 && result.output.isEmpty, "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1 && result.errors.contains("sharc"))
    }
    #expect(!exists(model + "/CARD.md") && !exists(copy + ".md"))
    // An unknown licence is said, and the export goes on.
    try write("house rules")
    let result = try SwiftletProgram.run("export", model, copy, "--type", "f32")
    #expect(result.status == 0 && result.errors.contains("licence unknown"), "\(result.errors)")
    #expect(
      try String(contentsOfFile: copy + "/CARD.md", encoding: .utf8).hasPrefix("---\nlicense: unknown\n"))
    try "{\"stages\": 1}".write(toFile: model + "/ledger.json", atomically: true, encoding: .utf8)
    for verb in [["ledger", model], ["card", model], ["export", model, copy + "2"]] {
      let broken = try SwiftletProgram.run(verb)
      #expect(broken.status == 65 && broken.errors.split(separator: "\n").count == 1, "\(broken.errors)")
    }
  }

  @Test("a measurement fills the table of serving") func measured() throws {
    let result = try SwiftletProgram.run("card", Self.model.get(), "--measure", "--price", "0.03", "--json")
    let row = try #require(try result.json()["serving"]?.array?.first)
    let (rate, cost) = (row["tokens_per_second"]?.double ?? 0, row["price_out"]?.double ?? 0)
    let threads = try #require(row["threads"]?.int)
    #expect(rate > 0 && row["first_token_seconds"]?.double ?? 0 > 0)
    #expect(row["processor"]?.string == MachineFacts.current.processor)
    #expect(abs(cost * rate - 1e6 * Double(threads) / 3600 * 0.03) < 1e-6)
    #expect(!exists(try Self.model.get() + "/CARD.md"), "--json writes nothing")
    #expect(try SwiftletProgram.run("card", Self.model.get()).status == 0)
    #expect(exists(try Self.model.get() + "/CARD.md"))
  }

  @Test("an export's card has the recipe's price, and speeds where they are asked for") func exportMeasured()
    throws
  {
    func serving(_ output: String, _ more: String...) throws -> String {
      let result = try SwiftletProgram.run(
        ["export", try Self.model.get(), try path(output), "--type", "f32", "--overwrite"] + more)
      #expect(result.status == 0, "\(result.errors)")
      let name = output.hasSuffix(".gguf") ? output.dropLast(5) + ".CARD.md" : output + "/CARD.md"
      let card = try String(contentsOfFile: path(String(name)), encoding: .utf8)
      return try #require(card.components(separatedBy: "\n## ").first { $0.hasPrefix("Serving") })
    }
    let plain = try serving("served")
    #expect(
      plain.contains("| not measured | not measured |") && !plain.contains("no price stated"), "\(plain)")
    let measured = try serving("served", "--measure")
    #expect(!measured.contains("not measured") && measured.contains(" tokens/s |"), "\(measured)")
    #expect(measured.contains("at 0.03 for an hour of one,"))
    for output in ["served", "served.gguf"] {
      let given = try serving(output, "--measure", "--price", "0.06")
      #expect(!given.contains("not measured") && given.contains("at 0.06 for an hour of one,"), "\(given)")
    }
    let refused = try SwiftletProgram.run("export", "Models/tiny", try path("none"), "--price", "-1")
    #expect(refused.status == 64)
  }

  @Test("a card that a person keeps is not replaced") func keptCard() throws {
    let file = try path("teacher.md")
    let refused = try SwiftletProgram.run("card", "Models/teacher-6m")
    #expect(refused.status == 73 && refused.errors.contains("--output"), "\(refused.errors)")
    #expect(try SwiftletProgram.run("card", "Models/teacher-6m", "--output", file).status == 0)
    let card = try String(contentsOfFile: file, encoding: .utf8)
    #expect(card.contains("109,316,231") && card.contains("teacher-portfolio (from its log)"), "\(card)")
    // The program's own card may be written anew; --json measures nothing by itself.
    #expect(try SwiftletProgram.run("card", "Models/teacher-6m", "--output", file).status == 0)
    let json = try SwiftletProgram.run("card", "Models/teacher-6m", "--json").json()
    #expect(
      json["parameters"]?.int == 6_147_840 && json["serving"]?.array?[0]["tokens_per_second"]?.isNull == true)
    #expect(try SwiftletProgram.run("card", "Models/none").status == 66)
  }
}
