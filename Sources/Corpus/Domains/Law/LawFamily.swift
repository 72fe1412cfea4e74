/// The families of the law domain. A new one: its file, and its case here.
enum LawFamily: String, CaseIterable, Sendable {
  case limitationPeriod, noticePeriod, statutoryDamages, applicableArticle, liabilityException, fineTable

  var family: any ProblemFamily {
    switch self {
    case .limitationPeriod: LimitationPeriod()
    case .noticePeriod: NoticePeriod()
    case .statutoryDamages: StatutoryDamages()
    case .applicableArticle: ApplicableArticle()
    case .liabilityException: LiabilityException()
    case .fineTable: FineTable()
    }
  }
}
