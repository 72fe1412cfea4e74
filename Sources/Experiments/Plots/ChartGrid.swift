/// Several charts in one picture, two to a row.
public struct ChartGrid: Sendable {
  public var title: String
  public var charts: [LineChart]

  public init(title: String, charts: [LineChart]) {
    self.title = title
    self.charts = charts
  }

  public var svg: String {
    let pictures = charts.map(\.picture)
    let width = pictures.map(\.width).max() ?? 720
    let height = pictures.map(\.height).max() ?? 60
    let rows = (pictures.count + 1) / 2
    var canvas = SVGCanvas(
      width: width * (pictures.count > 1 ? 2 : 1), height: 40 + height * Double(max(1, rows)))
    canvas.text(title, 20, 26, size: 16, bold: true)
    if pictures.isEmpty { canvas.text("no curves", 20, 60) }
    for (index, picture) in pictures.enumerated() {
      canvas.place(picture, width * Double(index % 2), 40 + height * Double(index / 2))
    }
    return canvas.svg
  }
}
