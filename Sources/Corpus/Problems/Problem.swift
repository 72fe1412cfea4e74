/// One problem as a model meets it: the whole question, the steps and the answer.
public struct Problem: Codable, Sendable, Identifiable {
  /// Unique over domain, family, level, language, values and phrasing.
  public var id: String
  public var domain: String
  public var family: String
  /// 1…5 for generated problems, what a record says of itself; nil where it does not.
  public var level: Int?
  public var language: String
  public var prompt: String
  /// Steps to the answer, without tags; may be empty.
  public var reasoning: String
  public var answer: Answer
  /// Names the combination of given values (generated) or the group that must stay on one side (records).
  public var group: String
  /// Index of the phrasing; nil for records and for statements put together from single sentences.
  public var phrasing: Int?

  public init(
    id: String, domain: String, family: String, level: Int?, language: String, prompt: String,
    reasoning: String,
    answer: Answer, group: String, phrasing: Int? = nil
  ) {
    self.id = id
    self.domain = domain
    self.family = family
    self.level = level
    self.language = language
    self.prompt = prompt
    self.reasoning = reasoning
    self.answer = answer
    self.group = group
    self.phrasing = phrasing
  }

  /// What a model that reasons writes: `<think>` steps `</think>` answer.
  public var solution: String {
    reasoning.isEmpty ? answer.text : Problem.written(reasoning: reasoning, answer: answer.text)
  }

  public static func written(reasoning: String, answer: String) -> String {
    "<think>\(reasoning)</think>\(answer)"
  }
}
