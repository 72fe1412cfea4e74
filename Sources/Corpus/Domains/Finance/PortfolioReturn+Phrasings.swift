extension PortfolioReturn {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {investor} <put|invested> {stock} in a stock fund and {bond} in a bond fund. In one year the stock fund
      returned {stockReturn} and the bond fund returned {bondReturn}. [[The fee was {fee}.]] [[The benchmark
      returned {benchmark}.]] <Find|Calculate> {ask}.

      Stock fund: amount {stock}, return {stockReturn}. Bond fund: amount {bond}, return {bondReturn}. [[Fee:
      {fee}.]] [[Benchmark: {benchmark}.]] <Investor|Client>: {investor}. Report {ask}.

      What is {ask} for {investor}, who holds a bond fund of {bond} with a return of {bondReturn} and a stock fund
      of {stock} with a return of {stockReturn}[[, pays a fee of {fee}]][[, and compares with a benchmark of
      {benchmark}]]?

      If the bond fund earns {bondReturn} and the stock fund earns {stockReturn}, and {investor} has {bond} in the
      bond fund and {stock} in the stock fund[[, with a fee of {fee}]][[ and a benchmark of {benchmark}]], how
      <large|high> is {ask}?

      Annual letter to {investor}: <your|the> stock fund of {stock} had a return of {stockReturn}. [[Our fee came
      to {fee}.]] <Your|The> bond fund of {bond} had a return of {bondReturn}. [[The benchmark reached
      {benchmark}.]] Please work out {ask}.

      I am {investor}. My bond fund of {bond} gained {bondReturn}, and my stock fund of {stock} gained
      {stockReturn}. [[I paid a fee of {fee}.]] [[My benchmark made {benchmark}.]] <Tell me|Give me> {ask}.

      A return of {stockReturn} was earned on the stock fund and {bondReturn} on the bond fund. For
      {investor}, {stock} had been placed in the stock fund and {bond} in the bond fund. [[A fee of {fee} was charged.]] [[The
      benchmark was {benchmark}.]] Work out {ask}.

      Statement of {investor}: (1) bond fund {bond}, return {bondReturn}; (2) stock fund {stock}, return
      {stockReturn}[[; fee {fee}]][[; benchmark {benchmark}]]. <Give|Write down> {ask}.

      [[The benchmark stands at {benchmark}.]] [[A fee of {fee} is due.]] Of the savings of {investor}, {bond} is
      in a bond fund returning {bondReturn} and {stock} is in a stock fund returning {stockReturn}. An adviser
      <asks for|needs> {ask}.

      An adviser <reviews|checks> the year of {investor}: the stock fund, with {stock} in it, made {stockReturn};
      the bond fund, with {bond} in it, made {bondReturn}[[; the fee was {fee}]][[; the benchmark made
      {benchmark}]]. How much is {ask}?

      With a return of {bondReturn} on {bond}, the bond fund of {investor} closed the year; the stock fund had a
      return of {stockReturn} on {stock}. [[Taken off as a fee: {fee}.]] [[Against it stands a benchmark of
      {benchmark}.]] Determine {ask}.

      {investor} earned {stockReturn} on {stock} of stocks and {bondReturn} on {bond} of bonds[[, paid a fee of
      {fee}]][[ and had a benchmark of {benchmark}]]. What is {ask}?

      Two funds belong to {investor}: one of stocks, which gained {stockReturn}, with {stock} in it, and one of
      bonds, which gained {bondReturn}, with {bond} in it. [[Benchmark of the year: {benchmark}.]] [[Fee of the
      year: {fee}.]] Find {ask}.

      Returns of the year: stock fund {stockReturn}, bond fund {bondReturn}. Amounts of {investor}: stock fund
      {stock}, bond fund {bond}. [[Fee taken: {fee}.]] [[To be compared with a benchmark of {benchmark}.]] Give {ask}.

      The savings of {investor}: {bond} in bonds at {bondReturn}, {stock} in stocks at {stockReturn}[[, less a fee
      of {fee}]][[, benchmark {benchmark}]]. Work out {ask}.

      At {stockReturn} the stock fund did its work on {stock}; at {bondReturn} the bond fund did on {bond}. Both
      belong to {investor}. [[The manager took {fee} as a fee.]] [[The benchmark came to {benchmark}.]] Compute {ask}.

      Bond fund of {investor}: {bondReturn} for the year, from an amount of {bond}. Stock fund: {stockReturn} for
      the year, from an amount of {stock}. [[Benchmark for the year: {benchmark}.]] [[Fee for the year: {fee}.]]
      How high is {ask}?

      {investor} bought a stock fund for {stock} and a bond fund for {bond}. The first returned {stockReturn}, the
      second returned {bondReturn}. [[The fee amounted to {fee}.]] [[A benchmark returned {benchmark}.]] State {ask}.

      For {investor}, the return of the stock fund was {stockReturn} on {stock}, and the return of the bond fund
      was {bondReturn} on {bond}. [[The fee is {fee}.]] [[The benchmark is {benchmark}.]] Work out {ask}.

      Calculate {ask}. {investor} holds {bond} in a bond fund with a return of {bondReturn} and {stock} in a stock
      fund with a return of {stockReturn}. [[The benchmark returned {benchmark}.]] [[The fee came to {fee}.]]

      [[Benchmark: {benchmark}.]] [[Fee: {fee}.]] {investor} invested {bond} in a bond fund, which gained
      {bondReturn}, and {stock} in a stock fund, which gained {stockReturn}. Report {ask}.

      The client {investor} has two funds. The bond fund earned {bondReturn} on an amount of {bond}; the stock
      fund earned {stockReturn} on an amount of {stock}[[; a fee of {fee} was paid]][[; the benchmark was
      {benchmark}]]. What is {ask}?
      """),
    .ko: Phrasing.list(
      """
      {investor} 씨는 주식형 펀드에 {stock|을}, 채권형 펀드에 {bond|을} <투자했다|넣었다>. 한 해 동안 주식형 펀드의
      수익률은 {stockReturn}, 채권형 펀드의 수익률은 {bondReturn}였다. [[수수료는 {fee}이다.]] [[기준 수익률은
      {benchmark}이다.]] {ask|을} <구하시오|계산하시오>.

      주식형 펀드: 금액 {stock}, 수익률 {stockReturn}. 채권형 펀드: 금액 {bond}, 수익률 {bondReturn}. [[수수료:
      {fee}.]] [[기준 수익률: {benchmark}.]] <투자자|고객>: {investor}. {ask|을} 적으시오.

      {ask|은} 얼마인가? {investor} 씨는 수익률 {bondReturn}인 채권형 펀드 {bond|과} 수익률 {stockReturn}인 주식형
      펀드 {stock|을} 가지고 있다. [[수수료로 {fee|을} 낸다.]] [[비교할 기준 수익률은 {benchmark}이다.]]

      채권형 펀드가 {bondReturn}, 주식형 펀드가 {stockReturn}의 수익률을 내고 {investor} 씨의 돈이 채권형 펀드에
      {bond}, 주식형 펀드에 {stock} 들어 있다면[[, 또 수수료가 {fee}이라면]][[, 그리고 기준 수익률이
      {benchmark}라면]] {ask|은} <얼마인가|얼마가 되는가>?

      {investor} 고객님께 드리는 연간 <안내|보고>: 주식형 펀드 {stock}의 수익률은 {stockReturn}였습니다. [[수수료는
      {fee}입니다.]] 채권형 펀드 {bond}의 수익률은 {bondReturn}였습니다. [[기준 수익률은 {benchmark}입니다.]] {ask|을}
      계산해 주십시오.

      나는 {investor|이다}. 내 채권형 펀드 {bond|은} {bondReturn}의 수익률을, 주식형 펀드 {stock|은} {stockReturn}의
      수익률을 냈다. [[수수료로 {fee|을} 냈다.]] [[내 기준 수익률은 {benchmark}이다.]] {ask|을} <알고 싶다|알려 달라>.

      주식형 펀드에서 {stockReturn}, 채권형 펀드에서 {bondReturn}의 수익률이 기록되었다. {investor} 씨의 돈은 주식형
      펀드에 {stock}, 채권형 펀드에 {bond|이} <배분되어|나뉘어> 있었다. [[수수료 {fee|이} 부과되었다.]] [[기준 수익률은
      {benchmark}였다.]] {ask|을} 산출하시오.

      {investor} 씨의 명세서: (1) 채권형 펀드 {bond}, 수익률 {bondReturn}; (2) 주식형 펀드 {stock}, 수익률
      {stockReturn}[[; 수수료 {fee}]][[; 기준 수익률 {benchmark}]]. {ask|을} <쓰시오|적어 보시오>.

      [[기준 수익률은 {benchmark}이다.]] [[수수료 {fee|을} 내야 한다.]] {investor} 씨의 저축 가운데 {bond|은} 수익률
      {bondReturn}인 채권형 펀드에, {stock|은} 수익률 {stockReturn}인 주식형 펀드에 있다. 상담사는 {ask|을}
      <묻는다|알아야 한다>.

      상담사가 {investor} 씨의 한 해를 <점검한다|살핀다>. 금액이 {stock}인 주식형 펀드의 수익률은 {stockReturn}이고,
      금액이 {bond}인 채권형 펀드의 수익률은 {bondReturn}이다. [[수수료는 {fee}였다.]] [[기준 수익률은
      {benchmark}였다.]] {ask|은} 얼마인지 답하시오.

      {investor} 씨의 채권형 펀드는 {bond}에 대해 {bondReturn}의 수익률로, 주식형 펀드는 {stock}에 대해 {stockReturn}의
      수익률로 한 해를 마쳤다. [[수수료 {fee|이} 빠진다.]] [[견줄 기준 수익률은 {benchmark}이다.]] {ask|을} 정하시오.

      {investor} 씨는 주식 {stock}에서 {stockReturn}, 채권 {bond}에서 {bondReturn}의 수익률을 거두었다. [[낸 수수료는
      {fee}이다.]] [[기준은 수익률 {benchmark}이다.]] {ask|은} 얼마인가?

      {investor} 씨의 펀드는 둘이다. 하나는 {stockReturn} 오른 주식형 펀드로 금액은 {stock}이고, 또 하나는 {bondReturn}
      오른 채권형 펀드로 금액은 {bond}이다. [[그해 기준 수익률: {benchmark}.]] [[그해 수수료: {fee}.]] {ask|을} 구하시오.

      올해 수익률: 주식형 펀드 {stockReturn}, 채권형 펀드 {bondReturn}. {investor} 씨의 금액: 주식형 펀드 {stock}, 채권형
      펀드 {bond}. [[떼는 수수료: {fee}.]] [[비교 기준: 수익률 {benchmark}.]] {ask|을} 쓰시오.

      {investor} 씨의 저축: 채권 {bond}, 수익률 {bondReturn}, 주식 {stock}, 수익률 {stockReturn}[[, 수수료
      {fee}]][[, 기준 수익률 {benchmark}]]. {ask|을} 셈하시오.

      수익률 {stockReturn|으로} 주식형 펀드는 {stock|을} 굴렸고, 수익률 {bondReturn|으로} 채권형 펀드는 {bond|을} 굴렸다.
      둘 다 {investor} 씨의 것이다. [[운용사가 수수료 {fee|을} 가져갔다.]] [[기준은 {benchmark}의 수익률이다.]] {ask|을}
      계산해 보시오.

      {investor} 씨의 채권형 펀드: 올해 {bondReturn}, 금액은 {bond}. 주식형 펀드: 올해 {stockReturn}, 금액은 {stock}.
      [[올해 기준 수익률: {benchmark}.]] [[올해 수수료: {fee}.]] {ask|은} 얼마나 되는가?

      {investor} 씨는 주식형 펀드를 {stock}, 채권형 펀드를 {bond} 샀다. 앞의 것은 {stockReturn}, 뒤의 것은 {bondReturn}의
      수익률을 냈다. [[수수료는 모두 {fee}이다.]] [[기준이 되는 수익률은 {benchmark}이다.]] {ask|을} 답하시오.

      {investor} 씨의 주식형 펀드 수익률은 {stock}에 대해 {stockReturn}, 채권형 펀드 수익률은 {bond}에 대해
      {bondReturn}이다. [[수수료는 {fee}이다.]] [[기준 수익률은 {benchmark}이다.]] {ask|을} 산출하시오.

      {ask|을} 계산하시오. {investor} 씨는 채권형 펀드에 {bond|을}, 주식형 펀드에 {stock|을} 가지고 있고 수익률은
      채권형 펀드가 {bondReturn}, 주식형 펀드가 {stockReturn}이다. [[기준 수익률은 {benchmark}이다.]] [[수수료는
      {fee}이다.]]

      [[기준 수익률: {benchmark}.]] [[수수료: {fee}.]] {investor} 씨가 투자한 채권형 펀드 {bond|은} {bondReturn}의
      수익률을 냈고, 주식형 펀드 {stock|은} {stockReturn}의 수익률을 냈다. {ask|을} 적으시오.

      고객 {investor} 씨에게 펀드가 둘 있다. 채권형 펀드는 금액 {bond}에 수익률 {bondReturn}, 주식형 펀드는 금액
      {stock}에 수익률 {stockReturn}이다. [[수수료 {fee|을} 냈다.]] [[기준 수익률은 {benchmark}이다.]] {ask|은}
      얼마인가?
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The gain of a fund is its amount times its return.",
      "A portfolio is the sum of the stock fund and the bond fund.",
      "The total gain is the gain of the stock fund plus the gain of the bond fund.",
      "The portfolio return is the total gain divided by the total amount, in percent.",
      "The portfolio return weights the return of each fund by its amount.",
      "The fee is taken from the gain.",
      "The gain after the fee is the total gain less the fee.",
      "A benchmark is the return with which a portfolio is compared.",
      "The excess return is the portfolio return less the benchmark, in percentage points.",
      "A stock fund holds shares of many firms; a bond fund holds bonds.",
      "One percent of a portfolio is the total amount divided by 100.",
      "If both funds have the same return, the portfolio has that return too.",
      "The portfolio return lies between the returns of the stock fund and the bond fund.",
    ],
    .ko: [
      "펀드의 이익은 금액에 수익률을 곱한 값이다.",
      "포트폴리오는 주식형 펀드와 채권형 펀드를 합한 것이다.",
      "총이익은 주식형 펀드의 이익과 채권형 펀드의 이익을 더한 값이다.",
      "포트폴리오 수익률은 총이익을 총금액으로 나누어 퍼센트로 나타낸 값이다.",
      "포트폴리오 수익률은 각 펀드의 수익률을 금액으로 가중한 평균이다.",
      "수수료는 이익에서 뺀다.",
      "수수료 차감 후 이익은 총이익에서 수수료를 뺀 금액이다.",
      "기준 수익률은 포트폴리오와 비교하는 수익률이다.",
      "초과수익률은 포트폴리오 수익률에서 기준 수익률을 뺀 값이며 단위는 퍼센트포인트이다.",
      "주식형 펀드는 여러 회사의 주식을, 채권형 펀드는 채권을 담는다.",
      "포트폴리오의 1퍼센트는 총금액을 100으로 나눈 값이다.",
      "두 펀드의 수익률이 같으면 포트폴리오 수익률도 그와 같다.",
      "포트폴리오 수익률은 주식형 펀드와 채권형 펀드의 수익률 사이에 있다.",
    ],
  ]
}
