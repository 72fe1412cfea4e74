import Files
import Foundation

/// The accepted shapes of a record, tried in order; unknown keys are ignored.
package enum RecordForms {
  typealias Complaint = (_ expected: String, _ found: String) -> CorpusError

  static func record(
    _ fields: JSONObject, place: String, complaint: Complaint
  ) throws -> Record {
    func text(_ key: String) throws -> String? {
      guard let value = fields[key], value != .null else { return nil }
      if case .number(let digits) = value, key == "answer" { return digits }
      if case .bool(let flag) = value, key == "answer" { return flag ? "yes" : "no" }
      guard let string = value.string else { throw complaint("\"\(key)\" to be a string", value.kind) }
      return string
    }
    func made(_ content: Record.Content, key: String) throws -> Record {
      let choices = fields["choices"]?.array?.compactMap(\.string) ?? []
      let parallel = fields["parallel_id"].flatMap { $0 == .null ? nil : $0.string ?? canonical($0) }
      return Record(
        content: content, choices: choices, group: group(fields, key: key), parallelID: parallel,
        language: fields["lang"]?.string ?? Record.language(of: key), domain: fields["domain"]?.string,
        level: fields["level"]?.int, place: place, teacherAnswer: try text("teacher_answer"),
        answer: answerBeside(content, fields, complaint),
        licence: (fields["licence"] ?? fields["license"])?.string,
        teacherLicence: fields["teacher_licence"]?.string)
    }
    // Tables of several shapes hold null where a row is of another.
    let conversations = [fields["messages"], fields["conversations"]].compactMap(\.self)
    if let turns = conversations.first(where: { $0 != .null }) {
      let messages = try messages(turns, complaint)
      return try made(.messages(messages), key: messages.first { $0.role == "user" }?.content ?? place)
    }
    if let prompt = try text("prompt") ?? text("inputs") {
      if let chosen = try text("chosen") {
        guard let rejected = try text("rejected") else {
          throw complaint("\"rejected\" beside \"chosen\"", "none")
        }
        return try made(.preference(prompt: prompt, chosen: chosen, rejected: rejected), key: prompt)
      }
      if let completion = try text("completion") ?? text("targets") {
        let content = try thought(text("reasoning_content"), completion)
        return try made(.completion(prompt: prompt, completion: content), key: prompt)
      }
      guard let answer = try text("answer") else { return try made(.prompt(prompt), key: prompt) }
      guard prompt.contains(where: { !$0.isWhitespace }) else {
        throw complaint("a prompt with words", "\"\(prompt)\"")
      }
      let problem = Problem(
        id: try text("id") ?? place, domain: try text("domain") ?? "general",
        family: try text("task") ?? "records",
        level: fields["level"]?.int, language: try text("lang") ?? Record.language(of: prompt),
        prompt: prompt, reasoning: try text("reasoning") ?? text("reasoning_content") ?? "",
        answer: try Self.answer(answer, fields: fields, complaint), group: group(fields, key: prompt))
      return try made(.problem(problem), key: prompt)
    }
    if let instruction = try text("instruction") {
      guard let output = try text("output") else {
        throw complaint("\"output\" beside \"instruction\"", "none")
      }
      let input = try text("input") ?? ""
      let prompt = input.isEmpty ? instruction : instruction + "\n\n" + input
      return try made(.completion(prompt: prompt, completion: output), key: prompt)
    }
    if let plain = try text("text") { return try made(.text(plain), key: plain) }
    throw complaint(
      "one of the keys messages, conversations, prompt, instruction, text",
      "the keys " + fields.keys.prefix(8).joined(separator: ", "))
  }

  private static func thought(_ reasoning: String?, _ answer: String) -> String {
    reasoning.map { "<think>\($0)</think>\(answer)" } ?? answer
  }

  /// The right answer in a column beside what was written; what cannot be one is some other column.
  private static func answerBeside(
    _ content: Record.Content, _ fields: JSONObject, _ complaint: Complaint
  ) -> Answer? {
    switch content {
    case .completion, .messages:
      let text = fields["answer"].flatMap { value in
        if case .number(let digits) = value {
          NumberReader.readings(digits).first?.parsed
        } else {
          value.string
        }
      }
      return text.flatMap { text in
        if fields["answer_type"] == nil, let number = Number(text) { return .number(number) }
        return try? answer(text, fields: fields, complaint)
      }
    case .text, .prompt, .preference, .problem: return nil
    }
  }

  private static func messages(_ turns: JSONValue, _ complaint: Complaint) throws -> [Record.Message] {
    guard let items = turns.array, !items.isEmpty else {
      throw complaint("a non-empty array of messages", turns.kind)
    }
    let roles = [
      "human": "user", "gpt": "assistant", "user": "user", "assistant": "assistant", "system": "system",
    ]
    return try items.map { item in
      guard let name = (item["role"] ?? item["from"])?.string, let role = roles[name],
        let content = (item["content"] ?? item["value"])?.string
      else { throw complaint("messages with role (user, assistant, system) and content", canonical(item)) }
      let reasoning = (item["reasoning_content"] ?? item["thinking"])?.string
      return Record.Message(role: role, content: thought(reasoning, content))
    }
  }

  private static func answer(
    _ text: String, fields: JSONObject, _ complaint: Complaint
  ) throws -> Answer {
    let choices = fields["choices"]?.array?.compactMap(\.string) ?? []
    switch fields["answer_type"]?.string ?? "text" {
    case "number":
      let unit = fields["unit"]?.string
      let readings = NumberReader.readings(text).map(\.parsed)
      // As an amount, unless the unit says how large its numbers are.
      guard let parsed = unit.map(NumberScale.begins) == true ? readings.first : readings.last,
        let value = Double(parsed)
      else {
        throw complaint("a number in \"answer\"", "\"\(text)\"")
      }
      guard let number = Number(parsed) else { return .text(text) }
      if let stated = fields["tolerance"], stated != .null {
        guard let tolerance = stated.double, tolerance >= 0, tolerance.isFinite else {
          throw complaint("a number of 0 or more as \"tolerance\"", canonical(stated))
        }
        return .number(number, unit: unit, tolerance: tolerance)
      }
      // A count is right or wrong. What was measured or reckoned data sets round as they like: one in a hundred is fair.
      let isWhole = number.decimals == 0 && !(readings.first ?? "").contains(".")
      if isWhole, unit == nil, !text.contains("%") { return .number(number) }
      return .number(number, unit: unit, tolerance: max(1e-9, abs(value) * 1e-2))
    case "choice":
      return try choice(
        text, choices, prompt: (fields["prompt"] ?? fields["inputs"])?.string ?? "", complaint)
    case "boolean":
      guard let (parsed, _) = AnswerParser.boolean(text) else {
        throw complaint("yes or no in \"answer\"", "\"\(text)\"")
      }
      return .boolean(parsed == "yes")
    case "date":
      guard let (iso, _) = DateReader.read(text) else {
        throw complaint("a day in \"answer\", such as 2026-03-14", "\"\(text)\"")
      }
      return .date(iso)
    case "text": return .text(text)
    case let other: throw complaint("\"answer_type\" number, choice, boolean, date or text", "\"\(other)\"")
    }
  }

  /// An option's words as they stand in the list, else its letter.
  private static func choice(
    _ text: String, _ choices: [String], prompt: String, _ complaint: Complaint
  ) throws -> Answer {
    if let word = choices.first(where: { $0 == text })
      ?? choices.first(where: { AnswerParser.normalized($0) == AnswerParser.normalized(text) })
    {
      return .choice(word, count: max(2, choices.count))
    }
    let letter = text.trimmingCharacters(in: CharacterSet(charactersIn: " ().:")).uppercased()
    guard let index = OptionLetter.all.firstIndex(of: letter) else {
      guard choices.isEmpty else {
        throw complaint("one of the choices in \"answer\", or its letter", "\"\(text)\"")
      }
      return .choice(text, count: 2)
    }
    guard choices.isEmpty || index < choices.count else {
      throw complaint("a letter of the \(choices.count) choices in \"answer\"", "\"\(text)\"")
    }
    let count = choices.isEmpty ? max(index + 1, OptionLetter.listed(in: prompt)) : choices.count
    return .choice(letter, count: max(2, count))
  }

  /// The keys by which sets name records that belong together, before the fallback to the prompt itself.
  private static let groupKeys = ["row", "tree_id", "parallel_id", "context_id", "group"]

  /// Whole groups, as `swiftlet teach` writes down those of its prompts.
  package static let groupColumn = "split_group"

  private static func group(_ fields: JSONObject, key: String) -> String {
    if let whole = fields[groupColumn]?.string { return whole }
    for name in groupKeys {
      if let value = fields[name], value != .null { return "\(name):\(canonical(value))" }
    }
    if let law = fields["law"], let article = fields["article"] {
      return "\(canonical(law)) \(canonical(article))"
    }
    return key
  }

  /// One text for equal values, keys in order.
  private static func canonical(_ value: JSONValue) -> String {
    switch value {
    case .array(let items): "[" + items.map(canonical).joined(separator: ",") + "]"
    case .object(let fields):
      "{"
        + fields.entries.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\(canonical($0.value))" }
        .joined(separator: ",") + "}"
    default: value.text()
    }
  }
}
