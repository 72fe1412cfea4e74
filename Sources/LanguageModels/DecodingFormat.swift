import Kernels

/// What a packed model multiplies activations by: in decoding, and as a teacher.
public enum DecodingFormat: String, CaseIterable, Sendable {
  case fp32
  /// bfloat16; activations are rounded to it too.
  case bf16
  /// ggml's blocks of 32 numbers of 8 bits with a scale; activations are rounded to 8 bits in such blocks.
  case q8_0
  /// Blocks of 32 numbers of 4 bits with a scale; activations as in `q8_0`.
  case q4_0

  public init(_ precision: Precision) {
    switch precision {
    case .fp32: self = .fp32
    case .bf16: self = .bf16
    }
  }

  /// What the key-value cache holds beside such weights unless told otherwise.
  var cachePrecision: CachePrecision { self == .fp32 ? .fp32 : .bf16 }

  private var blockType: BlockType? {
    switch self {
    case .fp32, .bf16: nil
    case .q8_0: .q8_0
    case .q4_0: .q4_0
    }
  }

  /// - Throws: `LanguageModelError.invalidSetting` when a row of the model's weights is no whole number of blocks.
  public func requireFit(_ configuration: ModelConfiguration) throws {
    guard blockType != nil else { return }
    let sizes = [configuration.hiddenSize, configuration.querySize, configuration.intermediateSize]
    guard let odd = sizes.first(where: { !$0.isMultiple(of: BlockType.columns) }) else { return }
    throw LanguageModelError.invalidSetting(
      name: "quantization \(rawValue)", expected: "rows of a multiple of \(BlockType.columns) weights",
      found: "\(odd)")
  }

  /// - Parameter values: some of the rows, [range, columns]; asked for in turn.
  func packed(rows: Int, columns: Int, values: (Range<Int>) -> Buffer) -> PackedMatrix {
    guard let blockType else {
      return PackedMatrix(
        rows: rows, columns: columns, precision: self == .fp32 ? .fp32 : .bf16, values: values)
    }
    return PackedMatrix(rows: rows, columns: columns, type: blockType) {
      Kernels.quantizedBlocks(values($0), type: blockType)
    }
  }
}
