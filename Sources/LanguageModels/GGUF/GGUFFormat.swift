import Weights

/// Which type each tensor of a GGUF file has.
public enum GGUFFormat: Sendable, Equatable {
  /// One type for all matrices.
  case uniform(GGUFTensorType)
  /// llama.cpp's mixture Q4_K_M: Q4_K, with Q6_K for the output layer and, in half of the layers, for values and the
  /// feed-forward's way back.
  case q4KM

  /// The type of a matrix, by its name in the file. Rows that are no whole number of blocks get the next type of smaller
  /// blocks: Q5_0 for Q4_K, Q8_0 for Q6_K, F16 in the end. Norms and biases stay fp32.
  func type(of name: String, shape: [Int], layerCount: Int) -> GGUFTensorType {
    guard shape.count == 2 else { return .f32 }
    let wanted: GGUFTensorType
    switch self {
    case .uniform(let type): wanted = type
    case .q4KM:
      let isOutput = name == "output.weight" || name == "token_embd.weight"
      let needsMore = name.hasSuffix("attn_v.weight") || name.hasSuffix("ffn_down.weight")
      let layer = name.split(separator: ".").dropFirst().first.flatMap { Int($0) } ?? 0
      wanted = isOutput || (needsMore && Self.hasMoreBits(layer, of: layerCount)) ? .q6K : .q4K
    }
    if shape[1] % wanted.blockSize == 0 { return wanted }
    let smaller: GGUFTensorType = wanted == .q4K ? .q5_0 : wanted == .q6K ? .q8_0 : .f16
    return shape[1] % smaller.blockSize == 0 ? smaller : .f16
  }

  /// The first and the last eighth of the layers, and every third between.
  private static func hasMoreBits(_ layer: Int, of count: Int) -> Bool {
    layer < count / 8 || layer >= 7 * count / 8 || (layer - count / 8) % 3 == 2
  }

  /// llama.cpp's number of it (`llama_ftype`).
  var fileType: UInt32 {
    switch self {
    case .uniform(.f32): 0
    case .uniform(.f16): 1
    case .uniform(.q4_0): 2
    case .uniform(.q8_0): 7
    case .uniform: 32  // bf16
    case .q4KM: 15
    }
  }
}
