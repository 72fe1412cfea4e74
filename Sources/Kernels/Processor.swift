internal import CKernels
import Glibc

/// The instruction sets that the C kernels are compiled for, lowest first.
///
/// The names are those of the environment variable `SWIFTLET_KERNELS`, which forces one that the processor has.
public enum KernelVariant: String, CaseIterable, Sendable, Comparable {
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

  public static func < (a: KernelVariant, b: KernelVariant) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// `SWIFTLET_KERNELS` names what the processor cannot run.
public struct UnsupportedVariant: Diagnostic {
  public let name: String

  public var place: String { "SWIFTLET_KERNELS" }
  public var expected: String {
    "one of this processor's: " + Processor.supportedVariants.map(\.rawValue).joined(separator: ", ")
  }
  public var found: String { KernelVariant(rawValue: name) == nil ? "no variant, \(name)" : name }
  public var nextStep: String { "unset it to take the best one" }
  public var exitCode: ExitCode { .usage }
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
    do {
      return try requestedVariant() ?? supportedVariants.last ?? .base
    } catch {
      // A program of its own may not have asked; this one stops at its start.
      warn("\(error)")
      return supportedVariants.last ?? .base
    }
  }()

  /// The variant that `SWIFTLET_KERNELS` names; nil when it is not set.
  ///
  /// - Throws: `UnsupportedVariant` when there is no such variant or the processor lacks it.
  @discardableResult
  public static func requestedVariant() throws -> KernelVariant? {
    guard let name = getenv("SWIFTLET_KERNELS").map({ String(cString: $0) }), !name.isEmpty else {
      return nil
    }
    guard let wanted = KernelVariant(rawValue: name), supportedVariants.contains(wanted) else {
      throw UnsupportedVariant(name: name)
    }
    return wanted
  }

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
