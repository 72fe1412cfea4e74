/// The merges of a BPE model: for two neighbouring tokens, how early they merge and into which token.
struct MergeTable: Sendable {
  private static let free = UInt64.max

  private var keys: [UInt64]
  /// rank << 32 | merged token
  private var values: [UInt64]

  /// `merges` in the order of their ranks; of a pair that occurs twice, the last counts.
  init(_ merges: [Merge]) {
    var capacity = 64
    while capacity < 2 * merges.count { capacity *= 2 }
    keys = [UInt64](repeating: Self.free, count: capacity)
    values = [UInt64](repeating: 0, count: capacity)
    for (rank, merge) in merges.enumerated() {
      let key = Self.key(merge.left, merge.right)
      let slot = slot(key)
      keys[slot] = key
      values[slot] = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: merge.result))
    }
  }

  /// rank << 32 | merged token, or nil when the two do not merge.
  func find(_ left: Int32, _ right: Int32) -> UInt64? {
    let key = Self.key(left, right)
    let slot = slot(key)
    return keys[slot] == key ? values[slot] : nil
  }

  private func slot(_ key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while keys[slot] != Self.free, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }
}

/// Tokens `left` and `right`, side by side, become `result`.
struct Merge: Sendable, Equatable {
  let left: Int32
  let right: Int32
  let result: Int32
}

/// Applies merges to one word at a time; keeps its working memory.
struct WordMerger {
  private var tokens: [Int32] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  /// rank << 32 | position of the left token
  private var queue = BinaryHeap<UInt64>()

  mutating func begin() { tokens.removeAll(keepingCapacity: true) }

  mutating func append(_ token: Int32) { tokens.append(token) }

  /// Merges the lowest rank first, the leftmost of equal ones (Sennrich et al. 2016), in O(n log n), and
  /// appends the tokens that remain to `output`.
  mutating func merge(_ table: MergeTable, into output: inout [Int32]) {
    let count = tokens.count
    if count > 1 {
      next.removeAll(keepingCapacity: true)
      previous.removeAll(keepingCapacity: true)
      queue.removeAll()
      for index in 0..<count {
        next.append(Int32(index + 1 < count ? index + 1 : -1))
        previous.append(Int32(index - 1))
      }
      for index in 0..<(count - 1) { enqueue(index, index + 1, table) }
      while let entry = queue.popFirst() { apply(entry, table) }
    }
    for token in tokens where token >= 0 { output.append(token) }
  }

  private mutating func enqueue(_ left: Int, _ right: Int, _ table: MergeTable) {
    if let merge = table.find(tokens[left], tokens[right]) {
      queue.insert(merge & 0xFFFF_FFFF_0000_0000 | UInt64(left))
    }
  }

  private mutating func apply(_ entry: UInt64, _ table: MergeTable) {
    let left = Int(entry & 0xFFFF_FFFF)
    guard tokens[left] >= 0, next[left] >= 0 else { return }
    let right = Int(next[left])
    // An entry is stale when one of its two tokens has merged since.
    guard let merge = table.find(tokens[left], tokens[right]), merge >> 32 == entry >> 32 else { return }
    tokens[left] = Int32(bitPattern: UInt32(truncatingIfNeeded: merge))
    tokens[right] = -1
    next[left] = next[right]
    if next[left] >= 0 {
      previous[Int(next[left])] = Int32(left)
      enqueue(left, Int(next[left]), table)
    }
    if previous[left] >= 0 { enqueue(Int(previous[left]), left, table) }
  }
}
