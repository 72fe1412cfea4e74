import Files
import Foundation
import Kernels
import LanguageModels

extension Ledger {
  /// The key under which a GGUF file carries the ledger of its weights.
  public static let ggufKey = GGUFModel.ledgerKey

  /// What is known of the road to the model at `path`, a directory, a GGUF file or a model's name.
  ///
  /// In this order: the ledger beside the weights or in the GGUF file; the logs and recipes that its training left
  /// (`logs/NAME.jsonl` with `recipes/NAME.yaml`, or `metrics.jsonl` with `recipe.yaml`); else one stage that is not
  /// recorded, with the licence that the model's files state.
  ///
  /// - Throws: `TrainingError.badLedger` and `FileError` for a ledger that cannot be read; what finding the model finds.
  package static func road(to path: String, catalog: ModelCatalog = .standard) throws -> Ledger {
    try road(to: path, catalog: catalog, seen: [])
  }

  private static func road(to path: String, catalog: ModelCatalog, seen: Set<String>) throws -> Ledger {
    let place = try catalog.place(of: path)
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory) else {
      throw LanguageModelError.noModel(path: place.path)
    }
    guard isDirectory.boolValue else {
      let model = try StoredModel(opening: place)
      if let text = model.statement(ggufKey) {
        return try Ledger(parsing: Data(text.utf8), source: "\(place.path): \(ggufKey)")
      }
      let described = try catalog.description(of: path)?.licence
      return Ledger([.unrecorded(path, licence: described ?? model.statement("general.license"))])
    }
    if let ledger = try Ledger(in: place) { return ledger }
    if let ledger = try LoggedRoad(place, called: path).ledger({ base in
      // A run may have been moved onto its own base: a second visit ends the road.
      guard !seen.contains(place.path), seen.count < 64 else {
        return Ledger([.unrecorded(base, licence: nil)])
      }
      let model = PathResolver(recipeFile: place.appendingPathComponent("recipe.yaml").path)(base)
      do {
        return try road(to: model, catalog: catalog, seen: seen.union([place.path]))
      } catch LanguageModelError.noModel, ModelCatalogError.notPulled {
        return Ledger([.unrecorded(base, licence: nil)])
      }
    }) {
      return ledger
    }
    return Ledger([.unrecorded(path, licence: StatedLicence.of(place))])
  }
}

extension LedgerTeacher {
  /// The teacher at `path`, which a recipe calls `name`.
  ///
  /// - Throws: as `Ledger.road`; `FileError` for weights that cannot be read.
  package init(_ name: String, at path: String) throws {
    let road = try Ledger.road(to: path)
    let totals = LedgerTotals(road)
    self.init(name: name)
    sha256 = try ModelLoader.open(path).weightsFingerprint()
    switch road.licence {
    case .licensed(let name, let sources):
      licence = name
      if !sources.isEmpty { attributions = sources }
    case .unknown: licence = nil
    case .conflicting: licence = Licence.conflicting.name
    }
    (trainedTokens, generatedTokens) = (totals.trainedTokens, totals.generatedTokens)
    (flops, coreSeconds) = (totals.flops, totals.coreSeconds)
    isComplete = totals.hasAllOperations
  }
}

/// The licence that a model's own files state.
enum StatedLicence {
  /// `license` of the front matter of README.md or CARD.md, else of config.json; nil where there is none.
  static func of(_ directory: URL) -> String? {
    for name in ["README.md", "CARD.md"] {
      guard let data = FileManager.default.contents(atPath: directory.appendingPathComponent(name).path),
        let licence = frontMatter(String(decoding: data, as: UTF8.self))
      else { continue }
      return licence
    }
    let file = directory.appendingPathComponent("config.json")
    guard let data = FileManager.default.contents(atPath: file.path),
      let value = try? JSONValue(parsing: [UInt8](data), source: file.path)
    else { return nil }
    return value["license"]?.string
  }

  private static func frontMatter(_ text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.trimmingCharacters(in: .whitespaces) == "---" else { return nil }
    for line in lines.dropFirst() {
      if line.trimmingCharacters(in: .whitespaces) == "---" { return nil }
      guard line.hasPrefix("license:") else { continue }
      let value = line.dropFirst("license:".count).trimmingCharacters(
        in: CharacterSet(charactersIn: " \"'\t\r"))
      return value.isEmpty ? nil : value
    }
    return nil
  }
}
