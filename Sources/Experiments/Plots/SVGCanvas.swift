/// Builds one SVG picture; coordinates are pixels from the upper left.
public struct SVGCanvas: Sendable {
  public let width: Double
  public let height: Double
  private var elements: [String] = []

  /// Colours that people with colour-blindness tell apart (Okabe & Ito 2008), for series in order.
  public static let palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#666666"]

  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  public enum Anchor: String, Sendable { case start, middle, end }

  public mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "#bbbbbb", width: Double = 1,
    dashed: Bool = false
  ) {
    let dash = dashed ? " stroke-dasharray=\"5 4\"" : ""
    elements.append(
      "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" stroke=\"\(color)\" "
        + "stroke-width=\"\(n(width))\"\(dash)/>")
  }

  public mutating func polyline(_ points: [(x: Double, y: Double)], color: String, width: Double = 2) {
    let path = points.map { "\(n($0.x)),\(n($0.y))" }.joined(separator: " ")
    elements.append(
      "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(n(width))\" "
        + "stroke-linejoin=\"round\"/>")
  }

  public mutating func circle(_ x: Double, _ y: Double, radius: Double, color: String, title: String? = nil) {
    let note = title.map { "<title>\(SVGCanvas.escaped($0))</title>" } ?? ""
    elements.append(
      "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" fill=\"\(color)\">\(note)</circle>")
  }

  public mutating func text(
    _ words: String, _ x: Double, _ y: Double, size: Double = 12, anchor: Anchor = .start,
    color: String = "#333333", bold: Bool = false, rotated: Bool = false
  ) {
    let weight = bold ? " font-weight=\"600\"" : ""
    let turn = rotated ? " transform=\"rotate(-90 \(n(x)) \(n(y)))\"" : ""
    elements.append(
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" text-anchor=\"\(anchor.rawValue)\" "
        + "fill=\"\(color)\"\(weight)\(turn)>\(SVGCanvas.escaped(words))</text>")
  }

  /// Draws another picture with its upper left at a place of this one.
  public mutating func place(_ picture: SVGCanvas, _ x: Double, _ y: Double) {
    elements.append("<g transform=\"translate(\(n(x)) \(n(y)))\">")
    elements += picture.elements
    elements.append("</g>")
  }

  /// The whole picture as SVG text, usable as a file or inside a page.
  public var svg: String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) \(n(height))\" width=\"\(n(width))\" "
      + "height=\"\(n(height))\" font-family=\"system-ui, sans-serif\" role=\"img\">"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>" + elements.joined(separator: "\n")
      + "</svg>\n"
  }

  /// `text` with the signs that mean something in HTML and SVG replaced.
  public static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  private func n(_ value: Double) -> String { PlotAxis.label(value, decimals: 2) }
}
