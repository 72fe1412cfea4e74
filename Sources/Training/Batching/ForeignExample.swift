import Kernels
import Objectives
import Text

/// An example in the tokens of a teacher that has a tokenizer and a template of its own.
public struct ForeignExample: Sendable, Equatable {
  /// As the teacher meets it.
  public let inputs, labels: [Int32]
  /// Learnt tokens that spell the same bytes; rows are counted among the learnt tokens of either side.
  public let groups: [TokenGroup]

  public init(inputs: [Int32], labels: [Int32], groups: [TokenGroup]) {
    self.inputs = inputs
    self.labels = labels
    self.groups = groups
  }
}

/// Examples that bring their teacher's view along: the same texts, encoded for both models.
struct ForeignExamples: ExampleSource {
  /// In the student's tokens.
  let examples: any ExampleSource
  /// The same texts in the same order, in the teacher's tokens.
  let taught: any ExampleSource
  let encoder, taughtEncoder: ExampleEncoder
  /// The longest text that the teacher reads, in its tokens.
  let taughtLength: Int

  var count: Int { examples.count }
  var name: String { examples.name }
  var difficulties: [Double] { examples.difficulties }

  /// An example that is too long for the teacher has nothing to be learnt, and is left out by whoever makes batches.
  ///
  /// - Throws: `RecipeError` for templates that write the answer in different words.
  func example(at index: Int) throws -> Example {
    var own = try examples.example(at: index)
    let other = try taught.example(at: index)
    guard other.count <= taughtLength else {
      own.labels = own.labels.map { _ in Example.ignoredLabel }
      return own
    }
    let (spelled, taughtSpelled) = (try encoder.spelling(of: own), try taughtEncoder.spelling(of: other))
    guard spelled.bytes == taughtSpelled.bytes else {
      let texts = [spelled, taughtSpelled].map {
        "\"" + String(decoding: $0.bytes.prefix(60), as: UTF8.self) + "\""
      }
      throw RecipeError(
        place: "\(name), example \(index)", expected: "the teacher's words \(texts[1])", found: texts[0],
        nextStep: encoder.learnsCompletionOnly
          ? "use a student whose template and tokenizer write answers as the teacher's do"
          : "learn the answers alone (training.completion_only_loss: true): the templates write other words around them"
      )
    }
    let alignment = ByteAlignment(studentEnds: spelled.ends, teacherEnds: taughtSpelled.ends)
    own.foreign = ForeignExample(inputs: other.inputs, labels: other.labels, groups: alignment.comparable)
    return own
  }

  /// How the two tokenizers fit, over the first examples.
  func alignment(over limit: Int) throws -> AlignmentCount {
    var alignment = AlignmentCount()
    for index in 0..<min(limit, count) {
      if let foreign = try example(at: index).foreign { alignment.add(foreign.groups) }
    }
    return alignment
  }
}

extension ExampleEncoder {
  /// What the learnt tokens spell, and the byte behind each; tokens that end a turn or a text spell nothing, since each
  /// model has its own.
  fileprivate func spelling(of example: Example) throws -> (bytes: [UInt8], ends: [Int]) {
    let silent = [try template.endID(tokenizer), tokenizer.endID]
    var (bytes, ends): ([UInt8], [Int]) = ([], [])
    for label in example.labels where label != Example.ignoredLabel {
      if !silent.contains(label) { bytes += tokenizer.bytes(of: label) }
      ends.append(bytes.count)
    }
    return (bytes, ends)
  }

  /// Ids of tokens that both tokenizers spell alike.
  func commonTokens(with taught: ExampleEncoder) -> [(student: Int32, teacher: Int32)] {
    (0..<Int32(tokenizer.vocabularySize)).compactMap { id in
      tokenizer.token(id).flatMap(taught.tokenizer.id(of:)).map { (id, $0) }
    }
  }
}
