/// What the user states of the machine, for the ledger; nothing is guessed.
public struct LedgerSettings: Sendable, Equatable {
  /// Of one core for an hour, in any currency; without it the ledger names no cost.
  public var coreHourPrice: Double?
  /// What the machine draws while it works; without it the ledger names no energy.
  public var watts: Double?
  public init() {}
}

extension LedgerSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("core_hour_price", &coreHourPrice)
    fields.field("watts", &watts)
    fields.require((0...1e9).contains(coreHourPrice ?? 0), "core_hour_price", expected: "from 0 to 1e9")
    fields.require((0...1e9).contains(watts ?? 0), "watts", expected: "from 0 to 1e9")
  }
}
