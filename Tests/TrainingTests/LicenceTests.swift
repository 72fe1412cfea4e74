import Testing
import Training

/// What may be passed on, over licences with known answers.
@Suite struct LicenceTests {
  @Test(arguments: [
    ("Apache-2.0", "Apache-2.0", Licence.Family.permissive), ("apache 2.0", "Apache-2.0", .permissive),
    ("Apache License, Version 2.0", "Apache-2.0", .permissive), ("MIT License", "MIT", .permissive),
    ("mit", "MIT", .permissive), ("CC BY 4.0", "CC-BY-4.0", .permissive),
    ("cc-by-4.0", "CC-BY-4.0", .permissive), ("CC0", "CC0-1.0", .permissive),
    ("BSD-3-Clause", "BSD-3-Clause", .permissive), ("CC BY-SA 3.0", "CC-BY-SA-3.0", .shareAlike),
    ("CC_BY-SA 4.0 International", "CC-BY-SA-4.0", .shareAlike),
    ("CC-BY-NC-4.0", "CC-BY-NC-4.0", .nonCommercial),
    ("CC BY-NC-SA 4.0", "CC-BY-NC-SA-4.0", .nonCommercialShareAlike),
    ("CC BY-ND 4.0", "CC-BY-ND-4.0", .noDerivatives), ("CC BY-NC", "CC-BY-NC", .nonCommercial),
    ("cc-by-nd", "CC-BY-ND", .noDerivatives), ("GPL-2.0", "GPL-2.0-only", .shareAlike),
    ("AGPL-3.0-or-later", "AGPL-3.0", .shareAlike), ("proprietary", "proprietary", .unknown),
    ("CC BY 9.0", "CC BY 9.0", .unknown), ("", "", .unknown),
  ])
  func aStatedLicenceIsFoundByItsNames(text: String, name: String, family: Licence.Family) {
    #expect(Licence(text).name == name && Licence(text).family == family)
  }

  @Test func whatLearnsFromATeacherOfConflictingSourcesConflicts() {
    guard case .conflicting = Self.derived(["conflicting", "MIT"]) else {
      Issue.record("no conflict")
      return
    }
  }

  @Test func nothingStatedIsUnknown() { #expect(Licence(nil).family == .unknown) }

  private static func derived(_ licences: [String?]) -> DerivedLicence {
    DerivedLicence(licences.enumerated().map { DerivedLicence.Source("source \($0)", $1) })
  }

  @Test(
    arguments: [
      ([], "Apache-2.0"), (["Apache-2.0"], "Apache-2.0"), (["MIT", "CC-BY-4.0", "CC0-1.0"], "Apache-2.0"),
      (["CC-BY-SA-4.0"], "CC-BY-SA-4.0"), (["Apache-2.0", "CC BY-SA 3.0", "MIT"], "CC-BY-SA-3.0"),
      // Version 3.0 lets what is made from it go on under a later version.
      (["CC-BY-SA-4.0", "CC-BY-SA-3.0"], "CC-BY-SA-4.0"), (["MIT", "CC-BY-NC-4.0"], "CC-BY-NC-4.0"),
      (["CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"], "CC-BY-NC-SA-4.0"),
      (["CC BY-SA", "CC-BY-SA-3.0"], "CC-BY-SA-3.0"),
    ] as [([String], String)])
  func whatFitsTogetherGivesOneLicence(sources: [String], name: String) {
    guard case .licensed(let found, _) = Self.derived(sources) else {
      Issue.record("\(sources) gives \(Self.derived(sources))")
      return
    }
    #expect(found == name)
  }

  @Test(
    arguments: [
      (["CC-BY-SA-4.0", "GPL-3.0"], 0, 1), (["MIT", "ODbL-1.0", "CC-BY-SA-3.0"], 1, 2),
      (["CC-BY-NC-4.0", "CC-BY-SA-4.0"], 1, 0), (["CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"], 0, 1),
      (["CC-BY-SA-4.0", "CC BY-NC"], 0, 1), (["CC-BY-SA-4.0", "AGPL-3.0"], 0, 1),
      (["GPL-2.0", "GPL-3.0"], 0, 1),
      // A known conflict stays one beside an unknown licence.
      (["unknown", "CC-BY-NC-3.0", "CC-BY-SA-3.0"], 2, 1),
    ] as [([String], Int, Int)])
  func whatDoesNotFitIsAConflictOfTwo(sources: [String], first: Int, second: Int) {
    guard case .conflicting(let a, let b) = Self.derived(sources) else {
      Issue.record("\(sources) gives \(Self.derived(sources))")
      return
    }
    #expect(a.hasPrefix("source \(first) (") && b.hasPrefix("source \(second) ("), "\(a), \(b)")
  }

  @Test func noDerivativesConflictsByItself() {
    guard case .conflicting(let first, _) = Self.derived(["MIT", "CC-BY-ND-4.0"]) else {
      Issue.record("no conflict")
      return
    }
    #expect(first == "source 1 (CC-BY-ND-4.0)")
  }

  @Test func unknownSourcesAreNamed() {
    #expect(
      Self.derived(["MIT", nil, "CC-BY-SA-4.0", "house rules", nil])
        == .unknown(sources: ["source 1", "source 3", "source 4"]))
  }

  @Test func onlySourcesThatAskForItAreToBeNamed() {
    #expect(
      Self.derived(["CC0-1.0", "MIT", "public domain", "CC BY 4.0"])
        == .licensed("Apache-2.0", attributions: ["source 1 (MIT)", "source 3 (CC-BY-4.0)"]))
  }

  /// A teacher's own sources are named with the student too, though the teacher's weights are Apache-2.0.
  @Test func whatATeacherHasToNameItsStudentsName() {
    var teacher = LedgerTeacher(name: "teacher")
    teacher.licence = "Apache-2.0"
    teacher.attributions = ["records (CC-BY-4.0)"]
    var stage = LedgerStage(name: "student", method: "logit_distillation")
    stage.teachers = [teacher]
    guard case .licensed(_, let named) = Ledger([stage]).licence else {
      Issue.record("a licence")
      return
    }
    #expect(named.contains("records (CC-BY-4.0)"), "\(named)")
  }
}
