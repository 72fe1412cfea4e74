import Files
import Foundation
import Kernels

extension RecipeSection {
  /// Every key with its value, defaults written out, as one JSON object in the section's order.
  package var jsonText: String { node.json }

  /// The same as YAML, which reads back to the same values.
  package var yamlText: String {
    var text = ""
    guard case .mapping(let entries) = node.content else { return text }
    for entry in entries {
      if case .mapping(let inner) = entry.value.content, !inner.isEmpty {
        text += "\(entry.key):\n"
        for line in inner { text += "  \(RecipeNode.key(line.key)): \(line.value.flow)\n" }
      } else {
        text += "\(entry.key): \(entry.value.flow)\n"
      }
    }
    return text
  }
}

extension Recipe {
  /// The resolved recipe, every default that the method reads written out, as one JSON object with keys in the recipe's order.
  public var json: String { jsonText }

  /// The resolved recipe as YAML, which reads back to the same recipe.
  public var yaml: String { yamlText }

  /// Identifies what determines the numbers of a run: everything but evaluation (unless it chooses the model), gates, name,
  /// output, what the ledger alone reads, and how long it may take. A checkpoint is continued only by a recipe with the same identity.
  public var identity: String {
    var copy = self
    if evaluation.takesBest {
      copy.evaluation.suites = []
      copy.evaluation.samples = 0
    } else {
      copy.evaluation = EvaluationSettings()
    }
    copy.gates = []
    copy.ledger = nil
    copy.dataset.license = nil
    copy.name = nil
    copy.output = nil
    copy.training.loggingSteps = 1
    copy.training.saveSteps = 1
    copy.training.saveType = .fp32
    copy.training.keptCheckpoints = 1
    copy.training.reportTo = nil
    if copy.training.maxSteps != nil || copy.training.epochs != nil { copy.training.maxSeconds = nil }
    return Fingerprint.sha256(Array(copy.json.utf8))
  }
}

extension RecipeNode {
  /// JSON: quoted scalars are strings, unquoted ones are numbers, booleans, null, or else strings.
  package var json: String { flow }

  /// One line that is JSON and therefore YAML.
  var flow: String {
    switch content {
    case .scalar(let text, let isQuoted):
      if isQuoted { return RecipeNode.quoted(text) }
      if isNull { return "null" }
      if ["true", "false"].contains(text) { return text }
      if let number = Double(text), number.isFinite {
        return Int(text) != nil || UInt64(text) != nil ? text.replacing("+", with: "") : "\(number)"
      }
      return RecipeNode.quoted(text)
    case .sequence(let items): return "[" + items.map(\.flow).joined(separator: ", ") + "]"
    case .mapping(let entries):
      return "{" + entries.map { "\(RecipeNode.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", ")
        + "}"
    }
  }

  static func key(_ key: String) -> String {
    key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? key : quoted(key)
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case let scalar where scalar.value < 0x20:
        let hexadecimal = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
