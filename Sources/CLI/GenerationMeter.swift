import LanguageModels

/// Shows how far a generation has come: in place on a terminal, a line every ten seconds elsewhere.
final class GenerationMeter {
  let label: String
  private let unit: String
  private let isInteractive: Bool
  private let write: (String) -> Void
  private var shown = 0.0
  private var isOpen = false

  init(
    label: String, unit: String, isInteractive: Bool = Terminal.isInteractive,
    write: @escaping (String) -> Void = Terminal.write
  ) {
    self.label = label
    self.unit = unit
    self.isInteractive = isInteractive
    self.write = write
  }

  /// Whatever ends the work, an error too, nothing goes on in its line.
  deinit { finish() }

  /// - Parameter reused: answers that were there before; rate and time left are those of the others.
  func show(_ progress: GenerationProgress, reused: Int) {
    guard progress.durationSeconds - shown >= (isInteractive ? 0.2 : 10) else { return }
    shown = progress.durationSeconds
    var text = "\(label): \(reused + progress.finishedSequences)/\(reused + progress.sequences) \(unit)"
    text += "  \(Int(progress.tokensPerSecond)) tok/s"
    if progress.finishedSequences > 0 {
      let share = Double(progress.finishedSequences) / Double(progress.sequences)
      text += "  \(Int(progress.durationSeconds * (1 - share) / share))s left"
    }
    write(isInteractive ? "\r\u{1B}[2K\(text)" : text + "\n")
    isOpen = isInteractive
  }

  func finish() {
    if isOpen { write("\r\u{1B}[2K") }
    isOpen = false
  }
}
