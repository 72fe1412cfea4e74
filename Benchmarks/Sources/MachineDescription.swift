import Files
import Kernels

/// What stands beside every result: the machine, its measured peak and the kind of build.
public enum MachineDescription {
  public static func facts(_ peak: MachinePeak) -> JSONValue {
    var facts = MachineFacts.current.json.object ?? JSONObject()
    facts["build"] = .string(isDebugBuild ? "debug" : "release")
    facts["last_cache_bytes"] = .int(CacheFlush.lastCacheBytes)
    facts["peak"] = [
      "threads": .int(peak.threads), "fp32_gflops": .double(peak.fp32),
      "bf16_gflops": peak.bf16.map { .double($0) } ?? nil, "gigabytes_per_second": .double(peak.bandwidth),
    ]
    return .object(facts)
  }

  /// Swift code is many times slower in a debug build: its figures mean nothing.
  public static var isDebugBuild: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }
}
