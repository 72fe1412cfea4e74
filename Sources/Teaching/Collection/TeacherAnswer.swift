import Corpus
import Files

/// A teacher's answer as a server sent it.
struct TeacherAnswer: Sendable {
  /// Empty where the teacher refuses.
  let completion: String
  /// Why there is no text, though the server has answered; nil where there is one.
  let refusal: String?
  let isTruncated: Bool
  let logProbabilities: JSONValue?
  /// Nil where the server does not count.
  let usage: TokenUsage?

  /// What is wrong with an answer, in words.
  struct Malformed: Error {
    let found: String
    /// Whether the server may answer better when it is asked again; else it has answered, and not with a text.
    let mayPass: Bool
  }

  /// Reads the body of an answer of either interface; reasoning that came apart is put into `<think>`.
  ///
  /// - Parameter key: what no message may show.
  init(reading body: String, key: EndpointKey? = nil) throws(Malformed) {
    let value: JSONValue
    do { value = try JSONValue(parsing: body, source: "answer") } catch {
      throw Malformed(found: body.isEmpty ? "an empty answer" : "an answer that is no JSON", mayPass: true)
    }
    guard let choice = value["choices"]?.array?.first else {
      throw Malformed(
        found: ServerMessage.text(in: value, without: key).map { "an error (\($0))" }
          ?? "an answer without choices",
        mayPass: true)
    }
    if let message = choice["message"]?.object {
      let reasoning = (message["reasoning_content"] ?? message["reasoning"])?.string
      if let content = message["content"]?.string ?? (reasoning == nil ? nil : "") {
        (completion, refusal) = (Trace.written(reasoning: reasoning, answer: content), nil)
      } else {
        let words = message["refusal"]?.string.map { " (\(ServerMessage.line($0, without: key)))" } ?? ""
        (completion, refusal) = ("", "a message without content" + words)
      }
    } else if let text = choice["text"]?.string {
      (completion, refusal) = (Trace.written(reasoning: nil, answer: text), nil)
    } else {
      throw Malformed(found: "a choice without message or text", mayPass: false)
    }
    // "length", or a filter: either way the teacher did not end by itself.
    isTruncated = ["length", "content_filter"].contains(choice["finish_reason"]?.string)
    logProbabilities = choice["logprobs"].flatMap { $0.isNull ? nil : $0 }
    usage = value["usage"]?.object.map { usage in
      func count(_ key: String) -> Int { min(max(0, usage[key]?.int ?? 0), 1_000_000_000) }
      return TokenUsage(
        promptTokens: count("prompt_tokens"), completionTokens: count("completion_tokens"))
    }
  }
}

/// What a server says about an error, without the key that it may repeat.
enum ServerMessage {
  /// The message of an error in the OpenAI interface's form: `{"error": {"message": …}}`, or its text.
  static func text(in value: JSONValue, without key: EndpointKey?) -> String? {
    let error = value["error"]
    return (error?["message"]?.string ?? error?.string ?? value["message"]?.string).map {
      line($0, without: key)
    }
  }

  /// The message in an answer's body, or the beginning of the body.
  static func text(of body: String, without key: EndpointKey?) -> String {
    let parsed = try? JSONValue(parsing: body, source: "answer")
    return parsed.flatMap { text(in: $0, without: key) } ?? line(body, without: key)
  }

  /// The first 200 characters on one line.
  static func line(_ text: String, without key: EndpointKey?) -> String {
    let words = (key?.removed(from: text) ?? text).split(whereSeparator: { $0.isWhitespace || $0.isNewline })
      .joined(separator: " ")
    return words.isEmpty ? "no message" : String(words.prefix(200))
  }
}
