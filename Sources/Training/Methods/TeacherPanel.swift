import Kernels
import LanguageModels
import TensorCore

/// One or several frozen teachers of one vocabulary that speak as one, each about the documents of its domains.
///
/// z(row) = Σ w_i z_i(row) / Σ w_i over the teachers i of the row's document
///
/// The mean of logits is, at any temperature, the normalized geometric mean of the teachers' distributions (Hinton et
/// al. 2015, section 1, names it beside the arithmetic one). A teacher reads the documents that it teaches alone.
public final class TeacherPanel {
  public struct Member {
    /// Frozen.
    public let model: any TeacherModel
    /// Above 0.
    public let weight: Double
    /// The domains that it teaches; all documents when empty.
    public let domains: Set<String>

    public init(_ model: any TeacherModel, weight: Double = 1, domains: Set<String> = []) {
      self.model = model
      self.weight = weight
      self.domains = domains
    }

    func teaches(_ domain: String?) -> Bool { domains.isEmpty || domain.map(domains.contains) == true }
  }

  public let members: [Member]

  /// - Parameter members: one or more.
  public init(_ members: [Member]) {
    precondition(!members.isEmpty, "TeacherPanel: no teacher")
    self.members = members
  }

  /// The teacher that alone teaches everything, where its layers can be looked into; nil where there are several.
  public var single: Transformer? {
    members.count == 1 && members[0].domains.isEmpty ? members[0].model as? Transformer : nil
  }

  /// What one member makes of a batch.
  fileprivate struct View {
    /// Its last hidden states, [its labels, hidden].
    let learnt: Tensor
    /// For each of them which of the batch's labels it stands at, ascending.
    let places: [Int]
  }

  /// The members' way through a batch, from which the logits of any rows can be had.
  public struct Reading {
    fileprivate let views: [View]
    /// Σ of the weights of those who teach it, for each label of the batch.
    fileprivate let weights: [Float]
  }

  /// - Throws: `TrainingError.notAvailable` for a document that nobody teaches.
  func read(_ batch: TokenBatch) throws -> Reading {
    var weights = [Float](repeating: 0, count: batch.labelCount)
    let views = members.map { member in
      let part = batch.documents { member.teaches($0) }
      for place in part.places { weights[place] += Float(member.weight) }
      return View(learnt: member.model.learntStates(of: part.batch), places: part.places)
    }
    if let untaught = weights.firstIndex(of: 0) {
      let domain = batch.domain(ofLabel: untaught)
      throw TrainingError.notAvailable(
        what: domain.map { "a document of domain \($0) without a teacher" }
          ?? "a document without a domain, which no teacher teaches",
        instead: "a teacher without `domains:`, or one with this domain among them")
    }
    return Reading(views: views, weights: weights)
  }

  /// - Parameter rows: of the batch's labels.
  /// - Returns: [rows, vocabulary]
  func logits(of reading: Reading, rows: Range<Int>) -> Tensor {
    if members.count == 1 { return members[0].model.logits(of: slice(reading.views[0].learnt, rows: rows)) }
    var mean: [Float] = []
    var columns = 0
    for (member, view) in zip(members, reading.views) {
      let first = view.places.partitioningIndex(from: rows.lowerBound)
      let places = view.places[first..<view.places.partitioningIndex(from: rows.upperBound)]
      if places.isEmpty { continue }
      let logits = member.model.logits(of: slice(view.learnt, rows: places.indices))
      columns = logits.columns
      if mean.isEmpty { mean = [Float](repeating: 0, count: rows.count * columns) }
      logits.buffer.withSpan { values in
        for (row, place) in places.enumerated() {
          let share = Float(member.weight) / reading.weights[place]
          let (from, to) = (row * columns, (place - rows.lowerBound) * columns)
          for column in 0..<columns { mean[to + column] += share * values[from + column] }
        }
      }
    }
    return Tensor([rows.count, columns], mean)
  }
}

extension [Int] {
  /// The first index whose value is `value` or more, of an ascending list.
  fileprivate func partitioningIndex(from value: Int) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TokenBatch {
  /// The documents whose domain `isKept` wants, and the places of their labels among those of the whole batch.
  fileprivate func documents(where isKept: (String?) -> Bool) -> (batch: TokenBatch, places: [Int]) {
    if domains.allSatisfy(isKept) { return (self, Array(0..<labelCount)) }
    var examples: [Example] = []
    var places: [Int] = []
    let labels = rowLabels
    var (start, label) = (0, 0)
    for (document, length) in documentLengths.enumerated() {
      let rows = start..<start + length
      let example = Example(inputs: Array(tokens[rows]), labels: Array(labels[rows]))
      if isKept(domains[document]) {
        examples.append(example)
        places += label..<label + example.labelCount
      }
      start += length
      label += example.labelCount
    }
    return (TokenBatch(examples), places)
  }

  /// The domain of the document in which a label stands.
  fileprivate func domain(ofLabel label: Int) -> String? {
    var end = 0
    for (length, domain) in zip(documentLengths, domains) {
      end += length
      if Int(learntRows[label]) < end { return domain }
    }
    return nil
  }
}
