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

  public subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .ko: ko
    }
  }
}
