/// Byte strings numbered 0, 1, 2… in the order of insertion, found again by content: open addressing over one
/// arena.
struct ByteStringTable: Sendable {
  private var arena: [UInt8] = []
  private var starts: [Int] = [0]
  private var hashes: [UInt32] = []
  /// index + 1 of the string in each slot; 0 is free.
  private var slots: [Int32]

  init(minimumCapacity: Int = 64) {
    var capacity = 64
    while capacity < 2 * minimumCapacity { capacity *= 2 }
    slots = [Int32](repeating: 0, count: capacity)
  }

  var count: Int { hashes.count }
  var byteCount: Int { arena.count }

  /// The bytes of string `index`.
  subscript(index: Int) -> ArraySlice<UInt8> { arena[starts[index]..<starts[index + 1]] }

  /// The number of the string `text[range]`, or −1.
  func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let hash = Self.hash(text, range)
    return Int(slots[slot(text, range, hash)]) - 1
  }

  /// The number of the string `text[range]`, which is added if it is new.
  mutating func insert(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let hash = Self.hash(text, range)
    let slot = slot(text, range, hash)
    if slots[slot] > 0 { return Int(slots[slot]) - 1 }
    for index in range { arena.append(text[index]) }
    starts.append(arena.count)
    hashes.append(hash)
    slots[slot] = Int32(hashes.count)
    if 2 * hashes.count > slots.count { grow() }
    return hashes.count - 1
  }

  mutating func insert(_ bytes: [UInt8]) -> Int { insert(bytes.span, 0..<bytes.count) }

  /// Forgets all strings and keeps the memory.
  mutating func removeAll() {
    arena.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    hashes.removeAll(keepingCapacity: true)
    for index in slots.indices { slots[index] = 0 }
  }

  /// The slot of the string, or the free slot where it belongs.
  private func slot(_ text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt32) -> Int {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] > 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash, isString(index, text, range) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isString(_ index: Int, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = starts[index]
    guard starts[index + 1] - start == range.count else { return false }
    for offset in 0..<range.count where arena[start + offset] != text[range.lowerBound + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: 2 * slots.count)
    let mask = slots.count - 1
    for (index, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] > 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index + 1)
    }
  }

  /// FNV-1a over 64 bits, folded: words are a few bytes long.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    hash ^= hash >> 29
    return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
  }
}
