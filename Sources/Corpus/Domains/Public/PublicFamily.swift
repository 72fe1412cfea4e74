/// The families of the public-sector domain. A new one: its file, and its case here.
enum PublicFamily: String, CaseIterable, Sendable {
  case benefitEligibility
  case feeReduction
  case workingDayDeadline
  case benefitTable
  case officeChoice
  case rulePrecedence

  var family: any ProblemFamily {
    switch self {
    case .benefitEligibility: BenefitEligibility()
    case .feeReduction: FeeReduction()
    case .workingDayDeadline: WorkingDayDeadline()
    case .benefitTable: BenefitTable()
    case .officeChoice: OfficeChoice()
    case .rulePrecedence: RulePrecedence()
    }
  }
}
