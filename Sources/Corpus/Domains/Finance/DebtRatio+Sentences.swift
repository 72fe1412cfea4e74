extension DebtRatio {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {firm} has borrowed {loans} in bank loans.
        Bank loans of {firm}: {loans}.
        {loans} is owed in bank loans.
        From banks, {firm} has taken loans of {loans}.
        The bank loans run, before any other change, to {loans}.
        In bank loans, the books show {loans}.
        {firm} carries {loans} of bank loans as debt.
        Under bank loans, the accountant of {firm} lists {loans}.

        {firm} has issued bonds worth {bonds}.
        Outstanding bonds: {bonds}.
        {bonds} was raised from investors in bonds.
        Investors hold {bonds} of bonds issued by {firm}.
        The bonds of {firm} add up to {bonds}.
        In bonds, the books show {bonds}.
        {bonds} is owed to the holders of bonds.
        As debt, {firm} carries {bonds} of bonds.

        The owners of {firm} have equity of {equity}.
        Equity on the books: {equity}.
        {equity} is the equity of {firm}.
        {firm} works with {equity} of equity.
        The equity, as booked so far, comes to {equity}.
        In equity, the books show {equity}.
        Under equity, the accountant of {firm} lists {equity}.
        The stake of the owners, the equity, is booked at {equity}.

        Retained profit of {retained} is still to be added to the equity.
        Yet to be added to equity: retained profit, {retained}.
        {retained} of retained profit goes on top of the equity.
        As retained profit, {retained} increases the equity of {firm}.
        Not yet counted in the equity is retained profit of {retained}.
        The equity is raised by {retained} of retained profit.
        {firm} keeps {retained} of profit, which is added to equity.
        By decision of the owners, retained profit of {retained} raises the equity.

        {firm} pays back {repaid} of the bank loans.
        Repayment to be taken off the bank loans: {repaid}.
        {repaid} of the bank loans is repaid.
        A repayment, {repaid} in all, reduces the bank loans.
        The bank loans fall by {repaid} through a repayment.
        To the banks, {firm} repays {repaid} of the loans.
        From the bank loans, deduct a repayment of {repaid}.
        Not yet deducted from the bank loans is a repayment of {repaid}.

        A year ago the debt ratio stood at {last}.
        Debt ratio of the previous year: {last}.
        {last} was the debt ratio of {firm} last year.
        In the previous year, {firm} had a debt ratio of {last}.
        The accounts of last year gave a debt ratio of {last}.
        For last year, {firm} reported {last} as the debt ratio.
        The debt ratio to compare with, from last year, is {last}.
        From {last} last year, the debt ratio of {firm} has risen.

        The lender sets the limit at a debt ratio of {limit}.
        Limit agreed with the bank: a debt ratio of {limit}.
        {limit} is the limit for the debt ratio of {firm}.
        The loan contract limits the debt ratio to {limit}.
        A limit of {limit}, set by covenant, applies to the debt ratio.
        {firm} has promised the lender a debt ratio within a limit of {limit}.
        The debt ratio may reach a limit of {limit} and no more.
        By covenant, the upper limit on the debt ratio is {limit}.
        """,
      questions: """
        Find out {ask}.
        An auditor must work out {ask}.
        The lender wants to know {ask}.
        The question is {ask}.
        Please establish {ask}.
        An analyst has to determine {ask} for {firm}.
        To be determined: {ask}.
        Can you tell us {ask}?
        """),
    .ko: SentenceBank(
      facts: """
        {firm|은} 은행에서 차입금으로 {loans|을} 빌렸다.
        은행 차입금: {loans}.
        {loans|이} {firm}의 차입금이다.
        {firm|이} 은행에 진 차입금은 {loans}이다.
        장부에 차입금으로 {loans|이} 올라 있다.
        차입금 규모는 {loans}에 이른다.
        은행에서 들여온 차입금으로 {loans|이} 있다.
        {firm}의 부채 가운데 차입금은 {loans}이다.

        {firm|이} 발행한 사채는 {bonds}이다.
        사채 잔액: {bonds}.
        {bonds|이} 사채로 조달되었다.
        투자자들은 {firm}의 사채 {bonds|을} 보유하고 있다.
        장부에 사채로 {bonds|이} 올라 있다.
        {firm|은} 사채를 {bonds}어치 발행했다.
        갚아야 할 사채는 {bonds}에 이른다.
        {firm}의 부채 가운데 사채는 {bonds}이다.

        주주의 몫인 자본은 {equity}이다.
        장부상 자본: {equity}.
        {equity|이} {firm}의 자본이다.
        {firm|은} {equity}의 자본을 갖추고 있다.
        장부에 자본으로 {equity|이} 올라 있다.
        자본 규모는 {equity}에 이른다.
        {firm}의 자본은 지금까지 {equity|으로} 적혀 있다.
        재무상태표의 자본 항목은 {equity}이다.

        유보이익 {retained|을} 자본에 더해야 한다.
        아직 자본에 더하지 않은 유보이익: {retained}.
        {retained|이} 유보이익으로 자본에 보태진다.
        {firm|은} 이익 가운데 {retained|을} 유보하여 자본에 더한다.
        자본은 유보이익 {retained}만큼 늘어난다.
        자본에 새로 들어갈 유보이익은 {retained}이다.
        {firm}의 유보이익은 {retained}이며 자본에 가산된다.
        배당하지 않은 {retained|이} 유보이익으로서 자본에 추가된다.

        {firm|은} 차입금 가운데 {repaid|을} 갚는다.
        차입금에서 뺄 상환액: {repaid}.
        {repaid|이} 차입금 상환에 쓰인다.
        차입금은 상환으로 {repaid} 줄어든다.
        {firm|이} 은행에 갚는 차입금 상환액은 {repaid}이다.
        차입금 중에서 {repaid|이} 상환된다.
        상환액 {repaid|을} 차입금에서 덜어야 한다.
        아직 차입금에서 빼지 않은 상환액이 {repaid} 있다.

        한 해 전 부채비율은 {last}에 머물렀다.
        지난해 부채비율: {last}.
        {last|이} {firm}의 전년 부채비율이었다.
        {firm}의 지난해 부채비율은 {last|으로} 집계되었다.
        전년 결산에서 부채비율은 {last|으로} 나왔다.
        비교할 전년 부채비율은 {last}이다.
        {firm|은} 전년에 부채비율 {last|을} 기록했다.
        부채비율은 전년의 {last}에서 올라갔다.

        부채비율은 {limit}의 한도를 넘으면 안 된다.
        약정된 부채비율 한도: {limit}.
        {limit|이} {firm}에 적용되는 부채비율 한도이다.
        대주는 부채비율의 한도를 {limit|으로} 정했다.
        대출 계약은 부채비율 한도로 {limit|을} 둔다.
        {firm|은} 부채비율을 한도 {limit} 이내로 지키기로 약속했다.
        은행이 허용하는 부채비율의 한도는 {limit}까지이다.
        {firm|이} 지켜야 할 부채비율 한도는 {limit}이다.
        """,
      questions: """
        {ask|을} 확인해 보시오.
        {firm}에 대해 {ask|을} 알아내시오.
        {ask|은} 어떻게 되는가?
        대주는 {ask|을} 알고 싶어 한다.
        물음은 {ask}이다.
        확인할 것: {ask}.
        {ask|이} 어떻게 되는지 {firm}에 말해 주시오.
        {ask|을} 알려 주시오.
        """),
  ]
}
