import Kernels

/// One line of a JSON Lines file, in any of the accepted shapes, reduced to what training and evaluation need.
public struct Record: Sendable {
  public struct Message: Sendable, Equatable {
    public var role: String
    public var content: String

    public init(role: String, content: String) {
      self.role = role
      self.content = content
    }
  }

  public enum Content: Sendable {
    /// Plain text for pre-training.
    case text(String)
    /// A conversation; the assistant's turns are what is learnt.
    case messages([Message])
    /// A prompt without an answer, for reinforcement.
    case prompt(String)
    /// A prompt and what should follow it.
    case completion(prompt: String, completion: String)
    /// A prompt with an answer that is preferred and one that is not.
    case preference(prompt: String, chosen: String, rejected: String)
    /// A problem with a checkable answer.
    case problem(Problem)
  }

  public var content: Content
  /// Options of a choice, first is A.
  public var choices: [String] = []
  /// Records of one group always lie on one side of a split.
  public var group: String
  /// Records with the same one ask the same in different languages (`parallel_id`).
  public var parallelID: String?
  /// As the record names it (`lang`), else what the letters of its question or text say.
  public var language: String
  /// What the record is about (`domain`); nil where it does not say.
  public var domain: String?
  /// How hard it is (`level`, a whole number); nil where it does not say.
  public var level: Int?
  /// Where it stands: file and line.
  public var place: String
  /// A teacher's verdict on its own answer (`teacher_correct`), and the answer it gave.
  public var teacherAnswer: String?
  /// The right answer, where one stands beside a completion or a conversation.
  public var answer: Answer?
  /// `licence` or `license` of the line, as it stands there, and the `teacher_licence` of a model that wrote it.
  public var licence: String?
  public var teacherLicence: String?

  /// The texts that a model reads or writes, for a tokenizer to learn from.
  public var texts: [String] {
    switch content {
    case .text(let text), .prompt(let text): [text]
    case .messages(let messages): messages.map(\.content)
    case .completion(let prompt, let completion): [prompt, completion]
    case .preference(let prompt, let chosen, let rejected): [prompt, chosen, rejected]
    case .problem(let problem): [problem.prompt, problem.solution]
    }
  }

  /// What is asked; the words of an answer are not the question's.
  package var askedTexts: [String] {
    switch content {
    case .text(let text), .prompt(let text): [text]
    case .messages(let messages): messages.filter { $0.role == "user" }.map(\.content)
    case .completion(let prompt, _), .preference(let prompt, _, _): [prompt]
    case .problem(let problem): [problem.prompt]
    }
  }

  /// One question and what was written in answer: a prompt with its completion, or a conversation of one question whose
  /// instructions stand before it; nil for everything else.
  public var exchange: (prompt: String, completion: String)? {
    switch content {
    case .completion(let prompt, let completion): return (prompt, completion)
    case .messages(let messages):
      let asked = messages.filter { $0.role != "assistant" }
      guard messages.last?.role == "assistant", messages.count == asked.count + 1,
        asked.count(where: { $0.role == "user" }) == 1, let answer = messages.last
      else { return nil }
      return (asked.map(\.content).joined(separator: "\n\n"), answer.content)
    case .text, .prompt, .preference, .problem: return nil
    }
  }

  /// The side of this record: `testPercent` and `validationPercent` of all groups, by a stable hash.
  public func side(testPercent: Int = 20, validationPercent: Int = 10) -> Side {
    let slot = Int(StableHash.of(group) % 100)
    if slot < testPercent { return .test }
    return slot < testPercent + validationPercent ? .validation : .train
  }
}
