/// What the inputs of matrix products are rounded to; parameters, gradients and sums stay 32-bit floats.
public enum Precision: String, CaseIterable, Sendable {
  case fp32
  /// bfloat16 inputs, rounded to the nearest (ties to even), summed in fp32.
  case bf16

  /// The precision of the products in the current task.
  @TaskLocal public static var current: Precision = .fp32

  /// bf16 where the processor multiplies it (AVX-512 BF16), fp32 elsewhere.
  public static var automatic: Precision { Processor.multipliesBF16 ? .bf16 : .fp32 }
}
