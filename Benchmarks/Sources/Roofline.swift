import Experiments
import Foundation
import Kernels

/// Draws speed over arithmetic intensity, both logarithmic, under the two ceilings of the machine.
///
/// attainable = min(peak, intensity × bandwidth)    (Williams, Waterman & Patterson 2009)
///
/// Intensity counts each matrix once, as if it moved between memory and processor once. Products that stay in the
/// caches may lie above the sloping line.
public enum Roofline {
  public static func svg(_ results: [ProductResult], peak: MachinePeak) -> String {
    var canvas = SVGCanvas(width: 880, height: 520)
    canvas.text("Matrix products on \(peak.threads) threads", 70, 26, size: 15, bold: true)
    let points = results.compactMap { result in
      ProductResult.median(result.warm).map { (result: result, speed: $0) }
    }
    let ceiling = max(peak.fp32, peak.bf16 ?? 0, points.map(\.speed).max() ?? 1)
    let x = LogarithmicAxis(
      low: points.map { $0.result.intensity }.min() ?? 1,
      high: max(points.map { $0.result.intensity }.max() ?? 1, 2 * ceiling / peak.bandwidth),
      from: 70, to: 640)
    let y = LogarithmicAxis(low: points.map(\.speed).min() ?? 1, high: ceiling * 1.2, from: 450, to: 50)
    drawGrid(&canvas, x, y)
    drawCeilings(&canvas, x, y, peak)
    let backends = points.map(\.result.backend).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    for (index, backend) in backends.enumerated() {
      let color = SVGCanvas.palette[index % SVGCanvas.palette.count]
      for point in points where point.result.backend == backend {
        let shape = point.result.shape
        canvas.circle(
          x.position(point.result.intensity), y.position(point.speed), radius: 4, color: color,
          title: "\(shape.name) \(shape.layout.rawValue) \(shape.m)×\(shape.n)×\(shape.k), \(backend): "
            + String(format: "%.1f GFLOP/s", point.speed))
      }
      canvas.circle(670, 160 + 22 * Double(index), radius: 5, color: color, title: backend)
      canvas.text(backend, 682, 164 + 22 * Double(index))
    }
    return canvas.svg
  }

  private static func drawGrid(_ canvas: inout SVGCanvas, _ x: LogarithmicAxis, _ y: LogarithmicAxis) {
    for tick in x.ticks {
      canvas.line(x.position(tick), 50, x.position(tick), 450, color: "#e5e5e5")
      canvas.text(label(tick), x.position(tick), 468, size: 11, anchor: .middle)
    }
    for tick in y.ticks {
      canvas.line(70, y.position(tick), 640, y.position(tick), color: "#e5e5e5")
      canvas.text(label(tick), 64, y.position(tick) + 4, size: 11, anchor: .end)
    }
    canvas.line(70, 450, 640, 450, color: "#333333")
    canvas.line(70, 50, 70, 450, color: "#333333")
    canvas.text("operations per byte of A, B and C", 355, 496, anchor: .middle)
    canvas.text("GFLOP/s", 20, 250, anchor: .middle, rotated: true)
  }

  /// Each peak from where the bandwidth line meets it, and that line up to the higher peak.
  private static func drawCeilings(
    _ canvas: inout SVGCanvas, _ x: LogarithmicAxis, _ y: LogarithmicAxis, _ peak: MachinePeak
  ) {
    let peaks = [("fp32", peak.fp32)] + (peak.bf16.map { [("bf16", $0)] } ?? [])
    for (name, value) in peaks {
      let ridge = min(max(value / peak.bandwidth, x.low), x.high)
      canvas.line(
        x.position(ridge), y.position(value), 640, y.position(value), color: "#333333", width: 1.5,
        dashed: name == "bf16")
      canvas.text(
        String(format: "%@ peak %.0f GFLOP/s", name, value), 648, y.position(value) + 4, size: 12)
    }
    let top = peaks.map(\.1).max() ?? peak.fp32
    let start = max(x.low, y.low / peak.bandwidth)
    let end = min(x.high, top / peak.bandwidth)
    guard start < end else { return }
    canvas.line(
      x.position(start), y.position(start * peak.bandwidth), x.position(end),
      y.position(end * peak.bandwidth), color: "#333333", width: 1.5)
    canvas.text(String(format: "memory %.1f GB/s", peak.bandwidth), 648, 124, size: 12)
  }

  private static func label(_ value: Double) -> String {
    value < 1 ? String(format: "%g", value) : String(Int(value))
  }
}

/// Maps positive values to pixels by their logarithm; the range is widened to whole powers of two.
private struct LogarithmicAxis {
  let low: Double
  let high: Double
  let from: Double
  let to: Double

  init(low: Double, high: Double, from: Double, to: Double) {
    self.low = exp2(log2(max(low, 1e-6)).rounded(.down))
    self.high = max(2 * self.low, exp2(log2(max(high, 1e-6)).rounded(.up)))
    self.from = from
    self.to = to
  }

  func position(_ value: Double) -> Double {
    let share = log2(max(value, low) / low) / log2(high / low)
    return from + share * (to - from)
  }

  var ticks: [Double] {
    let powers = Int(log2(low).rounded())...Int(log2(high).rounded())
    let step = max(1, powers.count / 8)
    return powers.filter { $0.isMultiple(of: step) }.map { exp2(Double($0)) }
  }
}
