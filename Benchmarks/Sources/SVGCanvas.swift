import Foundation

/// Builds one SVG picture; coordinates are pixels from the upper left.
struct SVGCanvas {
  let width: Double
  let height: Double
  private var elements: [String] = []

  /// Colours that people with colour-blindness tell apart (Okabe & Ito 2008), for series in order.
  static let palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#666666"]

  enum Anchor: String { case start, middle, end }

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, color: String = "#bbbbbb", width: Double = 1,
    dashed: Bool = false
  ) {
    let dash = dashed ? " stroke-dasharray=\"5 4\"" : ""
    elements.append(
      "<line x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\" stroke=\"\(color)\" "
        + "stroke-width=\"\(n(width))\"\(dash)/>")
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, color: String, title: String) {
    elements.append(
      "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\" fill=\"\(color)\" fill-opacity=\"0.75\">"
        + "<title>\(SVGCanvas.escaped(title))</title></circle>")
  }

  mutating func text(
    _ words: String, _ x: Double, _ y: Double, size: Double = 12, anchor: Anchor = .start,
    color: String = "#333333", bold: Bool = false, rotated: Bool = false
  ) {
    let weight = bold ? " font-weight=\"600\"" : ""
    let turn = rotated ? " transform=\"rotate(-90 \(n(x)) \(n(y)))\"" : ""
    elements.append(
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(size))\" text-anchor=\"\(anchor.rawValue)\" "
        + "fill=\"\(color)\"\(weight)\(turn)>\(SVGCanvas.escaped(words))</text>")
  }

  var svg: String {
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(width)) \(n(height))\" width=\"\(n(width))\" "
      + "height=\"\(n(height))\" font-family=\"system-ui, sans-serif\" role=\"img\">\n"
      + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + elements.joined(separator: "\n")
      + "\n</svg>\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private func n(_ value: Double) -> String { String(format: "%.1f", value) }
}
