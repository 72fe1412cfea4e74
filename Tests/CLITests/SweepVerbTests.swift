import Files
import Foundation
import Testing

/// `sweep`, `--junit` and `runs compare` as a person and a CI server run them.
@Suite("sweep") struct SweepVerbTests {
  private static let recipe = "Models/tiny/recipes/ci.yaml"
  private static let short = [
    "training.max_steps=3", "training.per_device_train_batch_size=1", "dataset.eval=2",
    "training.logging_steps=1",
    "gates={}",
  ].flatMap { ["--set", $0] }

  @Test("gives one JSON document, its files and JUnit, and its runs compare as curves")
  func sweepAndCompare() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    let store = ["--store", path + "/store.sqlite"]
    let arguments =
      ["sweep", Self.recipe, "--over", "training.learning_rate=1e-3,6e-3", "--seeds", "2"] + Self.short
      + store
      + [
        "--output", path + "/out", "--json", "--junit", path + "/junit.xml", "--set", "gates.eval/loss=<= 0",
      ]
    let result = try SwiftletProgram.run(arguments)
    #expect(result.status == 3, "\(result.errors)")
    let document = try result.json()
    #expect(document["ending"]?.string == "completed" && document["finished"]?.int == 4)
    #expect(document["metric"]?.string == "eval/loss" && document["combinations"]?.array?.count == 2)
    for file in ["sweep.json", "sweep.svg", "report.html"] {
      #expect(FileManager.default.fileExists(atPath: path + "/out/" + file), "\(file)")
    }
    let junit = try String(contentsOfFile: path + "/junit.xml", encoding: .utf8)
    #expect(junit.contains("<testsuites name=\"sweep\" tests=\"8\" failures=\"4\" errors=\"0\""), "\(junit)")
    #expect(junit.contains("message=\"required &lt;= 0.0, found "))

    let ids = try SwiftletProgram.run(["runs", "list", "--json"] + store).json().array?.compactMap {
      $0["id"]?.string
    }
    let three = Array(try #require(ids).prefix(3))
    let compared = try SwiftletProgram.run(
      ["runs", "compare"] + three + store
        + ["--json", "--output", path + "/compare.svg", "--html", path + "/compare.html"])
    #expect(compared.status == 0, "\(compared.errors)")
    let comparison = try compared.json()
    #expect(comparison["runs"]?.array?.count == 3)
    #expect(comparison["recipe"]?["training.learning_rate"]?.array?.count == 3)
    #expect(comparison["recipe"]?["training.max_steps"] == nil, "what is the same in all is not listed")
    #expect(comparison["metrics"]?["eval/loss"]?.array?.count == 3)
    let svg = try String(contentsOfFile: path + "/compare.svg", encoding: .utf8)
    // Three curves in each chart; a metric of one value is no curve.
    for metric in ["loss", "grad_norm", "learning_rate"] { #expect(svg.contains(">\(metric)<"), "\(metric)") }
    #expect(!svg.contains(">eval/loss<"))
    #expect(
      svg.components(separatedBy: "<polyline").count - 1 == 3 * (svg.components(separatedBy: "<g ").count - 1)
    )
    let html = try String(contentsOfFile: path + "/compare.html", encoding: .utf8)
    #expect(html.contains("What differs in the recipes") && html.contains("training.learning_rate"))
    #expect(html.contains("eval/loss") && html.contains("<polyline"))
    #expect(!html.replacing("http://www.w3.org/2000/svg", with: "").contains("http"))
    #expect(try SwiftletProgram.run(["runs", "compare", three[0]] + store).status == 64)
    #expect(
      try SwiftletProgram.run(["runs", "compare", three[0], three[1], "zz"] + store).errors.split(
        separator: "\n"
      )
      .count == 1)
  }

  @Test(
    "says what is wrong in one line before anything is trained",
    arguments: [
      (["--over", "training.learnin_rate=1e-3,3e-3"], Int32(65), "did you mean learning_rate?"),
      (
        ["--over", "training.learning_rate=1e-3,fast"], 65,
        "--over training.learning_rate: expected a finite number"
      ),
      (["--over", "training.learning_rate"], 64, "--over training.learning_rate=1e-3,3e-3"),
      (["--over", "training.seed=1,2"], 64, "--seeds"), (["--seeds", "0"], 64, "--seeds 0"),
      (["--recipes", "a.yaml,b.yaml"], 64, "either RECIPE or --recipes"),
      (["--max-seconds", "0"], 64, "above 0"),
      (["--junit", "no/such/folder/junit.xml"], 73, "no such folder"),
    ])
  func mistakes(_ arguments: [String], status: Int32, words: String) throws {
    let folder = try TemporaryFolder()
    let output = folder.url.path + "/out"
    let result = try SwiftletProgram.run(
      ["sweep", Self.recipe] + arguments + ["--output", output, "--store", folder.url.path + "/store.sqlite"])
    #expect(result.status == status && result.errors.contains(words), "\(result.errors)")
    #expect(result.output.isEmpty && !FileManager.default.fileExists(atPath: output))
    if status != 64 { #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)") }
  }

  @Test("an error in the middle leaves the finished runs in the JUnit file") func brokenOff() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    let arguments =
      ["sweep", Self.recipe, "--over", "training.learning_rate=1e-3,6e-3", "--seeds", "1"] + Self.short
      + ["--output", path + "/out", "--store", path + "/store.sqlite", "--junit", path + "/junit.xml"]
    #expect(try SwiftletProgram.run(arguments + ["--max-seconds", "1e-9"]).status == 0)
    _ = try folder.file("out/learning_rate-6e-3_seed-1", "in the way")
    let result = try SwiftletProgram.run(arguments)
    #expect(result.status == 73 && result.output.isEmpty, "\(result.errors)")
    let junit = try String(contentsOfFile: path + "/junit.xml", encoding: .utf8)
    #expect(
      junit.contains("<testsuite name=\"learning_rate-1e-3_seed-1\" tests=\"1\" failures=\"0\" errors=\"0\""))
    #expect(
      junit.contains("<testsuite name=\"learning_rate-6e-3_seed-1\" tests=\"1\" failures=\"0\" errors=\"1\""))
  }

  @Test("compares whole recipes") func wholeRecipes() throws {
    let folder = try TemporaryFolder()
    let recipes = try ["first", "second"].enumerated().map { index, name in
      try folder.file(
        "\(name).yaml",
        """
        method: sft
        model: Models/tiny
        dataset: {task: finance, languages: [en], levels: [1], train: 40, eval: 2, seed: 7}
        training: {max_steps: \(index + 1), per_device_train_batch_size: 2, max_length: 256, learning_rate: 1.0e-3,
                   precision: fp32}
        evaluation: {problems: 0}
        """)
    }
    let result = try SwiftletProgram.run(
      "sweep", "--recipes", recipes.joined(separator: ","), "--output", folder.url.path + "/out", "--store",
      folder.url.path + "/store.sqlite", "--json")
    #expect(result.status == 0, "\(result.errors)")
    let names = try result.json()["combinations"]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(Set(names) == ["recipe=first", "recipe=second"])
  }

  @Test("train --junit has a case for a gate, and one for an error") func trainJUnit() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    let store = [
      "--store", path + "/store.sqlite", "--junit", path + "/junit.xml", "--output", path + "/run",
    ]
    func junit() throws -> String { try String(contentsOfFile: path + "/junit.xml", encoding: .utf8) }
    let gates = ["--set", "gates={eval/loss: '<= 100', eval/accuracy: '>= 0.5'}"]
    let trained = try SwiftletProgram.run(["train", Self.recipe] + Self.short + gates + store)
    #expect(trained.status == 3, "\(trained.errors)")
    #expect(try junit().contains("<testsuite name=\"tiny-ci\" tests=\"3\" failures=\"1\" errors=\"0\""))
    #expect(try junit().contains("name=\"eval/loss &lt;= 100.0\"/>"))
    #expect(try junit().contains("message=\"required &gt;= 0.5, found no such metric\""))
    // The output exists.
    let refused = try SwiftletProgram.run(["train", Self.recipe] + Self.short + store)
    #expect(refused.status == 73)
    #expect(try junit().contains("<error message=\"\(path)/run: expected a new directory"))
    #expect(try junit().contains("errors=\"1\""))
  }

  @Test("distill --junit has a case for an error") func distillJUnit() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    let result = try SwiftletProgram.run(
      "distill", "finance", "--output", path, "--store", path + "/store.sqlite", "--junit",
      path + "/junit.xml")
    #expect(result.status == 73, "\(result.errors)")
    let junit = try String(contentsOfFile: path + "/junit.xml", encoding: .utf8)
    #expect(junit.contains("<testsuites name=\"distill\" tests=\"1\" failures=\"0\" errors=\"1\""))
    #expect(junit.contains("<error message=\"\(path): expected "))
  }

  @Test("distill --max-seconds keeps what is finished, and passes no gate") func distillMaxSeconds() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.path
    let arguments = [
      "distill", "finance", "--output", path + "/out", "--store", path + "/store.sqlite", "--max-seconds",
      "0.1",
      "--json", "--junit", path + "/junit.xml", "--set", "evaluation.problems=4",
    ]
    let late = try SwiftletProgram.run(arguments)
    #expect(
      late.status == 0 && late.errors.contains("out of time: what is finished is kept in \(path)/out.partial")
    )
    let document = try late.json()
    #expect(
      document["ending"]?.string == "out_of_time" && document["partial"]?.string == path + "/out.partial")
    func junit() throws -> String { try String(contentsOfFile: path + "/junit.xml", encoding: .utf8) }
    #expect(try junit().contains("<skipped message=\"not finished\""))
    // A gate changes nothing that was done: the same work goes on, and would refuse that of another recipe.
    let gated = try SwiftletProgram.run(arguments + ["--set", "gates.retention=>= 0.9"])
    #expect(gated.status == 3 && gated.errors.contains("gate missed: retention >= 0.9, found not measured"))
    #expect(try gated.json()["gates"]?.array?.first?["passed"]?.bool == false)
    let mistyped = try SwiftletProgram.run(arguments + ["--set", "gates.retenton=>= 0.9"])
    #expect(
      mistyped.status == 65 && mistyped.errors.contains("did you mean retention?"), "\(mistyped.errors)")
    _ = try SwiftletProgram.run(arguments + ["--set", "gates.retention=>= 0.9"])
    #expect(try junit().contains("message=\"required &gt;= 0.9, found no such metric\""))
  }
}
