internal import CKernels

/// The keys and values that one layer has computed for several sequences, each in a slot of its own.
///
/// Keys lie in tiles of 64 positions, side by side in each dimension, so that 64 scores come from plain products
/// without horizontal sums: [slots, keyValueHeads, capacity / 64, headDimension, 64]. Values lie by position, padded
/// to 16 dimensions: [slots, keyValueHeads, capacity, padded]. Memory that no position was written to changes no result.
/// In bf16 two numbers share the place of one, in int8 four, keys with the dimension beside, values with the position
/// beside: decoding waits for this memory more than for anything else.
public final class KeyValueCache: Sendable {
  public let slots: Int
  /// Positions a slot can hold, a multiple of 64.
  public let capacity: Int
  public let queryHeads: Int
  public let keyValueHeads: Int
  public let headDimension: Int
  /// What keys and values are rounded to; sums stay fp32.
  public let precision: CachePrecision
  /// The positions that a query sees at most, its own among them; nil for all.
  public let window: Int?
  let keys: Buffer
  let values: Buffer

  /// - Parameter capacity: at least; rounded up to a multiple of 64.
  public init(
    slots: Int, capacity: Int, queryHeads: Int, keyValueHeads: Int, headDimension: Int,
    precision: CachePrecision = .fp32, window: Int? = nil
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
    let (keyWords, valueWords) = precision.words(headDimension)
    keys = .uninitialized(slots * keyValueHeads * self.capacity * keyWords)
    values = .uninitialized(slots * keyValueHeads * self.capacity * valueWords)
  }

  /// The bytes that one slot of one layer takes.
  public static func bytesPerSlot(
    capacity: Int, keyValueHeads: Int, headDimension: Int, precision: CachePrecision
  ) -> Int {
    let (keyWords, valueWords) = precision.words(headDimension)
    return 4 * keyValueHeads * rounded(capacity) * (keyWords + valueWords)
  }

  private static func rounded(_ capacity: Int) -> Int { (capacity + 63) / 64 * 64 }

  /// Copies what `source` holds at the first positions to `target`. Later ones of the last tile are written before they
  /// count; the tiles behind it stay.
  public func copy(positions: Int, from source: Int, to target: Int) {
    precondition(
      positions >= 0 && positions <= capacity && source >= 0 && source < slots && target >= 0
        && target < slots,
      "KeyValueCache: a copy outside the cache")
    guard source != target, positions > 0 else { return }
    // Whole tiles of keys and whole words of values.
    let (keyWords, valueWords) = precision.words(headDimension)
    let keyCount = (positions + 63) / 64 * 64 * keyWords
    let valueCount = (positions + precision.parts - 1) / precision.parts * precision.parts * valueWords
    for head in 0..<keyValueHeads {
      let (from, to) = (source * keyValueHeads + head, target * keyValueHeads + head)
      let (keyStride, valueStride) = (capacity * keyWords, capacity * valueWords)
      (keys.pointer + to * keyStride).update(from: keys.pointer + from * keyStride, count: keyCount)
      (values.pointer + to * valueStride).update(
        from: values.pointer + from * valueStride, count: valueCount)
    }
  }

  var shape: generation_shape {
    generation_shape(
      query_heads: queryHeads, key_value_heads: keyValueHeads, head_dimension: headDimension,
      padded_dimension: precision.padded(headDimension), capacity: capacity, bits: precision.bits,
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
          // Many rows are cut into blocks of four; of few rows each key head goes its own way where contexts are long
          // enough to be worth a hand-over.
          let isLong = rows < 8 && positions.contains { $0 >= 128 }
          Threads.parallel(rows: rows * cache.keyValueHeads, blockSize: isLong ? 1 : 4 * cache.keyValueHeads)
          {
            range in
            let scratch = Threads.scratch(4 * cache.capacity)
            GenerationKernels.table.pointee.attend(
              q.pointer, cache.keys.pointer, cache.values.pointer, positions.baseAddress, slots.baseAddress,
              y.pointer, scratch, scale, range.lowerBound, range.upperBound, shape)
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
