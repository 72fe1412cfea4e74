// swift-tools-version: 6.2
import PackageDescription

/// How another package builds on Swiftlet. It stands alone: `swift run --package-path Tests/ExamplePackage`.
///
/// Swiftlet's own manifest compiles the same source as its target `CountingModel`, so every build of the tests
/// builds it and `ExamplePackageTests` runs it.
let package = Package(
  name: "example",
  dependencies: [.package(name: "swiftlet", path: "../..")],
  targets: [
    .executableTarget(
      name: "CountingModel",
      dependencies: [
        .product(name: "TensorCore", package: "swiftlet"),
        .product(name: "LanguageModels", package: "swiftlet"),
        .product(name: "Training", package: "swiftlet"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
