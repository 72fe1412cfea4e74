/// A layer of the student and the teacher's layer that it is compared with.
///
/// Of hidden states 0 is the embedding, n the output of the n-th layer, and the last is taken after the final norm. Of
/// attention n is the n-th layer, from 1.
public struct LayerPair: Sendable, Equatable, Hashable {
  public var student: Int
  public var teacher: Int

  public init(student: Int, teacher: Int) {
    self.student = student
    self.teacher = teacher
  }

  /// Every layer of the student with one of the teacher's, at the same share of the depth, the last with the last.
  public static func spread(studentLayers: Int, teacherLayers: Int) -> [LayerPair] {
    guard studentLayers > 0, teacherLayers > 0 else { return [] }
    return (1...studentLayers).map { layer in
      // Rounded to the nearest.
      let nearest = (2 * layer * teacherLayers + studentLayers) / (2 * studentLayers)
      return LayerPair(student: layer, teacher: max(1, nearest))
    }
  }
}

extension LossTerm {
  /// The layers that the term compares in models of so many layers.
  ///
  /// - Throws: `ObjectiveError.noSuchLayer`.
  public func layerPairs(studentLayers: Int, teacherLayers: Int) throws -> [LayerPair] {
    let isAttention = function.subject == .attention
    guard !layerMap.isEmpty else {
      return isAttention
        ? [LayerPair(student: studentLayers, teacher: teacherLayers)]
        : LayerPair.spread(studentLayers: studentLayers, teacherLayers: teacherLayers)
    }
    let first = isAttention ? 1 : 0
    for pair in layerMap {
      for (role, layer, last) in [
        ("student", pair.student, studentLayers), ("teacher", pair.teacher, teacherLayers),
      ] where !(first...last).contains(layer) {
        throw ObjectiveError.noSuchLayer(
          function: function.rawValue, role: role, layer: layer, layers: first...last)
      }
    }
    return layerMap
  }
}
