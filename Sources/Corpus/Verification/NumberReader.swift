/// Reads the last number of an answer.
enum NumberReader {
  /// As its figures stand (grouping commas dropped, a sign, units around it and a power of ten allowed); then as the amount
  /// that the words behind them make of it, where there are some: `700만 원` is 700 where ten thousands are asked for, and
  /// 7000000.
  static func readings(_ text: String) -> [AnswerParser.Reading] {
    var count = 0
    var last: (digits: String, start: String.Index)?
    var amount: (digits: String, range: Range<String.Index>)?
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index].isASCII, text[index].isNumber else {
        index = text.index(after: index)
        continue
      }
      let start = index
      let sign = isMinus(before: start, in: text) ? "-" : ""
      let digits = figures(in: text, at: &index)
      count += 1
      last = (sign + digits, start)
      // Its later parts are numbers of their own: 1억 2천만.
      if amount.map({ !$0.range.contains(start) }) ?? true,
        let (value, end) = NumberScale.amount(of: digits, in: text[index...], after: text[..<start].last)
      {
        amount = (sign + value, start..<end)
      }
    }
    guard let last else { return [] }
    let plain = (last.digits, count == 1 ? "the number in the answer" : "last number in the answer")
    guard let amount, amount.range.contains(last.start) else { return [plain] }
    return [plain, (amount.digits, "last amount in the answer")]
  }

  /// A number's digits with its point and its power of ten, from `index` on, which passes over them.
  private static func figures(in text: String, at index: inout String.Index) -> String {
    var digits = ""
    while index < text.endIndex {
      let next = text.index(after: index)
      let character = text[index]
      let digitFollows = next < text.endIndex && text[next].isASCII && text[next].isNumber
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if character == ".", !digits.contains("."), digitFollows {
        digits.append(character)
      } else if character != "," || !digitFollows {
        break
      }
      index = next
    }
    guard let exponent = exponent(in: text, at: &index) else { return digits }
    return shifted(digits, by: exponent)
  }

  /// Passes over the power of ten of `1.5e3`; nil, and no step, where there is none.
  private static func exponent(in text: String, at index: inout String.Index) -> Int? {
    var rest = text[index...]
    guard let mark = rest.popFirst(), mark == "e" || mark == "E" else { return nil }
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let after = rest.dropFirst(digits.count)
    guard let size = Int(digits), size <= 300, after.first?.isLetter != true else { return nil }
    index = after.startIndex
    return isNegative ? -size : size
  }

  /// The digits without a power of ten: `1.5` by 3 is `1500`.
  private static func shifted(_ digits: String, by exponent: Int) -> String {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    var all = parts.joined()
    var point = parts[0].count + exponent
    if point <= 0 {
      all = String(repeating: "0", count: 1 - point) + all
      point = 1
    }
    if point >= all.count { return all + String(repeating: "0", count: point - all.count) }
    let place = all.index(all.startIndex, offsetBy: point)
    return all[..<place] + "." + all[place...]
  }

  private static func isMinus(before index: String.Index, in text: String) -> Bool {
    guard index > text.startIndex else { return false }
    var sign = text.index(before: index)
    // −$1,200
    if "$€£¥₩".contains(text[sign]), sign > text.startIndex { sign = text.index(before: sign) }
    guard text[sign] == "-" || text[sign] == "−" else { return false }
    guard sign > text.startIndex else { return true }
    let before = text[text.index(before: sign)]
    return !before.isNumber && !before.isLetter
  }
}
