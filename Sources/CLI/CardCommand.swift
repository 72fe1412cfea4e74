import ArgumentParser
import Experiments
import Files
import Foundation
import LanguageModels
import Training

/// `swiftlet card MODEL`: the model's card, from its ledger, its evaluations and a measurement.
struct CardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Write a model's card: size, data and licences, what it took, accuracy, speed and price.",
    discussion: """
      Example: swiftlet card runs/distill-finance/student --measure --price 0.03

      Writes CARD.md into the model's directory, of NAME.gguf NAME.CARD.md beside it; a card that a person keeps is never replaced. --json prints the same facts \
      instead. distill and export write a card by themselves. What nobody measured or recorded, the card says. The price \
      of serving is --price, else the one that the model's recipe stated (ledger.core_hour_price). A model that learnt \
      from sources whose licences conflict gets no card.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @OptionGroup var prices: PriceOptions

  @OptionGroup var measuring: MeasureOptions

  @Option(help: "The file to write; in the model's directory or beside its GGUF file by default.")
  var output: String?

  @OptionGroup var threads: ThreadOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    threads.apply()
    // Before anything is measured: the file may be one that must stay.
    guard let file = result.json && output == nil ? nil : try file() else { return try write(to: nil) }
    // A model's directory holds no files of ours but the model's: the lock lies beside it, and keeps out who would replace it.
    let isCard = file.lastPathComponent == CardFile.name
    try withOutputLocked(isCard ? file.deletingLastPathComponent().path : file.path) { try write(to: file) }
  }

  private func write(to file: URL?) throws {
    var card = try ModelCard(
      of: model, store: store.openKnown(), price: prices.price, watts: prices.watts)
    try measuring.fill(&card)
    if let file { try AtomicFile.write(card.markdown, to: file) }
    Terminal.printResult(result.json ? card.json.text() : file?.path ?? "")
  }

  private func file() throws -> URL {
    let place = try ModelCatalog.standard.place(of: model)
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory)
    guard let output else {
      guard exists else { throw LanguageModelError.noModel(path: place.path) }
      return try CardFile.requireOwn(
        isDirectory.boolValue
          ? place.appendingPathComponent(CardFile.name) : CardFile.place(besideGGUF: place))
    }
    return try CardFile.requireOwn(URL(fileURLWithPath: output))
  }
}
