/// Where the teacher's distributions come from: models that run beside the student, or files.
public struct TeacherSource: Sendable, Equatable {
  /// One of several teachers.
  public struct Member: Sendable, Equatable {
    /// A model directory.
    public var directory: String
    /// Its share where several teach the same document, 1e-6 to 1e6.
    public var weight = 1.0
    /// The domains of the documents that it teaches; all when empty.
    public var domains: [String] = []

    public init(directory: String, weight: Double = 1, domains: [String] = []) {
      self.directory = directory
      self.weight = weight
      self.domains = domains
    }
  }

  /// Beside `signals` there is one at most: it says whose they must be, and runs for the terms that compare layers alone.
  public var members: [Member]
  /// A directory that `swiftlet signals` wrote.
  public var signals: String?

  public init(directory: String? = nil, signals: String? = nil) {
    self.init(directory.map { [Member(directory: $0)] } ?? [], signals: signals)
  }

  public init(_ members: [Member], signals: String? = nil) {
    self.members = members
    self.signals = signals
  }

  /// The one model that teaches everything; nil where there are several, or none.
  public var directory: String? { isPanel ? nil : members.first?.directory }
  /// Whether several models teach, or one that teaches some domains alone.
  public var isPanel: Bool { members.count > 1 || members.contains { !$0.domains.isEmpty } }
}

extension TeacherSource: RecipeValue {
  package static var expectation: String {
    "a model directory, {signals: DIRECTORY}, or a list of {model, weight, domains}"
  }

  private struct Body: RecipeSection {
    var model, signals: String?
    mutating func visit(_ fields: inout RecipeFields) {
      fields.field("model", &model)
      fields.field("signals", &signals)
      fields.require(model != nil || signals != nil, "signals", expected: "or model, one of them at least")
    }
  }

  package static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> TeacherSource?
  {
    switch node.content {
    case .scalar:
      return String.read(node, path: path, problems: &problems).map { TeacherSource(directory: $0) }
    case .mapping:
      return Body.read(node, path: path, problems: &problems).map {
        TeacherSource(directory: $0.model, signals: $0.signals)
      }
    case .sequence:
      return [Listed].read(node, path: path, problems: &problems).flatMap { listed in
        listed.isEmpty ? nil : TeacherSource(listed.map(\.member))
      }
    }
  }

  /// A member by its directory alone, or with all that there is to say.
  private struct Listed: RecipeValue {
    var member: Member
    static var expectation: String { "a model directory or {model, weight, domains}" }

    static func read(_ node: RecipeNode, path: String, problems: inout [RecipeError]) -> Listed? {
      if case .scalar = node.content {
        return String.read(node, path: path, problems: &problems).map {
          Listed(member: Member(directory: $0))
        }
      }
      return Member.read(node, path: path, problems: &problems).map { Listed(member: $0) }
    }

    var node: RecipeNode { member.node }
  }

  package var node: RecipeNode {
    if isPanel { return members.node }
    if let directory, signals == nil { return directory.node }
    return Body(model: directory, signals: signals).node
  }
}

extension TeacherSource.Member: RecipeSection {
  package init() { self.init(directory: "") }

  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("model", &directory)
    fields.field("weight", &weight)
    fields.field("domains", &domains)
    fields.require(!directory.isEmpty, "model", expected: "a model directory")
    // As Float, beside others of them, neither infinite nor 0.
    fields.require((1e-6...1e6).contains(weight), "weight", expected: "from 1e-6 to 1e6")
  }
}
