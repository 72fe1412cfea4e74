import Experiments
import Foundation
import FoundationXML
import Testing
import Training

@Suite struct JUnitReportTests {
  /// Every element with its attributes, as Foundation's own parser reads them.
  final class Elements: NSObject, XMLParserDelegate {
    var found: [(name: String, attributes: [String: String])] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      found.append((name, attributes))
    }

    static func read(_ xml: String) -> [(name: String, attributes: [String: String])]? {
      let elements = Elements()
      let parser = XMLParser(data: Data(xml.utf8))
      parser.delegate = elements
      return parser.parse() ? elements.found : nil
    }
  }

  @Test func anyTextStaysWhatItIs() throws {
    let text = "a<b> & \"c\" 'd' ]]> 한국어\nnext\tline"
    var report = JUnitReport("sweep")
    report.add(text, .error(text))
    report.add("nul\u{0}\u{B}\u{FFFE}", .skipped(""))
    let elements = try #require(Elements.read(report.xml))
    #expect(
      elements.map(\.name) == [
        "testsuites", "testsuite", "testcase", "error", "testsuite", "testcase", "skipped",
      ])
    #expect(elements[1].attributes["name"] == text && elements[3].attributes["message"] == text)
    #expect(elements[4].attributes["name"] == "nul\u{FFFD}\u{FFFD}\u{FFFD}")
    #expect(elements[0].attributes["errors"] == "1" && elements[0].attributes["skipped"] == "1")
  }

  @Test func aGateIsACase() throws {
    let gates = [("eval/loss", "<= 2"), ("eval/accuracy", ">= 0.5"), ("reward", "> 0")].map {
      Gate(metric: $0.0, condition: $0.1)!
    }
    let verdicts = Gate.verdicts(gates, on: ["eval/loss": 1.5, "eval/accuracy": 0.25])
    var report = JUnitReport("train")
    report.addPassed("ci", seconds: 2, verdicts)
    let elements = try #require(Elements.read(report.xml))
    #expect(elements[0].attributes["tests"] == "4" && elements[0].attributes["failures"] == "2")
    #expect(elements[1].attributes["time"] == "2.000")
    #expect(
      elements.filter { $0.name == "testcase" }.map { $0.attributes["name"] }
        == ["run", "eval/loss <= 2.0", "eval/accuracy >= 0.5", "reward > 0.0"])
    #expect(
      elements.filter { $0.name == "failure" }.map { $0.attributes["message"] }
        == ["required >= 0.5, found 0.25", "required > 0.0, found no such metric"])
  }
}
