/// Names, goods and units of the finance domain; all firms are invented.
enum FinanceNames {
  static let firms = Localized.pairs(
    [
      "Orvane Foods", "Tellmar Paper", "Pinvale Tools", "Lumora Glass", "Karsten Mills", "Dovelle Textiles",
      "Branmoor Logistics", "Solvane Pharma", "Quillo Toys", "Westerby Motors",
    ],
    [
      "오르베인식품", "텔마르제지", "핀베일공구", "루모라유리", "카르스텐제분", "도벨섬유", "브란무어물류",
      "솔베인제약", "퀼로완구", "웨스터비모터스",
    ])

  /// Machines of tens to hundreds of dollars that Korean counts in 대.
  static let goods = Localized.pairs(
    ["printer", "drill", "heater", "fan", "toaster", "blender", "router", "speaker", "pump", "scanner"],
    ["프린터", "드릴", "난로", "선풍기", "토스터", "믹서기", "공유기", "스피커", "펌프", "스캐너"])

  /// An amount that English states in dollars and Korean in units of 10,000 won.
  static func money(_ amount: Number) -> Localized { Localized(en: "$\(amount)", ko: "\(amount)만 원") }

  /// An amount of a firm's books: millions of dollars, or units of 100 million won.
  static func millions(_ amount: Number) -> Localized {
    Localized(en: "$\(amount) million", ko: "\(amount)억 원")
  }

  static func percent(_ percent: Int) -> Localized { Localized("\(percent)%") }
}
