import Files
import Testing

@Suite struct JSONTests {
  @Test(arguments: [
    "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[--1]",
    "[NaN]", "nul", "[1] 2", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"",
    "\"a\nb\"", "\"open", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "\u{FEFF}{}", "'a'", "/**/1",
    "[1 2]", "]",
  ])
  func refuses(text: String) {
    #expect(throws: FileError.self) { try JSONValue(parsing: text, source: "test") }
  }

  @Test func refusesDepthAndBytesThatAreNotUTF8() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: FileError.self) { try JSONValue(parsing: deep, source: "test") }
    #expect(throws: FileError.self) { try JSONValue(parsing: [0x22, 0xC3, 0x22], source: "test") }
  }

  @Test func readsAndWritesEveryKindOfValue() throws {
    let text = #"{"b":[1,-2.50e+3,true,false,null,{}],"a":"é\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00","":[]}"#
    let value = try JSONValue(parsing: text, source: "test")
    #expect(value.object?.keys == ["b", "a", ""])
    #expect(value["b"]?.array?[0].int == 1)
    #expect(value["b"]?.array?[1].double == -2500)
    #expect(value["b"]?.array?[1].int == nil)
    #expect(value["a"]?.string == "é\"\\/\u{8}\u{C}\n\r\té😀")
    #expect(try JSONValue(parsing: value.text(), source: "test") == value)
    #expect(try JSONValue(parsing: value.text(isPretty: true), source: "test") == value)
    #expect(JSONValue.double(0.1).text() == "0.1")
  }

  @Test func numbersAreNamedByTheWayToThem() throws {
    let value = try JSONValue(
      parsing: #"{"a":1,"b":{"c":2.5,"d":{"e":-3},"f":"4"},"g":[5,{"h":6}],"i":null,"j":true}"#,
      source: "test")
    #expect(value.numbers == ["a": 1, "b/c": 2.5, "b/d/e": -3])
    #expect(try JSONValue(parsing: "[1]", source: "test").numbers.isEmpty)
  }

  @Test func keysThatOnlyLookAlikeAreTwo() throws {
    let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}", source: "test")
    #expect(value["\u{E9}"]?.int == 1)
    #expect(value["e\u{301}"]?.int == 2)
  }

  @Test func errorsNameTheirLine() {
    let error = #expect(throws: FileError.self) {
      try JSONValue(parsing: "{\n  \"a\": tru\n}", source: "config.json")
    }
    #expect(error?.place == "config.json: line 2, column 8")
  }

  @Test func largeObjectsRefuseDuplicatesToo() {
    let entries = (0..<40).map { "\"k\($0)\":0" } + ["\"k3\":1"]
    #expect(throws: FileError.self) {
      try JSONValue(parsing: "{\(entries.joined(separator: ","))}", source: "test")
    }
  }
}
