extension ApplicableArticle {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        To choose from in the {act}: {options}.
        {options}: such are the articles of the {act}.
        Four articles come into question: {options}.
        Under the {act}, one of four articles governs: {options}.
        The candidates are {options}, all taken from the {act}.
        In the {act} the court reads {options}.
        Available articles: {options}.
        The {act} provides four articles, namely {options}.

        {party} and the other side signed a contract of {kind}.
        Kind of contract: {kind}.
        At the root of the dispute lies a contract of {kind}, concluded by {party}.
        A contract of {kind} divides the parties.
        The dispute of {party} arises from a contract of {kind}.
        As to its kind, the agreement signed by {party} is a contract of {kind}.
        Lawyers classify the deal of {party} as a contract of {kind}.
        {party} went to court over a contract of {kind}.

        The sum in dispute amounts to {amount}.
        {party} and the opponent quarrel over {amount}.
        Amount in dispute: {amount}.
        At stake is an amount of {amount}.
        {amount} is the amount that {party} is fighting over.
        The parties disagree about an amount of {amount} in total.
        A total of {amount} is claimed as the amount in dispute.
        The amount in dispute was put by the clerk, after some thought, at {amount}.

        Payments fell due for {months} in all.
        The claim runs over {months}.
        Period claimed: {months}.
        Altogether {months} of payments have come due.
        {months} is the period for which payment is sought.
        The other side wants the monthly payment for {months}.
        For {months} in a row, the monthly payment came due.
        What fell due extends over {months}.

        Each month costs {rate}.
        Every month, {rate} falls due.
        Payment per month: {rate}.
        Under the contract {party} has to pay {rate} a month.
        {rate} is the agreed monthly rate.
        The contract fixes the monthly rate at {rate}.
        A monthly rate of {rate} appears in the contract of {party}.
        The parties agreed on {rate} for every month.

        {party} has already paid {paid} of what was due.
        Part of the debt, namely {paid}, is already paid.
        Paid up to now: {paid}.
        A payment of {paid} has been received and counts against the claim.
        {paid} of the sum due was paid earlier.
        The other side acknowledges a payment of {paid}.
        From the sum due, {paid} must be taken off as paid.
        Receipts show that {party} paid {paid} of the debt.
        """,
      questions: """
        Find {ask}.
        What is {ask} in the case of {party}?
        Pick {ask}.
        {party} asks for {ask}.
        Wanted: {ask}.
        Please give {ask} in the case of {party}.
        To be found is {ask}.
        The question is {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {act}의 네 조문: {options}.
        고를 수 있는 조문은 모두 넷으로, {options}이다.
        {options}, 이상 네 조문이 {act}에 들어 있다.
        {act|은} {options}의 네 조문을 두고 있다.
        후보가 되는 조문: {options}.
        문제 되는 조문은 {act}의 {options}이다.
        법원이 {act}에서 찾은 조문은 {options}이다.
        {party}의 사건에 적용될 수 있는 네 조문: {options}.

        {party|이} 맺은 것은 {kind} 계약이다.
        계약의 종류: {kind}.
        분쟁은 {kind} 계약에서 비롯되었다.
        {kind} 계약을 둘러싸고 {party|이} 소송을 하고 있다.
        당사자들이 다투는 계약은 종류로 보아 {kind} 계약이다.
        {party} 사건의 바탕에는 {kind} 계약이 있다.
        법률가들은 {party}의 계약을 {kind} 계약으로 분류한다.
        {kind} 계약 때문에 {party|과} 상대방의 의견이 갈렸다.

        다툼이 있는 금액은 모두 {amount}이다.
        분쟁 금액: {amount}.
        {amount|이} 걸린 분쟁이다.
        {party|과} 상대방은 {amount|을} 놓고 맞서 있다.
        소송에 걸린 금액은 {amount}에 이른다.
        {amount|이} 분쟁의 금액이다.
        서기는 분쟁 금액을 꼼꼼히 따져 {amount|으로} 적었다.
        청구된 금액은 합하여 {amount|이} 된다.

        청구는 {months}분에 걸쳐 있다.
        청구 대상 기간: {months}.
        상대방은 {months}분의 월액을 요구한다.
        지급일이 지난 기간은 {months}에 이른다.
        {months}분의 월액을 낼 때가 지났다.
        {party|이} 내야 할 월액은 {months}치이다.
        {months} 동안의 월액이 청구 대상이다.
        월액을 내야 하는 기간은 모두 {months}이다.

        한 달에 {rate}씩 내기로 하였다.
        매달 내는 돈은 {rate}이다.
        계약상 월액: {rate}.
        {party|이} 다달이 낼 금액은 {rate}이다.
        {rate|이} 계약서에 적힌 월액이다.
        계약은 월액을 {rate|으로} 정하였다.
        당사자들은 매월 {rate|을} 주고받기로 합의하였다.
        월액으로 {rate|이} 약정되어 있다.

        {party|이} 이미 낸 돈은 {paid}이다.
        이미 낸 돈: {paid}.
        낼 돈 가운데 {paid|은} 벌써 냈다.
        {paid|이} 먼저 지급되어 청구액에서 빠진다.
        상대방도 {paid|을} 이미 받았다고 인정한다.
        영수증을 보면 {party|은} 지금까지 {paid|을} 냈다.
        낼 돈에서 {paid|을} 이미 낸 것으로 빼야 한다.
        지금까지 상대방이 받은 돈은 {paid}에 이른다.
        """,
      questions: """
        {ask|을} 찾으시오.
        {ask|은} 어느 것인가?
        {party}의 사건에 대하여 {ask|을} 골라 보시오.
        구할 것: {ask}.
        물음은 {ask}이다.
        {party|은} {ask|을} 알고 싶어 한다.
        {party} 사건에서 {ask|을} 제시하시오.
        {act}에서 {ask|을} 가려내시오.
        """),
  ]
}
