import ArgumentParser
import Evaluation

/// How an answer comes about.
enum ScoringMethod: String, CaseIterable, ExpressibleByArgument {
  /// The model writes it.
  case generate
  /// The model says how likely it finds each choice.
  case likelihood
}

extension ChoiceForm: ExpressibleByArgument {}

/// What `eval` measures by log-probabilities.
struct ScoringOptions: ParsableArguments {
  @Option(help: "generate (the model writes its answer) or likelihood (it scores the choices).")
  var method = ScoringMethod.generate

  @Option(
    help: """
      What likelihood scores: answers (the letter, word, yes or no that training writes; the default) or texts (the \
      options' own texts, and yes or no in the prompt's words).
      """)
  var score: ChoiceForm?

  @Flag(help: "Score the choices behind an empty question too, for acc_mutual_info.")
  var mutualInformation = false

  @Option(
    help: "Plain texts, for perplexity: a file of .txt or of JSON Lines with \"text\", or a folder of both.")
  var text: String?

  @Option(help: "The most tokens of a text that are read at once; the model's context by default.")
  var window: Int?

  @Option(help: "Tokens that each window after the first scores; a whole window by default.")
  var stride: Int?

  /// `score`, or what holds without it.
  var form: ChoiceForm { score ?? .answers }

  static let discussion = """
    With --method likelihood each choice of a choice or boolean question is scored as the assistant's answer under the \
    model's template, and the likeliest is taken, the first among equals: acc by the sum of its tokens' \
    log-probabilities, acc_norm per character, acc_bytes per UTF-8 byte; exact_match is greedy decoding's. \
    acc_mutual_info, with --mutual-information, is by the sum less that behind an empty question. Accuracy and the \
    comparison with another model go by acc.

    With --text a long text is read in windows that score every token exactly once. By default they do not overlap; \
    --stride smaller than --window lets each later window begin with the last (window − stride) tokens, which costs \
    more and predicts better. The last window always reads back as far as a whole one. Compare models by bits per \
    byte: words and tokens depend on the tokenizer.

    Records with \"lang\" give a table by language: rescaled accuracy RA = (accuracy − chance) / (1 − chance), its ratio \
    to English, and for records with the same \"parallel_id\" the share that two languages answer alike, by the option \
    chosen. --problems then takes whole groups as far as they go; a group that lacks a language is an error, or left \
    out with --skip-bad.
    """

  func validate() throws {
    if let window, window < 1 { throw ValidationError("--window must be 1 or more") }
    if let stride, stride < 1 { throw ValidationError("--stride must be 1 or more") }
    if text == nil, window != nil || stride != nil {
      throw ValidationError("--window and --stride belong to --text")
    }
    if let window, let stride, stride > window { throw ValidationError("--stride must not exceed --window") }
    if mutualInformation || score != nil, method != .likelihood {
      throw ValidationError("--score and --mutual-information belong to --method likelihood")
    }
    if text != nil, method == .likelihood { throw ValidationError("--method belongs to --suite and --data") }
  }
}
