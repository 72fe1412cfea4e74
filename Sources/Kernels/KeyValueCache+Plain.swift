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
    let (word, part) = place(isKey, dimension)
    let stored = (isKey ? keys : values)[index(isKey, group, position, word)]
    switch precision {
    case .fp32: return stored
    case .bf16:
      return Float(bitPattern: part == 1 ? stored.bitPattern & 0xFFFF_0000 : stored.bitPattern << 16)
    case .int8:
      let byte = Int8(truncatingIfNeeded: stored.bitPattern >> UInt32(8 * part))
      let factor = (isKey ? keys : values)[index(isKey, group, position, words(isKey) - 1)]
      return Float(byte) * factor
    }
  }

  fileprivate func write(_ numbers: [Float], isKey: Bool, _ group: Int, _ position: Int) {
    let buffer = isKey ? keys : values
    var bits = [UInt32](repeating: 0, count: words(isKey))
    let factor = (numbers.map(abs).max() ?? 0) / 127
    for (dimension, x) in numbers.enumerated() {
      let (word, part) = place(isKey, dimension)
      switch precision {
      case .fp32: bits[word] = x.bitPattern
      case .bf16: bits[word] |= UInt32(BFloat16.bits(x)) << UInt32(16 * part)
      case .int8:
        let byte = Int8((x * (factor > 0 ? 1 / factor : 0)).rounded(.toNearestOrEven))
        bits[word] |= UInt32(UInt8(bitPattern: byte)) << UInt32(8 * part)
      }
    }
    if precision == .int8 { bits[bits.count - 1] = factor.bitPattern }
    for (word, pattern) in bits.enumerated() {
      buffer[index(isKey, group, position, word)] = Float(bitPattern: pattern)
    }
  }

  private func words(_ isKey: Bool) -> Int {
    let words = precision.words(headDimension)
    return isKey ? words.key : words.value
  }

  /// The word of a dimension, and which of its parts.
  private func place(_ isKey: Bool, _ dimension: Int) -> (word: Int, part: Int) {
    let parts = 32 / precision.bits
    guard !isKey else { return (dimension / parts, dimension % parts) }
    return (dimension / (16 * parts) * 16 + dimension % 16, dimension / 16 % parts)
  }

  private func index(_ isKey: Bool, _ group: Int, _ position: Int, _ word: Int) -> Int {
    guard isKey else { return (group * capacity + position) * words(isKey) + word }
    return (group * capacity + position / 64 * 64) * words(isKey) + position % 64 + 64 * word
  }
}
