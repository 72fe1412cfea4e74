internal import CKernels
import Glibc

/// The instruction sets that the C kernels are compiled for, lowest first.
///
/// The names are those of the environment variable `SWIFTLET_KERNELS`, which lowers the choice (it never raises it
/// above what the processor has).
public enum KernelVariant: String, CaseIterable, Sendable {
  /// What every processor of the architecture has.
  case base
  /// x86-64-v3: AVX2 and FMA.
  case v3
  /// x86-64-v4: AVX-512.
  case v4
  /// v4 with the bf16 product `vdpbf16ps`.
  case v4bf16
  /// v4 with the 8-bit product `vpdpbusd`, and the bf16 product where the processor has it.
  case v4vnni
}

/// What this process runs on.
public enum Processor {
  private static let features = swiftlet_processor_features()

  /// The variants that this processor can run, lowest first.
  public static let supportedVariants: [KernelVariant] = KernelVariant.allCases.filter { variant in
    switch variant {
    case .base: true
    case .v3: features.x86_64_v3
    case .v4: features.x86_64_v4
    case .v4bf16: features.avx512_bf16
    case .v4vnni: features.avx512_vnni
    }
  }

  /// Forces a variant within a task, for tests; it must be a supported one.
  @TaskLocal package static var forcedVariant: KernelVariant?

  /// The variant in use: the best one, or the one that `SWIFTLET_KERNELS` names if the processor has it.
  public static var variant: KernelVariant { forcedVariant ?? chosenVariant }

  private static let chosenVariant: KernelVariant = {
    let best = supportedVariants.last ?? .base
    guard let name = getenv("SWIFTLET_KERNELS").map({ String(cString: $0) }), !name.isEmpty else {
      return best
    }
    guard let wanted = KernelVariant(rawValue: name) else {
      warn("SWIFTLET_KERNELS: no variant '\(name)'; known: \(KernelVariant.allCases.map(\.rawValue))")
      return best
    }
    guard supportedVariants.contains(wanted) else {
      warn("SWIFTLET_KERNELS: this processor lacks \(name); using \(best.rawValue)")
      return best
    }
    return wanted
  }()

  /// Whether products with bf16 inputs run on the processor's own instruction.
  public static var multipliesBF16: Bool {
    variant == .v4bf16 || (variant == .v4vnni && features.avx512_bf16)
  }

  /// Cores this process may run on.
  public static var coreCount: Int { Int(swiftlet_available_cores()) }

  /// The C loops of the variant in use.
  static var kernels: swiftlet_kernels {
    switch variant {
    case .base: baseTable
    case .v3: v3Table
    case .v4, .v4bf16, .v4vnni: v4Table
    }
  }

  private static let baseTable = swiftlet_kernel_table(0).pointee
  private static let v3Table = swiftlet_kernel_table(1).pointee
  private static let v4Table = swiftlet_kernel_table(2).pointee

  static func warn(_ message: String) {
    let line = "warning: \(message)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
  }
}
