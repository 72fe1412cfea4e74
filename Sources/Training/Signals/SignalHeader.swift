import Files
import Objectives
import Text

/// Who made a teacher's signals, and of what kind they are: what must agree before a student learns from them.
public struct SignalHeader: Sendable, Equatable {
  /// Tokens kept at each position.
  public var k: Int
  /// Tokens that the teacher chooses among.
  public var vocabulary: Int
  /// Of the distribution; the tail's mass holds at no other.
  public var temperature: Double
  /// SHA-256 of the tokenizer's content.
  public var tokenizer: String
  /// The template's name, for a carried template with figures of its hash.
  public var template: String
  /// SHA-256 of the teacher's weights.
  public var teacher: String
  /// Of the teacher's products, fp32 or bf16; nil of what another program wrote, and before it was recorded.
  public var precision: String?

  public init(
    k: Int, vocabulary: Int, temperature: Double, tokenizer: String, template: String, teacher: String,
    precision: String? = nil
  ) {
    self.k = k
    self.vocabulary = vocabulary
    self.temperature = temperature
    self.tokenizer = tokenizer
    self.template = template
    self.teacher = teacher
    self.precision = precision
  }

  /// As a safetensors file keeps it.
  var metadata: [String: String] {
    var metadata = [
      "k": "\(k)", "vocabulary": "\(vocabulary)", "temperature": "\(temperature)", "tokenizer": tokenizer,
      "template": template, "teacher": teacher,
    ]
    metadata["precision"] = precision
    return metadata
  }

  /// - Throws: `SignalError.malformed` for a missing or impossible entry.
  init(metadata: [String: String], place: String) throws {
    func text(_ key: String) throws -> String {
      guard let value = metadata[key] else {
        throw SignalError.malformed(place: place, expected: "\(key) in the header", found: "none")
      }
      return value
    }
    func number<Number: LosslessStringConvertible>(
      _ key: String, _ isPossible: (Number) -> Bool
    ) throws -> Number {
      let value = try text(key)
      guard let number = Number(value), isPossible(number) else {
        throw SignalError.malformed(place: place, expected: "a possible number as \(key)", found: value)
      }
      return number
    }
    vocabulary = try number("vocabulary") { $0 > 0 && $0 <= 1 << 24 }
    k = try number("k") { $0 > 0 }
    temperature = try number("temperature", LossTerm.temperatures.contains)
    tokenizer = try text("tokenizer")
    template = try text("template")
    teacher = try text("teacher")
    precision = metadata["precision"]
    guard k <= vocabulary else {
      throw SignalError.malformed(
        place: place, expected: "k of at most the vocabulary's \(vocabulary)", found: "\(k)")
    }
  }

  /// Refuses signals of another tokenizer, template, vocabulary or teacher than a run has.
  ///
  /// - Parameter teacher: nil where the run names none.
  /// - Throws: `SignalError.mismatch` with both values.
  func require(
    tokenizer: Tokenizer, template: ModelTemplate, vocabulary: Int, teacher: String?, place: String
  ) throws {
    let parts = [
      ("tokenizer", tokenizer.fingerprint, self.tokenizer), ("template", template.name, self.template),
      ("vocabulary", "\(vocabulary)", "\(self.vocabulary)"),
      ("teacher", teacher ?? self.teacher, self.teacher),
    ]
    for (part, own, stored) in parts where own != stored {
      throw SignalError.mismatch(place: place, part: part, expected: own, found: stored)
    }
  }

  func require(equals other: SignalHeader, place: String) throws {
    for (part, value) in metadata.sorted(by: { $0.key < $1.key }) where other.metadata[part] != value {
      throw SignalError.mismatch(
        place: place, part: part, expected: other.metadata[part] ?? "", found: value)
    }
  }
}
