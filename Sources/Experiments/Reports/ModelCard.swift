import Evaluation
import Files
import Foundation
import LanguageModels
import Training

/// What a model's card says, as Markdown or as JSON: facts that were recorded or measured, and for every other the word
/// that it was not.
public struct ModelCard: Sendable {
  /// What a user of a served model asks about it.
  public struct Serving: Sendable {
    public var name: String
    /// What opens it here; nil for a teacher that is not on this machine.
    public var path: String?
    /// Tokens of prompt and answer together.
    public var context: Int?
    public var measured: Measurement?
    /// What a provider asks for a million tokens of prompts, and of answers, as a recipe stated it.
    public var inputPrice: Double?
    public var outputPrice: Double?
  }

  /// One short generation, alone on the machine's threads.
  public struct Measurement: Sendable {
    public var promptTokens: Int
    public var newTokens: Int
    /// Until the first token of an answer to such a prompt.
    public var firstTokenSeconds: Double
    public var promptTokensPerSecond: Double
    public var tokensPerSecond: Double
    public var threads: Int
    /// What the weights were multiplied in.
    public var format: String
    public var processor: String?

    public init(
      promptTokens: Int, newTokens: Int, firstTokenSeconds: Double, promptTokensPerSecond: Double,
      tokensPerSecond: Double, threads: Int, format: String, processor: String? = nil
    ) {
      self.promptTokens = promptTokens
      self.newTokens = newTokens
      self.firstTokenSeconds = firstTokenSeconds
      self.promptTokensPerSecond = promptTokensPerSecond
      self.tokensPerSecond = tokensPerSecond
      self.threads = threads
      self.format = format
      self.processor = processor
    }

    /// A million tokens at this rate, all threads paid, at `price` for an hour of one core.
    func cost(ofMillionAt tokensPerSecond: Double, price: Double) -> Double? {
      tokensPerSecond > 0 ? 1e6 / tokensPerSecond * Double(threads) / 3600 * price : nil
    }
  }

  public let name: String
  public let parameters: Int
  /// Of the files with the weights.
  public let bytes: Int
  public let context: Int
  public let ledger: Ledger
  public let evaluations: [ModelEvaluation]
  /// Whether those were made before the weights were exported.
  public let areOfOtherWeights: Bool
  /// Of an hour of one core, and what the machine draws, in place of what the stages state; nil where theirs stands.
  public let price: Double?
  public let watts: Double?
  /// Of an hour of one core that serves: `price`, else what the last stage states that states one.
  public var servingPrice: Double? { price ?? ledger.stages.last { $0.coreHourPrice != nil }?.coreHourPrice }
  /// The model first, then its teachers.
  public var serving: [Serving]

  /// - Parameters:
  ///   - path: a model directory, a GGUF file or a pulled name.
  ///   - store: where the evaluations of its run are looked for when none lie beside the weights.
  /// - Throws: `TrainingError.licencesConflict` for weights that nobody may pass on; what opening the model and reading its
  ///   ledger finds wrong; `StoreError`.
  public init(
    of path: String, store: ExperimentStore? = nil, price: Double? = nil, watts: Double? = nil
  ) throws {
    let place = try ModelCatalog.standard.place(of: path)
    let (model, road) = (try ModelLoader.open(path), try Ledger.road(to: path))
    let known = try ModelEvaluation.known(of: model, at: place, road: road, store: store)
    try self.init(
      place: place, model: model, called: path, ledger: road, evaluations: known.evaluations,
      areOfOtherWeights: known.areOfOtherWeights, price: price, watts: watts)
  }

  private init(
    place: URL, model: StoredModel, called name: String, ledger: Ledger, evaluations: [ModelEvaluation],
    areOfOtherWeights: Bool, price: Double? = nil, watts: Double? = nil
  ) throws {
    try ledger.requireLicence(of: name)
    let configuration = try model.configuration()
    self.name = name
    parameters = configuration.parameterCount
    context = configuration.maximumPositions
    bytes = ModelCard.weightBytes(place)
    self.ledger = ledger
    self.evaluations = evaluations.map { $0.called(name, at: place) }
    self.areOfOtherWeights = areOfOtherWeights
    self.price = price
    self.watts = watts
    serving = [Serving(name: name, path: place.path, context: context)]
    let teachers = ledger.teachers
    let names = Dictionary(([name] + teachers.map(\.name)).map { ($0, 1) }, uniquingKeysWith: +)
    for teacher in teachers {
      let digest =
        (names[teacher.name] ?? 0) > 1 ? teacher.sha256.map { " (SHA-256 \($0.prefix(16))…)" } : nil
      let found = ModelCard.find(teacher)
      serving.append(
        Serving(
          name: teacher.name + (digest ?? ""), path: found?.path, context: found?.context,
          inputPrice: teacher.inputPrice, outputPrice: teacher.outputPrice))
    }
  }

  /// Where a teacher lies here; nil where its place is empty, or holds other weights than those that taught.
  private static func find(_ teacher: LedgerTeacher) -> (path: String, context: Int)? {
    let path = BundledFiles.path(teacher.name)
    guard let digest = teacher.sha256, let model = try? ModelLoader.open(path),
      let configuration = try? model.configuration(), (try? model.weightsFingerprint()) == digest
    else { return nil }
    return (path, configuration.maximumPositions)
  }

  /// Writes what belongs beside the weights in `directory`: the ledger, the evaluations where there are some, the card.
  ///
  /// - Parameters:
  ///   - name: what the model will be called when `directory` has its final name.
  ///   - measure: may fill the card's table of serving.
  /// - Throws: as `init`; what `measure` throws.
  public static func writeAll(
    _ ledger: Ledger, _ evaluations: [ModelEvaluation], in directory: URL, called name: String,
    price: Double? = nil, watts: Double? = nil, measure: (inout ModelCard) throws -> Void = { _ in }
  ) throws {
    try ledger.write(to: directory)
    if !evaluations.isEmpty { try ModelEvaluation.write(evaluations, to: directory) }
    var card = try ModelCard(
      place: directory, model: StoredModel(opening: directory), called: name, ledger: ledger,
      evaluations: evaluations, areOfOtherWeights: ledger.endsWithExport, price: price, watts: watts)
    try measure(&card)
    try AtomicFile.write(card.markdown, to: directory.appendingPathComponent(CardFile.name))
  }

  /// Writes the card of an exported GGUF file, which carries its ledger, beside it.
  ///
  /// - Parameters:
  ///   - name: what a command calls the file.
  ///   - measure: may fill the card's table of serving.
  /// - Throws: as `init`; what `measure` throws.
  public static func write(
    besideGGUF file: URL, _ evaluations: [ModelEvaluation], called name: String, price: Double? = nil,
    watts: Double? = nil, measure: (inout ModelCard) throws -> Void = { _ in }
  ) throws {
    var card = try ModelCard(
      place: file, model: StoredModel(opening: file), called: name, ledger: Ledger.road(to: file.path),
      evaluations: evaluations, areOfOtherWeights: true, price: price, watts: watts)
    try measure(&card)
    try AtomicFile.write(card.markdown, to: CardFile.place(besideGGUF: file))
  }

  /// The licence of the weights.
  public var licence: DerivedLicence { ledger.licence }

  /// The most tokens of an answer: a prompt has one at least.
  static func maximumOutput(_ context: Int) -> Int { max(0, context - 1) }

  private static func weightBytes(_ place: URL) -> Int {
    let files = FileManager.default
    func size(_ path: String) -> Int { (try? files.attributesOfItem(atPath: path)[.size] as? Int) ?? 0 }
    let names = (try? files.contentsOfDirectory(atPath: place.path)) ?? []
    let weights = names.filter { $0.hasSuffix(".safetensors") }
    return place.hasDirectoryPath || !names.isEmpty
      ? weights.reduce(0) { $0 + size(place.appendingPathComponent($1).path) } : size(place.path)
  }
}
