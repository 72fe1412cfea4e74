import Corpus
import Evaluation
import Experiments
import Files
import Foundation
import Kernels

/// The plain texts of one evaluation.
struct TextExam {
  let path: String
  let documents: [TextReader.Document]
  let skipped: [String]

  /// - Throws: `CorpusError` for a file, a line or a record without a readable text; `EvaluationError.noText`.
  init(path: String, skipsBad: Bool) throws {
    let result = try TextReader(skipsBadLines: skipsBad).read(path: path)
    guard result.documents.contains(where: { !$0.text.isEmpty }) else {
      throw EvaluationError.noText(path: path)
    }
    self.path = path
    documents = result.documents
    skipped = result.skipped
  }
}

/// How well one model predicted them.
struct TextResult {
  let model: String
  let windowLength: Int
  let stride: Int
  let documents: [TextExamination.Scored]
  let whole: TextPerplexity
  let seconds: Double

  /// Scores all windows of the texts that `archive` has no scores of, with progress on standard error.
  ///
  /// - Throws: `EvaluationError.noText` when the tokenizer makes no token of them; `CommandError.examInterrupted`, when
  ///   all that is finished has been kept.
  init(
    _ model: LoadedModel, _ examination: TextExamination, _ exam: TextExam,
    archive: StoredAnswerArchive<StoredScores>
  ) throws {
    self.model = model.path
    (windowLength, stride) = (examination.windowLength, examination.stride)
    let watch = ExaminationWatch(archive, of: model.path, unit: "windows")
    (documents, seconds) = try watch.measure {
      try examination.score(exam.documents, archive: archive, progress: $0)
    }
    whole = documents.reduce(into: TextPerplexity()) { $0.add($1.perplexity) }
    guard whole.tokens > 0 else { throw EvaluationError.noText(path: exam.path) }
  }
}

/// Perplexities as text and as JSON. The first result is the model's, a second one that of the model it is compared with.
struct TextPrinter {
  let exam: TextExam
  let results: [TextResult]

  var text: String {
    var lines = results.flatMap(describe)
    if let comparison {
      lines.append(
        String(format: "difference %+.4f bits per byte", comparison.difference)
          + (comparison.interval.map {
            String(
              format: ", 95 %% interval %+.4f to %+.4f (paired bootstrap over the documents)", $0.low, $0.high
            )
          } ?? "; of one document there is no interval"))
    }
    if !exam.skipped.isEmpty { lines.append("\(exam.skipped.count) lines or files were left out") }
    return lines.joined(separator: "\n")
  }

  private func describe(_ result: TextResult) -> [String] {
    let whole = result.whole
    func number(_ value: Double?, _ digits: Int) -> String {
      value.map { String(format: "%.\(digits)f", $0) } ?? "–"
    }
    var lines = [
      "\(result.model) on \(exam.path): \(number(whole.bitsPerByte, 4)) bits per byte",
      "perplexity per word \(number(whole.wordPerplexity, 2)), per byte \(number(whole.bytePerplexity, 4)), per token "
        + number(whole.tokenPerplexity, 3),
      "\(whole.documents) documents, \(whole.words) words, \(whole.bytes) bytes, \(whole.tokens) tokens; windows of "
        + "\(result.windowLength) tokens, stride \(result.stride)",
    ]
    if (2...40).contains(result.documents.count) {
      lines += ["", "bits per byte  per token      tokens  document"]
      lines += result.documents.map { document in
        let own = document.perplexity
        let cells = [
          (number(own.bitsPerByte, 4), 13), (number(own.tokenPerplexity, 3), 9), ("\(own.tokens)", 10),
        ]
        return cells.map { String(repeating: " ", count: max(0, $1 - $0.count)) + $0 }.joined(separator: "  ")
          + "  " + document.document.place
      }
    }
    return lines + [""]
  }

  /// The model beside the other.
  private var comparison: TextComparison? {
    guard results.count == 2 else { return nil }
    return TextComparison(
      results[0].documents.map(\.perplexity), results[1].documents.map(\.perplexity))
  }

  func json(precision: Precision) -> JSONValue {
    var document = describeJSON(results[0])
    document["text"] = .string(exam.path)
    document["skipped"] = .int(exam.skipped.count)
    document["precision"] = .string(precision.rawValue)
    if results.count == 2 {
      var other = describeJSON(results[1])
      let comparison = comparison
      other["difference"] = comparison.map { .double($0.difference) } ?? .null
      other["difference_interval"] = comparison?.interval?.json ?? .null
      document["against"] = .object(other)
    }
    return .object(document)
  }

  private func describeJSON(_ result: TextResult) -> JSONObject {
    JSONObject(
      [("model", .string(result.model))] + fields(result.whole) + [
        ("documents", .int(result.whole.documents)), ("window", .int(result.windowLength)),
        ("stride", .int(result.stride)), ("seconds", .double(result.seconds)),
        (
          "by_document",
          .array(
            result.documents.map {
              .object(JSONObject([("place", .string($0.document.place))] + fields($0.perplexity)))
            })
        ),
      ])
  }

  private func fields(_ measured: TextPerplexity) -> [(String, JSONValue)] {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    return [
      ("word_perplexity", number(measured.wordPerplexity)),
      ("byte_perplexity", number(measured.bytePerplexity)),
      ("bits_per_byte", number(measured.bitsPerByte)),
      ("token_perplexity", number(measured.tokenPerplexity)),
      ("log_likelihood", .double(measured.logLikelihood)), ("tokens", .int(measured.tokens)),
      ("words", .int(measured.words)), ("bytes", .int(measured.bytes)),
    ]
  }
}
