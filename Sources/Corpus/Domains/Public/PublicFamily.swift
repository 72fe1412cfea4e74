/// The families of the public domain.
enum PublicFamily: String, CaseIterable, Sendable {
  case placeholder

  var family: any ProblemFamily { SimpleInterest() }
}
