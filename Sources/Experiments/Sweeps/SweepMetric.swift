/// What the combinations of a sweep are compared by.
public struct SweepMetric: Sendable, Equatable {
  public let name: String
  public let lowerIsBetter: Bool

  /// - Parameter lowerIsBetter: by the name when nil.
  public init(_ name: String, lowerIsBetter: Bool? = nil) {
    self.name = name
    self.lowerIsBetter = lowerIsBetter ?? SweepMetric.isCost(name)
  }

  /// Losses, distances to a teacher, perplexities, bits, times, lengths and what could not be read.
  private static func isCost(_ name: String) -> Bool {
    let word = name.split(separator: "/").last.map(String.init) ?? name
    if name.hasPrefix("distillation/") { return !word.hasSuffix("mass") && word != "one_to_one" }
    return ["loss", "perplexity", "bits_per_byte", "unparsed", "time", "length", "kl", "seconds"].contains {
      word.hasSuffix($0)
    }
  }
}
