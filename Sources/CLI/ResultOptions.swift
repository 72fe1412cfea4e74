import ArgumentParser

/// How a command that only reads prints what it found.
struct ResultOptions: ParsableArguments {
  @Flag(help: "Print one JSON document.")
  var json = false
}

/// Where a command that trains leaves what came out.
struct OutcomeOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Flag(help: "Print one JSON document with the outcome on standard output.")
  var json = false
}
