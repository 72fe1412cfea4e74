extension SimpleInterest {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {customer} <deposits|places|invests> a principal of {principal} at a simple interest rate of {rate} a year
      for a term of {years}. [[A bonus rate of {bonus} is added.]] [[A tax of {tax} is taken from the interest.]]
      <Find|Calculate> {ask}.

      Term: {years}. Principal: {principal}. Yearly simple interest rate: {rate}. [[Bonus rate: {bonus}.]]
      [[Tax on interest: {tax}.]] <Account holder|Customer>: {customer}. Report {ask}.

      Determine {ask} for {customer}, whose savings account pays simple interest at a yearly rate of {rate}[[ plus
      a bonus rate of {bonus}]] on a principal of {principal}; the term is {years}[[ and the tax on interest is
      {tax}]].

      If a principal of {principal} <earns|yields> simple interest for a term of {years} at a rate of {rate} a
      year[[, with a bonus rate of {bonus} on top]][[ and a tax of {tax} on the interest]], what is {ask} for
      {customer}?

      Memo to {customer}: <your|the> deposit runs for a term of {years}. We pay simple interest at a rate of
      {rate} a year. [[You also get a bonus rate of {bonus}.]] The principal is {principal}. [[The interest
      carries a tax of {tax}.]] Please work out {ask}.

      I am {customer} and I hold a simple interest note: the rate is {rate} a year, the term is {years} and the
      principal is {principal}. [[My bonus rate is {bonus}.]] [[I owe a tax of {tax} on the interest.]] <Tell
      me|Give me> {ask}.

      A principal of {principal} was lent out by {customer}. Simple interest is charged at a rate of {rate} a
      year[[, raised by a bonus rate of {bonus}]], and the loan is <repaid|paid back> after a term of {years}.
      [[The interest is subject to a tax of {tax}.]] Calculate {ask}.

      Deposit sheet of {customer}: (1) simple interest, rate {rate} a year; (2) principal {principal}; (3) term
      {years}[[; bonus rate {bonus}]][[; tax on interest {tax}]]. Give {ask}.

      Over a term of {years}, simple interest <builds up|accrues> for {customer} on a bond with a principal of
      {principal}. The rate is {rate} a year[[ and the bonus rate is {bonus}]]. [[The state takes a tax of {tax}
      on interest.]] How much is {ask}?

      A bank <clerk|teller> asks: the simple interest rate is {rate} a year, [[the bonus rate is {bonus},]]
      [[the tax on interest is {tax},]] the principal of {customer} is {principal} and the term is {years}. What
      is {ask}?

      With a principal of {principal}, a term of {years} and a yearly simple interest rate of {rate}, {customer}
      asks for {ask}. [[The bonus rate is {bonus}.]] [[The tax on interest is {tax}.]]

      What is {ask}, if {customer} holds a deposit with a rate of {rate} a year, simple interest, a term of
      {years}[[, a bonus rate of {bonus}]][[, a tax on interest of {tax}]] and a principal of {principal}?

      [[Tax on interest: {tax}.]] Rate: {rate} a year, simple interest. [[Bonus rate: {bonus}.]] {customer}
      deposits a principal of {principal} and the term is {years}. Calculate {ask}.

      The bank pays {customer} simple interest. The term is {years}; the principal is {principal}; the rate is
      {rate} a year[[; the bonus rate is {bonus}]][[; the tax on interest is {tax}]]. Work out {ask}.
      """),
    .ko: Phrasing.list(
      """
      {customer} 씨는 원금 {principal|을} 연이율 {rate}의 단리로 <예치했다|맡겼다>. 기간은 {years}이다. [[우대금리
      {bonus|이} 더해진다.]] [[이자에는 세율 {tax}의 세금이 붙는다.]] {ask|을} <구하시오|계산하시오>.

      기간: {years}. 원금: {principal}. 단리 연이율: {rate}. [[우대금리: {bonus}.]] [[이자 세율: {tax}.]]
      <예금주|고객>: {customer}. {ask|을} 적으시오.

      {ask|은} 얼마인가? {customer} 씨의 예금은 단리이고 연이율은 {rate}[[, 우대금리는 {bonus}]]이며, 원금은
      {principal}, 기간은 {years}이다. [[이자 세율은 {tax}이다.]]

      원금 {principal|을} 기간 {years} 동안 연이율 {rate}의 단리로 굴린다면[[, 여기에 우대금리 {bonus|을} 더
      받는다면]][[, 그리고 이자에 세율 {tax}의 세금을 낸다면]], {customer} 씨의 {ask|은} 얼마가 되는가?

      {customer} 고객님께 <알립니다|안내드립니다>. 예금 기간은 {years}이고, 단리 연이율은 {rate}입니다.
      [[우대금리는 {bonus}입니다.]] 원금은 {principal}입니다. [[이자 세율은 {tax}입니다.]] {ask|을} 계산해 주십시오.

      나는 {customer|이다}. 내 채권은 단리이며 연이율은 {rate}, 기간은 {years}, 원금은 {principal}이다. [[우대금리
      {bonus|을} 받는다.]] [[이자에 대한 세율은 {tax}이다.]] {ask|을} <알고 싶다|알려 달라>.

      원금 {principal|이} {customer} 씨에 의해 대여되었다. 단리로 연이율 {rate|이} 적용되고[[ 우대금리 {bonus|이}
      가산되며]], 기간 {years} 뒤에 <상환된다|돌려받는다>. [[이자에는 세율 {tax|이} 적용된다.]] {ask|을} 산출하시오.

      {customer} 씨의 예금표: (1) 단리, 연이율 {rate}; (2) 원금 {principal}; (3) 기간 {years}[[; 우대금리
      {bonus}]][[; 이자 세율 {tax}]]. {ask|을} 쓰시오.

      {years}의 기간 동안 {customer} 씨의 원금 {principal}에 단리 이자가 <쌓인다|붙는다>. 연이율은 {rate}이다.
      [[우대금리는 {bonus}이다.]] [[국가는 이자에서 세율 {tax}의 세금을 걷는다.]] {ask|은} 얼마인지 답하시오.

      은행 <직원|창구>의 질문이다. 단리 연이율이 {rate}이고 [[우대금리가 {bonus}이고]] [[이자 세율이 {tax}이고]]
      {customer} 씨의 원금이 {principal}, 기간이 {years}이면 {ask|은} 얼마인가?

      원금 {principal}, 기간 {years}, 단리 연이율 {rate}의 조건으로 {customer} 씨가 {ask|을} 묻는다. [[우대금리는
      {bonus}이다.]] [[이자 세율은 {tax}이다.]]

      단리 예금의 연이율은 {rate}, 기간은 {years}[[, 우대금리는 {bonus}]][[, 이자 세율은 {tax}]], 원금은
      {principal}이다. {customer} 씨의 {ask|은} 얼마인가?

      [[이자 세율: {tax}.]] 연이율: 단리 {rate}. [[우대금리: {bonus}.]] {customer} 씨가 원금 {principal|을} 예치했고
      기간은 {years}이다. {ask|을} 계산하시오.

      은행은 {customer} 씨에게 단리 이자를 준다. 기간은 {years}이고, 원금은 {principal}이며, 연이율은
      {rate}이다[[. 우대금리는 {bonus}이다]][[. 이자 세율은 {tax}이다]]. {ask|을} 구하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "Simple interest is the principal times the yearly rate times the term in years.",
      "The principal is the sum that is deposited, invested or lent.",
      "The rate says how many percent of the principal are paid as interest in one year.",
      "The term is the time between the deposit and maturity.",
      "With simple interest, the interest of every year is the same, because it is paid on the principal alone.",
      "A bonus rate is added to the yearly rate before the interest is calculated.",
      "The amount at maturity is the principal plus the total interest.",
      "A tax on interest takes a part of the interest and leaves the principal untouched.",
      "The interest after tax is the total interest less the tax.",
      "The amount received after tax is the principal plus the interest after tax.",
      "To take one percent of a principal, divide it by 100.",
      "To find the total interest, find the interest of one year first and multiply it by the years.",
      "A savings account, a bond or a note may pay simple interest.",
    ],
    .ko: [
      "단리 이자는 원금에 연이율과 기간을 곱한 값이다.",
      "원금은 예치하거나 투자하거나 빌려준 금액이다.",
      "연이율은 한 해에 원금의 몇 퍼센트를 이자로 주는지를 나타낸다.",
      "기간은 예치한 날부터 만기까지의 시간이다.",
      "단리에서는 이자가 원금에만 붙으므로 해마다 이자가 같다.",
      "우대금리는 이자를 계산하기 전에 연이율에 더한다.",
      "만기 원리금은 원금에 총이자를 더한 금액이다.",
      "이자에 대한 세금은 이자에서만 떼며 원금에는 붙지 않는다.",
      "세후 이자는 총이자에서 세금을 뺀 금액이다.",
      "세후 수령액은 원금에 세후 이자를 더한 금액이다.",
      "원금의 1퍼센트는 원금을 100으로 나눈 값이다.",
      "총이자를 구하려면 먼저 한 해의 이자를 구하고 여기에 기간을 곱한다.",
      "예금, 채권, 대여금에는 단리 이자가 붙을 수 있다.",
    ],
  ]
}
