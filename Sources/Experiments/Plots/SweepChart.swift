/// A metric's values over seeds: a dot a seed, a bar from the smallest to the largest, a larger dot at the mean.
///
/// Where all groups have a place on a number line, the means of a series are joined; else each group has a row.
public struct SweepChart: Sendable {
  public struct Group: Sendable {
    public var name: String
    /// One a seed; empty where no run is finished.
    public var values: [Double]
    public var x: Double?
    public var series = ""

    public init(name: String, values: [Double], x: Double? = nil, series: String = "") {
      self.name = name
      self.values = values.filter(\.isFinite)
      self.x = x
      self.series = series
    }

    var mean: Double { values.reduce(0, +) / Double(max(1, values.count)) }
  }

  public var title: String
  public var metric: String
  public var groups: [Group]
  /// What lies on the number line.
  public var xLabel = ""

  public init(title: String, metric: String, groups: [Group]) {
    self.title = title
    self.metric = metric
    self.groups = groups
  }

  public var svg: String {
    let drawn = groups.filter { !$0.values.isEmpty }
    let values = drawn.flatMap(\.values)
    guard let low = values.min(), let high = values.max() else {
      var canvas = SVGCanvas(width: 720, height: 80)
      canvas.text(title, 20, 24, size: 15, bold: true)
      canvas.text("no run is finished", 20, 56)
      return canvas.svg
    }
    let margin = (high - low) * 0.05
    let range = low - margin...high + margin
    return drawn.allSatisfy { $0.x != nil } ? line(drawn, range) : rows(drawn, range)
  }

  private func line(_ groups: [Group], _ range: ClosedRange<Double>) -> String {
    let names = groups.map(\.series).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .sorted()
    var canvas = SVGCanvas(width: 720, height: max(360, 72 + 20 * Double(names.count)))
    canvas.text(title, 60, 24, size: 15, bold: true)
    let places = groups.compactMap(\.x)
    let (first, last) = (places.min() ?? 0, places.max() ?? 1)
    // Values that are tried are most often multiples of one another.
    let x = PlotAxis(first...last, pixels: (80, 550), isLogarithmic: first > 0 && last / first >= 4)
    let y = PlotAxis(range, pixels: (310, 44))
    for tick in y.ticks() {
      canvas.line(60, y.position(tick), 560, y.position(tick), color: "#e5e5e5")
      canvas.text(PlotAxis.tickLabel(tick), 54, y.position(tick) + 4, size: 11, anchor: .end)
    }
    for value in Set(places).sorted() {
      canvas.line(x.position(value), 310, x.position(value), 315)
      canvas.text(PlotAxis.tickLabel(value), x.position(value), 330, size: 11, anchor: .middle)
    }
    canvas.line(60, 310, 560, 310, color: "#333333")
    canvas.text(xLabel, 310, 350, size: 12, anchor: .middle)
    canvas.text(metric, 16, 180, size: 12, anchor: .middle, rotated: true)
    for (index, name) in names.enumerated() {
      let color = SVGCanvas.palette[index % SVGCanvas.palette.count]
      let own = groups.filter { $0.series == name }.sorted { $0.x ?? 0 < $1.x ?? 0 }
      canvas.polyline(own.map { (x.position($0.x ?? 0), y.position($0.mean)) }, color: color, width: 1.5)
      for group in own {
        let place = x.position(group.x ?? 0)
        canvas.line(
          place, y.position(group.values.min() ?? 0), place, y.position(group.values.max() ?? 0),
          color: color,
          width: 2)
        for value in group.values { canvas.circle(place, y.position(value), radius: 2, color: color) }
        canvas.circle(place, y.position(group.mean), radius: 4, color: color, title: about(group))
      }
      if name.isEmpty { continue }
      canvas.line(572, 52 + Double(index) * 20, 592, 52 + Double(index) * 20, color: color, width: 3)
      canvas.text(name, 598, 56 + Double(index) * 20)
    }
    return canvas.svg
  }

  private func rows(_ groups: [Group], _ range: ClosedRange<Double>) -> String {
    let bottom = 50 + 26 * Double(groups.count)
    var canvas = SVGCanvas(width: 720, height: bottom + 60)
    canvas.text(title, 20, 24, size: 15, bold: true)
    let x = PlotAxis(range, pixels: (290, 690))
    for tick in x.ticks(count: 5) {
      canvas.line(x.position(tick), 44, x.position(tick), bottom, color: "#e5e5e5")
      canvas.text(PlotAxis.tickLabel(tick), x.position(tick), bottom + 18, size: 11, anchor: .middle)
    }
    canvas.text(metric, 490, bottom + 44, size: 12, anchor: .middle)
    for (index, group) in groups.enumerated() {
      let y = 63 + 26 * Double(index)
      let color = SVGCanvas.palette[0]
      let name = group.name.count > 42 ? group.name.prefix(41) + "…" : group.name
      canvas.text(String(name), 280, y + 4, size: 12, anchor: .end)
      canvas.line(
        x.position(group.values.min() ?? 0), y, x.position(group.values.max() ?? 0), y, color: color, width: 2
      )
      for value in group.values { canvas.circle(x.position(value), y, radius: 2, color: color) }
      canvas.circle(x.position(group.mean), y, radius: 4, color: color, title: about(group))
    }
    return canvas.svg
  }

  private func about(_ group: Group) -> String {
    "\(group.name): mean \(PlotAxis.tickLabel(group.mean)) of \(group.values.count)"
  }
}
