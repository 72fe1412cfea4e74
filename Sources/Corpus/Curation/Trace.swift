import Files

/// One output of a teacher: what it was asked, what it wrote, and where both are from.
public struct Trace: Sendable {
  public var question: TeacherQuestion
  /// What the teacher wrote, its reasoning in `<think>…</think>`.
  public var completion: String
  /// Whether the teacher was cut off at a limit, rather than having ended by itself.
  public var isTruncated: Bool
  public var provenance: Provenance
  /// The log-probabilities that came with the answer, as its maker wrote them.
  public var logProbabilities: JSONValue?

  public init(
    question: TeacherQuestion, completion: String, isTruncated: Bool = false, provenance: Provenance,
    logProbabilities: JSONValue? = nil
  ) {
    self.question = question
    self.completion = completion
    self.isTruncated = isTruncated
    self.provenance = provenance
    self.logProbabilities = logProbabilities
  }

  /// The text of a teacher whose reasoning came apart from its answer.
  public static func written(reasoning: String?, answer: String) -> String {
    if let reasoning, !reasoning.isEmpty, !answer.contains("</think>") {
      return Problem.written(reasoning: reasoning, answer: answer)
    }
    // Templates that open the reasoning in the prompt leave only its end in the answer.
    return answer.contains("</think>") && !answer.contains("<think>") ? "<think>" + answer : answer
  }
}

/// What a teacher is asked, and the right answer where one is known.
public struct TeacherQuestion: Sendable {
  public var prompt: String
  /// "en", "ko", or another that nothing here measures.
  public var language: String
  /// The problem that the prompt states; nil where no answer is known, and nothing can be verified.
  public var problem: Problem?
  /// Options of a choice, first is A.
  public var choices: [String]
  /// Traces of one group always lie on one side of a split.
  public var group: String
  /// Where the prompt is from: a generator with its seed, or file and line.
  public var source: String
  /// Of the prompt; empty where nobody said it.
  public var licence: String

  public init(
    prompt: String, language: String, problem: Problem? = nil, choices: [String] = [], group: String,
    source: String, licence: String
  ) {
    self.prompt = prompt
    self.language = language
    self.problem = problem
    self.choices = choices
    self.group = group
    self.source = source
    self.licence = licence
  }
}

/// Who wrote a trace, and how it was asked for.
public struct Provenance: Sendable, Equatable {
  /// The teacher's name.
  public var teacher: String
  /// Settings of the draw by the names of its maker; an empty object where they are not known.
  public var sampling: JSONValue
  /// SHA-256 of the request; of the stored line for outputs made elsewhere.
  public var requestHash: String
  /// Which of the prompt's answers this is, from 0.
  public var sample: Int
  /// Of what the teacher wrote; nil where nobody said it.
  public var licence: String?

  public init(
    teacher: String, sampling: JSONValue, requestHash: String, sample: Int, licence: String? = nil
  ) {
    self.teacher = teacher
    self.sampling = sampling
    self.requestHash = requestHash
    self.sample = sample
    self.licence = licence
  }
}
