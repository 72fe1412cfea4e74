import ArgumentParser
import Files
import LanguageModels
import Text

/// `swiftlet generate MODEL --prompt TEXT`: one continuation.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Continue a text with a model.",
    discussion: """
      Example: swiftlet generate Models/teacher-6m --prompt "Net margin is" --greedy --max-new-tokens 40

      The prompt is taken as it is; special tokens in it, such as <|im_start|>, are recognized. --chat puts it \
      into the model's template as a user's turn.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Option(help: "The text to continue.")
  var prompt: String

  @Flag(help: "Put the prompt into the model's chat template.")
  var chat = false

  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var cache: CacheOptions

  @Flag(help: "Print one JSON document: the ids of prompt and continuation, and the text.")
  var json = false

  func run() throws {
    try compute.run {
      let loaded = try LoadedModel(model)
      let tokens =
        chat
        ? try loaded.promptTokens([ChatMessage(role: "user", content: prompt)])
        : try loaded.tokenizer.encode(prompt, addSpecialTokens: true)
      let request = sampling.request(tokens, stopTokens: try loaded.stopTokens(inConversation: chat))
      let writer = json ? nil : StreamingWriter(loaded.tokenizer, stopTokens: request.stopTokens)
      let sequences = try loaded.generator(cache: cache.cache).generate([request]) { _, token in
        writer?.append(token)
        return true
      }
      writer?.finish()
      guard json, let sequence = sequences.first else { return }
      let document: JSONValue = [
        "prompt_tokens": .array(tokens.map { .int(Int($0)) }),
        "tokens": .array(sequence.tokens.map { .int(Int($0)) }),
        "text": .string(loaded.tokenizer.decode(sequence.content, skipSpecialTokens: true)),
        "finish_reason": .string(sequence.finishReason.rawValue),
      ]
      Terminal.printResult(document.text())
    }
  }
}

/// Prints text while it is generated, whole characters at a time.
final class StreamingWriter {
  private var decoder: StreamingDecoder
  private let stopTokens: [Int32]

  init(_ tokenizer: Tokenizer, stopTokens: [Int32]) {
    decoder = StreamingDecoder(tokenizer)
    self.stopTokens = stopTokens
  }

  func append(_ token: Int32) {
    guard !stopTokens.contains(token) else { return }
    Terminal.printPart(decoder.append(token))
  }

  func finish() { Terminal.printResult(decoder.finish()) }
}
