import Kernels
import Synchronization
import Testing

@Suite struct ThreadsTests {
  @Test func everyRowRunsOnce() {
    let before = Threads.count
    defer { Threads.count = before }
    Threads.count = 4
    for rows in [0, 1, 5, 64, 1000] {
      for _ in 0..<200 {
        let counts = Buffer.zeros(rows)
        Threads.parallel(rows: rows, blockSize: 3) { range in
          for row in range { counts[row] += 1 }
        }
        #expect(Kernels.sum(counts) == Double(rows) && Kernels.maxAbs(counts) == (rows == 0 ? 0 : 1))
      }
    }
  }

  @Test func nestedCallsRunInline() {
    let counts = Buffer.zeros(100)
    Threads.parallel(rows: 10, blockSize: 1) { outer in
      Threads.parallel(rows: 10, blockSize: 1) { inner in
        counts[outer.lowerBound * 10 + inner.lowerBound] += 1
      }
    }
    #expect(counts.array() == [Float](repeating: 1, count: 100))
  }

  @Test func severalTasksMayCallAtOnce() async {
    let total = await withTaskGroup(of: Double.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var sum = 0.0
          for _ in 0..<100 {
            let x = Buffer.zeros(50_000)
            Kernels.fill(x, 1)
            sum += Kernels.sum(Kernels.add(x, x))
          }
          return sum
        }
      }
      return await group.reduce(0, +)
    }
    #expect(total == 8 * 100 * 100_000)
  }
}

@Suite struct BufferTests {
  @Test func holdsAndCopiesItsValues() {
    let a = Buffer([1, 2, 3])
    let b = a.copy()
    b[1] = 7
    #expect(a.array() == [1, 2, 3] && b.array() == [1, 7, 3])
    #expect(a.withSpan { $0[2] } == 3)
    a.withMutableSpan { $0[0] = 9 }
    #expect(a.array() == [9, 2, 3])
    #expect(a.slice(1..<3).array() == [2, 3])
    a.replace(from: 1, with: Buffer([5]))
    #expect(a.array() == [9, 5, 3])
    #expect(Buffer([]).array().isEmpty && Buffer.zeros(0).count == 0)
  }

  /// A recycled block is never handed to two owners.
  @Test func recycledBlocksAreDisjoint() {
    for round in 0..<20 {
      let buffers = (0..<50).map { Buffer.repeating(Float($0), count: 100 + round + $0 * 10) }
      for (i, buffer) in buffers.enumerated() { #expect(Kernels.sum(buffer) == Double(i * buffer.count)) }
    }
  }

  @Test func storedTypesRoundToNearestEven() {
    #expect(BFloat16.bits(1) == 0x3F80)
    #expect(BFloat16.bits(Float(bitPattern: 0x3F80_8000)) == 0x3F80)  // A tie: the even one is below.
    #expect(BFloat16.bits(Float(bitPattern: 0x3F81_8000)) == 0x3F82)  // A tie: the even one is above.
    #expect(BFloat16.float(BFloat16.bits(.nan)).isNaN)
    #expect(BFloat16.bits(.greatestFiniteMagnitude) == 0x7F80)
    let halves: [(Float, UInt16)] = [
      (0, 0), (-0.0, 0x8000), (1, 0x3C00), (-2, 0xC000), (65504, 0x7BFF), (65520, 0x7C00), (65519, 0x7BFF),
      (0x1p-24, 1), (0x1p-25, 0), (0x1.8p-24, 2), (0x1p-14, 0x400), (0x1.ff8p-15, 0x3FF), (.infinity, 0x7C00),
      (1 + 0x1p-11, 0x3C00), (1 + 0x3p-11, 0x3C02),
    ]
    for (value, bits) in halves { #expect(HalfFloat.bits(value) == bits, "\(value)") }
    for bits in UInt16.min...UInt16.max where bits & 0x7C00 != 0x7C00 {
      #expect(HalfFloat.bits(HalfFloat.float(bits)) == bits)
      if HalfFloat.bits(HalfFloat.float(bits)) != bits { break }
    }
    let x = Buffer([1.5, -3, 0.25])
    for type in StoredType.allCases {
      let bytes = x.bytes(as: type)
      #expect(Buffer(bytes.span.bytes, .plain(type)).array() == x.array(), "\(type)")
    }
  }
}
