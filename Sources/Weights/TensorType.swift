import Kernels

/// How a tensor's elements are stored in a safetensors file, by the format's own names.
public enum TensorType: String, Sendable, CaseIterable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case boolean = "BOOL"

  /// Bytes per element.
  public var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .boolean: 1
    }
  }

  /// The type as kernels read it; nil for those that they do not.
  var stored: StoredType? {
    switch self {
    case .float32: .f32
    case .float16: .f16
    case .bfloat16: .bf16
    default: nil
    }
  }

  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    case .int64, .int32, .int16, .int8, .uint64, .uint32, .uint16, .uint8, .boolean: false
    }
  }
}

/// What a file says about one tensor: its type, its shape, and where its bytes lie behind the header.
public struct TensorEntry: Sendable, Equatable {
  public let name: String
  public let type: TensorType
  public let shape: [Int]
  /// Bytes counted from the end of the header.
  public let range: Range<Int>

  public var elementCount: Int { range.count / type.size }

  public init(name: String, type: TensorType, shape: [Int], range: Range<Int>) {
    self.name = name
    self.type = type
    self.shape = shape
    self.range = range
  }
}
