/// The families of the manufacturing domain. A new one: its file, and its case here.
enum ManufacturingFamily: String, CaseIterable, Sendable {
  case equipmentEffectiveness
  case taktTime
  case scrapCost
  case processCapability
  case failureDiagnosis
  case dimensionInspection

  var family: any ProblemFamily {
    switch self {
    case .equipmentEffectiveness: EquipmentEffectiveness()
    case .taktTime: TaktTime()
    case .scrapCost: ScrapCost()
    case .processCapability: ProcessCapability()
    case .failureDiagnosis: FailureDiagnosis()
    case .dimensionInspection: DimensionInspection()
    }
  }
}
