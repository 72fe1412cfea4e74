/// Invented names of programmes, courses, notices, offices and uses; none of them decides an amount.
enum PublicNames {
  static let programmes = Localized.pairs(
    ["housing aid", "heating aid", "study aid", "travel aid", "care aid", "job aid", "meal aid", "rent aid"],
    ["주거 지원금", "난방 지원금", "학업 지원금", "교통 지원금", "돌봄 지원금", "취업 지원금", "급식 지원금", "월세 지원금"])

  static let courses = Localized.pairs(
    [
      "swimming course", "summer camp", "dance course", "music course", "boat course", "language course",
      "first-aid course", "cooking course",
    ],
    ["수영 강좌", "여름 캠프", "무용 강좌", "음악 강좌", "조정 강좌", "외국어 강좌", "응급 처치 강좌", "요리 강좌"])

  static let notices = Localized.pairs(
    ["tax notice", "parking notice", "permit notice", "water notice", "school notice", "benefit notice"],
    ["세금 통지서", "주차 통지서", "허가 통지서", "수도 통지서", "입학 통지서", "급여 통지서"])

  static let topics = Localized.pairs(
    [
      "housing", "tax", "transport", "school", "health", "waste", "building", "parking", "trade", "water",
      "culture", "sport",
    ],
    ["주택", "세무", "교통", "교육", "보건", "폐기물", "건축", "주차", "영업", "수도", "문화", "체육"])

  static let offices = Localized.pairs(
    [
      "Harbor Office", "Hill Office", "River Office", "Garden Office", "Market Office", "Bridge Office",
      "Tower Office", "Forest Office",
    ],
    ["항구 민원실", "언덕 민원실", "강변 민원실", "정원 민원실", "시장 민원실", "다리 민원실", "탑 민원실", "숲 민원실"])

  static let forms = Localized.pairs(
    [
      "red form", "blue form", "green form", "white form", "yellow form", "pink form", "brown form",
      "black form",
    ],
    ["빨간 서식", "파란 서식", "초록 서식", "하얀 서식", "노란 서식", "분홍 서식", "갈색 서식", "검은 서식"])

  static let uses = Localized.pairs(
    [
      "food stall", "film crew", "moving van", "street concert", "crane", "flea market", "book stand",
      "charity run",
    ],
    ["음식 가판대", "영화 촬영", "이사 차량", "거리 공연", "공사 크레인", "벼룩시장", "책 가판대", "자선 달리기"])

  static let areas = Localized.pairs(
    ["harbor area", "station area", "market area", "river area", "park area", "castle area"],
    ["항구 구역", "역전 구역", "시장 구역", "강변 구역", "공원 구역", "성곽 구역"])

  /// Monday first.
  static let weekdays = Localized.pairs(
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["월", "화", "수", "목", "금", "토", "일"])

  /// "62 dollars", "62만 원": the same number in both languages, in amounts usual for each.
  static func money(_ amount: Number) -> Localized {
    Localized(en: "\(amount) dollars", ko: "\(amount)만 원")
  }
}

/// Steps that grow line by line in both languages.
struct StepList {
  private var en: [String] = []
  private var ko: [String] = []

  mutating func add(_ both: String) { add(both, both) }

  mutating func add(_ english: String, _ korean: String) {
    en.append(english)
    ko.append(korean)
  }

  var text: Localized { Localized(en: en.joined(separator: "\n"), ko: ko.joined(separator: "\n")) }
}
