internal import CKernels

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
    let kernels = Processor.kernels
    withPlaces(cache, positions, slots) { positions, slots, shape in
      Threads.parallel(rows: rows, blockSize: rowBlock(width)) { range in
        kernels.place(
          qkv.pointer, table.cos.pointer, table.sin.pointer, positions, slots, q.pointer, cache.keys.pointer,
          cache.values.pointer, range.lowerBound, range.upperBound, shape)
      }
    }
    return q
  }

  /// Attention of each row over the positions 0...p of its slot, p being the row's own position.
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
    let kernels = Processor.kernels
    withPlaces(cache, positions, slots) { positions, slots, shape in
      Threads.parallel(rows: rows, blockSize: 4) { range in
        let scratch = Buffer.uninitialized(2 * cache.capacity)
        kernels.attend(
          q.pointer, cache.keys.pointer, cache.values.pointer, positions, slots, y.pointer, scratch.pointer,
          scale, range.lowerBound, range.upperBound, shape)
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
    let kernels = Processor.kernels
    Threads.parallel(rows: x.count / (2 * width), blockSize: rowBlock(width)) { range in
      for row in range {
        let gate = x.pointer + row * 2 * width
        kernels.swiglu(y.pointer + row * width, gate, gate + width, width)
      }
    }
    return y
  }

  /// Calls `body` with the C view of the rows' places.
  private static func withPlaces(
    _ cache: KeyValueCache, _ positions: [Int32], _ slots: [Int32],
    _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<swiftlet_cache>) -> Void
  ) {
    var shape = cache.shape
    positions.withUnsafeBufferPointer { positions in
      slots.withUnsafeBufferPointer { slots in
        guard let positions = positions.baseAddress, let slots = slots.baseAddress else { return }
        withUnsafePointer(to: &shape) { body(positions, slots, $0) }
      }
    }
  }
}
