/// The parsed form of a template.
indirect enum JinjaExpression: Sendable {
  case value(JinjaValue)
  case name(String, line: Int)
  case list([JinjaExpression])
  case map([(key: JinjaExpression, value: JinjaExpression)])
  case attribute(JinjaExpression, String, line: Int)
  case index(JinjaExpression, JinjaExpression, line: Int)
  case slice(
    JinjaExpression, start: JinjaExpression?, end: JinjaExpression?, step: JinjaExpression?, line: Int)
  case call(JinjaExpression, [JinjaArgument], line: Int)
  case filter(JinjaExpression, String, [JinjaArgument], line: Int)
  case test(JinjaExpression, String, [JinjaArgument], isNegated: Bool, line: Int)
  case unary(String, JinjaExpression, line: Int)
  case binary(String, JinjaExpression, JinjaExpression, line: Int)
  case conditional(JinjaExpression, test: JinjaExpression, otherwise: JinjaExpression?)
}

struct JinjaArgument: Sendable {
  /// nil for an argument by place.
  let name: String?
  let value: JinjaExpression
}

enum JinjaNode: Sendable {
  case text(String)
  case output(JinjaExpression)
  case set(target: JinjaTarget, JinjaExpression, line: Int)
  /// `{% set name %}…{% endset %}`
  case setBlock(name: String, [JinjaNode])
  case branches([(test: JinjaExpression?, body: [JinjaNode])])
  case loop(
    names: [String], JinjaExpression, test: JinjaExpression?, body: [JinjaNode], otherwise: [JinjaNode],
    line: Int)
  /// What an assistant says: `{% generation %}`.
  case generation([JinjaNode])
  case breakLoop
  case continueLoop
}

enum JinjaTarget: Sendable {
  case name(String)
  case attribute(of: String, String)
}
