import Files
import Foundation

/// What a server of the OpenAI interface told of the tokens of its answer: each token and the likeliest in its place.
package struct ToldAnswer {
  package struct Token {
    package let bytes: [UInt8]
    /// The likeliest tokens there, this one among them, natural logarithms.
    package let choices: [(bytes: [UInt8], logProbability: Double)]
  }

  package let tokens: [Token]

  /// What is wrong with the log-probabilities of a record.
  package struct Malformed: Error {
    package let expected: String
    package let found: String
  }

  /// Reads `logprobs` of a choice: `{"content": [{"token", "bytes", "logprob", "top_logprobs"}]}` of the chat interface,
  /// `{"tokens", "token_logprobs", "top_logprobs"}` of the older one.
  package init(reading value: JSONValue) throws(Malformed) {
    if let content = value["content"]?.array {
      tokens = try content.map { entry throws(Malformed) in
        let own = try ToldAnswer.choice(entry)
        let others = try (entry["top_logprobs"]?.array ?? []).map(ToldAnswer.choice)
        return Token(own, among: others)
      }
    } else if let texts = value["tokens"]?.array, let own = value["token_logprobs"]?.array,
      texts.count == own.count
    {
      let others = value["top_logprobs"]?.array ?? []
      tokens = try texts.indices.map { index throws(Malformed) in
        var choices: [(bytes: [UInt8], logProbability: Double)] = []
        for entry in (index < others.count ? others[index].object?.entries : nil) ?? [] {
          choices.append((ToldAnswer.bytes(entry.key), try ToldAnswer.logarithm(entry.value)))
        }
        guard let text = texts[index].string else {
          throw Malformed(expected: "a text as token \(index)", found: texts[index].kind)
        }
        return Token((ToldAnswer.bytes(text), try ToldAnswer.logarithm(own[index])), among: choices)
      }
    } else {
      throw Malformed(
        expected: "logprobs with `content`, or with `tokens` and as many `token_logprobs`", found: value.kind)
    }
  }

  private static func choice(
    _ entry: JSONValue
  ) throws(Malformed) -> (bytes: [UInt8], logProbability: Double) {
    guard let text = entry["token"]?.string, let value = entry["logprob"] else {
      throw Malformed(expected: "`token` and `logprob`", found: entry.kind)
    }
    let bytes = entry["bytes"]?.array?.map { UInt8(exactly: $0.int ?? -1) }
    guard let bytes else { return (ToldAnswer.bytes(text), try logarithm(value)) }
    guard !bytes.contains(nil) else { throw Malformed(expected: "bytes from 0 to 255", found: "others") }
    return (bytes.compactMap(\.self), try logarithm(value))
  }

  private static func logarithm(_ value: JSONValue) throws(Malformed) -> Double {
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
    guard text.hasPrefix(mark + "\\x") else { return Array(text.utf8) }
    let parts = text.dropFirst(mark.count).components(separatedBy: "\\x").dropFirst().map {
      UInt8($0, radix: 16)
    }
    return parts.contains(nil) ? Array(text.utf8) : parts.compactMap(\.self)
  }
}

extension ToldAnswer.Token {
  fileprivate init(
    _ own: (bytes: [UInt8], logProbability: Double), among others: [(bytes: [UInt8], logProbability: Double)]
  ) {
    bytes = own.bytes
    choices = others.contains { $0.bytes == own.bytes } ? others : others + [own]
  }
}

extension ToldAnswer {
  /// Which of these tokens each token of a text is: one that begins after the same bytes of the text and spells the same.
  ///
  /// The text may lie in the answer in two parts, `<think>` reasoning `</think>` answer, with other words between them and around.
  ///
  /// - Parameters: `text`, `ends` the byte behind each of its tokens.
  /// - Returns: nil for tokens that spell nothing or are not there.
  package func places(of text: [UInt8], ends: [Int]) -> [Int?] {
    let answer = tokens.flatMap(\.bytes)
    var begins: [Int: Int] = [:]
    var start = 0
    for (index, token) in tokens.enumerated() where !token.bytes.isEmpty {
      begins[start] = index
      start += token.bytes.count
    }
    var found: [Int?] = []
    let parts = ToldAnswer.parts(of: text, in: answer)
    var first = 0
    for end in ends {
      let bytes = text[first..<end]
      let place = parts.first { $0.range.lowerBound <= first && end <= $0.range.upperBound }
        .flatMap { begins[first + $0.shift] }
      found.append(place.flatMap { !bytes.isEmpty && tokens[$0].bytes.elementsEqual(bytes) ? $0 : nil })
      first = end
    }
    return found
  }

  /// Where the parts of `text` lie in `answer`.
  private static func parts(of text: [UInt8], in answer: [UInt8]) -> [(range: Range<Int>, shift: Int)] {
    if let whole = answer.firstRange(of: text) { return [(text.indices, whole.lowerBound)] }
    var parts: [(range: Range<Int>, shift: Int)] = []
    var (rest, unread) = (text[...], answer[...])
    for mark in ["<think>", "</think>", nil] {
      let marked = mark.flatMap { rest.firstRange(of: Array($0.utf8)) } ?? rest.endIndex..<rest.endIndex
      if mark != nil, marked.isEmpty { continue }
      let part = rest[..<marked.lowerBound].trimmingWhitespace
      rest = rest[marked.upperBound...]
      guard !part.isEmpty, let place = unread.firstRange(of: part) else { continue }
      parts.append((part.indices, place.lowerBound - part.startIndex))
      unread = unread[place.upperBound...]
    }
    return parts
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingWhitespace: ArraySlice<UInt8> {
    func isWhitespace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
    guard let first = firstIndex(where: { !isWhitespace($0) }),
      let last = lastIndex(where: { !isWhitespace($0) })
    else { return self[startIndex..<startIndex] }
    return self[first...last]
  }
}
