import Corpus
import Files
import Training

/// Outputs made elsewhere, read as traces.
struct OutputFiles {
  private(set) var traces: [Trace] = []
  /// Lines that could not be read, and records that hold no question with an answer.
  private(set) var skipped = 0
  /// What was read, for the ledger.
  private(set) var rows: [LedgerData] = []

  /// - Parameters:
  ///   - questions: the recipe's own, by which outputs to the same prompt are verified; those of other prompts are then left
  ///     out. Empty: each record is verified by the right answer that it brings beside the teacher's.
  /// - Throws: `CorpusError` for a file that is missing or broken.
  init(
    _ settings: OutputFileSettings, questions: [TeacherQuestion], resolve: (String) -> String
  ) throws {
    let known = Dictionary(questions.map { ($0.prompt, $0) }) { first, _ in first }
    let sampling = try JSONObject(
      (settings.sampling?.values ?? [:]).sorted { $0.key < $1.key }.map {
        ($0.key, try JSONValue(parsing: $0.value, source: "sampling.\($0.key)"))
      })
    var samples: [String: Int] = [:]
    for path in settings.files {
      let result = try RecordReader(skipsBadLines: settings.skipsBadLines).read(path: resolve(path))
      skipped += result.skipped.count
      var read: [Record] = []
      for record in result.records {
        guard let output = OutputFiles.output(of: record) else {
          skipped += 1
          continue
        }
        let own = OutputFiles.question(record, output.prompt, licence: settings.licence)
        guard var question = known.isEmpty ? own : known[output.prompt] else {
          skipped += 1
          continue
        }
        question.licence = Licence.stated(record.licence, else: question.licence) ?? ""
        let sample = samples[output.prompt, default: 0]
        samples[output.prompt] = sample + 1
        let hash = Fingerprint.sha256(Array("\(settings.name)\n\(output.prompt)\n\(output.completion)".utf8))
        traces.append(
          Trace(
            question: question, completion: output.completion,
            provenance: Provenance(
              teacher: settings.name, sampling: .object(sampling), requestHash: hash, sample: sample,
              licence: Licence.stated(record.teacherLicence, else: settings.licence))))
        read.append(record)
      }
      rows += LedgerData.rows(of: read, named: path, license: settings.licence)
    }
  }

  /// What a teacher was asked and wrote; nil for a record without.
  private static func output(of record: Record) -> (prompt: String, completion: String)? {
    if case .problem(let problem) = record.content {
      guard record.teacherAnswer != nil || !problem.reasoning.isEmpty else { return nil }
      let answer = record.teacherAnswer ?? problem.answer.text
      return (problem.prompt, Trace.written(reasoning: problem.reasoning, answer: answer))
    }
    return record.exchange.map { ($0.prompt, Trace.written(reasoning: nil, answer: $0.completion)) }
  }

  /// The record's question, with the right answer that it brings.
  ///
  /// An answer that only the output itself gives verifies nothing, such as that of steps without a `teacher_answer`.
  private static func question(_ record: Record, _ prompt: String, licence: String?) -> TeacherQuestion {
    var problem: Problem?
    if case .problem(let own) = record.content {
      problem = record.teacherAnswer == nil ? nil : own
    } else if let answer = record.answer {
      problem = Problem(
        id: record.place, domain: record.domain ?? "general", family: "records", level: record.level,
        language: record.language, prompt: prompt, reasoning: "", answer: answer,
        group: record.group)
    }
    return TeacherQuestion(
      prompt: prompt, language: record.language, problem: problem, choices: record.choices,
      group: record.group, source: record.place, licence: Licence.stated(record.licence, else: licence) ?? "")
  }
}
