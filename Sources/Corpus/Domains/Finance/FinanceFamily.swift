/// The families of the finance domain. A new one: its file, and its case here.
enum FinanceFamily: String, CaseIterable, Sendable {
  case simpleInterest

  var family: any ProblemFamily {
    switch self {
    case .simpleInterest: SimpleInterest()
    }
  }
}
