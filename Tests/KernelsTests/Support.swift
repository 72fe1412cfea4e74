import Kernels
import Testing

/// Repeatable numbers in [-scale, scale).
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 23) - 1
  }

  mutating func buffer(_ count: Int, scale: Float = 1) -> Buffer {
    Buffer((0..<count).map { _ in scale * next() })
  }

  mutating func integers(_ count: Int, below bound: Int) -> [Int32] {
    (0..<count).map { _ in Int32(min(Float(bound - 1), (next() + 1) / 2 * Float(bound))) }
  }
}

/// max |found − expected| / max(1, max |expected|) is at most `tolerance`; a failure names the worst element.
func expectClose(
  _ found: Buffer, _ expected: Buffer, tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what): \(found.count) elements, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let scale = max(1, Kernels.maxAbs(expected))
  var (worst, at): (Float, Int) = (0, 0)
  for i in 0..<found.count where found[i] != expected[i] {
    let difference = abs(found[i] - expected[i])
    if !(difference <= worst) { (worst, at) = (difference, i) }
  }
  if !(worst <= tolerance * scale) {
    Issue.record(
      "\(what): element \(at) of \(found.count) is \(found[at]), expected \(expected[at]); difference \(worst)",
      sourceLocation: sourceLocation)
  }
}

/// Runs `body` once for each variant that this processor has.
func forEachVariant(_ body: (KernelVariant) -> Void) {
  for variant in Processor.supportedVariants { Processor.$forcedVariant.withValue(variant) { body(variant) } }
}

/// Runs `body` with one thread, then with three.
func atSeveralThreadCounts<Result>(_ body: () -> Result) -> [Result] {
  let before = Threads.count
  defer { Threads.count = before }
  return [1, 3].map { count in
    Threads.count = count
    return body()
  }
}

let oddSizes = [0, 1, 7, 8, 9, 63, 65]
