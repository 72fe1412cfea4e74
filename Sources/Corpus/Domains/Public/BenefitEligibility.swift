import Kernels

/// Whether an applicant meets every condition of a programme: age, income, residence, savings.
///
/// Level 2 adds residence, level 3 an income limit that grows with the children, level 4 savings, and at
/// level 5 the residence is given in years and months. Half of the answers are yes.
struct BenefitEligibility: ProblemFamily {
  let name = "benefit_eligibility"
  var phrasings: [Language: [Phrasing]] { Self.frames }
  var sentenceBanks: [Language: SentenceBank] { Self.sentenceBanks }
  var statements: [Language: [String]] { Self.sentences }

  func scenario(level: Int, using random: inout SeededRandom) -> Scenario {
    let checks = level == 1 ? 2 : level <= 3 ? 3 : 4
    var fails = Array(repeating: false, count: checks)
    if random.int(in: 0...1) == 0 {
      fails[random.int(in: 0...checks - 1)] = true
      if random.int(in: 0...3) == 0 { fails[random.int(in: 0...checks - 1)] = true }
    }
    let minAge = random.int(in: 18...65)
    let age = fails[0] ? minAge - random.int(in: 1...8) : minAge + random.int(in: 0...9)
    let limit = random.int(in: 30...80) * 5
    let children = random.int(in: 2...5)
    let perChild = random.int(in: 2...8) * 5
    let fullLimit = limit + (level >= 3 ? children * perChild : 0)
    let income = fails[1] ? fullLimit + random.int(in: 1...40) : fullLimit - random.int(in: 0...40)

    var facts: [String: Localized] = [
      "person": random.pick(Names.people), "programme": random.pick(PublicNames.programmes),
      "minAge": Localized(en: "\(minAge)", ko: "\(minAge)세"), "age": Localized(en: "\(age)", ko: "\(age)세"),
      "limit": PublicNames.money(Number(limit)), "income": PublicNames.money(Number(income)),
    ]
    var givens = ["level \(level)", "\(minAge)", "\(age)", "\(limit)", "\(income)"]
    var en = "age \(age), minimum \(minAge); income \(income), limit \(limit)"
    var ko = "나이 \(age), 최소 \(minAge); 소득 \(income), 한도 \(limit)"
    var lines = [Worked.comparison(age, .atLeast, minAge)]
    if level >= 3 {
      facts["children"] = Localized("\(children)")
      facts["perChild"] = PublicNames.money(Number(perChild))
      givens += ["\(children)", "\(perChild)"]
      en += ", \(children) children \(perChild)"
      ko += ", 자녀 \(children) 가산 \(perChild)"
      let extra = Number(children * perChild)
      lines.append(
        Worked.product(Number(perChild), Number(children)) + ", " + Worked.sum(Number(limit), extra))
    }
    lines.append(Worked.comparison(income, .atMost, fullLimit))
    if level >= 2 {
      var required: Int, months: Int
      repeat {
        required = random.int(in: level == 5 ? 18...40 : 6...36)
        months = fails[2] ? required - random.int(in: 1...5) : required + random.int(in: 0...9)
        // Level 5 states years and months: at least one of each.
      } while level == 5 && months % 12 == 0
      facts["minResidence"] = Localized(en: "\(required) months", ko: "\(required)개월")
      givens += ["\(required)", "\(months)"]
      if level == 5 {
        let (years, rest) = months.quotientAndRemainder(dividingBy: 12)
        let yearsEnglish = years == 1 ? "1 year" : "\(years) years"
        let monthsEnglish = rest == 1 ? "1 month" : "\(rest) months"
        facts["residence"] = Localized(en: "\(yearsEnglish) and \(monthsEnglish)", ko: "\(years)년 \(rest)개월")
        en += "; residence \(years) years \(rest), minimum \(required)"
        ko += "; 거주 \(years)년 \(rest), 최소 \(required)"
        lines.append(Worked.product(12, Number(years)) + ", " + Worked.sum(Number(12 * years), Number(rest)))
      } else {
        facts["residence"] = Localized(en: "\(months) months", ko: "\(months)개월")
        en += "; residence \(months), minimum \(required)"
        ko += "; 거주 \(months), 최소 \(required)"
      }
      lines.append(Worked.comparison(months, .atLeast, required))
    }
    if level >= 4 {
      let most = random.int(in: 10...60) * 50
      let savings = fails[3] ? most + random.int(in: 1...20) * 10 : most - random.int(in: 0...20) * 10
      facts["savingsLimit"] = PublicNames.money(Number(most))
      facts["savings"] = PublicNames.money(Number(savings))
      givens += ["\(most)", "\(savings)"]
      en += "; savings \(savings), limit \(most)"
      ko += "; 저축 \(savings), 한도 \(most)"
      lines.append(Worked.comparison(savings, .atMost, most))
    }
    let work = lines.joined(separator: "\n")
    return Scenario(
      facts: facts, givens: givens, steps: Localized(en: "\(en)\n\(work)", ko: "\(ko)\n\(work)"),
      answer: .boolean(!fails.contains(true)))
  }
}
