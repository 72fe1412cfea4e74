import Foundation

/// A small, fast, reproducible random generator: xoshiro256**, seeded by SplitMix64 (Blackman & Vigna 2018).
///
/// The same seed gives the same numbers on every platform. The state can be read and restored, which is
/// what lets a checkpoint continue bit for bit.
public struct SeededRandom: RandomNumberGenerator, Sendable, Equatable {
  /// Four words, never all zero.
  public private(set) var state: [UInt64]

  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    state = (0..<4).map { _ in mixer.next() }
  }

  /// Restores a generator from a stored `state`; nil unless there are four words that are not all zero.
  public init?(state: [UInt64]) {
    guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
    self.state = state
  }

  /// A generator for item `index` of a stream: independent of how many items were drawn before it.
  public init(seed: UInt64, index: Int) {
    var mixer = SplitMix64(state: seed)
    let base = mixer.next()
    self.init(seed: base ^ SplitMix64.mixed(UInt64(bitPattern: Int64(index)) &+ 0x9E37_79B9_7F4A_7C15))
  }

  public mutating func next() -> UInt64 {
    let result = SeededRandom.rotateLeft(state[1] &* 5, 7) &* 9
    let t = state[1] << 17
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= t
    state[3] = SeededRandom.rotateLeft(state[3], 45)
    return result
  }

  /// A generator of its own for a named purpose, such as "dropout" or "shuffle"; leaves this one untouched.
  public func forked(_ label: String) -> SeededRandom {
    SeededRandom(seed: StableHash.of(label) ^ state[0] ^ SeededRandom.rotateLeft(state[2], 32))
  }

  /// Uniform in [0, 1), with 24 bits.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Uniform in [0, 1), with 53 bits.
  public mutating func uniformDouble() -> Double { Double(next() >> 11) * 0x1p-53 }

  private static func rotateLeft(_ x: UInt64, _ bits: UInt64) -> UInt64 { (x << bits) | (x >> (64 - bits)) }
}

/// SplitMix64 (Steele, Lea & Flood 2014): turns any seed into well mixed words.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mixed(state)
  }

  static func mixed(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// FNV-1a with a final mix: a hash that is the same in every process, unlike `Hasher`.
public enum StableHash {
  /// Of the text's UTF-8.
  public static func of(_ text: String) -> UInt64 { hash(text.utf8) }

  /// Of the numbers' bytes, lowest first.
  public static func of(_ numbers: [Int32]) -> UInt64 {
    hash(
      numbers.lazy.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return SplitMix64.mixed(hash)
  }
}

extension SeededRandom {
  /// A standard normal number by the Box–Muller transform; each call draws two uniforms.
  public mutating func normal() -> Float {
    let radius = (-2 * log(1 - uniformDouble())).squareRoot()
    return Float(radius * cos(2 * Double.pi * uniformDouble()))
  }

  /// Uniform in a closed range of integers.
  public mutating func int(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// One element; the collection must not be empty.
  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }
}
