internal import CKernels

/// The keys and values that one layer has computed for several sequences, each in a slot of its own.
///
/// Keys lie in tiles of 64 positions, side by side in each dimension, so that 64 scores come from plain products
/// without horizontal sums: [slots, keyValueHeads, capacity / 64, headDimension, 64]. Values lie by position, padded
/// to 16 dimensions: [slots, keyValueHeads, capacity, padded]. Memory that no position was written to is never read.
/// In bf16 two numbers share the place of one: decoding waits for this memory more than for anything else.
public final class KeyValueCache: Sendable {
  public let slots: Int
  /// Positions a slot can hold, a multiple of 64.
  public let capacity: Int
  public let queryHeads: Int
  public let keyValueHeads: Int
  public let headDimension: Int
  /// What keys and values are rounded to; sums stay fp32.
  public let precision: Precision
  let keys: Buffer
  let values: Buffer

  /// - Parameter capacity: at least; rounded up to a multiple of 64.
  public init(
    slots: Int, capacity: Int, queryHeads: Int, keyValueHeads: Int, headDimension: Int,
    precision: Precision = .fp32
  ) {
    precondition(
      slots >= 0 && capacity >= 0 && keyValueHeads > 0 && queryHeads % keyValueHeads == 0
        && headDimension % 2 == 0, "KeyValueCache: sizes")
    self.slots = slots
    self.capacity = Self.rounded(capacity)
    self.queryHeads = queryHeads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.precision = precision
    let (keyWords, valueWords) = Self.words(headDimension, precision)
    keys = .uninitialized(slots * keyValueHeads * self.capacity * keyWords)
    values = .uninitialized(slots * keyValueHeads * self.capacity * valueWords)
  }

  /// The bytes that one slot of one layer takes.
  public static func bytesPerSlot(
    capacity: Int, keyValueHeads: Int, headDimension: Int, precision: Precision
  ) -> Int {
    let (keyWords, valueWords) = words(headDimension, precision)
    return 4 * keyValueHeads * rounded(capacity) * (keyWords + valueWords)
  }

  private static func rounded(_ capacity: Int) -> Int { (capacity + 63) / 64 * 64 }
  private static func padded(_ dimension: Int, _ precision: Precision) -> Int {
    precision == .bf16 ? (dimension + 31) / 32 * 32 : (dimension + 15) / 16 * 16
  }
  /// The floats that the key and the value of one position and head take.
  private static func words(_ dimension: Int, _ precision: Precision) -> (key: Int, value: Int) {
    let padded = padded(dimension, precision)
    return precision == .bf16 ? (dimension / 2, padded / 2) : (dimension, padded)
  }

  /// Copies what `source` holds at the first positions to `target`; their later positions stay.
  public func copy(positions: Int, from source: Int, to target: Int) {
    precondition(
      positions >= 0 && positions <= capacity && source >= 0 && source < slots && target >= 0
        && target < slots,
      "KeyValueCache: a copy outside the cache")
    guard source != target, positions > 0 else { return }
    // Whole tiles of keys: what lies beyond the positions is written before it is read.
    let (keyWords, valueWords) = Self.words(headDimension, precision)
    let keyCount = (positions + 63) / 64 * 64 * keyWords
    for head in 0..<keyValueHeads {
      let (from, to) = (source * keyValueHeads + head, target * keyValueHeads + head)
      let (keyStride, valueStride) = (capacity * keyWords, capacity * valueWords)
      (keys.pointer + to * keyStride).update(from: keys.pointer + from * keyStride, count: keyCount)
      (values.pointer + to * valueStride).update(
        from: values.pointer + from * valueStride, count: positions * valueWords)
    }
  }

  var padded: Int { Self.padded(headDimension, precision) }
  var shape: swiftlet_cache {
    swiftlet_cache(
      heads: queryHeads, kv_heads: keyValueHeads, dimension: headDimension, padded: padded,
      capacity: capacity,
      is_short: precision == .bf16)
  }

  func requireRows(_ positions: [Int32], _ slots: [Int32]) {
    precondition(positions.count == slots.count, "KeyValueCache: positions and slots differ in number")
    precondition(
      positions.allSatisfy { $0 >= 0 && Int($0) < capacity }
        && slots.allSatisfy { $0 >= 0 && Int($0) < self.slots },
      "KeyValueCache: a position or slot is outside the cache")
  }
}
