import Foundation

extension DistillationReport {
  /// `report.md`: tables and texts; the pictures are in `report.html`.
  public var markdown: String {
    var text = "# Distillation: \(domain)\n\n"
    for section in ReportSection.allCases {
      text += "## \(section.title)\n\n"
      for part in section.parts(of: self) {
        switch part {
        case .paragraph(let words): text += words + "\n\n"
        case .list(let items): text += items.map { "- \($0)\n" }.joined() + "\n"
        case .table(let table): text += table.markdown + "\n"
        case .picture(let title, _): text += "\(title): in `report.html`.\n\n"
        case .code(let code): text += MarkdownText.block(code) + "\n"
        case .answers(let student, let teacher):
          let quoted = student.problem.prompt.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "> \($0)" }.joined(separator: "\n")
          text += quoted + "\n\n- right answer: \(student.problem.answer.text)\n"
          for (name, answer) in [("student", student), ("teacher", teacher)] {
            text += "- \(name) (\(answer.verification.verdict)): `\(oneLine(answer.completion))`\n"
          }
          text += "\n"
        }
      }
    }
    return text
  }

  /// `report.html`: one file, no scripts, nothing fetched.
  public var html: String {
    let escaped = SVGCanvas.escaped
    var body = "<h1>Distillation: \(escaped(domain))</h1>\n"
    for section in ReportSection.allCases {
      body += "<h2>\(escaped(section.title))</h2>\n"
      for part in section.parts(of: self) {
        switch part {
        case .paragraph(let words): body += "<p>\(escaped(words))</p>\n"
        case .list(let items): body += "<ul>" + items.map { "<li>\(escaped($0))</li>" }.joined() + "</ul>\n"
        case .table(let table): body += HTMLPage.wide(table)
        case .picture(let title, let svg): body += HTMLPage.figure(title, svg: svg)
        case .code(let code): body += "<pre>\(escaped(code))</pre>\n"
        case .answers(let student, let teacher):
          let problem = student.problem
          body += "<article><p>\(escaped(problem.prompt))</p>"
          body += "<dl><dt>right answer</dt><dd>\(escaped(problem.answer.text))</dd>"
          for (name, answer) in [("student", student), ("teacher", teacher)] {
            let verdict = answer.verification.verdict
            body += "<dt>\(name): <b class=\"\(verdict)\">\(verdict)</b></dt>"
            body += "<dd><pre>\(escaped(answer.completion))</pre></dd>"
          }
          body += "</dl></article>\n"
        }
      }
    }
    return HTMLPage(title: "Distillation: \(domain)", body: body).text
  }

  private func oneLine(_ text: String) -> String {
    text.replacingOccurrences(of: "\n", with: " ⏎ ").replacingOccurrences(of: "`", with: "'")
  }
}
