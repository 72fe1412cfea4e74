import Corpus
import Foundation
import Kernels
import Testing

/// Traces of generated problems, with copies, leaks and mixed languages planted among them.
@Suite("curation")
struct CurationTests {
  private static let evaluation = ProblemGenerator(domains: DomainName.allCases, side: .test, seed: 1)
  private static let questions = (0..<400).map { evaluation.problem(at: $0).prompt }

  private static func trace(_ problem: Problem, _ completion: String? = nil, prompt: String? = nil) -> Trace {
    Trace(
      question: TeacherQuestion(
        prompt: prompt ?? problem.prompt, language: problem.language, problem: problem, group: problem.group,
        source: "test", licence: "none"),
      completion: completion ?? problem.solution,
      provenance: Provenance(teacher: "t", sampling: [:], requestHash: "0", sample: 0))
  }

  /// The runs of thirteen words of a text, written out.
  private static func runs(_ text: String) -> [String] {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.indices.dropLast(12).map { words[$0..<$0 + 13].joined(separator: " ") }
  }

  /// Distinct problems of the training side that share no thirteen words with the evaluation set; families, languages
  /// and levels in turn.
  private static func problems(_ count: Int, seed: UInt64 = 3) -> [Problem] {
    let generator = ProblemGenerator(domains: DomainName.allCases, side: .train, seed: seed)
    let held = Set(questions.flatMap(runs))
    var seen = Set<String>()
    return (0..<count * 2).map { generator.problem(at: $0) }.filter {
      seen.insert($0.prompt).inserted && runs($0.prompt).allSatisfy { !held.contains($0) }
    }
    .prefix(count).map { $0 }
  }

  private static func written(_ problem: Problem, reasoning: String) -> String {
    Problem.written(reasoning: reasoning, answer: problem.answer.text)
  }

  @Test("keeps sound traces, and drops every planted one at its step") func planted() {
    var curator = TraceCurator(CurationSettings(), evaluation: Self.questions)
    let problems = Self.problems(300)
    #expect(problems.count == 300)
    for problem in problems {
      #expect(curator.add(Self.trace(problem)) == nil, "\(problem.prompt)\n\(problem.solution)")
    }
    let (english, korean) = (problems.filter { $0.language == "en" }, problems.filter { $0.language == "ko" })
    let fresh = Self.problems(600, seed: 99)
    let chinese = "我们先计算总数，然后再除以人数，最后得到正确的答案。"
    var planted: [(CurationStep, Trace)] = []
    for problem in problems.prefix(40) {
      planted.append((.duplicate, Self.trace(problem)))
      planted.append(
        (
          .duplicate,
          Self.trace(problem, problem.solution.replacing("\n", with: " \n\n "), prompt: problem.prompt + " ")
        ))
      // Of so many words one at the front changes less than a fifth of the runs.
      if problem.solution.split(whereSeparator: \.isWhitespace).count >= 30 {
        planted.append(
          (.nearDuplicate, Self.trace(problem, Self.written(problem, reasoning: "Ok\n" + problem.reasoning))))
      }
      if (problem.prompt + problem.solution).split(whereSeparator: \.isWhitespace).count >= 50 {
        planted.append((.nearDuplicate, Self.trace(problem, prompt: "Ok. " + problem.prompt)))
      }
      planted.append((.wrong, Self.trace(problem, Self.wrong(problem))))
      planted.append((.unparsable, Self.trace(problem, "<think>" + problem.reasoning)))
      var cut = Self.trace(problem)
      cut.isTruncated = true
      planted.append((.truncated, cut))
      var unknown = Self.trace(problem)
      unknown.question.problem = nil
      planted.append((.unverified, unknown))
      let long = String(repeating: "long ", count: 40_000)
      if problem.language == "en" {
        planted.append((.overlong, Self.trace(problem, Self.written(problem, reasoning: long))))
      }
      let loop = String(repeating: problem.reasoning + " ", count: 4)
      planted.append((.repetitive, Self.trace(problem, Self.written(problem, reasoning: loop))))
      let code = problem.reasoning + "\n```python\nprint(1)\n```"
      planted.append((.codeBlock, Self.trace(problem, Self.written(problem, reasoning: code))))
    }
    for (problem, other) in zip(english.prefix(20), korean.prefix(20)) {
      let mixed = problem.reasoning + "\n" + chinese
      planted.append((.mixedLanguage, Self.trace(problem, Self.written(problem, reasoning: mixed))))
      planted.append(
        (.mixedLanguage, Self.trace(problem, Self.written(problem, reasoning: other.reasoning))))
      let foreign = other.reasoning + "\n" + chinese
      planted.append((.mixedLanguage, Self.trace(other, Self.written(other, reasoning: foreign))))
      planted.append(
        (.mixedLanguage, Self.trace(other, Self.written(other, reasoning: problem.reasoning))))
      for blank in ["\n\n", "12 + 3 = 15"] {
        let answered = chinese + problem.answer.text
        planted.append(
          (.mixedLanguage, Self.trace(problem, Problem.written(reasoning: blank, answer: answered))))
      }
      for (own, foreign) in [
        (problem, chinese), (problem, other.prompt), (other, chinese), (other, problem.prompt),
      ] {
        let answered = Problem.written(reasoning: own.reasoning, answer: "\(foreign) \(own.answer.text)")
        if Verifier.verify(answered, against: own.answer).verdict == .correct {
          planted.append((.mixedLanguage, Self.trace(own, answered)))
        }
      }
      let half = other.reasoning + "\n" + problem.reasoning + " " + problem.prompt
      planted.append((.mixedLanguage, Self.trace(other, Self.written(other, reasoning: half))))
    }
    for (problem, question) in zip(fresh, Self.questions) {
      planted.append((.contaminated, Self.trace(problem, prompt: question)))
      planted.append((.contaminated, Self.trace(problem, prompt: "Read this. " + question.uppercased())))
    }
    for problem in fresh where problem.language == "en" {
      let leak = Self.evaluation.problem(at: 0).prompt
      let reasoning = problem.reasoning + "\nCompare: " + leak
      planted.append((.contaminated, Self.trace(problem, Self.written(problem, reasoning: reasoning))))
    }
    var expected: [CurationStep: Int] = [:]
    for (step, trace) in planted {
      expected[step, default: 0] += 1
      let found = curator.add(trace)
      #expect(found == step, "\(trace.question.prompt)\n\(trace.completion)")
    }
    #expect(Set(expected.keys) == Set(CurationStep.allCases))
    #expect(curator.dropped == expected)
    #expect(curator.kept.count == problems.count)
  }

  /// An answer of the right kind that is not the right one.
  private static func wrong(_ problem: Problem) -> String {
    let answer =
      switch problem.answer {
      case .number(let value, _, _): "\(value.double + 1000)"
      case .choice(let letter, _): letter == "A" ? "B" : "A"
      case .boolean(let value): value ? "no" : "yes"
      case .date: "1901-02-03"
      case .text(let text): "not " + text
      }
    return Problem.written(reasoning: problem.reasoning, answer: answer)
  }

  @Test("finds as near what comparing each with each finds near") func similarTexts() {
    var random = SeededRandom(seed: 5)
    func words(_ count: Int) -> [String] { (0..<count).map { _ in "w\(random.int(in: 0...2000))" } }
    func pieces(_ words: [String]) -> Set<String> {
      Set((0...words.count - 5).map { words[$0..<$0 + 5].joined(separator: " ") })
    }
    let bases = (0..<60).map { _ in words(80) }
    var index = SimilarTexts(threshold: 0.8)
    for base in bases { index.insert(base.joined(separator: " ")) }
    var near = 0
    for trial in 0..<300 {
      var text = bases[trial % bases.count]
      for _ in 0..<trial / 60 { text[random.int(in: 0...text.count - 1)] = "changed\(trial)" }
      let own = pieces(text)
      let isNear = bases.contains { base in
        let other = pieces(base)
        return Double(own.intersection(other).count) >= 0.8 * Double(own.union(other).count)
      }
      near += isNear ? 1 : 0
      #expect(index.containsNear(text.joined(separator: ", ")) == isNear, "trial \(trial)")
    }
    #expect((60...240).contains(near), "\(near) of 300 are near: the test compares nothing")
  }

  @Test("keeps different solutions of one long problem, and drops one that is nearly another")
  func samplesOfOneProblem() {
    func words(_ count: Int, _ stem: String) -> String {
      (0..<count).map { "\(stem)\($0)" }.joined(separator: " ")
    }
    var problem = Self.problems(1)[0]
    problem.language = "en"
    problem.prompt = words(300, "condition")
    var curator = TraceCurator(CurationSettings(), evaluation: [])
    for sample in 0..<8 {
      let solution = Self.written(problem, reasoning: words(30, "step\(sample)x"))
      #expect(curator.add(Self.trace(problem, solution)) == nil)
    }
    let again = Self.written(problem, reasoning: words(30, "step3x") + " so")
    #expect(curator.add(Self.trace(problem, again)) == .nearDuplicate)
    // Another prompt that says nearly the same is compared with all that is said.
    let near = Self.written(problem, reasoning: words(30, "stride"))
    #expect(curator.add(Self.trace(problem, near, prompt: problem.prompt + " please")) == .nearDuplicate)
  }

  @Test("compares a text with few of those that share half of its runs") func candidates() {
    var random = SeededRandom(seed: 6)
    func words(_ count: Int) -> String {
      (0..<count).map { _ in "w\(random.int(in: 0...1_000_000))" }.joined(separator: " ")
    }
    // Two thirds of the words of each are the template's: the similarity of two is a half.
    let template = words(64)
    var index = SimilarTexts(threshold: 0.8)
    for _ in 0..<300 { index.insert(template + " " + words(30)) }
    let compared = (0..<20).map { _ in index.candidates(for: template + " " + words(30)).count }
    #expect(compared.reduce(0, +) < 20 * 300 / 2, "\(compared)")
  }

  @Test(
    "counts a run of thirteen words as a leak, not one of twelve; a shorter question wherever it is asked again, a very short one only as a whole"
  )
  func evaluationRuns() {
    let words = (0..<20).map { "word\($0)" }
    let runs = EvaluationRuns([words.joined(separator: " "), "What is two plus two?"], size: 13)
    #expect(runs.leak(into: "before " + words[3..<16].joined(separator: ", ") + " after"))
    #expect(!runs.leak(into: "before " + words[3..<15].joined(separator: " ") + " after"))
    #expect(runs.leak(into: "what is TWO plus two"))
    #expect(runs.leak(into: "Question 7: What is two plus two? Think."))
    #expect(!runs.leak(into: "What is two plus three?"))
    let short = EvaluationRuns(["Why not?", "근로기준법 제50조의 근로시간은 얼마인가?"], size: 13)
    #expect(short.leak(into: "why not") && !short.leak(into: "And why not?"))
    #expect(short.leak(into: "다음 질문에 답하세요. 근로기준법 제50조의 근로시간은 얼마인가?"))
    #expect(!short.leak(into: "근로기준법 제51조의 근로시간은 얼마인가?"))
    #expect(!EvaluationRuns([], size: 13).leak(into: words.joined(separator: " ")))
  }

  @Test("takes the wording of a set of records for no leak, and a question of its other sides for one")
  func sidesOfASet() throws {
    func words(_ count: Int, _ stem: String) -> String {
      (0..<count).map { "\(stem)\($0)" }.joined(separator: " ")
    }
    let instruction = words(20, "rule")
    let lines = (0..<60).map {
      #"{"prompt": "\#(instruction) \#(words($0 % 3 == 0 ? 4 : 16, "w\($0)x")) \#(words(13, "end"))"}"#
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("set-\(UUID().uuidString).jsonl")
    try Data(lines.joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let records = try RecordReader().read(path: file.path).records
    let sides = Dictionary(grouping: Array(records.enumerated())) { $0.element.side() == .train }
    let (own, others) = (try #require(sides[true]), try #require(sides[false]))
    var runs = EvaluationRuns([])
    runs.add(heldOutOf: records)
    for (index, record) in own { #expect(!runs.leak(into: record.askedTexts[0]), "\(index)") }
    for (index, record) in others {
      #expect(runs.leak(into: record.askedTexts[0]), "\(index)")
      // Its own words say which question it is, as far as there are enough of them.
      #expect(runs.leak(into: "Say: " + words(16, "w\(index)x")) == (index % 3 != 0))
    }
    #expect(others.contains { $0.offset % 3 == 0 } && others.contains { $0.offset % 3 != 0 })
  }

  @Test("measures the scripts of a text") func scripts() {
    let mixed = ScriptCounts("<think>합계 sum σ 总</think>12")
    #expect(mixed.hangul == 2 && mixed.latin == 3 && mixed.notation == 1 && mixed.others == 1)
    #expect(mixed.share(of: "ko") == 2.0 / 7 && mixed.share(of: "en") == 3.0 / 7)
    #expect(mixed.foreignShare(in: "ko") == 1.0 / 7 && mixed.foreignShare(in: "en") == 3.0 / 7)
    #expect(mixed.share(of: "fr") == nil && ScriptCounts("12 + 3").share(of: "en") == nil)
  }

  @Test("lets an answer use the script that its question uses") func askedScript() {
    let mixing = LanguageMixing(minimumShare: 0.4, maximumForeignShare: 0.02)
    let completion =
      "<think>The sign 总 stands for the whole of all parts, and the whole is what the question asks for.</think>总"
    #expect(mixing.mixes(completion, question: "What is the whole?", language: "en") == false)
    let sentence = "<think>The sum 我们先计算总数 is twelve.</think>12"
    #expect(mixing.mixes(sentence, question: "What is the sum?", language: "en"))
    #expect(!mixing.mixes(sentence, question: "What does 计算 mean?", language: "en"))
    #expect(!mixing.mixes("12", question: "What is the sum?", language: "en"))
    let korean = "<think>부품의 인증은 품질 경영을 뜻하는 규격입니다.</think>"
    #expect(!mixing.mixes(korean + "ISO 9001 (AIAG)", question: "어느 규격인가요?", language: "ko"))
    #expect(!mixing.mixes("<think></think>yes", question: "맞습니까?", language: "ko"))
  }

  @Test("finds a clause of another language in a long text") func clauses() {
    let mixing = LanguageMixing(minimumShare: 0.4, maximumForeignShare: 0.02)
    let english = String(repeating: "We add the parts of the line and divide them by its hours. ", count: 12)
    let korean = String(repeating: "라인의 부품 수를 더하고 그것을 시간으로 나눕니다. ", count: 12)
    func mixes(_ reasoning: String, _ question: String, _ language: String) -> Bool {
      mixing.mixes("<think>\(reasoning)</think>12", question: question, language: language)
    }
    let (ask, frage) = ("How many parts?", "부품은 몇 개입니까?")
    #expect(!mixes(english, ask, "en") && !mixes(korean, frage, "ko"))
    #expect(mixes(english + "因此答案是12。" + english, ask, "en") && mixes(english + "따라서 답은 12", ask, "en"))
    #expect(mixes(korean + "因此 答案是 12。" + korean, frage, "ko"))
    #expect(!mixes(english + "(契約) and 한국 stay names, 5 µm, ℝ and 𝑥𝑦𝑧 signs", ask, "en"))
    let sentence = "So the number of parts in each hour is 12 now. "
    #expect(mixes(korean + sentence + korean, frage, "ko"))
    #expect(!mixes(korean + sentence, "'\(sentence)'를 옮기면?", "ko"), "the question has a sentence itself")
    let term = "the American Society for Testing and Materials"
    #expect(!mixes(korean + term + " (ASTM)의 규격\n" + korean, frage, "ko"))
    #expect(!mixes("部品を足して時間で割ります。", "部品はいくつですか。", "en"), "of Japanese nothing is known")
  }

  @Test("puts reasoning that came apart into its tags, once") func writtenReasoning() {
    #expect(Trace.written(reasoning: "a", answer: "b") == "<think>a</think>b")
    #expect(Trace.written(reasoning: nil, answer: "b") == "b")
    #expect(Trace.written(reasoning: "", answer: "b") == "b")
    #expect(Trace.written(reasoning: nil, answer: "a</think>b") == "<think>a</think>b")
    #expect(Trace.written(reasoning: "a", answer: "<think>a</think>b") == "<think>a</think>b")
  }
}
