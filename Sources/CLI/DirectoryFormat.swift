import ArgumentParser
import Weights

/// The formats of weights in a model's directory.
enum DirectoryFormat: String, CaseIterable, ExpressibleByArgument {
  case f32, f16, bf16

  var tensorType: TensorType {
    switch self {
    case .f32: .float32
    case .f16: .float16
    case .bf16: .bfloat16
    }
  }
}
