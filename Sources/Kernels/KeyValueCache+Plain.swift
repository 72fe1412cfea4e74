extension PlainKernels {
  /// The plain twin of `Kernels.place`.
  package static func place(
    _ qkv: Buffer, in cache: KeyValueCache, table: RotaryTable, positions: [Int32], slots: [Int32]
  ) -> Buffer {
    let (heads, groups, width) = (cache.queryHeads, cache.keyValueHeads, cache.headDimension)
    let half = width / 2
    let q = Buffer.uninitialized(positions.count * heads * width)
    for (row, position) in positions.map({ Int($0) }).enumerated() {
      let slot = Int(slots[row])
      for head in 0..<(heads + 2 * groups) {
        let from = (row * (heads + 2 * groups) + head) * width
        let group = slot * groups + (head - heads) % groups
        let numbers = (0..<width).map { i -> Float in
          let x = qkv[from + i]
          guard head < heads + groups else { return x }
          let (c, s) = (table.cos[position * half + i % half], table.sin[position * half + i % half])
          return i < half ? x * c - qkv[from + i + half] * s : x * c + qkv[from + i - half] * s
        }
        if head < heads {
          for i in 0..<width { q[(row * heads + head) * width + i] = numbers[i] }
        } else {
          cache.write(numbers, isKey: head < heads + groups, group, position)
        }
      }
    }
    return q
  }

  /// The plain twin of `Kernels.attend`.
  package static func attend(
    _ q: Buffer, to cache: KeyValueCache, positions: [Int32], slots: [Int32], scale: Float
  ) -> Buffer {
    let (heads, width) = (cache.queryHeads, cache.headDimension)
    let y = Buffer.zeros(q.count)
    for (row, last) in positions.map({ Int($0) }).enumerated() {
      for head in 0..<heads {
        let group = Int(slots[row]) * cache.keyValueHeads + head / (heads / cache.keyValueHeads)
        let start = (row * heads + head) * width
        let seen = max(0, last + 1 - (cache.window ?? .max))...last
        let scores = seen.map { j in
          scale
            * (0..<width).reduce(Float(0)) { $0 + q[start + $1] * cache.number(isKey: true, group, j, $1) }
        }
        let weights = softmaxWeights(scores)
        for i in 0..<width {
          y[start + i] = seen.reduce(Float(0)) {
            $0 + weights[$1 - seen.lowerBound] * cache.number(isKey: false, group, $1, i)
          }
        }
      }
    }
    return y
  }

  private static func softmaxWeights(_ scores: [Float]) -> [Float] {
    let x = Buffer(scores)
    return softmax(x, rows: 1).array()
  }
}

/// Keys and values one at a time; `group` counts slots · keyValueHeads.
extension KeyValueCache {
  fileprivate func number(isKey: Bool, _ group: Int, _ position: Int, _ dimension: Int) -> Float {
    let (word, part) = place(isKey, group, position, dimension)
    let stored = (isKey ? keys : values)[word]
    switch precision {
    case .fp32: return stored
    case .bf16:
      return Float(bitPattern: part == 1 ? stored.bitPattern & 0xFFFF_0000 : stored.bitPattern << 16)
    case .int8:
      let byte = Int8(truncatingIfNeeded: stored.bitPattern >> UInt32(8 * part))
      return Float(byte) * (isKey ? keys : values)[factorPlace(isKey, group, position)]
    }
  }

  fileprivate func write(_ numbers: [Float], isKey: Bool, _ group: Int, _ position: Int) {
    let buffer = isKey ? keys : values
    let factor = (numbers.map(abs).max() ?? 0) / 127
    for (dimension, x) in numbers.enumerated() {
      let (word, part) = place(isKey, group, position, dimension)
      let bits: UInt32 =
        switch precision {
        case .fp32: x.bitPattern
        case .bf16: UInt32(BFloat16.bits(x))
        case .int8:
          UInt32(UInt8(bitPattern: Int8((x * (factor > 0 ? 1 / factor : 0)).rounded(.toNearestOrEven))))
        }
      let (shift, mask) = (UInt32(precision.bits * part), UInt32.max >> UInt32(32 - precision.bits))
      let others = buffer[word].bitPattern & ~(mask << shift)
      buffer[word] = Float(bitPattern: others | bits << shift)
    }
    if precision == .int8 { buffer[factorPlace(isKey, group, position)] = factor }
  }

  /// The word that holds a number, and which of its parts.
  private func place(_ isKey: Bool, _ group: Int, _ position: Int, _ dimension: Int) -> (word: Int, part: Int)
  {
    let (parts, words) = (precision.parts, precision.words(headDimension))
    if isKey {
      let tile = (group * capacity + position / 64 * 64) * words.key
      return (tile + position % 64 + 64 * (dimension / parts), dimension % parts)
    }
    return ((group * capacity + position / parts * parts) * words.value + dimension, position % parts)
  }

  /// The word of a position's factor in int8.
  private func factorPlace(_ isKey: Bool, _ group: Int, _ position: Int) -> Int {
    if isKey {
      let behind = (headDimension + precision.parts - 1) / precision.parts * precision.parts
      return place(true, group, position, behind).word
    }
    return place(false, group, position, precision.padded(headDimension)).word + position % precision.parts
  }
}
