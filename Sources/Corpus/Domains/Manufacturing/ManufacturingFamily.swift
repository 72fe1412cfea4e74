/// The families of the manufacturing domain.
enum ManufacturingFamily: String, CaseIterable, Sendable {
  case placeholder

  var family: any ProblemFamily { SimpleInterest() }
}
