import Kernels
import Testing

@Suite struct QuantizedProductTests {
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (m: 1, n: 1, k: 32), (1, 16, 64), (7, 17, 96), (8, 33, 32), (9, 15, 320), (65, 100, 64),
    // More rows than are asked for at once.
    (2, 1030, 32),
  ]

  /// What the bytes of blocks stand for.
  private func values(_ bytes: [UInt8], type: BlockType) -> [Float] {
    stride(from: 0, to: bytes.count, by: type.bytes).flatMap { start -> [Float] in
      let d = HalfFloat.float(UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8)
      let block = bytes[(start + 2)..<(start + type.bytes)]
      return switch type {
      case .q8_0: block.map { Float(Int8(bitPattern: $0)) * d }
      case .q4_0: block.map { (Float($0 & 15) - 8) * d } + block.map { (Float($0 >> 4) - 8) * d }
      }
    }
  }

  private func packed(_ bytes: [UInt8], n: Int, k: Int, type: BlockType) -> PackedMatrix {
    let row = k / BlockType.columns * type.bytes
    return PackedMatrix(rows: n, columns: k, type: type) {
      Array(bytes[$0.lowerBound * row..<$0.upperBound * row])
    }
  }

  @Test(arguments: [BlockType.q8_0, .q4_0])
  func blocksAreCloseToTheNumbers(_ type: BlockType) {
    var random = Numbers(seed: 8)
    let x = random.buffer(32 * 50)
    for i in 0..<32 { x[i] = 0 }  // A block without a scale.
    let found = values(Kernels.quantizedBlocks(x, type: type), type: type)
    for start in stride(from: 0, to: x.count, by: 32) {
      let block = (start..<start + 32).map { x[$0] }
      let largest = block.map(abs).max() ?? 0
      // Half a step, and what the scale loses in half precision; a whole one at the far end of 4 bits.
      let step = type == .q8_0 ? largest / 127 * 0.5 : largest / 8
      for (a, b) in zip(block, found[start..<start + 32]) { #expect(abs(a - b) <= step + largest * 0.001) }
    }
  }

  /// Every variant makes the blocks of the definition, halves rounded away from zero, and blocks of what blocks stand for
  /// stand for the same: a quantized model that is read and quantized again stays as it was.
  @Test(arguments: [BlockType.q8_0, .q4_0])
  func everyVariantMakesTheSameBlocks(_ type: BlockType) {
    var random = Numbers(seed: 12)
    let x = random.buffer(32 * 40)
    for i in 0..<32 {
      x[i] = 0
      // Halves, and two largest elements of 4 bits, of which the first counts.
      x[32 + i] = Float(i - 16) * 0.5
      x[64 + i] = 700 * .leastNonzeroMagnitude
    }
    x[32 + 20] = 63.5
    (x[96], x[97]) = (-3, 3)
    let expected = (0..<x.count / 32).flatMap { block in
      plainBlock((0..<32).map { x[32 * block + $0] }, type)
    }
    forEachVariant { variant in
      #expect(Kernels.quantizedBlocks(x, type: type) == expected, "\(variant)")
    }
    let numbers = values(expected, type: type)
    #expect(values(Kernels.quantizedBlocks(Buffer(numbers), type: type), type: type) == numbers)
  }

  private func plainBlock(_ x: [Float], _ type: BlockType) -> [UInt8] {
    let largest = x.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    let d = type == .q8_0 ? abs(largest) / 127 : largest / -8
    let inverse = d == 0 || !(1 / d).isFinite ? 0 : 1 / d
    let scale = HalfFloat.bits(d)
    let bytes = [UInt8(scale & 255), UInt8(scale >> 8)]
    switch type {
    case .q8_0:
      return bytes
        + x.map { UInt8(bitPattern: Int8(($0 * inverse).rounded(.toNearestOrAwayFromZero))) }
    case .q4_0:
      let q = x.map { UInt8(max(0, min(15, $0 * inverse + 8.5))) }
      return bytes + (0..<16).map { q[$0] | q[$0 + 16] << 4 }
    }
  }

  /// The product of the rounded weights with activations that 8 bits hold exactly is exact up to fp32 sums.
  @Test(arguments: [BlockType.q8_0, .q4_0])
  func multipliesWhatTheBytesStandFor(_ type: BlockType) {
    var random = Numbers(seed: 9)
    for shape in Self.shapes {
      let (m, n, k) = (shape.m, shape.n, shape.k)
      // Whole numbers up to 127, which is met in every block.
      let a = random.buffer(m * k, scale: 120)
      for i in 0..<a.count { a[i] = i % 32 == 5 ? 127 : a[i].rounded() }
      let bytes = Kernels.quantizedBlocks(random.buffer(n * k), type: type)
      let start = random.buffer(m * n)
      for accumulate in [false, true] {
        let expected = start.copy()
        PlainKernels.matmul(
          a, Buffer(values(bytes, type: type)), m: m, n: n, k: k, transposeB: true, into: expected,
          accumulate: accumulate, precision: .fp32)
        forEachVariant { variant in
          let found = start.copy()
          Kernels.matmul(
            a, packed(bytes, n: n, k: k, type: type), m: m, into: found, accumulate: accumulate)
          expectClose(found, expected, tolerance: 1e-6, "\(variant) \(type) \(shape) \(accumulate)")
        }
      }
    }
  }

  /// Other activations lose what 8 bits cost: at most half a step of 1/127 of the block's largest each.
  @Test(arguments: [BlockType.q8_0, .q4_0])
  func activationsAreRoundedToEightBits(_ type: BlockType) {
    var random = Numbers(seed: 10)
    let (m, n, k) = (5, 40, 256)
    let (a, w) = (random.buffer(m * k), random.buffer(n * k))
    let bytes = Kernels.quantizedBlocks(w, type: type)
    let exact = Buffer.uninitialized(m * n)
    PlainKernels.matmul(
      a, Buffer(values(bytes, type: type)), m: m, n: n, k: k, transposeB: true, into: exact, precision: .fp32)
    let found = Buffer.uninitialized(m * n)
    Kernels.matmul(a, packed(bytes, n: n, k: k, type: type), m: m, into: found)
    #expect(found.array() != exact.array())
    // 256 errors of at most 1/254, of either sign, on weights of at most 1.
    for i in 0..<m * n { #expect(abs(found[i] - exact[i]) < 256 / 254 / 4) }
  }

  @Test(arguments: [BlockType.q8_0, .q4_0])
  func aRowDoesNotDependOnItsNeighboursOrTheThreads(_ type: BlockType) {
    var random = Numbers(seed: 11)
    let (m, n, k) = (70, 130, 96)
    let a = random.buffer(m * k)
    let w = packed(Kernels.quantizedBlocks(random.buffer(n * k), type: type), n: n, k: k, type: type)
    let results = atSeveralThreadCounts {
      let whole = Buffer.uninitialized(m * n)
      Kernels.matmul(a, w, m: m, into: whole)
      return whole.array()
    }
    #expect(results[0] == results[1])
    for (first, count) in [(0, 1), (69, 1), (3, 5), (6, 64)] {
      let part = Buffer.uninitialized(count * n)
      Kernels.matmul(a.slice(first * k..<(first + count) * k), w, m: count, into: part)
      #expect(part.array() == Array(results[0][first * n..<(first + count) * n]))
    }
  }
}
