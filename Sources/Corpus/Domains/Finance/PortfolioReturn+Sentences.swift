extension PortfolioReturn {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {investor} holds {stock} in a stock fund.
        The stock fund holds {stock} of the money of {investor}.
        Stock fund: {stock}.
        An amount of {stock} sits in the stock fund.
        In stocks, {investor} has {stock}.
        {stock} went into a stock fund.
        The stock part of the portfolio is worth {stock}.
        Of the portfolio, {stock} is in stocks.

        {bond} is what {investor} keeps in a bond fund.
        The bond fund holds {bond}.
        Bond fund: {bond}.
        An amount of {bond} sits in the bond fund.
        In bonds, {investor} has {bond}.
        {bond} went into a bond fund.
        The bond part of the portfolio is worth {bond}.
        {investor} also owns a bond fund with {bond} in it.

        The stock fund rose by {stockReturn}.
        Return of the stock fund: {stockReturn}.
        Over the year {stockReturn} was earned on the stocks.
        Stocks made {stockReturn}.
        On the stock fund the year's return is {stockReturn}.
        With {stockReturn}, the stock fund closed the year.
        The return on stocks came to {stockReturn}.

        The bond fund rose by {bondReturn}.
        Return of the bond fund: {bondReturn}.
        Over the year {bondReturn} was earned on the bonds.
        Bonds made {bondReturn}.
        On the bond fund the year's return is {bondReturn}.
        With {bondReturn}, the bond fund closed the year.
        The return on bonds came to {bondReturn}.

        The bank kept a fee of {fee}.
        Fee for the year: {fee}.
        {fee} is taken as a fee.
        For its work the manager charges {fee}.
        {investor} pays {fee} in fees.
        Fees come to {fee}.

        The benchmark gained {benchmark}.
        Benchmark return: {benchmark}.
        In the same year {benchmark} was the return of the benchmark.
        Compare with a benchmark of {benchmark}.
        An index used as the benchmark made {benchmark}.
        """,
      questions: """
        Find {ask}.
        What is {ask}?
        How high is {ask}?
        {investor} asks for {ask}.
        Wanted: {ask}.
        Work out {ask} for {investor}.
        Please compute {ask}.
        The question is {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {investor} 씨는 주식형 펀드에 {stock|을} 두고 있다.
        주식형 펀드에는 {stock|이} 들어 있다.
        주식형 펀드: {stock}.
        주식 쪽 금액은 {stock}이다.
        {stock|이} 주식형 펀드로 들어갔다.
        포트폴리오 가운데 주식은 {stock}이다.
        {investor} 씨가 주식에 넣은 돈은 {stock}이다.

        {investor} 씨는 채권형 펀드에 {bond|을} 두고 있다.
        채권형 펀드에는 {bond|이} 들어 있다.
        채권형 펀드: {bond}.
        채권 쪽 금액은 {bond}이다.
        {bond|이} 채권형 펀드로 들어갔다.
        포트폴리오 가운데 채권은 {bond}이다.
        {investor} 씨가 채권에 넣은 돈은 {bond}이다.

        주식형 펀드는 {stockReturn} 올랐다.
        주식형 펀드의 수익률: {stockReturn}.
        한 해 동안 주식에서 {stockReturn|을} 벌었다.
        주식의 수익률은 {stockReturn}에 이르렀다.
        {stockReturn|이} 주식형 펀드의 올해 성적이다.
        주식형 펀드가 낸 수익률은 {stockReturn}이다.

        채권형 펀드는 {bondReturn} 올랐다.
        채권형 펀드의 수익률: {bondReturn}.
        한 해 동안 채권에서 {bondReturn|을} 벌었다.
        채권의 수익률은 {bondReturn}에 이르렀다.
        {bondReturn|이} 채권형 펀드의 올해 성적이다.
        채권형 펀드가 낸 수익률은 {bondReturn}이다.

        은행이 수수료 {fee|을} 떼었다.
        한 해 수수료: {fee}.
        {fee|이} 수수료로 나간다.
        운용 수수료는 {fee}에 이른다.
        {investor} 씨가 낼 수수료는 {fee}이다.

        기준 지수는 {benchmark} 올랐다.
        기준 수익률: {benchmark}.
        같은 해 기준이 되는 수익률은 {benchmark}였다.
        {benchmark|을} 기준 수익률로 삼는다.
        비교할 지수의 수익률은 {benchmark}이다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 얼마인가?
        {investor} 씨는 {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        {investor} 씨의 {ask|을} 계산하시오.
        {ask|은} 얼마나 되는가?
        물음은 {ask}이다.
        """),
  ]
}
