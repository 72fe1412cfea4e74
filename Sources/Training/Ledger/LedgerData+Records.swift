import Corpus

extension LedgerData {
  /// The records of one file or folder, a row for each licence that they state.
  ///
  /// - Parameter license: of records that state none.
  static func rows(of records: [Record], named name: String, license: String?) -> [LedgerData] {
    var rows: [LedgerData] = []
    for record in records {
      let licence = Licence.isUnstated(record.licence) ? license : record.licence
      let index = rows.firstIndex { $0.licence == licence && $0.teacherLicence == record.teacherLicence }
      if let index {
        rows[index].records = (rows[index].records ?? 0) + 1
      } else {
        rows.append(
          LedgerData(name: name, records: 1, licence: licence, teacherLicence: record.teacherLicence))
      }
    }
    return rows.isEmpty ? [LedgerData(name: name, records: 0, licence: license)] : rows
  }
}
