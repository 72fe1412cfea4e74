import Kernels

/// No kernel gave a right result for any shape.
public struct NothingMeasured: Diagnostic {
  public let shapes: Int

  public init(shapes: Int) { self.shapes = shapes }

  public var place: String { "bench matmul" }
  public var expected: String { "a kernel with right results" }
  public var found: String { "none in \(shapes) shapes" }
  public var nextStep: String { "see the errors in the list; --max-error accepts less exact kernels" }
  public var exitCode: ExitCode { .badData }
}
