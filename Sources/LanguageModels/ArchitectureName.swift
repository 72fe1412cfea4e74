/// The model families that can be built. Each has a file of its own; a new one adds that file and a case here.
public enum ArchitectureName: String, CaseIterable, Sendable {
  /// `model_type` of config.json.
  case llama

  /// The name transformers looks for under `architectures`.
  public var className: String {
    switch self {
    case .llama: "LlamaForCausalLM"
    }
  }
}
