import Kernels

/// Machines, lines and parts of an invented factory; they never decide an answer.
enum ManufacturingNames {
  /// "press 4", "4호 프레스".
  static func machine(using random: inout SeededRandom) -> Localized {
    let kind = random.pick(machines)
    let number = random.int(in: 1...9)
    return Localized(en: "\(kind.en) \(number)", ko: "\(number)호 \(kind.ko)")
  }

  /// "no. 3 pump line", "펌프 3라인".
  static func line(using random: inout SeededRandom) -> Localized {
    let product = random.pick(products)
    let number = random.int(in: 1...9)
    return Localized(en: "no. \(number) \(product.en) line", ko: "\(product.ko) \(number)라인")
  }

  /// "station 14", "14번 공정".
  static func station(using random: inout SeededRandom) -> Localized {
    let number = random.int(in: 1...60)
    return Localized(en: "station \(number)", ko: "\(number)번 공정")
  }

  static let parts: [Localized] = Localized.pairs(
    [
      "gears", "brackets", "valves", "shafts", "bearings", "housings", "springs", "gaskets", "rotors",
      "pistons",
    ],
    ["기어", "브래킷", "밸브", "축", "베어링", "하우징", "스프링", "가스켓", "로터", "피스톤"])

  private static let machines: [Localized] = Localized.pairs(
    ["press", "lathe", "mill", "grinder", "welder", "cutter", "mixer", "filler"],
    ["프레스", "선반", "밀링기", "연삭기", "용접기", "절단기", "혼합기", "충전기"])

  private static let products: [Localized] = Localized.pairs(
    ["pump", "motor", "door", "lamp", "seat", "fan", "valve", "battery"],
    ["펌프", "모터", "도어", "램프", "시트", "팬", "밸브", "배터리"])
}

/// Texts of a family in both languages.
enum ManufacturingText {
  /// Paragraphs set apart by empty lines.
  static func phrasings(en: String, ko: String) -> [Language: [Phrasing]] {
    [.en: Phrasing.list(en), .ko: Phrasing.list(ko)]
  }

  /// One sentence a line.
  static func statements(en: String, ko: String) -> [Language: [String]] {
    [.en: en.split(separator: "\n").map(String.init), .ko: ko.split(separator: "\n").map(String.init)]
  }
}
