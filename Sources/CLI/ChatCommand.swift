import ArgumentParser
import Files
import Foundation
import Kernels
import LanguageModels
import Text

/// `swiftlet chat MODEL`: a conversation on standard input.
struct ChatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat", abstract: "Talk with a model: a line on standard input is a turn.",
    discussion: """
      Example: echo "What is 3 % of 4,200 dollars?" | swiftlet chat Models/teacher-6m

      An empty line starts a new conversation; the end of the input ends it. When the context is full, the \
      oldest turns are forgotten.
      """)

  @Argument(help: "A model directory, a GGUF file or a pulled name.")
  var model: String

  @Option(help: "A system message.")
  var system: String?

  @OptionGroup var sampling: SamplingOptions
  @OptionGroup var compute: ComputeOptions
  @OptionGroup var cache: CacheOptions

  @Flag(help: "Print one JSON document with all turns at the end.")
  var json = false

  func run() throws {
    try compute.run {
      let loaded = try LoadedModel(model)
      let generator = try loaded.generator(cache: cache.cache)
      let stops = try loaded.stopTokens(inConversation: true)
      var conversation = Conversation(system: system)
      while let line = nextLine() {
        guard !line.isEmpty else {
          conversation.restart()
          continue
        }
        conversation.append(ChatMessage(role: "user", content: line))
        let prompt = try conversation.prompt(loaded, contextLength: generator.contextLength)
        let request = sampling.request(prompt, stopTokens: stops)
        let writer = json ? nil : StreamingWriter(loaded.tokenizer, stopTokens: stops)
        let sequence = try generator.generate([request]) { _, token in
          writer?.append(token)
          return true
        }[0]
        writer?.finish()
        conversation.append(
          ChatMessage(role: "assistant", content: loaded.tokenizer.decode(sequence.content)))
      }
      if json { Terminal.printResult(conversation.json.text()) }
    }
  }

  /// A line of standard input, with a prompt sign where a person types.
  private func nextLine() -> String? {
    if isatty(STDIN_FILENO) == 1 { Terminal.write("> ") }
    return readLine()?.trimmingCharacters(in: .whitespaces)
  }
}

/// The turns that the model sees, and all that were spoken.
private struct Conversation {
  private let system: String?
  private var seen: [ChatMessage] = []
  private var spoken: [ChatMessage] = []

  init(system: String?) { self.system = system }

  mutating func append(_ message: ChatMessage) {
    seen.append(message)
    spoken.append(message)
  }

  mutating func restart() { seen = [] }

  /// The prompt of the next answer; forgets the oldest turns until it leaves half of the context free.
  mutating func prompt(_ model: LoadedModel, contextLength: Int) throws -> [Int32] {
    let opening = system.map { [ChatMessage(role: "system", content: $0)] } ?? []
    while true {
      let tokens = try model.promptTokens(opening + seen)
      if tokens.count <= contextLength / 2 || seen.count <= 1 {
        guard tokens.count < contextLength else {
          throw CommandError.promptTooLong(
            place: "standard input, turn \(spoken.count { $0.role == "user" })", tokens: tokens.count,
            limit: contextLength)
        }
        return tokens
      }
      seen.removeFirst(2)
    }
  }

  var json: JSONValue {
    let messages = spoken.map { message -> JSONValue in
      ["role": .string(message.role), "content": .string(message.content)]
    }
    return ["messages": .array(messages)]
  }
}
