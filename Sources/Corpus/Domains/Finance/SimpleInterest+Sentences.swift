extension SimpleInterest {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {customer} deposits {principal} with a bank.
        Principal deposited: {principal}.
        {principal} is the principal of {customer}.
        The bank takes in {principal} from {customer} as principal.
        The deposit of {customer} has a principal of {principal}.
        As principal, {principal} is placed with the bank.
        {customer} has put {principal} on deposit.
        The sum that {customer} entrusts to the bank is {principal}.

        What the bank pays is simple interest.
        Interest is simple, without compounding.
        Only simple interest is paid.
        The interest of every year is worked out on the principal alone.
        Simple interest applies to the deposit of {customer}.
        The deposit earns simple interest, not compound interest.
        Kind of interest: simple.
        {customer} and the bank have agreed on simple interest.

        The bank offers {customer} a yearly rate of {rate}.
        Interest rate per year: {rate}.
        {rate} a year is the interest rate.
        Every year the bank pays interest at a rate of {rate}.
        On the deposit, the basic yearly rate is {rate}.
        The deposit carries interest at {rate} a year.
        Per year, the agreed interest rate is {rate}.
        A yearly interest rate of {rate} was agreed with {customer}.

        The deposit runs for {years}.
        Time to maturity: {years}.
        After {years}, the deposit matures.
        {customer} leaves the money with the bank for {years}.
        {years} is the term of the deposit.
        Maturity comes {years} after the day of the deposit.
        The agreed term, from deposit to maturity, is {years}.
        For {years}, the money of {customer} stays untouched.

        A bonus rate of {bonus} a year comes on top of the yearly rate.
        Bonus added to the yearly rate: {bonus}.
        {bonus} is added to the yearly rate as a bonus.
        As a loyal client, {customer} gets a bonus rate of {bonus} on top of the yearly rate.
        For the whole term, a bonus rate of {bonus} increases the yearly rate.
        The bank lifts the yearly rate by a bonus rate of {bonus}.
        To the yearly rate, a bonus rate of {bonus} must be added.
        On top of the yearly rate, the bank grants {customer} {bonus} as a bonus.

        Interest is taxed at {tax}.
        Tax rate for interest: {tax}.
        {tax} of the interest goes to the tax office.
        From the interest, {tax} is withheld as tax.
        {customer} pays {tax} of the interest in tax.
        The state claims {tax} of all interest as tax.
        A withholding tax of {tax} applies to the interest.
        On interest, but not on principal, a tax of {tax} is due.
        """,
      questions: """
        Find {ask}.
        How much is {ask}?
        {customer} would like to know {ask}.
        Wanted: {ask}.
        Please compute {ask} for {customer}.
        The question is {ask}.
        Determine {ask}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {customer} 씨는 은행에 {principal|을} 맡긴다.
        예금 원금: {principal}.
        {principal|이} {customer} 씨의 원금이다.
        {customer} 씨의 예금에 든 원금은 {principal}이다.
        은행은 {customer} 씨에게서 원금 {principal|을} 받는다.
        예치한 원금은 모두 {principal}이다.
        원금으로 {principal|이} 예금에 들어간다.
        {customer} 씨가 넣은 예금은 {principal}에 이른다.

        이자는 단리로 계산한다.
        이자 방식: 단리.
        이자는 해마다 원금에만 붙는다.
        이자는 복리가 아니라 단리이다.
        {customer} 씨의 예금에는 단리가 적용된다.
        은행은 단리 방식으로 이자를 준다.
        예금은 단리 상품이다.
        {customer} 씨와 은행은 단리로 약정했다.

        은행이 정한 연이율은 {rate}이다.
        예금 연이율: {rate}.
        {rate|이} 예금의 연이율이다.
        한 해에 {rate}의 이율이 적용된다.
        {customer} 씨의 예금에 매겨진 연이율은 {rate}이다.
        은행은 연이율 {rate|을} 제시했다.
        기본 연이율은 {rate|으로} 정해져 있다.
        계약서에 적힌 연이율은 {rate}이다.

        예금은 {years} 뒤에 만기가 된다.
        만기까지의 기간: {years}.
        {customer} 씨는 돈을 {years} 동안 맡겨 둔다.
        {years|이} 예금 기간이다.
        계약서에 적힌 예금 기간은 {years}이다.
        예치 기간은 만기까지 모두 {years}이다.
        {years|이} 지나면 {customer} 씨의 예금이 만기에 이른다.
        만기는 예치한 날부터 {years} 뒤이다.

        연이율에 우대금리 {bonus|이} 더 붙는다.
        연이율에 더할 우대금리: {bonus}.
        {customer} 씨는 연이율에 더하여 우대금리 {bonus|을} 받는다.
        {bonus|이} 우대금리로 연이율에 얹힌다.
        우대 고객에게는 연이율에 {bonus|이} 우대금리로 가산된다.
        단골인 {customer} 씨의 우대금리는 {bonus}이며 연이율에 더한다.
        은행은 우대금리 {bonus|을} 연이율에 얹어 준다.
        전 기간에 걸쳐 우대금리 {bonus|이} 연이율에 합산된다.

        이자의 {tax|을} 세금으로 뗀다.
        이자에 붙는 세율: {tax}.
        {tax|이} 이자에 적용되는 세율이다.
        {customer} 씨는 이자의 {tax|을} 세금으로 낸다.
        은행은 이자에서 {tax|을} 세금으로 원천징수한다.
        원금이 아닌 이자에만 세율 {tax|이} 적용된다.
        세무서는 이자 가운데 {tax|을} 세금으로 걷는다.
        이자 소득에는 {tax}의 세금이 매겨진다.
        """,
      questions: """
        {ask|은} 얼마나 되는가?
        {customer} 씨는 {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {customer} 씨의 {ask|을} 계산해 보시오.
        {ask|이} 얼마인지 밝히시오.
        {ask|을} 알려 주시오.
        은행 직원은 {ask|을} 산출해야 한다.
        """),
  ]
}
