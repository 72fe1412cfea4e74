import Files
import Foundation
import Training

/// Which of the two interfaces a server is asked by.
public enum EndpointInterface: String, CaseIterable, Sendable {
  /// `/chat/completions`: the server puts the prompt into the model's template.
  case chat
  /// `/completions`: the prompt is continued as it is.
  case completions
}

extension EndpointInterface: RecipeWord {}

/// A server that speaks the OpenAI interface, and how hard it may be asked.
public struct EndpointSettings: Sendable, Equatable {
  /// Up to and with the version: `http://127.0.0.1:8080/v1`.
  public var baseURL = ""
  public var model = ""
  public var interface = EndpointInterface.chat
  /// Instructions before every prompt; of the chat interface.
  public var system: String?
  public var sampling = TeacherSampling()
  /// Ask for the log-probability of each token, and of so many others beside it.
  public var logProbabilities: Int?
  /// More keys of the request, as this server knows them.
  package var extraBody: FreeMapping?
  /// Sampling keys that are not sent: reasoning models refuse `temperature` and `top_p`.
  public var omittedKeys: [String]?
  /// What the server calls the limit of an answer's tokens; `max_tokens` when nil.
  public var tokenLimitKey: TokenLimitKey?
  /// Behind the address, such as `api-version: 2024-10-21`.
  package var query: FreeMapping?
  /// Requests at the same time.
  public var concurrency = 8
  public var requestsPerMinute: Double?
  /// In which one answer must have come whole.
  public var timeoutSeconds = 600.0
  /// How often a request is asked again after a failure that may pass.
  public var retries = 8
  /// Before the first repetition; twice as long before each further one, at most a minute.
  public var retryDelaySeconds = 1.0
  /// The environment variable that holds the key; none is sent when nil.
  public var keyVariable: String?
  /// The header that takes the key as it is, such as `api-key`; `Authorization: Bearer` when nil.
  public var keyHeader: String?
  public var price: TokenPrice?
  /// Of what the teacher writes.
  public var licence: String?

  public init() {}

  /// Where requests go.
  var address: String {
    let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    let path: String =
      switch interface {
      case .chat: base + "/chat/completions"
      case .completions: base + "/completions"
      }
    guard let query, var parts = URLComponents(string: path) else { return path }
    parts.queryItems = query.texts.sorted { $0.key < $1.key }.map {
      URLQueryItem(name: $0.key, value: $0.value)
    }
    return parts.string ?? path
  }

  /// How an answer is drawn, as this server is told.
  func samplingKeys(sample: Int) -> JSONObject {
    var keys = sampling.keys(sample: sample)
    for key in omittedKeys ?? [] { keys[key] = nil }
    let limit = keys[TokenLimitKey.maxTokens.rawValue]
    keys[TokenLimitKey.maxTokens.rawValue] = nil
    keys[(tokenLimitKey ?? .maxTokens).rawValue] = limit
    return keys
  }
}

extension EndpointSettings: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("base_url", &baseURL)
    fields.field("model", &model)
    fields.field("api", &interface)
    fields.field("system", &system)
    sampling.visit(&fields)
    fields.field("logprobs", &logProbabilities)
    fields.field("extra_body", &extraBody)
    fields.field("omit_keys", &omittedKeys)
    fields.field("max_tokens_key", &tokenLimitKey)
    fields.field("query", &query)
    fields.field("concurrency", &concurrency)
    fields.field("requests_per_minute", &requestsPerMinute)
    fields.field("timeout_seconds", &timeoutSeconds)
    fields.field("retries", &retries)
    fields.field("retry_delay_seconds", &retryDelaySeconds)
    fields.field("api_key_environment", &keyVariable)
    fields.field("api_key_header", &keyHeader)
    fields.field("price", &price)
    fields.spell("licence", also: "license")
    fields.field("licence", &licence)
    fields.require(
      EndpointSettings.isAddress(baseURL), "base_url",
      expected: "an address such as http://127.0.0.1:8080/v1, without a user's name, a query or a fragment",
      isSecret: true)
    fields.require(!model.isEmpty, "model", expected: "the name by which the server knows the model")
    fields.require(
      system == nil || interface == .chat, "system", expected: "at api chat alone: put it into the prompts")
    fields.require((0...20).contains(logProbabilities ?? 0), "logprobs", expected: "from 0 to 20")
    let (omitted, omittable) = (omittedKeys ?? [], TeacherSampling.wireKeys)
    fields.require(
      omitted.allSatisfy(omittable.contains), "omit_keys",
      expected: "some of \(omittable.joined(separator: ", "))")
    fields.require(
      (query?.texts.count ?? 0) == (query?.values.count ?? 0), "query", expected: "of texts and numbers")
    for (name, keys) in [("query", query), ("extra_body", extraBody)] {
      fields.require(
        keys?.values.keys.allSatisfy { !EndpointSettings.namesKey($0) } ?? true, name,
        expected:
          "without a key, which would be stored: name its variable in api_key_environment, and its header in "
          + "api_key_header", isSecret: true)
    }
    let own =
      ["model", "messages", "prompt", "stream", "n", "logprobs", "top_logprobs"]
      + omittable.filter { !omitted.contains($0) }
      // A limit that is sent has one name; without ours a server's own may stand there.
      + (omitted.contains(TokenLimitKey.maxTokens.rawValue)
        ? [] : [TokenLimitKey.maxCompletionTokens.rawValue])
    fields.require(
      own.allSatisfy { extraBody?.values[$0] == nil }, "extra_body",
      expected: "without \(own.filter { extraBody?.values[$0] != nil }.joined(separator: ", "))")
    fields.require((1...1024).contains(concurrency), "concurrency", expected: "from 1 to 1024")
    fields.require(
      (0.001...1e6).contains(requestsPerMinute ?? 1), "requests_per_minute",
      expected: "from 0.001 to 1000000")
    fields.require(
      timeoutSeconds > 0 && timeoutSeconds <= 86_400, "timeout_seconds", expected: "above 0, at most 86400")
    fields.require((0...100).contains(retries), "retries", expected: "from 0 to 100")
    fields.require(
      retryDelaySeconds > 0 && retryDelaySeconds <= 60, "retry_delay_seconds", expected: "above 0, at most 60"
    )
    fields.require(
      keyVariable.map {
        !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      }
        ?? true, "api_key_environment", expected: "the name of an environment variable, never the key",
      isSecret: true)
    fields.require(
      keyHeader.map {
        $0.wholeMatch(of: /[A-Za-z][A-Za-z0-9-]*/) != nil && keyVariable != nil
      } ?? true, "api_key_header",
      expected: "a header's name, such as api-key, beside api_key_environment; never the key", isSecret: true)
  }

  /// Whether a key of a request is, by its name, the key of a server.
  private static func namesKey(_ name: String) -> Bool {
    let secrets: Set<String> = [
      "key", "apikey", "subscriptionkey", "accesskey", "secretkey", "token", "apitoken", "accesstoken",
      "authtoken", "secret", "clientsecret", "password", "authorization", "auth", "bearer", "sig",
      "signature", "credential", "credentials",
    ]
    return secrets.contains(name.lowercased().filter(\.isLetter))
  }

  /// A user's name or a query may hold a key, which would be stored with the recipe.
  private static func isAddress(_ text: String) -> Bool {
    guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty else { return false }
    return ["http", "https"].contains(url.scheme) && (1...65535).contains(url.port ?? 80) && url.user == nil
      && url.password == nil
      && url.query == nil && url.fragment == nil
  }
}

/// What a server calls the limit of an answer's tokens.
public enum TokenLimitKey: String, CaseIterable, Sendable {
  case maxTokens = "max_tokens"
  /// Of reasoning models, whose thoughts count too.
  case maxCompletionTokens = "max_completion_tokens"
}

extension TokenLimitKey: RecipeWord {}

extension FreeMapping {
  /// The values that are texts or numbers, as a person writes them.
  fileprivate var texts: [String: String] {
    values.compactMapValues { value in
      switch try? JSONValue(parsing: value, source: "") {
      case .string(let text), .number(let text): text
      default: nil
      }
    }
  }
}

extension TeacherSampling {
  /// The keys that a request can take from here.
  static let wireKeys = [
    "temperature", "top_p", "top_k", "min_p", "repetition_penalty", "seed", "max_tokens",
  ]
}

/// What a million tokens cost, in any currency.
public struct TokenPrice: Sendable, Equatable {
  public var inputPerMillion = 0.0
  public var outputPerMillion = 0.0

  public init() {}

  public func cost(of usage: TokenUsage) -> Double {
    (Double(usage.promptTokens) * inputPerMillion + Double(usage.completionTokens) * outputPerMillion) / 1e6
  }
}

extension TokenPrice: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("input_per_million", &inputPerMillion)
    fields.field("output_per_million", &outputPerMillion)
    fields.require(inputPerMillion >= 0, "input_per_million", expected: "0 or more")
    fields.require(outputPerMillion >= 0, "output_per_million", expected: "0 or more")
  }
}

/// Tokens as a teacher's answers count them.
public struct TokenUsage: Sendable, Equatable {
  public var promptTokens = 0
  public var completionTokens = 0

  public init(promptTokens: Int = 0, completionTokens: Int = 0) {
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }

  static func += (total: inout TokenUsage, more: TokenUsage) {
    total.promptTokens += more.promptTokens
    total.completionTokens += more.completionTokens
  }
}
