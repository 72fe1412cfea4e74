/// The languages in which every generated problem can be asked.
public enum Language: String, CaseIterable, Codable, Sendable {
  case en, ko
}

/// A text in both languages.
public struct Localized: Hashable, Sendable {
  public let en: String
  public let ko: String

  public init(en: String, ko: String) {
    self.en = en
    self.ko = ko
  }

  /// The same text in both languages: a number, a date, a letter.
  public init(_ both: some CustomStringConvertible) {
    en = both.description
    ko = both.description
  }

  /// The texts of two lists of one length, side by side.
  static func pairs(_ en: [String], _ ko: [String]) -> [Localized] {
    precondition(en.count == ko.count, "\(en.count) English texts, \(ko.count) Korean ones")
    return zip(en, ko).map { Localized(en: $0, ko: $1) }
  }

  public subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .ko: ko
    }
  }
}
