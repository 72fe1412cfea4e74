/// A matrix in the bytes of a file, of which rows are read as floats when they are asked for.
public struct StoredTable: Sendable {
  public let rows: Int
  public let columns: Int
  private let bytes: [UInt8]
  private let layout: StoredLayout

  /// - Parameter bytes: [rows, columns] in whole blocks of `layout`.
  public init(_ bytes: [UInt8], _ layout: StoredLayout, columns: Int) {
    let row = max(1, columns / layout.blockSize * layout.bytesPerBlock)
    precondition(bytes.count.isMultiple(of: row), "StoredTable: the bytes are no whole rows")
    rows = bytes.count / row
    self.bytes = bytes
    self.columns = columns
    self.layout = layout
  }

  /// A matrix of floats, [rows, columns].
  public init(_ values: Buffer, columns: Int) {
    self.init(values.bytes(as: .f32), .plain(.f32), columns: columns)
  }

  /// What it takes in memory.
  public var byteCount: Int { bytes.count }

  private var bytesPerRow: Int { columns / layout.blockSize * layout.bytesPerBlock }

  /// - Returns: [range, columns]
  public func values(_ range: Range<Int>) -> Buffer {
    let bytes = bytes.span.bytes.extracting(range.lowerBound * bytesPerRow..<range.upperBound * bytesPerRow)
    return Buffer(bytes, layout)
  }

  /// The rows that `ids` names.
  ///
  /// - Returns: [ids, columns]
  public func gather(_ ids: [Int32]) -> Buffer {
    let y = Buffer.uninitialized(ids.count * columns)
    for (index, id) in ids.enumerated() {
      precondition(id >= 0 && Int(id) < rows, "gather: an id is beyond the table")
      y.replace(from: index * columns, with: values(Int(id)..<Int(id) + 1))
    }
    return y
  }

  /// Whether both hold the same numbers, in whatever type each is stored.
  public func equals(_ other: StoredTable) -> Bool {
    rows == other.rows && columns == other.columns
      && PackedMatrix.parts(of: rows).allSatisfy { values($0).array() == other.values($0).array() }
  }

  /// Whether every number is one; read in turn, so that the floats are not in memory at once.
  public var isFinite: Bool {
    PackedMatrix.parts(of: rows).allSatisfy { Kernels.allFinite(values($0)) }
  }
}
