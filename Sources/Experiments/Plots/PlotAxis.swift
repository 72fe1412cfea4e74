import Foundation

/// Maps values to pixels along one direction and chooses round tick marks.
public struct PlotAxis: Sendable {
  public let range: ClosedRange<Double>
  public let pixels: (from: Double, to: Double)
  public let isLogarithmic: Bool

  public init(_ range: ClosedRange<Double>, pixels: (from: Double, to: Double), isLogarithmic: Bool = false) {
    let widened =
      range.lowerBound < range.upperBound ? range : range.lowerBound - 0.5...range.upperBound + 0.5
    self.range = widened
    self.pixels = pixels
    self.isLogarithmic = isLogarithmic && widened.lowerBound > 0
  }

  public func position(_ value: Double) -> Double {
    let (low, high, point) = (scaled(range.lowerBound), scaled(range.upperBound), scaled(value))
    return pixels.from + (point - low) / (high - low) * (pixels.to - pixels.from)
  }

  private func scaled(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }

  /// About `count` round values inside the range: steps of 1, 2 or 5 times a power of ten.
  public func ticks(count: Int = 6) -> [Double] {
    if isLogarithmic {
      let exponents = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
      let steps: [Double] = exponents.count > 3 ? [1] : [1, 2, 5]
      return exponents.flatMap { power in steps.map { $0 * pow(10, Double(power)) } }.filter(range.contains)
    }
    let rough = (range.upperBound - range.lowerBound) / Double(max(1, count))
    let magnitude = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * magnitude }.first { $0 >= rough * 0.999 } ?? rough
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard last >= first else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// A number beside a tick; the smallest and the largest with an exponent.
  public static func tickLabel(_ value: Double) -> String {
    let size = abs(value)
    return size > 0 && (size < 1e-3 || size >= 1e7) ? String(format: "%.3g", value) : label(value)
  }

  /// A number with at most `decimals` decimals and no trailing zeros.
  public static func label(_ value: Double, decimals: Int = 4) -> String {
    guard value.isFinite else { return "0" }
    var text = String(format: "%.\(decimals)f", value)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return text == "-0" ? "0" : text
  }
}
