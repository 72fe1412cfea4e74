extension CompoundGrowth {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {investor} begins with {start} in the fund.
        Balance at the start: {start}.
        {start} is the balance with which the fund of {investor} begins.
        At the outset, {investor} has {start} in a fund.
        Before year 1 begins, the fund holds a starting balance of {start}.
        The fund of {investor} opens with a balance of {start}.
        To start with, {investor} put {start} into a fund.
        The opening balance, paid in before year 1, is {start}.

        Year 1 return: {year1}.
        For year 1, the fund reports a return of {year1}.
        {year1} is the return of the fund in year 1.
        During year 1 the balance changes by {year1}.
        Year 1 gives {investor} a return of {year1}.
        On the balance at the start of year 1, the return is {year1}.
        A return of {year1} belongs to year 1.
        The return over the twelve months of year 1 is {year1}.

        Year 2 return: {year2}.
        For year 2, the fund reports a return of {year2}.
        {year2} is the return of the fund in year 2.
        During year 2 the balance changes by {year2}.
        Year 2 gives {investor} a return of {year2}.
        On the balance at the start of year 2, the return is {year2}.
        A return of {year2} belongs to year 2.
        The return over the twelve months of year 2 is {year2}.

        Year 3 return: {year3}.
        For year 3, the fund reports a return of {year3}.
        {year3} is the return of the fund in year 3.
        During year 3 the balance changes by {year3}.
        Year 3 gives {investor} a return of {year3}.
        On the balance at the start of year 3, the return is {year3}.
        A return of {year3} belongs to year 3.
        The return over the twelve months of year 3 is {year3}.

        At the end of year 1, {investor} pays in {deposit}.
        Year-end deposit, year 1: {deposit}.
        {deposit} is deposited at the end of year 1.
        Once the return of year 1 is booked, {investor} deposits {deposit} at the end of the year.
        The end of year 1 brings a deposit of {deposit}.
        A deposit, {deposit} in size, reaches the fund at the end of year 1.
        {investor} adds {deposit} to the balance at the end of year 1.
        After the return of year 1, a year-end deposit of {deposit} goes in.

        At the end of year 2, {investor} takes out {withdrawal}.
        Year-end withdrawal, year 2: {withdrawal}.
        {withdrawal} is withdrawn at the end of year 2.
        Once the return of year 2 is booked, {investor} withdraws {withdrawal} at the end of the year.
        The end of year 2 brings a withdrawal of {withdrawal}.
        A withdrawal, {withdrawal} in size, leaves the fund at the end of year 2.
        {investor} takes {withdrawal} off the balance at the end of year 2.
        After the return of year 2, a year-end withdrawal of {withdrawal} goes out.
        """,
      questions: """
        Find {ask}.
        How large is {ask}?
        {investor} asks for {ask}.
        Wanted: {ask}.
        Please compute {ask}.
        The question is {ask}.
        Determine {ask} for {investor}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {investor} 씨는 처음에 {start|을} 펀드에 넣는다.
        처음 잔액: {start}.
        {start|이} {investor} 씨 펀드의 시작 잔액이다.
        맨 처음 펀드에 든 돈은 {start}이다.
        1년차가 시작되기 전 잔액은 {start}이다.
        {investor} 씨의 펀드는 시작할 때 잔액이 {start}이다.
        출발할 때의 잔액으로 {start|이} 있다.
        {investor} 씨의 펀드는 {start}에서 출발한다.

        1년차 펀드 수익률: {year1}.
        펀드는 1년차에 {year1}의 수익률을 낸다.
        {year1|이} 1년차의 수익률이다.
        첫해인 1년차에 잔액은 {year1} 변한다.
        1년차 한 해의 수익률은 {year1|으로} 나온다.
        {investor} 씨의 펀드가 1년차에 거둔 수익률은 {year1}이다.
        1년차가 시작될 때의 잔액에 대한 수익률은 {year1}이다.
        1년차 열두 달 동안의 수익률은 {year1}에 이른다.

        2년차 펀드 수익률: {year2}.
        펀드는 2년차에 {year2}의 수익률을 낸다.
        {year2|이} 2년차의 수익률이다.
        둘째 해인 2년차에 잔액은 {year2} 변한다.
        2년차 한 해의 수익률은 {year2|으로} 나온다.
        {investor} 씨의 펀드가 2년차에 거둔 수익률은 {year2}이다.
        2년차가 시작될 때의 잔액에 대한 수익률은 {year2}이다.
        2년차 열두 달 동안의 수익률은 {year2}에 이른다.

        3년차 펀드 수익률: {year3}.
        펀드는 3년차에 {year3}의 수익률을 낸다.
        {year3|이} 3년차의 수익률이다.
        셋째 해인 3년차에 잔액은 {year3} 변한다.
        3년차 한 해의 수익률은 {year3|으로} 나온다.
        {investor} 씨의 펀드가 3년차에 거둔 수익률은 {year3}이다.
        3년차가 시작될 때의 잔액에 대한 수익률은 {year3}이다.
        3년차 열두 달 동안의 수익률은 {year3}에 이른다.

        {investor} 씨는 1년차 말에 {deposit|을} 더 넣는다.
        1년차 연말 입금액: {deposit}.
        {deposit|이} 1년차 말에 들어온다.
        1년차 수익이 반영된 뒤 연말에 {deposit|을} 입금한다.
        1년차 말에 펀드에 더 넣는 돈은 {deposit}이다.
        {investor} 씨는 1년차 말 잔액에 {deposit|을} 보탠다.
        1년차 말의 입금액은 {deposit}에 이른다.
        1년차 말, 곧 수익이 더해진 다음에 {deposit|이} 펀드로 입금된다.

        {investor} 씨는 2년차 말에 {withdrawal|을} 찾는다.
        2년차 연말 출금액: {withdrawal}.
        {withdrawal|이} 2년차 말에 빠져나간다.
        2년차 수익이 반영된 뒤 연말에 {withdrawal|을} 출금한다.
        2년차 말에 펀드에서 꺼내는 돈은 {withdrawal}이다.
        {investor} 씨는 2년차 말 잔액에서 {withdrawal|을} 덜어 낸다.
        2년차 말의 출금액은 {withdrawal}에 이른다.
        2년차 말, 곧 수익이 더해진 다음에 {withdrawal|이} 펀드에서 출금된다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 얼마나 되는가?
        {investor} 씨는 {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {investor} 씨의 {ask|을} 구해 보시오.
        {ask|을} 계산해 주시오.
        {ask|이} 얼마인지 밝히시오.
        """),
  ]
}
