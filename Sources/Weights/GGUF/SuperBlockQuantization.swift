import Kernels

/// The 256-element blocks of ggml's types Q4_K and Q6_K from numbers.
///
/// Each group of 32 or 16 elements gets the scale (and minimum) of the least weighted squared error among a few trials;
/// large elements weigh more. The groups' scales are then rounded to 6 or 8 bits of the block's own scale, and the
/// elements once more to what these give.
enum SuperBlockQuantization {
  /// x ≈ d · scale · q − dₘ · minimum, with q from 0 to 15, scales and minima from 0 to 63.
  static func q4K(_ block: ArraySlice<Float>, _ bytes: inout [UInt8]) {
    let values = Array(block)
    let fits = (0..<8).map { scaleAndMinimum(values[32 * $0..<32 * $0 + 32]) }
    let d = stored((fits.map(\.scale).max() ?? 0) / 63)
    let least = stored((fits.map(\.minimum).max() ?? 0) / 63)
    let scales = fits.map { sixBits($0.scale, of: d) }, minima = fits.map { sixBits($0.minimum, of: least) }
    var packed = [UInt8](repeating: 0, count: 12)
    for group in 0..<4 {
      packed[group] = scales[group] | (scales[group + 4] >> 4) << 6
      packed[group + 4] = minima[group] | (minima[group + 4] >> 4) << 6
      packed[group + 8] = scales[group + 4] & 15 | (minima[group + 4] & 15) << 4
    }
    var halves = [UInt8](repeating: 0, count: 128)
    for group in 0..<8 {
      let step = d * Float(scales[group]), offset = least * Float(minima[group])
      for i in 0..<32 {
        let q = step > 0 ? (values[32 * group + i] + offset) / step : 0
        halves[32 * (group / 2) + i] |= UInt8(max(0, min(15, q.rounded()))) << (4 * (group % 2))
      }
    }
    append(d, &bytes)
    append(least, &bytes)
    bytes += packed + halves
  }

  /// x ≈ d · scale · q, with q from −32 to 31 and scales from −128 to 127.
  static func q6K(_ block: ArraySlice<Float>, _ bytes: inout [UInt8]) {
    let values = Array(block)
    let fits = (0..<16).map { signedScale(values[16 * $0..<16 * $0 + 16]) }
    let largest = fits.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    let d = stored(largest / -128)
    let scales = fits.map { d == 0 ? Int8(0) : Int8(max(-128, min(127, ($0 / d).rounded()))) }
    var low = [UInt8](repeating: 0, count: 128), high = [UInt8](repeating: 0, count: 64)
    for (index, value) in values.enumerated() {
      let (half, part, i) = (index / 128, index % 128 / 32, index % 32)
      let step = d * Float(scales[8 * half + 2 * part + i / 16])
      let q = UInt8(max(-32, min(31, step == 0 ? 0 : (value / step).rounded())) + 32)
      low[64 * half + 32 * (part % 2) + i] |= (q & 15) << (4 * (part / 2))
      high[32 * half + i] |= (q >> 4) << (2 * part)
    }
    bytes += low + high + scales.map { UInt8(bitPattern: $0) }
    append(d, &bytes)
  }

  /// s ≥ 0 and m ≥ 0 such that s q − m meets the group, q from 0 to 15.
  private static func scaleAndMinimum(_ group: ArraySlice<Float>) -> (scale: Float, minimum: Float) {
    let lowest = min(0, group.min() ?? 0), highest = group.max() ?? 0
    guard highest > lowest else { return (0, -lowest) }
    let weights = weights(group)
    var best = (scale: (highest - lowest) / 15, minimum: -lowest)
    var leastError = Float.infinity
    for trial in -10...5 {
      let inverse = (15 + 0.2 * Float(trial)) / (highest - lowest)
      let q = group.map { max(0, min(15, (($0 - lowest) * inverse).rounded())) }
      // Weighted least squares of x over q, the intercept not above 0.
      var (w, wq, wqq, wx, wqx): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
      for (index, x) in group.enumerated() {
        w += weights[index]
        wq += weights[index] * q[index]
        wqq += weights[index] * q[index] * q[index]
        wx += weights[index] * x
        wqx += weights[index] * q[index] * x
      }
      let determinant = w * wqq - wq * wq
      guard determinant > 0 else { continue }
      var scale = (w * wqx - wq * wx) / determinant
      var intercept = (wqq * wx - wq * wqx) / determinant
      if intercept > 0 { (scale, intercept) = (wqq > 0 ? wqx / wqq : 0, 0) }
      guard scale > 0 else { continue }
      let error = zip(zip(group, q), weights).reduce(Float(0)) { sum, item in
        let difference = scale * item.0.1 + intercept - item.0.0
        return sum + item.1 * difference * difference
      }
      if error < leastError { (leastError, best) = (error, (scale, -intercept)) }
    }
    return best
  }

  /// s such that s q meets the group, q from −32 to 31; its sign lets the largest element be met at −32.
  private static func signedScale(_ group: ArraySlice<Float>) -> Float {
    let largest = group.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
    guard largest != 0 else { return 0 }
    let weights = weights(group)
    var best = largest / -32
    var leastError = Float.infinity
    for trial in -9...9 {
      let inverse = -(32 + 0.1 * Float(trial)) / largest
      let q = group.map { max(-32, min(31, ($0 * inverse).rounded())) }
      let wqq = zip(q, weights).reduce(Float(0)) { $0 + $1.1 * $1.0 * $1.0 }
      let wqx = zip(zip(q, group), weights).reduce(Float(0)) { $0 + $1.1 * $1.0.0 * $1.0.1 }
      guard wqq > 0 else { continue }
      let scale = wqx / wqq
      let error = zip(zip(group, q), weights).reduce(Float(0)) { sum, item in
        let difference = scale * item.0.1 - item.0.0
        return sum + item.1 * difference * difference
      }
      if error < leastError { (leastError, best) = (error, scale) }
    }
    return best
  }

  private static func weights(_ group: ArraySlice<Float>) -> [Float] {
    let mean = (group.reduce(Float(0)) { $0 + $1 * $1 } / Float(group.count)).squareRoot()
    return group.map { mean + abs($0) }
  }

  private static func sixBits(_ part: Float, of whole: Float) -> UInt8 {
    whole > 0 ? UInt8(max(0, min(63, (part / whole).rounded()))) : 0
  }

  /// What is left of a scale in 16 bits.
  private static func stored(_ scale: Float) -> Float { HalfFloat.float(HalfFloat.bits(scale)) }

  private static func append(_ scale: Float, _ bytes: inout [UInt8]) {
    let bits = HalfFloat.bits(scale)
    bytes += [UInt8(bits & 255), UInt8(bits >> 8)]
  }
}
