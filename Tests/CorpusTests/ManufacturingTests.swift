import Corpus
import Testing

/// Manufacturing answers against the textbook formulas, in floating point, from the given values alone.
@Suite struct ManufacturingTests {
  @Test(arguments: DomainName.manufacturing.families.map(\.name))
  func answersFollowFromTheGivens(_ name: String) throws {
    try FamilyDraws.expectAnswers(name, of: .manufacturing, follow: Self.expected)
  }

  /// A capability index has about fifteen values, and one worker is missing more often than twenty.
  @Test func commonestAnswerIsRarelyRight() {
    FamilyDraws.expectCommonestAnswerRarelyRight(.manufacturing, margin: 0.14)
  }

  /// An effectiveness multiplies three rates in percent.
  @Test func stepsUseSmallNumbers() { FamilyDraws.expectSmallNumbers(.manufacturing, decimals: 4) }

  /// The answer's text from the given values.
  private static func expected(_ name: String, _ level: Int, _ scenario: Scenario) -> String? {
    let values = FamilyDraws.numbers(scenario)
    switch name {
    case "equipment_effectiveness":
      return "\(effectiveness(level, values, asksQuality: scenario.givens.contains("quality")))"
    case "takt_time": return "\(takt(level, values))"
    case "scrap_cost": return "\(scrap(level, values, asksGood: scenario.givens.contains("good")))"
    case "process_capability": return "\(capability(level, values))"
    case "failure_diagnosis": return diagnosis(level, values, scenario)
    case "dimension_inspection": return inspection(level, values)
    default: return nil
    }
  }

  private static func effectiveness(_ level: Int, _ g: [Double], asksQuality: Bool) -> Double {
    let availability = (g[0] - g[1]) / g[0] * 100
    func quality(_ output: Double, _ defects: Double) -> Double { (output - defects) / output * 100 }
    switch level {
    case 1: return asksQuality ? quality(g[2], g[3]) : availability
    case 2: return availability * g[2] / 100
    case 3: return availability * g[2] * g[3] / 10_000
    case 4: return availability * g[2] * quality(g[3], g[4]) / 10_000
    default: return availability * (g[3] / g[2] * 100) * quality(g[3], g[4]) / 10_000
    }
  }

  private static func takt(_ level: Int, _ g: [Double]) -> Double {
    let takt = (g[0] - g[1]) * g[2] / g[3]
    return level <= 2 ? takt : g[4] / takt - (level == 5 ? g[5] : 0)
  }

  private static func scrap(_ level: Int, _ g: [Double], asksGood: Bool) -> Double {
    let scrap = g[0] * g[1] / 100
    switch level {
    case 1: return asksGood ? g[0] - scrap : scrap
    case 2: return scrap * g[2]
    case 3: return g[0] - scrap - g[2]
    case 4: return scrap * (g[2] - g[3])
    default: return (scrap + g[2]) * (g[3] - g[4])
    }
  }

  private static func capability(_ level: Int, _ g: [Double]) -> Double {
    guard level > 1 else { return (g[0] - g[1]) / (6 * g[2]) }
    let mean = g[2] + (level >= 3 ? g[4] : 0)
    let sigma = g[3] - (level >= 4 ? g[5] : 0)
    let index = min(g[0] - mean, mean - g[1]) / (3 * sigma)
    return level == 5 ? g[6] - index : index
  }

  /// Reads the rules as they are printed; the first whose conditions all hold names the fault.
  private static func diagnosis(_ level: Int, _ g: [Double], _ scenario: Scenario) -> String? {
    let afterHeat = Array(g.dropFirst(level >= 4 ? 2 : 1))
    var readings = ["temperature": g[0], "vibration": afterHeat[0]]
    if level >= 4 { readings["rise"] = g[0] - g[1] }
    if level >= 2 { readings["pressure"] = afterHeat[1] }
    if level == 5 { readings["drop"] = afterHeat[2] - afterHeat[1] }
    let rules = (scenario.facts["rules"]?.en ?? "").split(separator: "; ")
    let condition = #/(?<name>[a-z]+)(?<sign>[<>])(?<bound>[\d.]+)/#
    let first = rules.first { rule in
      rule.matches(of: condition).allSatisfy { match in
        guard let value = readings[String(match.name)], let bound = Double(match.bound) else { return false }
        return match.sign == "<" ? value < bound - 1e-9 : value > bound + 1e-9
      }
    }
    guard let fault = first?.split(separator: ": ").last else { return nil }
    let option = (scenario.facts["options"]?.en ?? "").split(separator: "; ").first {
      $0.dropFirst(3) == fault
    }
    return option.map { String($0.prefix(1)) }
  }

  private static func inspection(_ level: Int, _ g: [Double]) -> String {
    var rest = g[...]
    let (first, second) = (rest.removeFirst(), rest.removeFirst())
    let (nominal, tolerance) = level == 1 ? ((first + second) / 2, (second - first) / 2) : (first, second)
    let reach = tolerance - (level == 3 || level == 5 ? rest.removeFirst() : 0)
    let isRight = abs(rest.removeFirst() - nominal) <= reach + 1e-9
    return isRight && (level < 4 || rest.removeFirst() <= rest.removeFirst()) ? "yes" : "no"
  }
}
