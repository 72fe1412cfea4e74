import GoldenVectors
import Kernels
import Objectives
import TensorCore
import Testing

/// Losses on hidden states, with and without a projection, against torch (`distill/hidden`).
@Suite struct FeatureGoldenTests {
  @Test func hiddenStatesMatchTorch() throws {
    try GoldenGroup("distill/hidden").run { golden in
      let hidden = try golden.array("hs"), taught = try golden.array("ht")
      let rows = hidden.shape[0] * hidden.shape[1]
      let student = Parameter(
        name: "hs", value: Tensor([rows, hidden.shape[2]], try hidden.numbers.map { Float($0) }))
      let teacher = Tensor([rows, taught.shape[2]], try taught.numbers.map { Float($0) })
      let counted = try golden.array("mask").ints.enumerated().filter { $0.element != 0 }.map {
        Int32($0.offset)
      }
      let name = LossFunctionName(rawValue: "hidden_" + (try golden.string("kind")))
      let distance = try #require(name?.featureDistance)
      var projection: Parameter?
      var own = gatherRows(student(), rows: counted)
      if try golden.bool("projected") {
        let weight = try golden.array("w")
        let parameter = Parameter(
          name: "w", value: Tensor(weight.shape, try weight.numbers.map { Float($0) }))
        own = linear(own, parameter())
        projection = parameter
      }
      let loss = featureDistance(distance, student: own, teacher: gatherRows(teacher, rows: counted))
      loss.backward()
      try requireClose(Double(loss.item), golden.array("loss").numbers[0], tolerance: 1e-5, "loss")
      try requireClose(student.gradient?.array() ?? [], golden.array("d_hs"), tolerance: 1e-5)
      if let projection {
        try requireClose(projection.gradient?.array() ?? [], golden.array("d_w"), tolerance: 1e-5)
      }
    }
  }

  @Test func layersAreSpreadEvenlyAndEndTogether() {
    func pairs(_ student: Int, _ teacher: Int) -> [[Int]] {
      LayerPair.spread(studentLayers: student, teacherLayers: teacher).map { [$0.student, $0.teacher] }
    }
    #expect(pairs(3, 6) == [[1, 2], [2, 4], [3, 6]])
    #expect(pairs(2, 2) == [[1, 1], [2, 2]])
    #expect(pairs(4, 1) == [[1, 1], [2, 1], [3, 1], [4, 1]])
    for student in 1...12 {
      for teacher in 1...12 {
        let map = LayerPair.spread(studentLayers: student, teacherLayers: teacher)
        #expect(map.last == LayerPair(student: student, teacher: teacher))
        #expect(zip(map, map.dropFirst()).allSatisfy { $0.teacher <= $1.teacher })
        #expect(map.allSatisfy { (1...teacher).contains($0.teacher) })
      }
    }
  }

  @Test func aLayerThatThereIsNotIsRefused() throws {
    var term = LossTerm(.hiddenMSE)
    term.layerMap = [LayerPair(student: 0, teacher: 0), LayerPair(student: 2, teacher: 7)]
    #expect(
      throws: ObjectiveError.noSuchLayer(function: "hidden_mse", role: "teacher", layer: 7, layers: 0...6)
    ) {
      try term.layerPairs(studentLayers: 2, teacherLayers: 6)
    }
    #expect(try term.layerPairs(studentLayers: 2, teacherLayers: 7) == term.layerMap)
    term = LossTerm(.attentionRelations)
    #expect(
      try term.layerPairs(studentLayers: 2, teacherLayers: 6) == [LayerPair(student: 2, teacher: 6)])
    term.layerMap = [LayerPair(student: 0, teacher: 1)]
    #expect(throws: ObjectiveError.self) { try term.layerPairs(studentLayers: 2, teacherLayers: 6) }
  }
}
