import Kernels
import Testing

@Suite("Cached decoding") struct CachedDecodingTests {
  private func random(_ count: Int, seed: UInt64) -> Buffer {
    var random = SeededRandom(seed: seed)
    return Buffer((0..<count).map { _ in random.normal() })
  }

  private func difference(_ a: Buffer, _ b: Buffer) -> Float {
    zip(a.array(), b.array()).map { abs($0 - $1) }.max() ?? 0
  }

  /// Head dimensions with and without padding, tiles that are full, just begun and almost full.
  @Test(
    arguments: [
      (4, 2, 8), (3, 3, 12), (2, 1, 64), (4, 4, 32), (2, 2, 80), (1, 1, 130), (6, 2, 64), (8, 2, 16),
      (5, 1, 12), (12, 2, 80), (3, 1, 48),
    ],
    CachePrecision.allCases)
  func matchesThePlainTwins(sizes: (heads: Int, groups: Int, width: Int), precision: CachePrecision) {
    let (heads, groups, width) = sizes
    let (slots, lengths) = (3, [1, 63, 130])
    let angles = random(200 * width / 2, seed: 1).array()
    let table = RotaryTable(
      cos: Buffer(angles.map { 1 - $0 * $0 / 8 }), sin: Buffer(angles.map { $0 / 2 }))
    func cache() -> KeyValueCache {
      KeyValueCache(
        slots: slots, capacity: 130, queryHeads: heads, keyValueHeads: groups, headDimension: width,
        precision: precision)
    }
    let (fast, plain) = (cache(), cache())
    let positions = lengths.flatMap { (0..<Int32($0)).map { $0 } }
    let rowSlots = lengths.enumerated().flatMap { Array(repeating: Int32($0.offset), count: $0.element) }
    let qkv = random(positions.count * (heads + 2 * groups) * width, seed: 2)
    let q = Kernels.place(qkv, in: fast, table: table, positions: positions, slots: rowSlots)
    let plainQ = PlainKernels.place(qkv, in: plain, table: table, positions: positions, slots: rowSlots)
    #expect(difference(q, plainQ) <= 1e-6)
    let scale = 1 / Float(width).squareRoot()
    let y = Kernels.attend(q, to: fast, positions: positions, slots: rowSlots)
    let expected = PlainKernels.attend(
      q, to: fast, positions: positions, slots: rowSlots, scale: scale)
    #expect(difference(y, expected) <= 1e-5)
    // The two caches: a number that lies between two that can be kept may be rounded to either.
    let other = PlainKernels.attend(
      plainQ, to: plain, positions: positions, slots: rowSlots, scale: scale)
    let bounds: [CachePrecision: Float] = [.fp32: 1e-5, .bf16: 4e-3, .int8: 2e-2]
    #expect(difference(y, other) <= bounds[precision] ?? 0)

    // The last row of slot 2 alone, from a copied cache, gives the same bits.
    let copied = cache()
    _ = Kernels.place(qkv, in: copied, table: table, positions: positions, slots: rowSlots)
    copied.copy(positions: 130, from: 2, to: 0)
    let last = q.slice((q.count - heads * width)..<q.count)
    let alone = Kernels.attend(last, to: copied, positions: [129], slots: [0])
    #expect(alone.array() == y.slice((y.count - heads * width)..<y.count).array())
  }

  /// Windows that end within a tile, at its edge and beyond the sequence.
  @Test(arguments: [1, 5, 64, 65, 100, 500], CachePrecision.allCases)
  func aWindowHidesWhatLiesBeforeIt(window: Int, precision: CachePrecision) {
    let cache = KeyValueCache(
      slots: 1, capacity: 200, queryHeads: 4, keyValueHeads: 2, headDimension: 16, precision: precision,
      window: window)
    let positions = (0..<Int32(200)).map { $0 }, slots = [Int32](repeating: 0, count: 200)
    let table = RotaryTable(cos: .repeating(1, count: 1600), sin: .zeros(1600))
    let q = Kernels.place(
      random(200 * 8 * 16, seed: 6), in: cache, table: table, positions: positions, slots: slots)
    let y = Kernels.attend(q, to: cache, positions: positions, slots: slots)
    let expected = PlainKernels.attend(q, to: cache, positions: positions, slots: slots, scale: 0.25)
    #expect(difference(y, expected) <= 1e-5)
  }

  /// What a shorter cache costs, against fp32: half a step of bf16 (2⁻⁹) and of int8 (1/254 of the largest number).
  @Test(arguments: [(CachePrecision.bf16, Float(1e-2)), (.int8, 2.5e-2)], [8, 64, 130])
  func aShorterCacheIsClose(cache: (precision: CachePrecision, bound: Float), width: Int) {
    func attended(_ precision: CachePrecision) -> (y: Buffer, bytes: Int) {
      let cache = KeyValueCache(
        slots: 1, capacity: 100, queryHeads: 2, keyValueHeads: 1, headDimension: width, precision: precision)
      let positions = (0..<Int32(100)).map { $0 }, slots = [Int32](repeating: 0, count: 100)
      let table = RotaryTable(cos: .repeating(1, count: 50 * width), sin: .zeros(50 * width))
      let q = Kernels.place(
        random(400 * width, seed: 8), in: cache, table: table, positions: positions, slots: slots)
      let bytes = KeyValueCache.bytesPerSlot(
        capacity: 100, keyValueHeads: 1, headDimension: width, precision: precision)
      return (Kernels.attend(q, to: cache, positions: positions, slots: slots), bytes)
    }
    let (whole, short) = (attended(.fp32), attended(cache.precision))
    let distance = difference(whole.y, short.y)
    #expect(distance > 0 && distance <= cache.bound, "\(distance)")
    if width == 64 {
      #expect(Double(short.bytes) / Double(whole.bytes) < (cache.precision == .bf16 ? 0.51 : 0.27))
    }
  }

  /// A key or value of zeros has no largest number to be scaled by.
  @Test(arguments: CachePrecision.allCases) func zerosStayZeros(precision: CachePrecision) {
    let cache = KeyValueCache(
      slots: 1, capacity: 64, queryHeads: 1, keyValueHeads: 1, headDimension: 6, precision: precision)
    let table = RotaryTable(cos: .repeating(1, count: 3), sin: .zeros(3))
    let q = Kernels.place(.zeros(18), in: cache, table: table, positions: [0], slots: [0])
    #expect(Kernels.attend(q, to: cache, positions: [0], slots: [0]).array() == [0, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [1, 7, 8, 9, 16, 63, 65]) func swiGLUOfRows(width: Int) {
    let x = random(3 * 2 * width, seed: 3)
    let y = Kernels.swiGLU(rows: x, width: width)
    for row in 0..<3 {
      let gate = x.slice(row * 2 * width..<(row * 2 + 1) * width)
      let up = x.slice((row * 2 + 1) * width..<(row * 2 + 2) * width)
      let expected = PlainKernels.swiGLU(gate: gate, up: up)
      #expect(difference(y.slice(row * width..<(row + 1) * width), expected) <= 1e-6)
    }
  }

  @Test(arguments: Precision.allCases) func rowProductsDoNotDependOnTheNumberOfRows(precision: Precision) {
    let (n, k, m) = (300, 100, 71)
    let w = PackedMatrix(random(n * k, seed: 4), rows: n, columns: k, precision: precision)
    let a = random(m * k, seed: 5)
    let whole = Buffer.uninitialized(m * n)
    Kernels.matmul(a, w, m: m, into: whole)
    for (first, count) in [(0, 1), (70, 1), (30, 5), (3, 64)] {
      let part = Buffer.zeros(count * n)
      Kernels.matmul(
        a.slice(first * k..<(first + count) * k), w, m: count, into: part, accumulate: true)
      #expect(part.array() == whole.slice(first * n..<(first + count) * n).array())
    }
  }
}
