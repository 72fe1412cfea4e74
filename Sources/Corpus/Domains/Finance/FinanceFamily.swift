/// The families of the finance domain. A new one: its file, and its case here.
enum FinanceFamily: String, CaseIterable, Sendable {
  case simpleInterest, debtRatio, portfolioReturn, importCost, breakEven, tableQuestion,
    compoundGrowth

  var family: any ProblemFamily {
    switch self {
    case .simpleInterest: SimpleInterest()
    case .debtRatio: DebtRatio()
    case .portfolioReturn: PortfolioReturn()
    case .importCost: ImportCost()
    case .breakEven: BreakEven()
    case .tableQuestion: TableQuestion()
    case .compoundGrowth: CompoundGrowth()
    }
  }
}
