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
  /// The positions that a query sees at most, its own among them; nil for all.
  public let window: Int?
  let keys: Buffer
  let values: Buffer

  /// - Parameter capacity: at least; rounded up to a multiple of 64.
  public init(
    slots: Int, capacity: Int, queryHeads: Int, keyValueHeads: Int, headDimension: Int,
    precision: Precision = .fp32, window: Int? = nil
  ) {
    precondition(
      slots >= 0 && capacity >= 0 && keyValueHeads > 0 && queryHeads % keyValueHeads == 0
        && headDimension % 2 == 0 && window ?? 1 > 0, "KeyValueCache: sizes")
    self.slots = slots
    self.capacity = Self.rounded(capacity)
    self.queryHeads = queryHeads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.precision = precision
    self.window = window
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
  var shape: generation_shape {
    generation_shape(
      query_heads: queryHeads, key_value_heads: keyValueHeads, head_dimension: headDimension,
      padded_dimension: padded, capacity: capacity, is_short: precision == .bf16 ? 1 : 0,
      window: window ?? .max)
  }

  func requireRows(_ positions: [Int32], _ slots: [Int32]) {
    precondition(positions.count == slots.count, "KeyValueCache: positions and slots differ in number")
    precondition(
      positions.allSatisfy { $0 >= 0 && Int($0) < capacity }
        && slots.allSatisfy { $0 >= 0 && Int($0) < self.slots },
      "KeyValueCache: a position or slot is outside the cache")
  }
}

/// The C table of cached decoding for this processor.
enum GenerationKernels {
  // The table is constant and never freed.
  nonisolated(unsafe) static let table: UnsafePointer<generation_table> = {
    let name =
      switch Processor.variant {
      case .base: "base"
      case .v3: "v3"
      case .v4, .v4bf16, .v4vnni: "v4"
      }
    guard let table = generation_kernels(name) ?? generation_kernels("base") else {
      fatalError("GenerationKernels: no table")
    }
    return table
  }()
}

extension Kernels {
  /// Splits projected rows into queries, keys and values; turns queries and keys by their positions (half
  /// convention); keeps keys and values in the cache, where they replace what the position held.
  ///
  /// - Parameters: `qkv` [rows, (queryHeads + 2 · keyValueHeads) · headDimension]; `positions` and `slots` [rows],
  ///   each pair at most once.
  /// - Returns: the queries [rows, queryHeads · headDimension]
  public static func place(
    _ qkv: Buffer, in cache: KeyValueCache, table: RotaryTable, positions: [Int32], slots: [Int32]
  ) -> Buffer {
    let rows = positions.count
    let width = (cache.queryHeads + 2 * cache.keyValueHeads) * cache.headDimension
    precondition(qkv.count == rows * width, "place: qkv is not rows × width")
    cache.requireRows(positions, slots)
    precondition(
      positions.allSatisfy { (Int($0) + 1) * cache.headDimension / 2 <= table.cos.count },
      "place: a position is beyond the rotary table")
    let q = Buffer.uninitialized(rows * cache.queryHeads * cache.headDimension)
    var shape = cache.shape
    positions.withUnsafeBufferPointer { positions in
      slots.withUnsafeBufferPointer { slots in
        withUnsafePointer(to: &shape) { shape in
          Threads.parallel(rows: rows, blockSize: rowBlock(width)) { range in
            GenerationKernels.table.pointee.place(
              qkv.pointer, table.cos.pointer, table.sin.pointer, positions.baseAddress, slots.baseAddress,
              q.pointer, cache.keys.pointer, cache.values.pointer, range.lowerBound, range.upperBound, shape)
          }
        }
      }
    }
    return q
  }

  /// Attention of each row over the positions 0...p of its slot, p being the row's own position, or over the last of
  /// them where the cache has a window.
  ///
  /// y = softmax(scale · q kᵀ) v per head. A row's bits depend on nothing but its query and its slot's cache: not on
  /// the other rows, their number or the threads.
  ///
  /// - Parameters: `q` [rows, queryHeads · headDimension], from `place`; `scale` is headDimension^−½ when nil.
  /// - Returns: [rows, queryHeads · headDimension]
  public static func attend(
    _ q: Buffer, to cache: KeyValueCache, positions: [Int32], slots: [Int32], scale: Float? = nil
  ) -> Buffer {
    let rows = positions.count
    precondition(
      q.count == rows * cache.queryHeads * cache.headDimension, "attend: q is not rows × heads × dimension")
    cache.requireRows(positions, slots)
    let scale = scale ?? 1 / Float(cache.headDimension).squareRoot()
    let y = Buffer.uninitialized(q.count)
    var shape = cache.shape
    positions.withUnsafeBufferPointer { positions in
      slots.withUnsafeBufferPointer { slots in
        withUnsafePointer(to: &shape) { shape in
          Threads.parallel(rows: rows, blockSize: 4) { range in
            let scratch = Buffer.uninitialized(2 * cache.capacity)
            GenerationKernels.table.pointee.attend(
              q.pointer, cache.keys.pointer, cache.values.pointer, positions.baseAddress, slots.baseAddress,
              y.pointer, scratch.pointer, scale, range.lowerBound, range.upperBound, shape)
          }
        }
      }
    }
    return y
  }

  /// y = silu(x[0..<width]) ⊙ x[width..<2·width] per row: gate and up from one product.
  ///
  /// - Parameter x: [rows, 2 · width]
  /// - Returns: [rows, width]
  public static func swiGLU(rows x: Buffer, width: Int) -> Buffer {
    precondition(width > 0 && x.count % (2 * width) == 0, "swiGLU(rows:): x is not rows × 2 width")
    let y = Buffer.uninitialized(x.count / 2)
    Threads.parallel(rows: x.count / (2 * width), blockSize: rowBlock(width)) { range in
      GenerationKernels.table.pointee.swiglu_rows(
        x.pointer, y.pointer, width, range.lowerBound, range.upperBound)
    }
    return y
  }
}

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
        let seen = max(0, last + 1 - (cache.window ?? .max))...last
        let scores = seen.map { j in
          scale * (0..<width).reduce(Float(0)) { $0 + q[start + $1] * cache.key(group, j, $1) }
        }
        let weights = softmaxWeights(scores)
        for i in 0..<width {
          y[start + i] = seen.reduce(Float(0)) {
            $0 + weights[$1 - seen.lowerBound] * cache.value(group, $1, i)
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
