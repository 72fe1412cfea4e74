extension BenefitTable {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The {programme} has a weekly benefit table, in dollars by household size: {table}.
        Benefit table in dollars a week ({programme}): {table}.
        By household size, and in dollars a week, the benefit table lists {table}.
        The benefit table ({table}) names the dollars a week for each household size.
        Each household size has a weekly amount in dollars in the benefit table, namely {table}.
        In the benefit table of the {programme} the weekly amounts, in dollars, are {table}.
        With {table}, the benefit table gives the dollars a week for every household size.

        {person} lives in a household of size {size}.
        Size of the household in the claim: {size}.
        {size} is the household size in the claim of {person}.
        The claim of {person} names {size} as the household size.
        For {person} the desk has noted household size {size}.
        As the household size, {person} states {size}.
        The desk counts the household of {person} as one of size {size}.

        {person} has {children} children.
        Number of children in the household: {children}.
        {children} children belong to the household of {person}.
        The claim of {person} lists {children} children.
        In the household of {person}, {children} of the persons are children.
        As for children, {person} names {children}.
        The child supplement is claimed for {children} children.

        The child supplement comes to {supplement} for each child.
        For each child a child supplement of {supplement} is paid on top of the table amount.
        {supplement} per child is the child supplement.
        Child supplement for every child: {supplement}.
        On top of the table amount, every child brings a child supplement of {supplement}.
        The {programme} adds {supplement} per child, the child supplement, to the table amount.
        Each child raises the benefit by a child supplement of {supplement}.

        {person} has a weekly income of {income}.
        Weekly income of {person}: {income}.
        {income} a week is the income in the household of {person}.
        The desk has noted, as income, {income} a week.
        Each week {person} takes in an income of {income}.
        The claim states an income of {income} a week.
        As for income, {person} reports {income} a week.

        A deduction equal to {share} of the income lowers the benefit.
        Deduction from the benefit: {share} of the income.
        {share} of the income is taken off the benefit as a deduction.
        From the benefit, {share} of the income is deducted.
        As a deduction, the rules take {share} of the income off the benefit.
        For income there is a deduction, namely {share} of the income.
        The desk deducts {share} of the income from the table amount and the child supplement together.

        Before the deduction, an allowance of {allowance} is taken off the income.
        Allowance, taken off the income before the deduction: {allowance}.
        {allowance} of the income is free as an allowance and is left out of the deduction.
        Only the income above an allowance of {allowance} counts for the deduction.
        The deduction is worked out after an allowance of {allowance} is subtracted from the income.
        Of the income, {allowance} is disregarded as an allowance before the percentage is taken.
        As an allowance, {person} may keep {allowance} of the income out of the deduction.

        The {programme} is paid up to a maximum of {maximum} a week.
        A maximum of {maximum} a week holds for the benefit.
        Maximum of the weekly benefit: {maximum}.
        {maximum} a week is the maximum that any household receives.
        Any part of the benefit above the maximum of {maximum} is cut off.
        The benefit stops at a weekly maximum of {maximum}.
        For one week, the maximum that the rules allow is {maximum}.
        """,
      questions: """
        Find {ask} for {person}.
        What is {ask} in the case of {person}?
        How high is {ask}?
        Wanted: {ask}.
        Please compute {ask} for {person}.
        {person} wants to know {ask}.
        What does {ask} come to for the household of {person}?
        The question is {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {programme}의 월 급여표(가구원 수별, 만 원): {table}.
        가구원 수에 따른 월 급여표는 만 원 단위로 {table|이다}.
        {programme} 급여표에는 가구원 수마다 만 원 단위로 {table|이라} 적혀 있다.
        급여표는 가구원 수마다 월 금액을 만 원으로 정하는데, 그 내용은 {table|이다}.
        가구원 수별 월 급여표의 금액(만 원)은 {table|으로} 정해져 있다.
        만 원으로 나타낸 가구원 수별 급여표의 내용은 {table|이다}.
        {programme|은} 가구원 수에 따라 급여표({table}, 단위 만 원)의 금액을 준다.

        {person}의 가구원 수는 {size|이다}.
        {person|은} {size} 가구에 산다.
        신청한 가구의 가구원 수: {size}.
        {size} 가구로 {person|이} 신청했다.
        신청서에 적힌 {person}의 가구원 수는 {size|이다}.
        {person|이} 속한 가구는 {size} 가구이다.
        담당자는 {person}의 가구를 {size} 가구로 보았다.

        {person}에게는 자녀가 {children}명 있다.
        가구 안의 자녀: {children}명.
        자녀 {children}명이 {person}의 가구에 산다.
        신청서에 적힌 자녀는 {children}명이다.
        자녀 가산을 받을 자녀는 {children}명이다.
        {children}명의 자녀를 {person|이} 신고했다.
        {person}의 가구에서 자녀는 모두 {children}명이다.

        자녀 1명마다 {supplement|을} 자녀 가산으로 더한다.
        자녀 가산액: 자녀 한 명에 {supplement}.
        표의 금액에 더하는 자녀 가산은 자녀 1명당 {supplement}이다.
        {supplement|이} 자녀 1명당 자녀 가산으로 지급된다.
        자녀 가산은 자녀 한 명에 {supplement}씩이다.
        자녀가 있으면 한 명당 {supplement}의 자녀 가산을 표의 금액에 얹는다.
        {programme|은} 자녀 가산으로 자녀 한 명마다 {supplement|을} 준다.

        {person}의 월 소득은 {income}이다.
        가구의 월 소득: {income}.
        {person|은} 소득으로 한 달에 {income|을} 신고했다.
        {income|이} {person}의 월 소득으로 적혀 있다.
        달마다 {person}에게 들어오는 소득은 {income}이다.
        {person|이} 한 달에 버는 소득은 모두 {income}이다.
        소득 칸에는 월 {income|이} 적혀 있다.

        급여에서 소득의 {share}만큼 차감한다.
        소득에 대한 차감 비율: {share}.
        급여에서 빼는 차감액은 소득의 {share|이다}.
        {share|이} 소득에 대한 차감 비율이다.
        소득이 있으면 그 {share|을} 급여에서 차감한다.
        표의 금액과 자녀 가산을 더한 데서 소득의 {share|을} 뺀다.
        규정은 소득의 {share|을} 급여에서 차감하도록 한다.

        차감을 계산하기 전에 소득에서 공제 {allowance|을} 뺀다.
        소득 공제액(차감 전에 뺌): {allowance}.
        소득 가운데 {allowance|은} 공제로 차감 대상에서 빠진다.
        {allowance|이} 소득 공제로 차감 전에 제외된다.
        차감은 소득에서 공제 {allowance|을} 뺀 나머지에만 적용한다.
        공제 {allowance|을} 넘는 소득만 차감 대상이 된다.
        차감할 때에는 소득 공제로 {allowance|을} 소득에서 덜어 낸다.

        월 급여액의 상한은 {maximum}이다.
        급여 상한: 월 {maximum}.
        {programme|은} 월 {maximum|을} 상한으로 하여 지급한다.
        급여는 많아도 상한인 {maximum}까지만 지급한다.
        {maximum|이} 한 달 급여의 상한으로 정해져 있다.
        급여에서 상한 {maximum|을} 넘는 부분은 지급하지 않는다.
        규정이 둔 한 달 급여의 상한은 {maximum}이다.
        """,
      questions: """
        {person}의 {ask|은} 얼마가 되는가?
        {person}에게 지급할 {ask|을} 구하시오.
        구할 것: {ask}.
        {person}의 가구가 받을 {ask|을} 쓰시오.
        {ask|이} 얼마인지 구하시오.
        {person|은} {ask|을} 알고 싶어 한다.
        {ask|은} 얼마나 되는가?
        물음은 {person}의 {ask|이다}.
        """),
  ]
}
