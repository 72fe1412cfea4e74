/// The licence of weights that were trained on, or made from, several licensed sources.
///
/// A bookkeeping aid and no legal advice: whether weights are a work made from their data at all is an open question,
/// and the rule here assumes it. Permissive sources alone give Apache-2.0 with the sources named; one share-alike
/// licence, or one that forbids commercial use, is passed on (its latest version among the sources); two that cannot
/// both be passed on are a conflict. Where one licence may be relicensed to another kind (CC-BY-SA-4.0 to GPL-3.0), this
/// table does not: a person has to decide that.
public enum DerivedLicence: Sendable, Equatable {
  case licensed(String, attributions: [String])
  /// Sources whose licence is not known.
  case unknown(sources: [String])
  case conflicting(first: String, second: String)

  /// A source's name, and its licence as it is stated.
  public struct Source: Sendable, Equatable {
    public var name: String
    public var licence: String?
    /// Whether this program made it: nobody else is to be named.
    public var isOwn: Bool
    /// What is to be named beside it: sources of a teacher.
    public var attributions: [String]
    public init(_ name: String, _ licence: String?, isOwn: Bool = false, attributions: [String] = []) {
      self.name = name
      self.licence = licence
      self.isOwn = isOwn
      self.attributions = attributions
    }
  }

  public init(_ sources: [Source]) {
    let all = sources.map { (source: $0, licence: Licence($0.licence)) }
    func label(_ entry: (source: Source, licence: Licence)) -> String {
      "\(entry.source.name) (\(entry.licence.name))"
    }
    func of(_ families: Licence.Family...) -> [(source: Source, licence: Licence)] {
      all.filter { families.contains($0.licence.family) }
    }
    if let closed = of(.noDerivatives).first {
      self = .conflicting(first: label(closed), second: "weights made from it")
      return
    }
    let shared = of(.shareAlike, .nonCommercialShareAlike)
    if let first = shared.first, let other = shared.first(where: { $0.licence.group != first.licence.group })
    {
      self = .conflicting(first: label(first), second: label(other))
      return
    }
    // A share-alike licence that allows commercial use has to be passed on as it is, and the others forbid that use.
    if let first = of(.shareAlike).first, let other = of(.nonCommercial).first {
      self = .conflicting(first: label(first), second: label(other))
      return
    }
    let unknown = of(.unknown)
    guard unknown.isEmpty else {
      self = .unknown(sources: DerivedLicence.unique(unknown.map(\.source.name)))
      return
    }
    let binding = shared.isEmpty ? of(.nonCommercial) : shared
    let latest = binding.max { $0.licence.version < $1.licence.version }?.licence ?? .apache
    self = .licensed(
      latest.name,
      attributions: DerivedLicence.unique(
        all.flatMap { entry in
          (entry.licence.asksForAttribution && !entry.source.isOwn ? [label(entry)] : [])
            + entry.source.attributions
        }))
  }

  /// What a card says: the identifier, `unknown`, or `none` where there is no licence that fits.
  public var name: String {
    switch self {
    case .licensed(let name, _): name
    case .unknown: "unknown"
    case .conflicting: "none"
    }
  }

  /// In the order in which they first occur.
  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

extension Ledger {
  /// Refuses weights that nobody may pass on.
  ///
  /// - Parameter model: what a command calls it.
  /// - Throws: `TrainingError.licencesConflict`.
  package func requireLicence(of model: String) throws {
    guard case .conflicting(let first, let second) = licence else { return }
    throw TrainingError.licencesConflict(model: model, first: first, second: second)
  }
}
