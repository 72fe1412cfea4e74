import Foundation
import Kernels

/// The program and the machine: what speed, and in bf16 the last digits, depend on beside a recipe. Bug reports, stored
/// runs and benchmarks carry them.
public struct MachineFacts: Codable, Sendable, Equatable {
  public var version: String
  /// Of the checkout that holds the executable; "unknown" for an installed one.
  public var commit: String
  /// The compiler that built the program.
  public var swift: String
  public var system: String
  public var processor: String
  /// The instruction sets that matter to the kernels, as the kernel names them.
  public var features: [String]
  /// Cores that this process may run on.
  public var cores: Int
  public var threads: Int
  /// What the machine has, or what the container may take when that is less.
  public var memoryBytes: Int
  public var openBLAS: String
  public var kernelVariant: String
  /// What `auto` means here.
  public var automaticPrecision: String

  /// The program's version.
  public static let programVersion = "0.1.0"

  /// The version with the SHA-256 of the executable: no commit tells one build of an edited checkout from the next. The
  /// version alone where the executable cannot be read.
  public static let programIdentity: String = {
    // The file that this process runs, even where a newer one has its name by now.
    guard let digest = try? Fingerprint.sha256(file: URL(fileURLWithPath: "/proc/self/exe")) else {
      return programVersion
    }
    return "\(programVersion) \(digest)"
  }()

  /// The facts of this process; only `threads` can change between two calls.
  public static var current: MachineFacts {
    var facts = fixed
    facts.threads = Threads.count
    return facts
  }

  private static let fixed = MachineFacts(
    version: programVersion, commit: Checkout.commit() ?? "unknown", swift: swiftVersion,
    system: ProcessInfo.processInfo.operatingSystemVersionString, processor: ProcessorText.model,
    features: ProcessorText.features, cores: Processor.coreCount, threads: 0, memoryBytes: memory,
    openBLAS: OpenBLAS.configuration, kernelVariant: Processor.variant.rawValue,
    automaticPrecision: Precision.automatic.rawValue)

  private static var swiftVersion: String {
    #if compiler(>=6.4)
      "6.4 or newer"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var memory: Int {
    let whole = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    let limit = try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8)
    guard let limit, let bytes = Int(limit.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      return whole
    }
    return min(whole, bytes)
  }
}

extension MachineFacts {
  /// The facts in words, in a fixed order.
  public var entries: [(key: String, value: String)] {
    [
      ("version", version), ("commit", commit), ("swift", swift), ("system", system),
      ("processor", processor),
      ("features", features.joined(separator: " ")), ("cores", "\(cores)"), ("threads", "\(threads)"),
      ("memory", String(format: "%.1f GiB", Double(memoryBytes) / Double(1 << 30))), ("openblas", openBLAS),
      ("kernels", kernelVariant), ("precision auto", automaticPrecision),
    ]
  }

  public var json: JSONValue {
    [
      "version": .string(version), "commit": .string(commit), "swift": .string(swift),
      "system": .string(system), "processor": .string(processor),
      "features": .array(features.map { .string($0) }), "cores": .int(cores), "threads": .int(threads),
      "memory_bytes": .int(memoryBytes), "openblas": .string(openBLAS), "kernels": .string(kernelVariant),
      "precision_auto": .string(automaticPrecision),
    ]
  }
}

/// What /proc/cpuinfo says of the first processor.
private enum ProcessorText {
  private static let fields: [String: String] = {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return [:] }
    var fields: [String: String] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let colon = line.firstIndex(of: ":") else { break }
      let key = line[..<colon].trimmingCharacters(in: .whitespaces)
      fields[key] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return fields
  }()

  static let model = fields["model name"] ?? fields["CPU part"].map { "ARM part \($0)" } ?? "unknown"

  static let features: [String] = {
    let present = Set((fields["flags"] ?? fields["Features"] ?? "").split(separator: " ").map(String.init))
    let ofInterest = [
      "avx", "avx2", "fma", "f16c", "avx512f", "avx512bw", "avx512vl", "avx512_vnni", "avx512_bf16",
      "avx512_fp16",
      "avx_vnni", "amx_bf16", "amx_int8", "asimd", "asimdhp", "asimddp", "bf16", "i8mm", "sve", "sve2",
    ]
    return ofInterest.filter(present.contains)
  }()
}

/// The checkout that the program was built in.
private enum Checkout {
  static func commit() -> String? {
    guard let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    let files = FileManager.default
    var folder = executable.deletingLastPathComponent()
    while folder.path != "/" {
      let isCheckout = ["Package.swift", ".git"].allSatisfy {
        files.fileExists(atPath: folder.appendingPathComponent($0).path)
      }
      if isCheckout { return revision(of: folder) }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  private static func revision(of folder: URL) -> String? {
    let git = Process()
    let output = Pipe()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    git.arguments = ["git", "-C", folder.path, "rev-parse", "HEAD"]
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    // Without git, or where it does not trust the folder, the commit stays unknown.
    guard (try? git.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    git.waitUntilExit()
    let commit = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return git.terminationStatus == 0 && !commit.isEmpty ? commit : nil
  }
}
