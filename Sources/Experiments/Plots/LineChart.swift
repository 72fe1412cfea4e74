/// Curves over steps: losses, rates, accuracies.
public struct LineChart: Sendable {
  public struct Series: Sendable {
    public var name: String
    public var points: [(x: Double, y: Double)]

    public init(name: String, points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }
  }

  public var title: String
  public var xLabel: String
  public var yLabel: String
  public var series: [Series]
  public var isLogarithmic = false

  public init(title: String, xLabel: String, yLabel: String, series: [Series], isLogarithmic: Bool = false) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series.filter { !$0.points.isEmpty }
    self.isLogarithmic = isLogarithmic
  }

  public var svg: String { picture().svg }

  /// The chart as a part of a larger picture, narrower without a legend; a long legend makes it taller.
  func picture(hasLegend: Bool = true) -> SVGCanvas {
    let longest = series.map(\.name.count).max() ?? 0
    var canvas = SVGCanvas(
      width: hasLegend ? max(720, 608 + 7.5 * Double(longest)) : 580,
      height: hasLegend ? max(360, 72 + 20 * Double(series.count)) : 360)
    canvas.text(title, 60, 24, size: 15, bold: true)
    let points = series.flatMap(\.points)
    guard let xLow = points.map(\.x).min(), let xHigh = points.map(\.x).max(),
      let yLow = points.map(\.y).min(),
      let yHigh = points.map(\.y).max()
    else {
      canvas.text("no data", 360, 180, anchor: .middle)
      return canvas
    }
    let x = PlotAxis(xLow...xHigh, pixels: (60, 560))
    let y = PlotAxis(
      isLogarithmic ? yLow...yHigh : min(0, yLow)...yHigh, pixels: (310, 44), isLogarithmic: isLogarithmic)
    for tick in y.ticks() {
      canvas.line(60, y.position(tick), 560, y.position(tick), color: "#e5e5e5")
      canvas.text(PlotAxis.tickLabel(tick), 54, y.position(tick) + 4, size: 11, anchor: .end)
    }
    for tick in x.ticks() {
      canvas.line(x.position(tick), 310, x.position(tick), 315)
      canvas.text(PlotAxis.tickLabel(tick), x.position(tick), 330, size: 11, anchor: .middle)
    }
    canvas.line(60, 310, 560, 310, color: "#333333")
    canvas.text(xLabel, 310, 350, size: 12, anchor: .middle)
    if yLabel != title { canvas.text(yLabel, 16, 180, size: 12, anchor: .middle, rotated: true) }
    for (index, curve) in series.enumerated() {
      let color = SVGCanvas.palette[index % SVGCanvas.palette.count]
      canvas.polyline(curve.points.map { (x.position($0.x), y.position($0.y)) }, color: color)
      guard hasLegend else { continue }
      canvas.line(572, 52 + Double(index) * 20, 592, 52 + Double(index) * 20, color: color, width: 3)
      canvas.text(curve.name, 598, 56 + Double(index) * 20)
    }
    return canvas
  }
}
