import LanguageModels

/// Shows how far a model's answers are, and breaks them off when the run is to stop.
struct AnsweringWatch {
  let observer: (any TrainingObserver)?
  let shouldStop: () -> Bool

  /// - Throws: `AnsweringInterrupted`.
  func report(_ progress: GenerationProgress, stage: String) throws {
    try poll()
    observer?.observe(.answering(stage: stage, progress))
  }

  func poll() throws {
    if shouldStop() { throw AnsweringInterrupted() }
  }
}

/// An evaluation, or a check before the first update, was broken off: what it measured is void.
struct AnsweringInterrupted: Error {}
