/// Charts of the same series in one picture, two to a row under one legend.
public struct ChartGrid: Sendable {
  public var title: String
  public var charts: [LineChart]

  public init(title: String, charts: [LineChart]) {
    self.title = title
    self.charts = charts
  }

  public var svg: String {
    let pictures = charts.map { $0.picture(hasLegend: false) }
    let (width, height) = (pictures.first?.width ?? 580, pictures.first?.height ?? 40)
    let names = charts.first?.series.map(\.name) ?? []
    let top = 50 + 20 * Double(names.count)
    var canvas = SVGCanvas(
      width: width * (pictures.count > 1 ? 2 : 1),
      height: top + height * Double(max(1, (pictures.count + 1) / 2)))
    canvas.text(title, 60, 26, size: 16, bold: true)
    if pictures.isEmpty { canvas.text("no curves", 60, 60) }
    for (index, name) in names.enumerated() {
      let y = 50 + 20 * Double(index)
      canvas.line(60, y, 80, y, color: SVGCanvas.palette[index % SVGCanvas.palette.count], width: 3)
      canvas.text(name, 88, y + 4)
    }
    for (index, picture) in pictures.enumerated() {
      canvas.place(picture, width * Double(index % 2), top + height * Double(index / 2))
    }
    return canvas.svg
  }
}
