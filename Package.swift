// swift-tools-version: 6.2
import PackageDescription

/// Layers, lowest first. Imports point down only; `withUnsafe…`, C and threads stop at `Kernels`.
let package = Package(
  name: "swiftlet",
  products: [
    // With Kernels, whose Buffer and SeededRandom stand in the signatures of the layers above.
    .library(name: "TensorCore", targets: ["Kernels", "TensorCore"]),
    .library(name: "LanguageModels", targets: ["LanguageModels"]),
    .library(name: "Training", targets: ["Training"]),
    .executable(name: "swiftlet", targets: ["CLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    // What async-http-client stands on, named for the types of its interface and the tests' server.
    .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
  ],
  targets: [
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "CKernels"),
    .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS"]),
    .target(name: "TensorCore", dependencies: ["Kernels"]),
    // Strict JSON and whole-or-nothing file writing, for all layers that read or write files.
    .target(name: "Files", dependencies: ["Kernels", .product(name: "Crypto", package: "swift-crypto")]),
    .target(name: "Weights", dependencies: ["Files", "Kernels"]),
    .target(name: "Text", dependencies: ["Files", "Kernels"]),
    .target(name: "Corpus", dependencies: ["Files", "Kernels", "Text"]),
    .target(name: "LanguageModels", dependencies: ["Files", "TensorCore", "Weights", "Text"]),
    .target(name: "Objectives", dependencies: ["TensorCore"]),
    .target(name: "Evaluation", dependencies: ["Corpus", "Files", "LanguageModels"]),
    .target(
      name: "Training",
      dependencies: [
        "TensorCore", "LanguageModels", "Objectives", "Corpus", "Evaluation", "Files", "Text", "Weights",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Experiments",
      dependencies: [
        "Files", "Training", "Evaluation", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Collects a teacher's outputs; alone in knowing HTTP.
    .target(
      name: "Teaching",
      dependencies: [
        "Corpus", "Evaluation", "Experiments", "Files", "Kernels", "LanguageModels", "Text", "Training",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    .target(
      name: "Benchmarks",
      dependencies: [
        "Corpus", "Evaluation", "Experiments", "Files", "Kernels", "LanguageModels", "Objectives", "Training",
      ],
      path: "Benchmarks/Sources"),
    .executableTarget(
      name: "CLI",
      dependencies: [
        "Benchmarks", "Experiments", "Training", "Evaluation", "Corpus", "Files", "LanguageModels", "Text",
        "Teaching", "Weights",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Reads the reference vectors under Tests/Golden, or under SWIFTLET_GOLDEN when that is set.
    .target(name: "GoldenVectors", dependencies: ["Files", "Weights"], path: "Tests/GoldenVectors"),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels"]),
    .testTarget(name: "BenchmarksTests", dependencies: ["Benchmarks", "Files", "Kernels"]),
    .testTarget(name: "FilesTests", dependencies: ["Files"]),
    .testTarget(name: "TensorCoreTests", dependencies: ["TensorCore", "GoldenVectors"]),
    .testTarget(name: "WeightsTests", dependencies: ["Files", "Weights", "GoldenVectors"]),
    .testTarget(name: "TextTests", dependencies: ["Files", "Text", "GoldenVectors"]),
    .testTarget(name: "CorpusTests", dependencies: ["Corpus"]),
    .testTarget(name: "LanguageModelsTests", dependencies: ["LanguageModels", "GoldenVectors"]),
    .testTarget(name: "ObjectivesTests", dependencies: ["Objectives", "GoldenVectors"]),
    .testTarget(name: "EvaluationTests", dependencies: ["Evaluation", "GoldenVectors"]),
    // The source of Tests/ExamplePackage, a package of its own that depends on this one.
    .target(
      name: "CountingModel", dependencies: ["Kernels", "LanguageModels", "TensorCore", "Training"],
      path: "Tests/ExamplePackage/Sources/CountingModel", exclude: ["main.swift"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "CountingModel", "GoldenVectors", "Kernels", "LanguageModels", "Objectives", "TensorCore",
      ]),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "Corpus", "Files", .product(name: "GRDB", package: "GRDB.swift")]),
    .testTarget(
      name: "TeachingTests",
      dependencies: [
        "Corpus", "Evaluation", "Experiments", "Files", "Kernels", "Teaching", "Training",
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    // Runs the built program.
    .testTarget(name: "CLITests", dependencies: ["CLI", "Files"]),
  ],
  swiftLanguageModes: [.v6]
)
