import Corpus

extension LedgerData {
  /// The records of one file or folder, a row for each licence that they state.
  ///
  /// - Parameter license: of records that state none.
  package static func rows(of records: [Record], named name: String, license: String?) -> [LedgerData] {
    rows(stating: records.map { ($0.licence, $0.teacherLicence) }, named: name, license: license)
  }

  /// The texts of one file or folder, a row for each licence that they state.
  ///
  /// - Parameter license: of texts that state none.
  static func rows(of texts: [TextReader.Document], named name: String, license: String?) -> [LedgerData] {
    rows(stating: texts.map { ($0.licence, $0.teacherLicence) }, named: name, license: license)
  }

  private static func rows(
    stating stated: [(licence: String?, teacher: String?)], named name: String, license: String?
  ) -> [LedgerData] {
    var rows: [LedgerData] = []
    for (own, teacher) in stated {
      let licence = Licence.stated(own, else: license)
      if let index = rows.firstIndex(where: { $0.licence == licence && $0.teacherLicence == teacher }) {
        rows[index].records = (rows[index].records ?? 0) + 1
      } else {
        rows.append(LedgerData(name: name, records: 1, licence: licence, teacherLicence: teacher))
      }
    }
    return rows.isEmpty ? [LedgerData(name: name, records: 0, licence: license)] : rows
  }
}
