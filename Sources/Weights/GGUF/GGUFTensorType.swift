import Kernels

/// How a tensor's elements lie in a GGUF file: plain numbers, or blocks of quantized ones along a row.
///
/// The raw values are the format's (ggml, `ggml_type`).
public enum GGUFTensorType: UInt32, Sendable, CaseIterable {
  case f32 = 0
  case f16 = 1
  case q4_0 = 2
  case q4_1 = 3
  case q5_0 = 6
  case q5_1 = 7
  case q8_0 = 8
  case q2K = 10
  case q3K = 11
  case q4K = 12
  case q5K = 13
  case q6K = 14
  case bf16 = 30

  /// The format's own name: `Q4_K`.
  public var name: String {
    switch self {
    case .f32: "F32"
    case .f16: "F16"
    case .bf16: "BF16"
    case .q4_0: "Q4_0"
    case .q4_1: "Q4_1"
    case .q5_0: "Q5_0"
    case .q5_1: "Q5_1"
    case .q8_0: "Q8_0"
    case .q2K: "Q2_K"
    case .q3K: "Q3_K"
    case .q4K: "Q4_K"
    case .q5K: "Q5_K"
    case .q6K: "Q6_K"
    }
  }

  /// How the elements lie.
  public var layout: StoredLayout {
    switch self {
    case .f32: .plain(.f32)
    case .f16: .plain(.f16)
    case .bf16: .plain(.bf16)
    case .q4_0: .blocks(.q4_0)
    case .q4_1: .blocks(.q4_1)
    case .q5_0: .blocks(.q5_0)
    case .q5_1: .blocks(.q5_1)
    case .q8_0: .blocks(.q8_0)
    case .q2K: .blocks(.q2K)
    case .q3K: .blocks(.q3K)
    case .q4K: .blocks(.q4K)
    case .q5K: .blocks(.q5K)
    case .q6K: .blocks(.q6K)
    }
  }

  /// Elements of a block, 1 for plain numbers; a row is a whole number of blocks.
  public var blockSize: Int { layout.blockSize }
  public var bytesPerBlock: Int { layout.bytesPerBlock }
}
