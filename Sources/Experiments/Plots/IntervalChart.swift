import Evaluation

/// Accuracies with their 95 % intervals, one row a name, one colour a model.
public struct IntervalChart: Sendable {
  public struct Series: Sendable {
    public var name: String
    public var cells: [AccuracyReport.Cell]

    public init(name: String, cells: [AccuracyReport.Cell]) {
      self.name = name
      self.cells = cells
    }
  }

  public var title: String
  public var series: [Series]

  public init(title: String, series: [Series]) {
    self.title = title
    self.series = series
  }

  public var svg: String {
    let names = series.flatMap { $0.cells.map(\.name) }.reduce(into: [String]()) { unique, name in
      if !unique.contains(name) { unique.append(name) }
    }
    let rowHeight = 14 + 12 * Double(series.count)
    let bottom = 50 + rowHeight * Double(names.count)
    var canvas = SVGCanvas(width: 720, height: bottom + 40)
    canvas.text(title, 20, 24, size: 15, bold: true)
    let x = PlotAxis(0...1, pixels: (190, 560))
    for tick in x.ticks(count: 5) {
      canvas.line(x.position(tick), 44, x.position(tick), bottom, color: "#e5e5e5")
      canvas.text("\(PlotAxis.label(tick * 100)) %", x.position(tick), bottom + 18, size: 11, anchor: .middle)
    }
    for (row, name) in names.enumerated() {
      let top = 50 + rowHeight * Double(row)
      canvas.text(name, 180, top + rowHeight / 2, size: 12, anchor: .end)
      for (index, model) in series.enumerated() {
        guard let cell = model.cells.first(where: { $0.name == name }) else { continue }
        let y = top + 8 + 12 * Double(index)
        let color = SVGCanvas.palette[index % SVGCanvas.palette.count]
        canvas.line(
          x.position(cell.interval.low), y, x.position(cell.interval.high), y, color: color, width: 2)
        let percent = PlotAxis.label(cell.accuracy * 100, decimals: 1)
        canvas.circle(
          x.position(cell.accuracy), y, radius: 4, color: color,
          title: "\(model.name), \(name): \(percent) % of \(cell.problems)")
      }
    }
    for (index, model) in series.enumerated() {
      let color = SVGCanvas.palette[index % SVGCanvas.palette.count]
      canvas.circle(582, 56 + Double(index) * 20, radius: 4, color: color)
      canvas.text(model.name, 594, 60 + Double(index) * 20)
    }
    return canvas.svg
  }
}
