import ArgumentParser

/// What the user states of the machine, for the ledger of a run.
struct LedgerOptions: ParsableArguments {
  @Option(help: "What an hour of one core costs, in any currency; without it the ledger names no cost.")
  var coreHourPrice: Double?

  @Option(help: "What the machine draws while it works; without it the ledger names no energy.")
  var watts: Double?

  /// As overrides of the recipe, so that the stored recipe tells what was stated.
  var overrides: [String] {
    (coreHourPrice.map { ["ledger.core_hour_price=\($0)"] } ?? [])
      + (watts.map { ["ledger.watts=\($0)"] } ?? [])
  }
}

/// What stands for the price and the watts that a ledger's stages state.
struct PriceOptions: ParsableArguments {
  @Option(help: "What an hour of one core costs, in any currency.")
  var price: Double?

  @Option(help: "What the machine draws while it works.")
  var watts: Double?

  func validate() throws {
    for (name, value) in [("--price", price), ("--watts", watts)] where !(0...1e9).contains(value ?? 0) {
      throw ValidationError("\(name) must be from 0 to 1e9")
    }
  }
}
