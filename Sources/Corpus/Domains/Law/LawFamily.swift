/// The families of the law domain.
enum LawFamily: String, CaseIterable, Sendable {
  case placeholder

  var family: any ProblemFamily { SimpleInterest() }
}
