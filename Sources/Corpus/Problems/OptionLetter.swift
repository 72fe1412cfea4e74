/// The letters under which a question lists its options.
package enum OptionLetter {
  /// A to Z.
  package static let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)

  /// The letters of `count` options, A first; those of 26 where there are more.
  package static func first(_ count: Int) -> [String] { Array(all.prefix(max(0, count))) }
}
