import Files
import GoldenVectors
import Kernels
import Objectives
import TensorCore
import Testing

/// The loss across tokenizers and its alignment, against TRL's ULDLoss (`distill/uld_gold`, `distill/uld_alignment`).
@Suite struct UniversalLogitGoldenTests {
  @Test func groupsEndWhereBothTokenizersCut() throws {
    let cases = try #require(try Golden.json("distill/uld_alignment.json")["cases"]?.array)
    for golden in cases {
      func ends(_ key: String) -> [Int] { golden[key]?.array?.map { $0.array?[1].int ?? -1 } ?? [] }
      func groups(_ key: String) -> [[Int]] {
        golden[key]?.array?.map { $0.array?.compactMap(\.int) ?? [] } ?? []
      }
      let alignment = ByteAlignment(
        studentEnds: ends("student_offsets"), teacherEnds: ends("teacher_offsets"))
      #expect(alignment.groups.map { Array($0.student) } == groups("student_groups"))
      #expect(alignment.groups.map { Array($0.teacher) } == groups("teacher_groups"))
    }
    GoldenRegistry.countRun(cases.count)
  }

  @Test func distributionsOverTwoVocabulariesMatchTRL() throws {
    try GoldenGroup("distill/uld_gold").run { golden in
      let settings = try Settings(golden)
      let student = try Side(golden, "student"), teacher = try Side(golden, "teacher")
      let parameter = Parameter(name: "student_logits", value: student.logits)
      var loss = Tensor(0)
      for sequence in 0..<student.sequences {
        let own = student.answer(sequence, settings, skipsEnd: settings.skipsStudentEnd)
        let other = teacher.answer(sequence, settings, skipsEnd: settings.skipsTeacherEnd)
        let groups =
          settings.aligns
          ? ByteAlignment(studentEnds: own.ends, teacherEnds: other.ends).comparable
          : (0..<min(own.rows.count, other.rows.count)).map {
            TokenGroup(student: $0..<$0 + 1, teacher: $0..<$0 + 1)
          }
        let factor = settings.weight / Float(groups.count * student.sequences)
        let value = universalLogit(
          student: slice(parameter(), rows: own.rows), teacher: slice(teacher.logits, rows: other.rows),
          studentTokens: own.tokens, teacherTokens: other.tokens, groups: groups,
          factors: groups.map { _ in factor }, rule: settings.rule)
        loss = sequence == 0 ? value : loss + value
      }
      if settings.crossEntropyWeight > 0 {
        loss =
          loss
          + scale(crossEntropy(parameter(), labels: student.shiftedLabels), by: settings.crossEntropyWeight)
      }
      loss.backward()
      try requireClose(Double(loss.item), golden.array("loss").doubles[0], tolerance: 1e-5, "loss")
      try requireClose(parameter.gradient?.array() ?? [], golden.array("d_student_logits"), tolerance: 1e-5)
    }
  }

  /// The settings of a case, by TRL's names.
  private struct Settings {
    var rule = UniversalLogitRule()
    let weight, crossEntropyWeight: Float
    let aligns, skipsStudentEnd, skipsTeacherEnd: Bool

    init(_ golden: GoldenCase) throws {
      let config = try #require(golden["config"])
      func number(_ key: String) -> Double? { config[key]?.double }
      weight = Float(number("uld_distillation_weight") ?? 0)
      crossEntropyWeight = Float(number("uld_crossentropy_weight") ?? 0)
      aligns = config["use_extended_uld"]?.bool == true
      skipsStudentEnd = config["uld_skip_student_eos"]?.bool == true
      skipsTeacherEnd = config["uld_skip_teacher_eos"]?.bool == true
      rule.merge = try #require(TokenMerge(rawValue: config["uld_token_merge_strategy"]?.string ?? ""))
      rule.studentTemperature = Float(number("uld_student_temperature") ?? 0)
      rule.teacherTemperature = Float(number("uld_teacher_temperature") ?? 0)
      rule.mixture = try #require(number("beta"))
      rule.matchedWeight = number("uld_hybrid_matched_weight")
      rule.unmatchedWeight = number("uld_hybrid_unmatched_weight")
      guard config["uld_use_hybrid_loss"]?.bool == true else { return }
      let own = golden["student_vocab"]?.object?.entries ?? [], other = golden["teacher_vocab"]
      let pairs = own.compactMap { entry -> (student: Int32, teacher: Int32)? in
        guard let id = entry.value.int, let partner = other?[entry.key]?.int else { return nil }
        return (Int32(id), Int32(partner))
      }
      try #require(!pairs.isEmpty)
      rule.match = VocabularyMatch(
        pairs, studentColumns: try golden.array("student_logits").shape[2],
        teacherColumns: try golden.array("teacher_logits").shape[2])
    }
  }

  /// One model's logits, labels, tokens and byte offsets.
  private struct Side {
    let logits: Tensor
    let labels, ids: [Int32]
    let ends: [Int]
    let sequences, width: Int

    init(_ golden: GoldenCase, _ name: String) throws {
      let array = try golden.array("\(name)_logits")
      (sequences, width) = (array.shape[0], array.shape[1])
      logits = Tensor([sequences * width, array.shape[2]], try array.floats)
      labels = try golden.array("\(name)_labels").int32s
      ids = try golden.array("\(name)_input_ids").int32s
      ends = try golden.array("\(name)_byte_offsets").ints.enumerated().filter { $0.offset % 2 == 1 }.map(
        \.element)
    }

    /// The answer's tokens, the bytes behind them, and the rows of logits that TRL reads for them: with `observed` those
    /// at the tokens, with `bayesian` those before them, which predict them.
    func answer(
      _ sequence: Int, _ settings: Settings, skipsEnd: Bool
    ) -> (rows: Range<Int>, tokens: [Int32], ends: [Int]) {
      let own = sequence * width..<(sequence + 1) * width
      let learnt = own.filter { labels[$0] != ignoredLabel }
      let start = learnt.first ?? own.lowerBound
      let places = start..<start + learnt.count - (skipsEnd ? 1 : 0)
      let shift = settings.rule.merge == .bayesian ? 1 : 0
      return (
        places.lowerBound - shift..<places.upperBound - shift, Array(ids[places]), Array(ends[places])
      )
    }

    /// The label of the next token at each place; none at the last.
    var shiftedLabels: [Int32] {
      labels.indices.map { $0 % width == width - 1 ? ignoredLabel : labels[$0 + 1] }
    }
  }

  @Test func theCountTellsHowTwoTokenizersFit() {
    var count = AlignmentCount()
    count.add(ByteAlignment(studentEnds: [2, 5, 6, 9], teacherEnds: [1, 2, 6, 9, 12]).comparable)
    #expect(count.groups == 3 && count.oneToOne == 1)
    #expect(count.studentTokens == 4 && count.teacherTokens == 4)
    #expect(count.oneToOneShare == 0.25)
  }
}
