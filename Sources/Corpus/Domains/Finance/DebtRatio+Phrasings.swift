extension DebtRatio {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {firm} <owes|carries> bank loans of {loans} and bonds of {bonds}; its equity is {equity}. [[Retained profit
      of {retained} is added to equity.]] [[A repayment of {repaid} is made on the bank loans.]] [[Last year the
      debt ratio was {last}.]] [[The limit for the debt ratio is {limit}.]] <Determine|Work out> {ask}.

      Equity: {equity}. [[Retained profit added to equity: {retained}.]] Bonds: {bonds}. Bank loans: {loans}.
      [[Repayment of bank loans: {repaid}.]] [[Debt ratio last year: {last}.]] [[Limit for the debt ratio:
      {limit}.]] <Firm|Company>: {firm}. State {ask}.

      We must know {ask} for {firm}. The bonds stand at {bonds}, the bank loans at {loans}[[ less a repayment of
      {repaid}]] and the equity at {equity}[[ plus retained profit of {retained}]]. [[The debt ratio last year
      was {last}.]] [[The <agreed|fixed> limit is {limit}.]]

      If {firm} has equity of {equity}[[, raised by retained profit of {retained}]], bonds of {bonds} and bank
      loans of {loans}[[, less a repayment of {repaid}]], <determine|work out> {ask}[[, given a debt ratio of {last}
      last year]][[, given a limit of {limit}]].

      Memo from <the treasurer|accounting> of {firm}: our bank loans amount to {loans}. [[We make a repayment of
      {repaid} on them.]] Our equity amounts to {equity}. [[Retained profit of {retained} goes to equity.]] The
      bonds amount to {bonds}. [[Debt ratio last year: {last}.]] [[The bank set a limit of {limit}.]] Please
      report {ask}.

      I audit {firm}. I see bonds of {bonds} and equity of {equity} in the books[[, with retained profit of
      {retained} to be added to equity]]. The bank loans come to {loans}[[ before a repayment of {repaid}]].
      [[Last year I noted a debt ratio of {last}.]] [[I check against a limit of {limit}.]] I must <state|report>
      {ask}.

      Bank loans of {loans} were taken up and bonds of {bonds} were issued by {firm}. [[A repayment of {repaid}
      was made on the bank loans.]] The equity is <reported|shown> at {equity}[[ and retained profit of
      {retained} is added to it]]. [[A debt ratio of {last} was measured last year.]] [[A limit of {limit} was
      agreed.]] Work out {ask}.

      Balance sheet of {firm}: (a) equity {equity}; (b) bank loans {loans}; (c) bonds {bonds}[[; retained
      profit, added to equity, {retained}]][[; repayment of bank loans {repaid}]][[; debt ratio last year
      {last}]][[; limit {limit}]]. Write down {ask}.

      [[Under the fictional Harbor covenant, the limit for the debt ratio is {limit}.]] [[The debt ratio last year
      was {last}.]] {firm} is financed by equity of {equity}, bank loans of {loans} and bonds of {bonds}.
      [[Retained profit of {retained} will be added to equity.]] [[A repayment of {repaid} lowers the bank
      loans.]] Tell the <credit desk|lender> {ask}.

      The debt ratio is debt over equity. {firm} shows bonds, {bonds}, then equity, {equity}, and at last bank
      loans, {loans}. [[The retained profit, {retained}, counts as equity.]] [[The repayment, {repaid}, is taken
      off the bank loans.]] [[The debt ratio last year was {last}.]] [[The limit is {limit}.]] Tell us {ask}.

      State {ask} for {firm}, with bank loans of {loans}, bonds of {bonds}[[, a repayment of {repaid} on the bank
      loans]], equity of {equity}[[, retained profit of {retained} added to equity]][[, a debt ratio of {last}
      last year]][[, a limit of {limit}]].

      [[The limit for the debt ratio is {limit}.]] [[The debt ratio was {last} last year.]] The equity of {firm}
      amounts to {equity}, the bonds amount to {bonds} and the bank loans to {loans}. [[Retained profit of
      {retained} is added to equity.]] [[A repayment of {repaid} was made on the loans.]] Determine {ask}.

      The books of {firm} show equity of {equity}. [[Retained profit of {retained} is added to it.]] They show
      bank loans of {loans}[[ before a repayment of {repaid}]] and bonds of {bonds}. [[Last year: a debt ratio of
      {last}.]] [[The agreed limit: {limit}.]] Please work out {ask}.

      For {firm}, bonds of {bonds} and bank loans of {loans} are reported. [[Less: a repayment of {repaid}.]] The
      equity is shown at {equity}. [[Plus: retained profit of {retained}.]] [[The limit is {limit}.]] [[The debt
      ratio last year was {last}.]] Report {ask}.
      """),
    .ko: Phrasing.list(
      """
      {firm|은} 차입금 {loans|과} 사채 {bonds|을} <지고 있다|안고 있다>. 자본은 {equity}이다. [[유보이익
      {retained|이} 자본에 더해진다.]] [[차입금 중 상환액은 {repaid}이다.]] [[전년 부채비율은 {last}였다.]]
      [[부채비율 한도는 {limit}이다.]] {ask|을} <확인하시오|답하시오>.

      자본: {equity}. [[자본에 더할 유보이익: {retained}.]] 사채: {bonds}. 차입금: {loans}. [[차입금 상환액:
      {repaid}.]] [[전년 부채비율: {last}.]] [[부채비율 한도: {limit}.]] <회사|기업>: {firm}. {ask|을} 적으시오.

      {firm}의 {ask|을} 알아야 한다. 사채는 {bonds}, 차입금은 {loans}[[(상환액 {repaid} 차감 전)]], 자본은
      {equity}[[(유보이익 {retained} 가산 전)]]이다. [[전년 부채비율은 {last}였다.]] [[<합의한|정해진> 한도는
      {limit}이다.]]

      {firm}의 자본이 {equity}이고[[ 여기에 유보이익 {retained|이} 더해지고]] 사채가 {bonds}, 차입금이
      {loans}이라면[[, 또 차입금 상환액이 {repaid}이라면]][[, 전년 부채비율이 {last}였다면]][[, 한도가
      {limit}라면]] {ask|을} <확인하시오|답하시오>.

      {firm} <재무팀|회계팀> 메모: 우리 차입금은 {loans}입니다. [[이 가운데 상환액은 {repaid}입니다.]] 자본은
      {equity}입니다. [[유보이익 {retained|을} 자본에 넣습니다.]] 사채는 {bonds}입니다. [[전년 부채비율은
      {last}였습니다.]] [[은행이 정한 한도는 {limit}입니다.]] {ask|을} 보고해 주십시오.

      나는 {firm|을} 감사한다. 장부에 사채 {bonds|과} 자본 {equity|이} 보인다. [[유보이익 {retained|은} 자본에
      더해야 한다.]] 차입금은 {loans}이다. [[상환액 {repaid|을} 빼야 한다.]] [[전년 부채비율은 {last}로 적혀 있다.]]
      [[비교할 한도는 {limit}이다.]] 나는 {ask|을} <밝혀야|보고해야> 한다.

      차입금 {loans|이} 조달되었고 사채 {bonds|이} {firm}에서 발행되었다. [[차입금은 상환액 {repaid}만큼 줄었다.]]
      자본은 {equity|으로} <보고되었다|표시되었다>. [[여기에 유보이익 {retained|이} 더해진다.]] [[전년 부채비율은
      {last|으로} 측정되었다.]] [[한도는 {limit|으로} 합의되었다.]] {ask|을} 밝히시오.

      {firm} 재무상태표: (가) 자본 {equity}; (나) 차입금 {loans}; (다) 사채 {bonds}[[; 자본에 더할 유보이익
      {retained}]][[; 차입금 상환액 {repaid}]][[; 전년 부채비율 {last}]][[; 한도 {limit}]]. {ask|을}
      쓰시오.

      [[가상의 하버 약정에 따르면 부채비율 한도는 {limit}이다.]] [[전년 부채비율은 {last}였다.]] {firm|은} 자본
      {equity}, 차입금 {loans}, 사채 {bonds|으로} 자금을 마련했다. [[유보이익 {retained|이} 자본에 더해진다.]]
      [[상환액 {repaid}만큼 차입금이 줄어든다.]] <여신 담당자|대주>에게 {ask|을} 알려 주시오.

      부채비율은 부채를 자본으로 나눈 값이다. {firm|은} 사채가 {bonds}, 자본이 {equity}, 차입금이 {loans}이다.
      [[유보이익 {retained|은} 자본으로 본다.]] [[상환액 {repaid|은} 차입금에서 뺀다.]] [[전년 부채비율은
      {last}였다.]] [[한도는 {limit}이다.]] {ask|은} <무엇인가|어떻게 되는가>?

      {firm}의 {ask|을} 적으시오. 차입금 {loans}, 사채 {bonds}[[, 차입금 상환액 {repaid}]], 자본 {equity}[[, 자본에
      더할 유보이익 {retained}]][[, 전년 부채비율 {last}]][[, 한도 {limit}]]이다.

      [[부채비율 한도는 {limit}이다.]] [[전년 부채비율은 {last}였다.]] {firm}의 자본은 {equity}이고 사채는
      {bonds}이며 차입금은 {loans}이다. [[유보이익 {retained|이} 자본에 더해진다.]] [[차입금 중 상환액은
      {repaid}이다.]] {ask|을} 밝히시오.

      {firm} 장부의 자본은 {equity}이다. [[여기에 유보이익 {retained|을} 더한다.]] 차입금은 {loans}[[(상환액
      {repaid} 차감 전)]], 사채는 {bonds}이다. [[전년 부채비율: {last}.]] [[합의한 한도: {limit}.]] {ask|을} 답하시오.

      사채 {bonds|과} 차입금 {loans|이} {firm}에서 보고되었다. [[차입금 상환액은 {repaid}이다.]] 자본은 {equity|으로}
      표시되었다. [[더할 유보이익은 {retained}이다.]] [[한도는 {limit}이다.]] [[전년 부채비율은 {last}였다.]]
      {ask|을} 보고하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The debt ratio is the debt divided by the equity, in percent.",
      "Debt is the sum of the bank loans and the bonds.",
      "Equity is the money that belongs to the owners of the firm.",
      "Retained profit is profit that is not paid out; it is added to equity.",
      "A repayment lowers the bank loans and with them the debt.",
      "To find the debt ratio, take one percent of the equity and divide the debt by it.",
      "A covenant is a promise to the lender, such as a limit for the debt ratio.",
      "The limit is kept if the debt ratio is at most the limit.",
      "If the debt ratio is above the limit, the covenant is broken.",
      "The rise of the debt ratio is the ratio now less the ratio last year, in percentage points.",
      "A higher debt ratio means more risk for the lender.",
      "Bonds are debt that the firm has sold to investors.",
      "More equity at the same debt lowers the debt ratio.",
    ],
    .ko: [
      "부채비율은 부채를 자본으로 나누어 퍼센트로 나타낸 값이다.",
      "부채는 차입금과 사채를 더한 금액이다.",
      "자본은 회사 주인의 몫이다.",
      "유보이익은 배당하지 않고 남긴 이익이며 자본에 더한다.",
      "상환액만큼 차입금이 줄고 부채도 줄어든다.",
      "부채비율을 구하려면 자본의 1퍼센트를 구하고 부채를 그 값으로 나눈다.",
      "약정은 부채비율 한도처럼 대주에게 지키기로 한 약속이다.",
      "부채비율이 한도 이하이면 한도를 준수한 것이다.",
      "부채비율이 한도보다 크면 약정을 어긴 것이다.",
      "부채비율 상승폭은 올해 부채비율에서 전년 부채비율을 뺀 값이며 단위는 퍼센트포인트이다.",
      "부채비율이 높을수록 대주의 위험이 크다.",
      "사채는 회사가 투자자에게 판 채무 증권이다.",
      "부채가 같을 때 자본이 늘면 부채비율은 낮아진다.",
    ],
  ]
}
