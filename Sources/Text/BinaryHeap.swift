/// A queue whose smallest element comes first: insertion and removal in O(log n).
struct BinaryHeap<Element: Comparable & Sendable> {
  private var elements: [Element] = []

  /// Keeps its memory.
  mutating func removeAll() { elements.removeAll(keepingCapacity: true) }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var index = elements.count - 1
    while index > 0 {
      let parent = (index - 1) / 2
      if elements[parent] <= element { break }
      elements[index] = elements[parent]
      index = parent
    }
    elements[index] = element
  }

  mutating func popFirst() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    if elements.isEmpty { return first }
    var index = 0
    while true {
      var child = 2 * index + 1
      if child >= elements.count { break }
      if child + 1 < elements.count, elements[child + 1] < elements[child] { child += 1 }
      if last <= elements[child] { break }
      elements[index] = elements[child]
      index = child
    }
    elements[index] = last
    return first
  }
}
