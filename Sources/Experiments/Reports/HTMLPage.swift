/// A page in one file: no scripts, nothing fetched.
struct HTMLPage {
  var title: String
  /// What follows the title's heading or holds its own, as HTML.
  var body: String

  /// A picture of the page.
  static func figure(_ title: String, svg: String) -> String {
    "<figure aria-label=\"\(SVGCanvas.escaped(title))\">\(svg)</figure>\n"
  }

  /// A table that a narrow window scrolls.
  static func wide(_ table: ReportTable) -> String { "<div class=\"wide\">\(table.html)</div>" }

  var text: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>\(SVGCanvas.escaped(title))</title><style>
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
    h2 { margin-top: 2.5rem } table { border-collapse: collapse; font-size: 13px }
    th, td { padding: .3rem .6rem; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap }
    th:first-child, td:first-child { text-align: left } .wide { overflow-x: auto }
    figure { margin: 1rem 0 } svg { max-width: 100%; height: auto }
    article { border: 1px solid #ddd; border-radius: 6px; padding: .5rem 1rem; margin: 1rem 0 }
    pre { white-space: pre-wrap; background: #f6f6f6; padding: .5rem; margin: .2rem 0 }
    .correct { color: #00704f } .wrong { color: #b03a00 } .unparsable { color: #8a6100 }
    </style></head><body>
    \(body)</body></html>

    """
  }
}
