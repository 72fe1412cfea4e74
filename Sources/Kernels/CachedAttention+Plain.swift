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
        for i in 0..<width {
          var x = qkv[from + i]
          if head < heads + groups {
            let (c, s) = (table.cos[position * half + i % half], table.sin[position * half + i % half])
            x = i < half ? x * c - qkv[from + i + half] * s : x * c + qkv[from + i - half] * s
          }
          if head < heads {
            q[(row * heads + head) * width + i] = x
          } else if head < heads + groups {
            cache.setKey(x, group, position, i)
          } else {
            cache.setValue(x, group, position, i)
          }
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
        let scores = (0...last).map { j in
          scale * (0..<width).reduce(Float(0)) { $0 + q[start + $1] * cache.key(group, j, $1) }
        }
        let weights = softmaxWeights(scores)
        for i in 0..<width {
          y[start + i] = (0...last).reduce(Float(0)) {
            $0 + weights[$1] * cache.value(group, $1, i)
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

/// One number at a time, for the plain twins; `group` counts slots · keyValueHeads.
extension KeyValueCache {
  fileprivate func key(_ group: Int, _ position: Int, _ dimension: Int) -> Float {
    let (index, isHigh) = keyIndex(group, position, dimension)
    return read(keys, index, isHigh)
  }

  fileprivate func value(_ group: Int, _ position: Int, _ dimension: Int) -> Float {
    let (index, isHigh) = valueIndex(group, position, dimension)
    return read(values, index, isHigh)
  }

  fileprivate func setKey(_ x: Float, _ group: Int, _ position: Int, _ dimension: Int) {
    let (index, isHigh) = keyIndex(group, position, dimension)
    write(x, keys, index, isHigh)
  }

  fileprivate func setValue(_ x: Float, _ group: Int, _ position: Int, _ dimension: Int) {
    let (index, isHigh) = valueIndex(group, position, dimension)
    write(x, values, index, isHigh)
  }

  private func keyIndex(_ group: Int, _ position: Int, _ dimension: Int) -> (Int, isHigh: Bool) {
    let isShort = precision == .bf16
    let words = isShort ? headDimension / 2 : headDimension
    let tile = (group * capacity + position / 64 * 64) * words + position % 64
    return (tile + 64 * (isShort ? dimension / 2 : dimension), isShort && dimension % 2 == 1)
  }

  private func valueIndex(_ group: Int, _ position: Int, _ dimension: Int) -> (Int, isHigh: Bool) {
    guard precision == .bf16 else { return ((group * capacity + position) * padded + dimension, false) }
    let start = (group * capacity + position) * padded / 2
    return (start + dimension / 32 * 16 + dimension % 16, dimension % 32 >= 16)
  }

  private func read(_ buffer: Buffer, _ index: Int, _ isHigh: Bool) -> Float {
    guard precision == .bf16 else { return buffer[index] }
    let bits = buffer[index].bitPattern
    return Float(bitPattern: isHigh ? bits & 0xFFFF_0000 : bits << 16)
  }

  private func write(_ x: Float, _ buffer: Buffer, _ index: Int, _ isHigh: Bool) {
    guard precision == .bf16 else { return buffer[index] = x }
    let (old, new) = (buffer[index].bitPattern, UInt32(BFloat16.bits(x)))
    buffer[index] = Float(
      bitPattern: isHigh ? old & 0xFFFF | new << 16 : old & 0xFFFF_0000 | new)
  }
}
