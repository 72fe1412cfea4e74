import Files
import Training

/// Where a teacher's outputs come from.
public enum TeacherSettings: Sendable, Equatable {
  /// A model directory here.
  case local(LocalTeacher)
  /// A server that speaks the OpenAI interface.
  case endpoint(EndpointSettings)
  /// Outputs made elsewhere.
  case files(OutputFileSettings)
}

/// A text stands for a model directory; a mapping is of the kind whose own keys it has.
extension TeacherSettings: RecipeValue {
  package static var expectation: String {
    "a model directory, or a mapping with model, base_url or files"
  }

  package static func read(
    _ node: RecipeNode, path: String, problems: inout [RecipeError]
  ) -> TeacherSettings? {
    guard case .mapping(let entries) = node.content else {
      return String.read(node, path: path, problems: &problems).map { .local(LocalTeacher(model: $0)) }
    }
    let keys = Set(entries.map(\.key))
    if keys.contains("files") {
      return OutputFileSettings.read(node, path: path, problems: &problems).map { .files($0) }
    }
    // `samples` and its like say nothing of the kind; `api` or `retries` do, should base_url be mistyped.
    if !keys.isDisjoint(with: Set(EndpointSettings.keys).subtracting(LocalTeacher.keys)) {
      return EndpointSettings.read(node, path: path, problems: &problems).map { .endpoint($0) }
    }
    return LocalTeacher.read(node, path: path, problems: &problems).map { .local($0) }
  }

  package var node: RecipeNode {
    switch self {
    case .local(let settings): settings.node
    case .endpoint(let settings): settings.node
    case .files(let settings): settings.node
    }
  }
}

/// How a teacher draws its answers; what is nil is left to the teacher.
public struct TeacherSampling: Sendable, Equatable {
  /// Answers to each prompt.
  public var samples = 1
  public var temperature = 0.6
  public var topP = 0.95
  public var topK: Int?
  public var minP: Double?
  public var repetitionPenalty: Double?
  /// Sample i of every prompt draws from the seed plus i.
  public var seed: UInt64?
  /// The most tokens of an answer, its reasoning included.
  public var maximumTokens = 4096

  public init() {}

  mutating func visit(_ fields: inout RecipeFields) {
    fields.field("samples", &samples)
    fields.field("temperature", &temperature)
    fields.field("top_p", &topP)
    fields.field("top_k", &topK)
    fields.field("min_p", &minP)
    fields.field("repetition_penalty", &repetitionPenalty)
    fields.field("seed", &seed)
    fields.field("max_tokens", &maximumTokens)
    fields.require((1...1024).contains(samples), "samples", expected: "from 1 to 1024")
    fields.require((0...10).contains(temperature), "temperature", expected: "from 0 to 10")
    fields.require(topP > 0 && topP <= 1, "top_p", expected: "above 0, at most 1")
    fields.require((0...1_000_000).contains(topK ?? 0), "top_k", expected: "from 0 to 1000000")
    fields.require((0...1).contains(minP ?? 0), "min_p", expected: "from 0 to 1")
    fields.require(
      (repetitionPenalty ?? 1) > 0 && (repetitionPenalty ?? 1) <= 10, "repetition_penalty",
      expected: "above 0, at most 10")
    fields.require((seed ?? 0) <= 1 << 53, "seed", expected: "at most 2^53")
    fields.require((1...10_000_000).contains(maximumTokens), "max_tokens", expected: "from 1 to 10000000")
  }

  /// The keys of a request for answer number `sample` of a prompt.
  func keys(sample: Int) -> JSONObject {
    var keys = JSONObject([("temperature", .double(temperature)), ("top_p", .double(topP))])
    keys["top_k"] = topK.map { .int($0) }
    keys["min_p"] = minP.map { .double($0) }
    keys["repetition_penalty"] = repetitionPenalty.map { .double($0) }
    keys["seed"] = seed.map { .number("\($0 + UInt64(sample))") }
    keys["max_tokens"] = .int(maximumTokens)
    return keys
  }
}

/// A model directory as teacher.
public struct LocalTeacher: Sendable, Equatable {
  public var model = ""
  public var sampling = TeacherSampling()
  /// Of what the teacher writes.
  public var licence: String?

  public init() {}

  public init(model: String) { self.model = model }
}

extension LocalTeacher: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("model", &model)
    sampling.visit(&fields)
    fields.spell("licence", also: "license")
    fields.field("licence", &licence)
    fields.require(!model.isEmpty, "model", expected: "a model directory, or base_url or files in its place")
  }
}

/// Outputs that were made elsewhere, as JSON Lines records or ShareGPT conversations.
public struct OutputFileSettings: Sendable, Equatable {
  /// Files or folders of JSON Lines.
  public var files: [String] = []
  /// The name of the teacher that wrote them.
  public var name = "unknown"
  /// The settings of its draws, where they are known.
  package var sampling: FreeMapping?
  public var skipsBadLines = false
  public var licence: String?

  public init() {}
}

extension OutputFileSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("files", &files)
    fields.field("name", &name)
    fields.field("sampling", &sampling)
    fields.field("skip_bad", &skipsBadLines)
    fields.spell("licence", also: "license")
    fields.field("licence", &licence)
    fields.require(!files.isEmpty, "files", expected: "files or folders of JSON Lines")
  }
}
