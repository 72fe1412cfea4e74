extension JSONValue {
  /// The numbers in nested objects by the way to them, `by_language/ko`; what stands in arrays has no name.
  package var numbers: [String: Double] {
    guard let object else { return [:] }
    var numbers: [String: Double] = [:]
    for entry in object.entries {
      if case .number = entry.value { numbers[entry.key] = entry.value.double }
      for (inner, number) in entry.value.numbers { numbers[entry.key + "/" + inner] = number }
    }
    return numbers
  }
}
