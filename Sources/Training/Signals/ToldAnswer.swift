import Files
import Foundation

/// What a server of the OpenAI interface told of the tokens of its answer: each token and the likeliest in its place.
package struct ToldAnswer {
  package typealias Choice = (bytes: [UInt8], logProbability: Double)

  package struct Token {
    /// Empty where the server lost them: it writes texts, and a token may be a part of a character.
    package let bytes: [UInt8]
    /// The likeliest tokens there, this one among them, natural logarithms.
    package let choices: [Choice]
  }

  package let tokens: [Token]

  /// What is wrong with the log-probabilities of a record.
  package struct Malformed: Error {
    package let expected: String
    package let found: String
  }

  /// Reads `logprobs` of a choice: `{"content": [{"token", "bytes", "logprob", "top_logprobs"}]}` of the chat interface, where
  /// `reasoning_content` may stand before it, or `{"tokens", "token_logprobs", "top_logprobs"}` of the older one.
  ///
  /// No tokens where the lists are null.
  package init(reading value: JSONValue) throws(Malformed) {
    guard let fields = value.object else {
      throw Malformed(expected: "an object as logprobs", found: value.kind)
    }
    if let texts = fields["tokens"]?.array, let own = fields["token_logprobs"]?.array,
      texts.count == own.count
    {
      let others = fields["top_logprobs"]?.array ?? []
      tokens = try texts.indices.map { index throws(Malformed) in
        var choices: [Choice] = []
        for entry in (index < others.count ? others[index].object?.entries : nil) ?? [] {
          choices.append((ToldAnswer.bytes(entry.key), try ToldAnswer.logarithm(entry.value)))
        }
        guard let text = texts[index].string else {
          throw Malformed(expected: "a text as token \(index)", found: texts[index].kind)
        }
        return Token((ToldAnswer.bytes(text), try ToldAnswer.logarithm(own[index])), among: choices)
      }
    } else if let content = fields["content"], content.isNull || content.array != nil {
      let entries = (fields["reasoning_content"]?.array ?? []) + (content.array ?? [])
      tokens = try entries.map { entry throws(Malformed) in
        let own = try ToldAnswer.choice(entry)
        let others = try (entry["top_logprobs"]?.array ?? []).map(ToldAnswer.choice)
        return Token(own, among: others)
      }
    } else {
      throw Malformed(
        expected: "logprobs with `content`, or with `tokens` and as many `token_logprobs`", found: "others")
    }
  }

  private static func choice(_ entry: JSONValue) throws(Malformed) -> Choice {
    guard let text = entry["token"]?.string, let value = entry["logprob"] else {
      throw Malformed(expected: "`token` and `logprob`", found: entry.kind)
    }
    guard let listed = entry["bytes"]?.array else { return (bytes(text), try logarithm(value)) }
    let bytes = listed.map { UInt8(exactly: $0.int ?? -1) }
    guard !bytes.contains(nil) else { throw Malformed(expected: "bytes from 0 to 255", found: "others") }
    return (whole(bytes.compactMap(\.self)), try logarithm(value))
  }

  /// Null stands for no probability.
  private static func logarithm(_ value: JSONValue) throws(Malformed) -> Double {
    if value.isNull { return -.infinity }
    // A little above nothing where a server rounds.
    guard let number = value.double, number <= 1e-3 else {
      throw Malformed(
        expected: "log-probabilities of 0 or less", found: value.double.map { "\($0)" } ?? value.kind)
    }
    return min(0, number)
  }

  /// Of a token as a text; parts of a character are written `bytes:\xf0\x9f`.
  private static func bytes(_ text: String) -> [UInt8] {
    let mark = "bytes:"
    guard text.hasPrefix(mark + "\\x") else { return whole(Array(text.utf8)) }
    let parts = text.dropFirst(mark.count).components(separatedBy: "\\x").dropFirst().map {
      UInt8($0, radix: 16)
    }
    return parts.contains(nil) ? Array(text.utf8) : parts.compactMap(\.self)
  }

  /// Nothing where a server wrote U+FFFD for a part of a character, whose bytes are lost.
  private static func whole(_ bytes: [UInt8]) -> [UInt8] {
    bytes.contains([0xEF, 0xBF, 0xBD]) ? [] : bytes
  }
}

extension ToldAnswer.Token {
  fileprivate init(_ own: ToldAnswer.Choice, among others: [ToldAnswer.Choice]) {
    bytes = own.bytes
    choices = others.contains { $0.bytes == own.bytes } ? others : others + [own]
  }
}

extension ToldAnswer {
  /// Which of these tokens each token of a text is, both in their order.
  ///
  /// The text is the answer with other words around its parts (`<think>`, which a server may have cut off, and spaces), or what
  /// stands behind its reasoning, and a server may have lost bytes of a character: the longest common subsequence passes over
  /// all of that.
  ///
  /// - Parameter spellings: of the text's tokens.
  /// - Returns: nil for tokens that are not there.
  package func places(of spellings: [[UInt8]]) -> [Int?] {
    let first = Array(spellings.joined()).contains(ToldAnswer.endOfReasoning) ? 0 : endOfReasoning
    let told = tokens[first...]
    let difference = spellings.difference(from: told.map(\.bytes))
    var isOwn = told.map { !$0.bytes.isEmpty }
    var isFound = spellings.map { !$0.isEmpty }
    for change in difference {
      switch change {
      case .remove(let offset, _, _): isOwn[offset] = false
      case .insert(let offset, _, _): isFound[offset] = false
      }
    }
    var found = isOwn.indices.filter { isOwn[$0] }.makeIterator()
    return isFound.map { $0 ? found.next().map { $0 + first } : nil }
  }

  private static let endOfReasoning = Array("</think>".utf8)

  /// The token behind the last `</think>`; the first where there is none.
  private var endOfReasoning: Int {
    var written: [UInt8] = []
    var end = 0
    for (index, token) in tokens.enumerated() {
      written += token.bytes
      let recent = written.suffix(token.bytes.count + ToldAnswer.endOfReasoning.count - 1)
      if Array(recent).contains(ToldAnswer.endOfReasoning) { end = index + 1 }
    }
    return end
  }
}
