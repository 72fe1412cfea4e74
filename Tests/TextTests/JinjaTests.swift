import Files
import GoldenVectors
import Testing

import Text

@Suite struct JinjaTests {
  private static func render(_ template: String, _ variables: [String: JSONValue] = [:]) throws -> String {
    try JinjaTemplate(template).render(variables).text
  }

  /// Five published templates on twenty conversations each, plain and with their training forms, against transformers.
  @Test func rendersAsTransformersDoes() throws {
    guard Golden.has("tokenizers/chat.json") else {
      return GoldenRegistry.skip(
        "tokenizers/chat", cases: 100, reason: "not in this set; see SWIFTLET_GOLDEN")
    }
    let golden = try Golden.json("tokenizers/chat.json")
    let conversations = try #require(golden["conversations"]?.array)
    let variables = try #require(golden["template_variables"])
    for rendering in try #require(golden["renderings"]?.array) {
      let name = try #require(rendering["template"]?.string)
      let template = try JinjaTemplate(#require(golden["templates"]?[name]?["template"]?.string))
      let messages = conversations[try #require(rendering["conversation"]?.int)]
      let tokens = try #require((variables[name] ?? variables["others"])?.object)
      var given = Dictionary(uniqueKeysWithValues: tokens.entries.map { ($0.key, $0.value) })
      given["messages"] = messages
      given["add_generation_prompt"] = false
      let text = try template.render(given).text
      #expect(text == rendering["text"]?.string, "\(name)")
      given["add_generation_prompt"] = true
      #expect(try template.render(given).text == rendering["text_generation_prompt"]?.string, "\(name)")
      if let training = golden["templates"]?[name]?["training_template"]?.string {
        given["add_generation_prompt"] = false
        let marked = try JinjaTemplate(training).render(given)
        #expect(marked.text == rendering["training_text"]?.string ?? text, "\(name), training")
        let assistants = (messages.array ?? []).count { $0["role"]?.string == "assistant" }
        #expect(marked.pieces.count { $0.isGeneration } == assistants, "\(name), marks")
      }
      GoldenRegistry.countRun(1)
    }
  }

  @Test(arguments: [
    (
      "{{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 1 ~ 'a' }}",
      "7 9 3 -4 2 1a"
    ),
    ("{{ 'a' in 'cat' }} {{ 2 not in [1] }} {{ not true or 1 == 1.0 }}", "True True True"),
    (
      "{% for x in [1, 2, 3] if x != 2 %}{{ loop.index }}:{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}",
      "1:1, 2:3"
    ),
    ("{% for x in [] %}x{% else %}none{% endfor %}", "none"),
    (
      "{% for x in [1, 2, 3, 4] %}{% if x == 2 %}{% continue %}{% elif x == 4 %}{% break %}{% endif %}{{ x }}{% endfor %}",
      "13"
    ),
    ("{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}", "1"),
    ("{% set ns = namespace(x=1) %}{% for i in [1] %}{% set ns.x = 2 %}{% endfor %}{{ ns.x }}", "2"),
    ("{{ 'abcd'[1:3] }} {{ 'abcd'[::-1] }} {{ [1, 2, 3][-1] }} {{ 'a,b'.split(',')[1] }}", "bc dcba 3 b"),
    (
      "{{ x is defined }} {{ x | default('d') }} {{ none is none }} {{ 'a' if false else 'b' }}",
      "False d True b"
    ),
    ("{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}", "a1b2"),
    ("  {% if true %}\n  x\n  {% endif %}\ny\n", "  x\ny"),
    ("a {{- 'b' -}} c {#- note -#} d", "abcd"),
    ("{{ {'a': [1, 'é\"', none, true]} | tojson }}", "{\"a\": [1, \"é\\\"\", null, true]}"),
    ("{% set b %}x{{ 1 }}{% endset %}{{ b | upper }}", "X1"),
  ])
  func rendersAsPythonWould(template: String, expected: String) throws {
    #expect(try Self.render(template) == expected)
  }

  @Test(arguments: [
    "{{ 1 + }}", "{% if true %}", "{% endif %}", "{{ 'a }}", "{{ a b }}", "{# never closed",
    "{% for x of [] %}{% endfor %}",
    "{% macro f() %}{% endmacro %}", "{{ x | md5 }}", "{{ x is prime }}", "{{ f(1) }}",
    "{{ 'a'.swapcase() }}",
    "{{ raise_exception('no') }}", "{{ 1 // 0 }}", "{{ 'a' + 1 }}", "{{ missing.key }}",
    "{{ 9223372036854775807 + 1 }}",
    "{% for x in range(100000000) %}{% endfor %}", "{% for x in 3 %}{% endfor %}", "{{ [1][::0] }}",
  ])
  func whatCannotBeRenderedIsNamed(template: String) {
    #expect(throws: JinjaError.self) { try Self.render(template) }
  }

  @Test func deepNestingIsRefusedInsteadOfOverflowingTheStack() {
    let open = String(repeating: "(", count: 100_000), not = String(repeating: "not ", count: 100_000)
    #expect(throws: JinjaError.self) { try Self.render("{{ \(open)1 }}") }
    #expect(throws: JinjaError.self) { try Self.render("{{ \(not)1 }}") }
    #expect(throws: JinjaError.self) { try Self.render(String(repeating: "{% if 1 %}", count: 10_000)) }
    for link in ["+1", "|trim", ".a", " == 1", " or 1", " ~ 1", "*1"] {
      let chain = String(repeating: link, count: 60_000)
      #expect(throws: JinjaError.self, "\(link)") { try Self.render("{{ 1\(chain) }}") }
    }
  }

  @Test(arguments: [
    "{% set ns = namespace(s='aaaaaaaa') %}{% for i in range(100) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% set ns = namespace(s=[1]) %}{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set ns = namespace(x=1) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=1) %}{% for i in range(100000) %}{% set ns.x = namespace(y=ns.x) %}{% endfor %}",
    "{% for i in range(100000) %}{% if range(100000)|length %}{% endif %}{% endfor %}",
    "{% for i in range(100000) %}{% set x = range(100000)[::-1] %}{% endfor %}",
    "{% set s = range(100000)|join %}{% for i in range(100000) %}{{ s }}{% endfor %}",
    "{{ range(100000)|join('a'|replace('a', range(100000)|join('b'))) }}",
    "{% set s = range(100000)|join %}{{ s|replace('', s) }}",
    "{{ (range(100000)|join ~ range(100000)|join ~ range(100000)|join)|list }}",
  ])
  func whatWouldFillTheMemoryOrTheStackIsRefused(template: String) {
    let error = #expect(throws: JinjaError.self) { try Self.render(template) }
    guard case .wrongValue(_, let expected, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(
      ["at most", "that ends", "other than a namespace"].contains { expected.contains($0) }, "\(expected)")
  }

  @Test func longListsAndTextsOfConversationsAreRendered() throws {
    let items = (0..<5_000).map { "'item \($0)'" }.joined(separator: ", ")
    #expect(try Self.render("{{ [\(items)] | length }}") == "5000")
    let text = String(repeating: "a line of a document\n", count: 50_000)
    #expect(
      try Self.render("{% set t = '\(text)'.replace('\\n', '<br>') %}{{ t | trim | length }}")
        == "\(50_000 * 24)")
  }
}
