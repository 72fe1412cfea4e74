import Kernels

/// Which tokens of two tokenizers spell the same bytes of one text.
///
/// Both rows of tokens are walked at once, the side that ends earlier going on; a group closes where both end at the same
/// byte. What is left at the end is one more group, of which a side may be empty    (TRL's GOLD, Patiño et al. 2025).
public struct ByteAlignment: Sendable, Equatable {
  /// In the order of the text.
  public let groups: [TokenGroup]

  /// - Parameters: the byte behind each token, counted from the start of the text, not falling.
  public init(studentEnds: [Int], teacherEnds: [Int]) {
    var groups: [TokenGroup] = []
    var (s, t, first, taughtFirst) = (0, 0, 0, 0)
    while s < studentEnds.count, t < teacherEnds.count {
      let (end, taughtEnd) = (studentEnds[s], teacherEnds[t])
      if end <= taughtEnd { s += 1 }
      if taughtEnd <= end { t += 1 }
      if end == taughtEnd {
        groups.append(TokenGroup(student: first..<s, teacher: taughtFirst..<t))
        (first, taughtFirst) = (s, t)
      }
    }
    if s < studentEnds.count || t < teacherEnds.count {
      groups.append(
        TokenGroup(student: first..<studentEnds.count, teacher: taughtFirst..<teacherEnds.count))
    }
    self.groups = groups
  }

  /// Groups that have tokens on both sides: those that can be compared.
  public var comparable: [TokenGroup] { groups.filter { !$0.student.isEmpty && !$0.teacher.isEmpty } }
}

/// How two tokenizers fit, counted over many texts.
public struct AlignmentCount: Sendable, Equatable {
  public var studentTokens = 0
  public var teacherTokens = 0
  public var groups = 0
  /// Groups of one token on either side.
  public var oneToOne = 0

  public init() {}

  /// - Parameter compared: groups with tokens on both sides.
  public mutating func add(_ compared: [TokenGroup]) {
    for group in compared {
      studentTokens += group.student.count
      teacherTokens += group.teacher.count
      groups += 1
      if group.student.count == 1, group.teacher.count == 1 { oneToOne += 1 }
    }
  }

  /// The share of the student's tokens that stand alone against one of the teacher's, 0…1.
  public var oneToOneShare: Double { Double(oneToOne) / Double(max(1, studentTokens)) }
}
