/// The four trades. A new domain is a case here, a folder beside this file and its families' enum.
public enum DomainName: String, CaseIterable, Codable, Sendable {
  case manufacturing
  case publicSector = "public"
  case finance
  case law

  public var families: [any ProblemFamily] {
    switch self {
    case .manufacturing: ManufacturingFamily.allCases.map(\.family)
    case .publicSector: PublicFamily.allCases.map(\.family)
    case .finance: FinanceFamily.allCases.map(\.family)
    case .law: LawFamily.allCases.map(\.family)
    }
  }
}
