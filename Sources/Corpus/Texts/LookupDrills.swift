import Kernels

/// Reading without a story: facts about invented words, and what some of them were.
///
/// Small models learn sums long before they learn to copy a word or to keep two facts of a kind apart. Since the
/// words here are new each time, nothing but looking them up predicts the answer.
public struct LookupDrills: Sendable {
  /// One exercise: facts with a question, and the looked-up facts in the order in which they were asked for.
  public struct Exercise: Sendable, Equatable {
    public let prompt: String
    public let completion: String
  }

  public let languages: [Language]
  /// Real words to draw names from, next to invented ones.
  private let words: [Language: [String]]

  public init(domains: [DomainName], languages: [Language]) {
    self.languages = languages
    words = languages.reduce(into: [:]) { words, language in
      let sentences = domains.flatMap(\.families).flatMap { $0.statements[language] ?? [] }
      let found = sentences.flatMap { $0.split { !$0.isLetter } }.filter { $0.count > 1 }
      words[language] = Set(found.map(String.init)).sorted()
    }
  }

  public func exercise(using random: inout SeededRandom) -> Exercise {
    let language = random.pick(languages)
    switch random.int(in: 0...17) {
    case 0...2: return table(language, using: &random)
    case 3...5: return things(language, using: &random)
    case 6...7: return choice(language, using: &random)
    case 8...12: return repetition(language, using: &random)
    case 13...15: return sameness(language, using: &random)
    default: return ruleAndChoice(language, using: &random)
    }
  }

  /// Words and numbers of no meaning, said again: copying, without which nothing can be looked up.
  private func repetition(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let items = (0..<random.int(in: 4...30)).map { _ in
      random.int(in: 0...2) == 0 ? value(using: &random) : name(language, using: &random)
    }
    let text = items.joined(separator: " ")
    return Exercise(prompt: text, completion: text)
  }

  /// Names with a value each; some are asked for in another order.
  private func table(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let names = self.names(random.int(in: 3...6), language, using: &random)
    let entries = names.map { (name: $0, value: value(using: &random)) }
    let layout = random.pick(Layout.all(language))
    let facts = entries.map { layout.text($0.name, $0.value) }
    let asked = entries.shuffled(using: &random).prefix(random.int(in: 2...entries.count))
    return Exercise(
      prompt: prompt(
        facts, separators: [", ", "; ", ". ", " / "], asked: asked.map(\.name), language, using: &random),
      completion: asked.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
  }

  /// Two or three things with the same two or three properties; the order of both is free.
  private func things(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let names = self.names(random.int(in: 2...3), language, using: &random)
    let properties = self.names(random.int(in: 2...3), language, using: &random)
    let values = names.map { _ in properties.map { _ in value(using: &random) } }
    let layout = random.pick(Layout.all(language))
    let order =
      random.int(in: 0...1) == 0 ? Array(properties.indices) : properties.indices.shuffled(using: &random)
    let facts = names.indices.map { thing in
      names[thing] + random.pick([": ", ", ", " - ", " "])
        + order.map { layout.text(properties[$0], values[thing][$0]) }.joined(separator: ", ")
    }
    let asked = names.indices.shuffled(using: &random)
    return Exercise(
      prompt: prompt(
        facts, separators: ["; ", ". ", " / "], asked: asked.map { names[$0] }, language, using: &random),
      completion: asked.map { thing in
        names[thing] + ": "
          + properties.indices.map { "\(properties[$0]) \(values[thing][$0])" }.joined(separator: ", ")
      }.joined(separator: "\n"))
  }

  /// Lettered choices, read up to the one that is asked for.
  private func choice(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let names = phrases(random.int(in: 3...5), language, using: &random)
    let options = LetteredOptions(names: names.map { Localized(en: $0, ko: $0) })
    let chosen = random.int(in: 0...names.count - 1)
    return Exercise(
      prompt: prompt(
        [options.text[language]], separators: [""], asked: [names[chosen]], language, using: &random),
      completion: "\(options.search(for: chosen)[language])\n\(options.letter(of: chosen))")
  }

  /// Whether up to three pairs of names stand for the same; somewhat fewer than half do.
  private func sameness(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let keys = names(random.int(in: 2...4), language, using: &random)
    let isNumeric = random.int(in: 0...2) == 0
    let values = isNumeric ? [] : phrases(keys.count, language, using: &random)
    var held = keys.indices.map { isNumeric ? "\(random.int(in: 1...999))" : values[$0] }
    for index in held.indices.dropFirst() where random.int(in: 0...1) == 0 {
      held[index] = held[random.int(in: 0...index - 1)]
    }
    let layout = random.pick(Layout.all(language))
    let facts = keys.indices.map { layout.text(keys[$0], held[$0]) }
    let pairs = (0..<random.int(in: 1...3)).map { _ in Array(keys.indices.shuffled(using: &random).prefix(2))
    }
    return Exercise(
      prompt: prompt(
        facts, separators: [", ", "; ", ". "], asked: pairs.map { "\(keys[$0[0]]) = \(keys[$0[1]])" },
        language,
        using: &random),
      completion: pairs.map { Worked.sameness(held[$0[0]], held[$0[1]]) }.joined(separator: ", "))
  }

  /// What a name stands for, and its letter among the choices: two look-ups in turn.
  private func ruleAndChoice(_ language: Language, using random: inout SeededRandom) -> Exercise {
    let keys = ruleKeys(language, using: &random)
    let places = phrases(keys.count, language, using: &random)
    let order = keys.indices.shuffled(using: &random)
    let options = LetteredOptions(names: order.map { Localized(en: places[$0], ko: places[$0]) })
    let asked = random.int(in: 0...keys.count - 1), chosen = order.firstIndex(of: asked) ?? 0
    let rules = keys.indices.map { "\(keys[$0]): \(places[$0])" }.joined(separator: "; ")
    let facts = [rules, options.text[language]]
    return Exercise(
      prompt: prompt(
        random.int(in: 0...1) == 0 ? facts : facts.reversed(), separators: [". "], asked: [keys[asked]],
        language,
        using: &random),
      completion: "\(keys[asked]): \(places[asked])\n\(options.search(for: chosen)[language])\n"
        + options.letter(of: chosen))
  }

  /// What the rules of one exercise are about: names, or two names each up to and above a number of its own.
  private func ruleKeys(_ language: Language, using random: inout SeededRandom) -> [String] {
    guard random.int(in: 0...1) == 0 else { return names(random.int(in: 3...5), language, using: &random) }
    return names(2, language, using: &random).flatMap { name in
      let limit = random.int(in: 2...80) * 10
      return switch language {
      case .en: ["\(name) up to \(limit)", "\(name) above \(limit)"]
      case .ko: ["\(name) \(limit) 이하", "\(name) \(limit) 초과"]
      }
    }
  }

  /// The facts with a few words of no meaning before them, and the question before or after.
  private func prompt(
    _ facts: [String], separators: [String], asked: [String], _ language: Language,
    using random: inout SeededRandom
  ) -> String {
    let filler = (0..<random.int(in: 0...4)).map { _ in name(language, using: &random) }.joined(
      separator: " ")
    let question = asked.joined(separator: ", ") + "?"
    let body = facts.joined(separator: random.pick(separators)) + "."
    let parts = random.int(in: 0...3) == 0 ? [question, filler, body] : [filler, body, question]
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// How a name and its value stand together.
  private struct Layout {
    let before: String, between: String, after: String, valueFirst: Bool

    func text(_ name: String, _ value: String) -> String {
      let (first, second) = valueFirst ? (value, name) : (name, value)
      return before + first + between + second + after
    }

    static func all(_ language: Language) -> [Layout] {
      func layout(_ between: String, before: String = "", after: String = "", valueFirst: Bool = false)
        -> Layout
      {
        Layout(before: before, between: between, after: after, valueFirst: valueFirst)
      }
      let common = [
        layout(" "), layout(": "), layout(" = "), layout(" (", after: ")"),
        layout(" (", after: ")", valueFirst: true),
      ]
      switch language {
      case .en:
        return common + [
          layout(" is "), layout(" of "), layout(" for ", valueFirst: true),
          layout(" dollars for ", valueFirst: true),
          layout(" with ", valueFirst: true), layout(" ", before: "the "),
          layout(" comes to ", after: " dollars"),
        ]
      case .ko:
        return common + [
          layout(" 값은 "), layout("의 값 "), layout(" ", after: "만 원"), layout(" ", after: "개"),
          layout("만 원의 ", valueFirst: true), layout(" 금액이 ", after: "만 원"),
        ]
      }
    }
  }

  /// Phrases of two words that share words with one another, as the choices of a question do; they differ in their
  /// first letters.
  private func phrases(_ count: Int, _ language: Language, using random: inout SeededRandom) -> [String] {
    let second = name(language, using: &random)
    let isShared = random.int(in: 0...2) > 0
    var phrases: [String: String] = [:]
    while phrases.count < count {
      let first = name(language, using: &random)
      let phrase = "\(first) \(isShared ? second : name(language, using: &random))"
      let start = String(phrase.filter { $0 != " " }.prefix(Worked.comparedLetters))
      if phrases[start] == nil { phrases[start] = phrase }
    }
    return phrases.keys.sorted().compactMap { phrases[$0] }.shuffled(using: &random)
  }

  /// `count` names that differ in their first letters.
  private func names(_ count: Int, _ language: Language, using random: inout SeededRandom) -> [String] {
    var names: [String] = []
    while names.count < count {
      let name = name(language, using: &random)
      let start = name.prefix(Worked.comparedLetters)
      if !names.contains(where: { $0.prefix(Worked.comparedLetters) == start }) { names.append(name) }
    }
    return names
  }

  private func name(_ language: Language, using random: inout SeededRandom) -> String {
    if let known = words[language], !known.isEmpty, random.int(in: 0...1) == 0 { return random.pick(known) }
    let syllables =
      switch language {
      case .en:
        [
          "ba", "del", "fi", "gor", "ha", "ju", "kel", "lo", "mir", "na", "pol", "ri", "sa", "ten", "vu",
          "zo",
        ]
      case .ko: ["가", "나", "도", "라", "문", "바", "서", "우", "정", "주", "천", "태", "평", "한", "강", "호"]
      }
    return (0..<random.int(in: 2...3)).map { _ in random.pick(syllables) }.joined()
  }

  private func value(using random: inout SeededRandom) -> String {
    let length = random.int(in: 1...4)
    let number = random.int(in: Number.power(length - 1)...Number.power(length) - 1)
    return "\(random.int(in: 0...3) == 0 && length > 2 ? number / 10 * 10 : number)"
      + (length <= 2 && random.int(in: 0...3) == 0 ? "%" : "")
  }
}
