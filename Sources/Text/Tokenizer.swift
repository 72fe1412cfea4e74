import Files
import Foundation
import Synchronization

/// A byte-level BPE tokenizer: text to token ids and back, without loss.
///
/// It reads and writes the files of Hugging Face tokenizers (`tokenizer.json`) and gives the same ids. One
/// tokenizer may be used from several threads at once.
public final class Tokenizer: Sendable {
  let definition: TokenizerDefinition
  public let configuration: TokenizerConfiguration
  private let encoder: TextEncoder
  /// Working memory that no encoding uses at the moment.
  private let idleMemory = Mutex<[EncoderMemory]>([])
  /// The bytes of all tokens, one after another; those of `id` begin at `byteStarts[id]`.
  private let tokenBytes: [UInt8]
  private let byteStarts: [Int]
  private let specialIDs: Set<Int32>
  private let ids: [ExactText: Int32]

  init(_ definition: TokenizerDefinition, configuration: TokenizerConfiguration = TokenizerConfiguration()) {
    self.definition = definition
    self.configuration = configuration
    encoder = TextEncoder(definition)
    var tokens = definition.vocabulary
    let largest = definition.addedTokens.map { Int($0.id) }.max() ?? -1
    while tokens.count <= largest { tokens.append(nil) }
    for token in definition.addedTokens { tokens[Int(token.id)] = token.content }
    var bytes: [UInt8] = []
    var starts = [0]
    var ids: [ExactText: Int32] = [:]
    for (id, token) in tokens.enumerated() {
      if let token {
        bytes += ByteAlphabet.bytes(of: token) ?? Array(token.utf8)
        ids[ExactText(token)] = Int32(id)
      }
      starts.append(bytes.count)
    }
    tokenBytes = bytes
    byteStarts = starts
    self.ids = ids
    specialIDs = Set(definition.addedTokens.filter(\.isSpecial).map(\.id))
  }

  /// Reads `tokenizer.json`, and `tokenizer_config.json` where there is one, from a model folder, or a single
  /// `tokenizer.json` by its own name.
  ///
  /// - Throws: `FileError`, `TokenizerError`.
  public static func load(_ url: URL) throws -> Tokenizer {
    var isDirectory: ObjCBool = false
    let isFolder =
      FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) && isDirectory.boolValue
    let folder = isFolder ? url : url.deletingLastPathComponent()
    let definition = try TokenizerDefinition(
      reading: isFolder ? url.appendingPathComponent("tokenizer.json") : url)
    return Tokenizer(definition, configuration: try TokenizerConfiguration(readingFolder: folder))
  }

  /// A tokenizer from the content of `tokenizer.json`; errors name `file`.
  ///
  /// - Throws: `TokenizerError`.
  package convenience init(
    json: JSONValue, file: String, configuration: TokenizerConfiguration
  ) throws(TokenizerError) {
    self.init(try TokenizerDefinition(json, file: file), configuration: configuration)
  }

  /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder`, which exists.
  ///
  /// - Throws: `FileError.cannotWrite`.
  public func save(to folder: URL) throws {
    try AtomicFile.write(
      json.text(isPretty: true), to: folder.appendingPathComponent("tokenizer.json"))
    try AtomicFile.write(
      configuration.json.text(isPretty: true), to: folder.appendingPathComponent("tokenizer_config.json"))
  }

  /// The content of `tokenizer.json`.
  package var json: JSONValue { definition.json }

  /// SHA-256 of what determines its ids, however `tokenizer.json` is laid out.
  package var fingerprint: String { Fingerprint.sha256(Array(json.text().utf8)) }

  /// The same tokenizer with other settings beside it (special roles, chat template).
  public func with(_ configuration: TokenizerConfiguration) -> Tokenizer {
    Tokenizer(definition, configuration: configuration)
  }

  /// One more than the largest id.
  public var vocabularySize: Int { byteStarts.count - 1 }

  public var addedTokens: [AddedToken] { definition.addedTokens }

  /// The id of a token by its vocabulary spelling (`Ġthe`, `<|im_end|>`).
  public func id(of token: String) -> Int32? { ids[ExactText(token)] }

  /// The vocabulary spelling of a token; nil for an id that is not used.
  public func token(_ id: Int32) -> String? {
    if let added = definition.addedTokens.first(where: { $0.id == id }) { return added.content }
    return definition.vocabulary.indices.contains(Int(id)) ? definition.vocabulary[Int(id)] : nil
  }

  public func isSpecial(_ id: Int32) -> Bool { specialIDs.contains(id) }

  /// The ids of the tokens that `tokenizer_config.json` names for these roles.
  public var beginID: Int32? { configuration.beginToken.flatMap(id(of:)) }
  public var endID: Int32? { configuration.endToken.flatMap(id(of:)) }
  public var paddingID: Int32? { configuration.paddingToken.flatMap(id(of:)) }

  /// The token ids of `text`.
  ///
  /// Added tokens that occur in the text (`<|im_end|>`) become their ids. With `addSpecialTokens` the ids of
  /// the tokenizer's own template come around them (Llama 3: a begin token).
  ///
  /// - Parameter dropsUnknownBytes: leaves out bytes that no token spells, as Hugging Face tokenizers do.
  /// - Throws: `TokenizerError.unknownByte` for such a byte otherwise, where the tokenizer has no unknown token for it.
  public func encode(
    _ text: String, addSpecialTokens: Bool = false, dropsUnknownBytes: Bool = false
  ) throws(TokenizerError) -> [Int32] {
    let bytes = Array(text.utf8)
    var output: [Int32] = []
    output.reserveCapacity(bytes.count / 3 + 8)
    if addSpecialTokens { output += definition.prefix }
    var memory = idleMemory.withLock { $0.popLast() } ?? EncoderMemory()
    let lost = encoder.encode(bytes, using: &memory, into: &output)
    idleMemory.withLock { $0.append(memory) }
    if let lost, !dropsUnknownBytes { throw .unknownByte(text: text, byte: lost) }
    if addSpecialTokens { output += definition.suffix }
    return output
  }

  /// The bytes that a token stands for; none for an id outside the vocabulary.
  public func bytes(of id: Int32) -> ArraySlice<UInt8> {
    guard 0..<vocabularySize ~= Int(id) else { return [] }
    return tokenBytes[byteStarts[Int(id)]..<byteStarts[Int(id) + 1]]
  }

  /// The text of `ids`. Bytes that are not UTF-8 become U+FFFD; ids outside the vocabulary are left out.
  public func decode(_ ids: some Sequence<Int32>, skipSpecialTokens: Bool = false) -> String {
    var bytes: [UInt8] = []
    for id in ids where !(skipSpecialTokens && isSpecial(id)) { bytes += self.bytes(of: id) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
