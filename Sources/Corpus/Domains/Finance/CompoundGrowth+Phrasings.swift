extension CompoundGrowth {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {investor} <starts with|opens> a balance of {start} in a fund. The return is {year1} in year 1[[, {year2} in
      year 2]][[, {year3} in year 3]]. [[A deposit of {deposit} follows at the end of year 1.]] [[A withdrawal of
      {withdrawal} follows at the end of year 2.]] <Find|Calculate> {ask}.

      Return in year 1: {year1}. [[Return in year 2: {year2}.]] [[Return in year 3: {year3}.]] Starting balance:
      {start}. [[Deposit at the end of year 1: {deposit}.]] [[Withdrawal at the end of year 2: {withdrawal}.]]
      <Owner|Client>: {investor}. Report {ask}.

      What is {ask} for {investor}, whose account has a starting balance of {start}, a return of {year1} in year
      1[[, a deposit of {deposit} at the end of year 1]][[, a return of {year2} in year 2]][[, a withdrawal of
      {withdrawal} at the end of year 2]][[, a return of {year3} in year 3]]?

      If year 1 brings a return of {year1}[[, year 2 one of {year2}]][[ and year 3 one of {year3}]], and {investor}
      has a starting balance of {start}[[, adds a deposit of {deposit} at the end of year 1]][[ and takes a
      withdrawal of {withdrawal} at the end of year 2]], <determine|work out> {ask}.

      Letter to {investor}: <your|the> plan has a starting balance of {start}. [[Your deposit at the end of year 1
      is {deposit}.]] [[Your withdrawal at the end of year 2 is {withdrawal}.]] We expect a return of {year1} in
      year 1[[, then {year2} in year 2]][[, then {year3} in year 3]]. Please state {ask}.

      I am {investor}. [[At the end of year 1 I make a deposit of {deposit}.]] [[At the end of year 2 I make a
      withdrawal of {withdrawal}.]] My starting balance is {start}. My return in year 1 is {year1}[[, in year 2 it
      is {year2}]][[, in year 3 it is {year3}]]. <Tell me|Give me> {ask}.

      A starting balance of {start} was placed in a fund by {investor} and left to <compound|grow>. A return of
      {year1} was earned in year 1. [[A deposit of {deposit} was made at the end of year 1.]] [[A return of {year2}
      was earned in year 2.]] [[A withdrawal of {withdrawal} was made at the end of year 2.]] [[A return of {year3}
      was earned in year 3.]] Work out {ask}.

      Fund sheet of {investor}: (1) starting balance {start}; (2) return in year 1 {year1}[[; return in year 2
      {year2}]][[; return in year 3 {year3}]][[; deposit at the end of year 1 {deposit}]][[; withdrawal at the end
      of year 2 {withdrawal}]]. <Write down|Give> {ask}.

      [[A deposit of {deposit} is due at the end of year 1.]] [[A withdrawal of {withdrawal} is due at the end of
      year 2.]] For the savings plan of {investor}, the return is {year1} in year 1[[, {year2} in year 2]][[ and
      {year3} in year 3]], on a starting balance of {start}. How <large|high> is {ask}?

      The returns of each year are added to the balance. {investor} has [[a return of {year3} in year 3,]] [[a
      return of {year2} in year 2,]] a return of {year1} in year 1 and a starting balance of {start}[[, with a
      deposit of {deposit} at the end of year 1]][[ and a withdrawal of {withdrawal} at the end of year 2]]. Name
      {ask}.

      With a starting balance of {start}, {investor} earns a return of {year1} in year 1[[, a return of {year2} in
      year 2]][[, a return of {year3} in year 3]]. [[At the end of year 1 a deposit of {deposit} is made.]] [[At
      the end of year 2 a withdrawal of {withdrawal} is made.]] What is {ask}?

      Calculate {ask} for the fund of {investor}. [[Deposit at the end of year 1: {deposit}.]] The return in year 1
      is {year1}. [[The return in year 2 is {year2}.]] [[The return in year 3 is {year3}.]] [[Withdrawal at the end
      of year 2: {withdrawal}.]] The starting balance is {start}.

      The starting balance of {investor} is {start}[[; a deposit of {deposit} is made at the end of year 1]][[; a
      withdrawal of {withdrawal} is made at the end of year 2]]. The fund has a return of {year1} in year 1[[ and
      of {year2} in year 2]][[ and of {year3} in year 3]]. Report {ask}.

      In year 1 the return of the fund is {year1}. [[In year 2 it is {year2}.]] [[In year 3 it is {year3}.]]
      {investor} has a starting balance of {start}. [[A withdrawal of {withdrawal} is made at the end of year 2.]]
      [[A deposit of {deposit} is made at the end of year 1.]] Work out {ask}.
      """),
    .ko: Phrasing.list(
      """
      {investor} 씨는 시작 잔액 {start|으로} 펀드를 <시작한다|연다>. 1년차 수익률은 {year1}이다. [[2년차 수익률은
      {year2}이다.]] [[3년차 수익률은 {year3}이다.]] [[1년차 말에 {deposit|을} 입금한다.]] [[2년차 말에
      {withdrawal|을} 출금한다.]] {ask|을} <구하시오|계산하시오>.

      1년차 수익률: {year1}. [[2년차 수익률: {year2}.]] [[3년차 수익률: {year3}.]] 시작 잔액: {start}. [[1년차 말 입금:
      {deposit}.]] [[2년차 말 출금: {withdrawal}.]] <계좌주|고객>: {investor}. {ask|을} 적으시오.

      {investor} 씨의 {ask|은} 얼마인가? 계좌의 시작 잔액은 {start}, 1년차 수익률은 {year1}이다. [[1년차 말에는
      {deposit|을} 입금했다.]] [[2년차 수익률은 {year2}이다.]] [[2년차 말에는 {withdrawal|을} 출금했다.]] [[3년차
      수익률은 {year3}이다.]]

      1년차 수익률이 {year1}이고[[ 2년차 수익률이 {year2}이고]][[ 3년차 수익률이 {year3}이고]] {investor} 씨의 시작
      잔액이 {start}이라면[[, 또 1년차 말에 {deposit|을} 입금한다면]][[, 그리고 2년차 말에 {withdrawal|을}
      출금한다면]] {ask|은} <얼마인가|얼마가 되는가>?

      {investor} 고객님께 <알립니다|안내드립니다>. 계획의 시작 잔액은 {start}입니다. [[1년차 말 입금은
      {deposit}입니다.]] [[2년차 말 출금은 {withdrawal}입니다.]] 1년차 수익률은 {year1}입니다. [[2년차 수익률은
      {year2}입니다.]] [[3년차 수익률은 {year3}입니다.]] {ask|을} 알려 주십시오.

      나는 {investor|이다}. [[1년차 말에 {deposit|을} 입금한다.]] [[2년차 말에 {withdrawal|을} 출금한다.]] 내 시작
      잔액은 {start}이다. 내 1년차 수익률은 {year1}[[, 2년차 수익률은 {year2}]][[, 3년차 수익률은 {year3}]]이다.
      {ask|을} <알고 싶다|알려 달라>.

      시작 잔액 {start|이} {investor} 씨에 의해 펀드에 맡겨져 복리로 <굴려졌다|운용되었다>. 1년차에 {year1}의 수익률이
      기록되었다. [[1년차 말에 {deposit|이} 입금되었다.]] [[2년차에 {year2}의 수익률이 기록되었다.]] [[2년차 말에
      {withdrawal|이} 출금되었다.]] [[3년차에 {year3}의 수익률이 기록되었다.]] {ask|을} 산출하시오.

      {investor} 씨의 펀드표: (1) 시작 잔액 {start}; (2) 1년차 수익률 {year1}[[; 2년차 수익률 {year2}]][[; 3년차 수익률
      {year3}]][[; 1년차 말 입금 {deposit}]][[; 2년차 말 출금 {withdrawal}]]. {ask|을} <쓰시오|적어 보시오>.

      [[1년차 말에 {deposit|을} 입금하기로 했다.]] [[2년차 말에 {withdrawal|을} 출금하기로 했다.]] {investor} 씨의
      저축은 1년차 수익률이 {year1}[[, 2년차 수익률이 {year2}]][[, 3년차 수익률이 {year3}]]이고 시작 잔액은 {start}이다.
      {ask|은} <얼마인지|얼마가 되는지> 답하시오.

      해마다 수익은 잔액에 더해진다. {investor} 씨의 [[3년차 수익률은 {year3},]] [[2년차 수익률은 {year2},]] 1년차
      수익률은 {year1}이고 시작 잔액은 {start}이다. [[1년차 말에 {deposit|을} 입금한다.]] [[2년차 말에 {withdrawal|을}
      출금한다.]] {ask|을} 말해 보시오.

      시작 잔액 {start}에서 {investor} 씨는 1년차 수익률 {year1}[[, 2년차 수익률 {year2}]][[, 3년차 수익률 {year3}]]의
      성과를 낸다. [[1년차 말 입금은 {deposit}이다.]] [[2년차 말 출금은 {withdrawal}이다.]] {ask|은} 얼마인가?

      {investor} 씨 펀드의 {ask|을} 계산하시오. [[1년차 말 입금: {deposit}.]] 1년차 수익률은 {year1}이다. [[2년차
      수익률은 {year2}이다.]] [[3년차 수익률은 {year3}이다.]] [[2년차 말 출금: {withdrawal}.]] 시작 잔액은 {start}이다.

      {investor} 씨의 시작 잔액은 {start}이다. [[1년차 말에 {deposit|이} 입금된다.]] [[2년차 말에 {withdrawal|이}
      출금된다.]] 펀드 수익률은 1년차에 {year1}[[, 2년차에 {year2}]][[, 3년차에 {year3}]]이다. {ask|을} 적으시오.

      펀드의 1년차 수익률은 {year1}이다. [[2년차에는 수익률이 {year2}이다.]] [[3년차에는 수익률이 {year3}이다.]]
      {investor} 씨의 시작 잔액은 {start}이다. [[2년차 말에 {withdrawal|을} 출금한다.]] [[1년차 말에 {deposit|을}
      입금한다.]] {ask|을} 산출하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "A balance compounds when the return of each year is added to it.",
      "The return of a year is a percentage of the balance at the start of that year.",
      "A return with a plus sign raises the balance, a return with a minus sign lowers it.",
      "The starting balance is the money in the fund before year 1.",
      "A deposit at the end of year 1 is added after the return of year 1.",
      "A withdrawal at the end of year 2 is taken off after the return of year 2.",
      "The balance after 2 years includes the returns of both years.",
      "In year 2 the return is earned on the deposit too.",
      "To find the balance after several years, work out one year after another.",
      "A return of 10 percent is the balance divided by 10.",
      "A return of 20 percent is twice a tenth of the balance.",
      "With compound growth, gains earn gains of their own.",
      "A savings plan with a deposit each year is a kind of annuity.",
    ],
    .ko: [
      "해마다 수익을 잔액에 더하면 잔액은 복리로 늘어난다.",
      "한 해의 수익은 그해 시작 잔액에 수익률을 곱한 값이다.",
      "수익률이 플러스이면 잔액이 늘고 마이너스이면 잔액이 줄어든다.",
      "시작 잔액은 1년차가 시작되기 전 펀드에 있는 돈이다.",
      "1년차 말 입금은 1년차 수익을 더한 다음에 더한다.",
      "2년차 말 출금은 2년차 수익을 더한 다음에 뺀다.",
      "2년 뒤 잔액에는 두 해의 수익이 들어 있다.",
      "2년차에는 입금한 돈에도 수익이 붙는다.",
      "여러 해 뒤의 잔액은 한 해씩 차례로 계산하여 구한다.",
      "수익률이 10퍼센트이면 수익은 잔액을 10으로 나눈 값이다.",
      "수익률이 20퍼센트이면 수익은 잔액의 10분의 1의 두 배이다.",
      "복리에서는 수익에도 다시 수익이 붙는다.",
      "해마다 입금하는 저축 계획은 연금의 한 가지이다.",
    ],
  ]
}
