import ArgumentParser
import Files
import Kernels
import LanguageModels
import TensorCore

/// `swiftlet logits MODEL --tokens 1,2,3`: what a model computes, to be compared with another program.
struct LogitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits", abstract: "Show the most likely next tokens with their logits.",
    discussion: "Example: swiftlet logits Models/teacher-6m --tokens 1,2,3 --top 20 --json")

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Option(help: "Token ids, separated by commas.", transform: LogitsCommand.ids)
  var tokens: [Int32]

  @Option(help: "How many tokens to show.")
  var top = 20

  @Flag(help: "Show every position, not the last alone.")
  var allPositions = false

  @OptionGroup var compute: ComputeOptions
  @OptionGroup var result: ResultOptions

  /// Parses `1,2,3`.
  static func ids(_ text: String) throws -> [Int32] {
    try text.split(separator: ",").map { piece in
      guard let id = Int32(piece.filter { $0 != " " }) else {
        throw ValidationError("'\(piece)' is not a token id; write for example --tokens 1,2,3")
      }
      return id
    }
  }

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be 1 or more") }
  }

  func run() throws {
    try compute.run {
      let transformer = try LoadedModel.transformer(model)
      let configuration = transformer.configuration
      guard !tokens.isEmpty, tokens.count <= configuration.maximumPositions else {
        throw CommandError.tooManyTokens(count: tokens.count, limit: configuration.maximumPositions)
      }
      if let token = tokens.first(where: { $0 < 0 || Int($0) >= configuration.vocabularySize }) {
        throw CommandError.tokenOutsideVocabulary(token: token, vocabularySize: configuration.vocabularySize)
      }
      print(positions(of: transformer))
    }
  }

  struct Candidate {
    let id: Int32
    let logit: Float
    let logProbability: Float
  }

  /// The best candidates after each position that is shown, best first.
  private func positions(of model: Transformer) -> [(position: Int, top: [Candidate])] {
    let columns = model.configuration.vocabularySize
    let count = min(top, columns)
    let shown = allPositions ? Array(tokens.indices) : [tokens.count - 1]
    let hidden = withoutGradient { model.forward(tokens: tokens, documentLengths: [tokens.count]) }
    return shown.map { position in
      let logits = withoutGradient { model.logits(of: gatherRows(hidden, rows: [Int32(position)])) }
      let best = Kernels.topK(logits.buffer, rows: 1, columns: columns, k: count)
      let whole = best.logSumExp[0]
      let candidates = (0..<count).map {
        Candidate(id: best.indices[$0], logit: best.values[$0], logProbability: best.values[$0] - whole)
      }
      return (position, candidates)
    }
  }

  private func print(_ positions: [(position: Int, top: [Candidate])]) {
    func list(_ candidates: [Candidate]) -> JSONValue {
      .array(
        candidates.map {
          [
            "id": .int(Int($0.id)), "logit": .double(Double($0.logit)),
            "log_probability": .double(Double($0.logProbability)),
          ]
        })
    }
    guard result.json else {
      for (position, candidates) in positions {
        Terminal.printResult("after position \(position), token \(tokens[position]):")
        for candidate in candidates {
          Terminal.printResult(
            "\(candidate.id)\tlogit \(candidate.logit)\tlog-probability \(candidate.logProbability)")
        }
      }
      return
    }
    var document = JSONObject([
      ("tokens", .array(tokens.map { .int(Int($0)) })), ("top", list(positions.last?.top ?? [])),
    ])
    if allPositions {
      document["positions"] = .array(
        positions.map {
          ["position": .int($0.position), "token": .int(Int(tokens[$0.position])), "top": list($0.top)]
        })
    }
    Terminal.printResult(JSONValue.object(document).text())
  }
}
