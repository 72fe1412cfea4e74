/// A licence as a source of data or a model states it.
///
/// The table below is a bookkeeping aid and no legal advice: it knows the common licences by their names and the four
/// questions that decide here what may be made of them, and nothing of their texts, of the rights behind a source or of
/// the law of a country.
public struct Licence: Sendable, Equatable {
  /// What a licence asks of works that are made from the licensed one.
  public enum Family: String, Sendable, CaseIterable {
    /// At most that its source is named.
    case permissive
    /// The same licence for what is made from it.
    case shareAlike = "share_alike"
    /// No commercial use.
    case nonCommercial = "non_commercial"
    /// Both.
    case nonCommercialShareAlike = "non_commercial_share_alike"
    /// Nothing may be made from it.
    case noDerivatives = "no_derivatives"
    /// Not in the table, or not stated.
    case unknown
  }

  /// The SPDX identifier, without a version where none is stated; the stated text where the licence is unknown.
  public let name: String
  public let family: Family
  /// Licences of one group are versions of one licence, and the later one may take the place of the earlier.
  let group: String
  let version: String
  /// Whether who passes on what is made from it has to name the source.
  public let asksForAttribution: Bool

  private init(
    _ group: String, _ family: Family, version: String = "", asksForAttribution: Bool = true
  ) {
    name = version.isEmpty ? group : "\(group)-\(version)"
    self.group = group
    self.version = version
    self.family = family
    self.asksForAttribution = asksForAttribution
  }

  private init(unknown text: String) {
    name = text
    family = .unknown
    group = ""
    version = ""
    asksForAttribution = true
  }

  /// Finds the licence that a person or a file calls `text`; nil and what is not in the table are unknown.
  public init(_ text: String?) {
    let key = Licence.key(text ?? "")
    self = Licence.table[Licence.otherNames[key] ?? key] ?? Licence(unknown: text ?? "not stated")
  }

  /// What a record states, or, where it states none, what is said of all of them.
  package static func stated(_ own: String?, else common: String?) -> String? {
    isUnstated(own) ? common : own
  }

  /// Whether `text` states no licence: nothing, or the word for it.
  static func isUnstated(_ text: String?) -> Bool {
    ["", "unknown", "none", "null", "other"].contains(key(text ?? ""))
  }

  static let apache = Licence("Apache", .permissive, version: "2.0")

  /// Of a teacher whose own sources conflict: nothing that learns from it can be passed on.
  static let conflicting = Licence("conflicting", .noDerivatives)

  private static let table: [String: Licence] = {
    var licences = [
      apache, conflicting, Licence("MIT", .permissive), Licence("BSD-2-Clause", .permissive),
      Licence("BSD-3-Clause", .permissive), Licence("ISC", .permissive),
      Licence("Unicode", .permissive, version: "3.0"),
      Licence("PDDL", .permissive, version: "1.0", asksForAttribution: false),
      Licence("CC0", .permissive, version: "1.0", asksForAttribution: false),
      Licence("Unlicense", .permissive, asksForAttribution: false),
      Licence("public-domain", .permissive, asksForAttribution: false),
      Licence("ODC-By", .permissive, version: "1.0"), Licence("ODbL", .shareAlike, version: "1.0"),
      Licence("GPL", .shareAlike, version: "3.0"), Licence("GPL", .shareAlike),
      Licence("GPL-2.0-only", .shareAlike), Licence("AGPL", .shareAlike, version: "3.0"),
    ]
    for version in ["", "2.0", "2.5", "3.0", "4.0"] {
      licences += [
        Licence("CC-BY", .permissive, version: version), Licence("CC-BY-SA", .shareAlike, version: version),
        Licence("CC-BY-NC", .nonCommercial, version: version),
        Licence("CC-BY-NC-SA", .nonCommercialShareAlike, version: version),
        Licence("CC-BY-ND", .noDerivatives, version: version),
        Licence("CC-BY-NC-ND", .noDerivatives, version: version),
      ]
    }
    return Dictionary(uniqueKeysWithValues: licences.map { (key($0.name), $0) })
  }()

  /// Names that are not the identifier written otherwise.
  private static let otherNames = [
    "apache": "apache-2.0", "apache-2": "apache-2.0", "bsd": "bsd-3-clause", "bsd-2": "bsd-2-clause",
    "bsd-3": "bsd-3-clause", "cc0": "cc0-1.0", "cc-0": "cc0-1.0", "cc-0-1.0": "cc0-1.0",
    "cc-zero-1.0": "cc0-1.0", "the-unlicense": "unlicense", "gpl-3.0-only": "gpl-3.0",
    "gpl-3.0-or-later": "gpl-3.0", "gplv3": "gpl-3.0", "gpl-2.0": "gpl-2.0-only", "gplv2": "gpl-2.0-only",
    "agpl-3.0-only": "agpl-3.0", "agpl-3.0-or-later": "agpl-3.0", "agplv3": "agpl-3.0", "odbl": "odbl-1.0",
    "unicode-v3": "unicode-3.0",
    "creative-commons-attribution-4.0": "cc-by-4.0", "creative-commons-zero-1.0": "cc0-1.0",
    "creative-commons-attribution-sharealike-3.0": "cc-by-sa-3.0",
    "creative-commons-attribution-sharealike-4.0": "cc-by-sa-4.0",
  ]

  /// One spelling for many: `CC BY-SA 4.0 International`, `cc_by_sa-4.0` and `CC-BY-SA-4.0` are one.
  private static func key(_ text: String) -> String {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ".") }.map(String.init)
    let fillers: Set<String> = ["license", "licence", "international", "version", "the", "unported"]
    let kept = words.filter { !fillers.contains($0) }
    return (kept.isEmpty ? words : kept).joined(separator: "-")
  }
}
