extension ApplicableArticle {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {party} brings a dispute over a contract of {kind} under the <fictional|invented> {act}. [[The amount
      is {amount}.]] [[Due are {months} at a monthly rate of {rate}.]] [[Already paid: {paid}.]] Find {ask}.
      {options}.

      Party: {party}. Statute: {act}. Contract: {kind}. [[Amount: {amount}.]] [[Monthly rate: {rate}.]]
      [[Months due: {months}.]] [[Paid: {paid}.]] Articles: {options}. <Report|State> {ask}.

      What is {ask} for {party}, who disputes a contract of {kind}[[ with an amount of {amount}]][[, with
      {months} due]][[ at a monthly rate of {rate}]][[, and with {paid} paid]]? The {act} offers: {options}.

      If a dispute of {party} is about a contract of {kind}[[, and the amount is {amount}]][[, the monthly
      rate is {rate}]][[ and {months} are due]][[, of which {paid} was paid]], <determine|choose> {ask}
      under the {act}. {options}.

      Memo to {party}: the {act} <lists|contains> these articles: {options}. Your contract is one of {kind}.
      [[You have paid {paid}.]] [[The monthly rate is {rate}.]] [[The other side claims {months}.]] [[The
      amount in dispute is {amount}.]] Please state {ask}.

      I am {party}, and my contract is one of {kind}. [[My monthly rate is {rate}.]] [[I owe {months}.]] [[I
      have paid {paid}.]] [[The amount is {amount}.]] In the {act} I <find|read>: {options}. Tell me {ask}.

      A contract of {kind} was <signed|concluded> by {party}. [[An amount of {amount} is disputed.]] [[A
      monthly rate of {rate} was agreed.]] [[The sum for {months} is due.]] [[Of this, {paid} was paid.]]
      From the {act}, select {ask}. {options}.

      Case sheet of {party}: (1) {act}; (2) contract of {kind}[[; amount {amount}]][[; monthly rate
      {rate}]][[; due {months}]][[; paid {paid}]]. Articles: {options}. <Write down|Note> {ask}.

      {options}. These articles <stand|are found> in the {act}. The dispute of {party} is on a contract of
      {kind}. [[Paid so far: {paid}.]] [[For {months} the monthly rate is {rate}.]] [[Its amount is
      {amount}.]] Name {ask}.

      The court looks for {ask}. [[The amount comes to {amount}.]] [[A sum of {paid} has been paid.]] [[The
      claim covers {months}.]] [[The monthly rate comes to {rate}.]] {party} <relies|insists> on a contract
      of {kind}. The choice in the {act} is {options}.

      The contract of {party} is one of {kind}. [[The monthly rate is {rate} and {months} are due.]] [[The
      amount is {amount}.]] [[Of this, {paid} was paid.]] State {ask} of the {act}. {options}.

      Please report {ask} for {party}: contract of {kind}[[, amount of {amount}]][[, {months} due]][[,
      monthly rate of {rate}]][[, {paid} paid]]. The articles of the {act} are {options}.

      Articles of the {act}: {options}. [[Amount: {amount}.]] [[Paid: {paid}.]] [[Months due: {months}.]]
      [[Monthly rate: {rate}.]] {party} has a contract of {kind}. Choose {ask}.

      {party} disputes a contract of {kind}. [[A sum for {months} is due.]] [[Already {paid} was paid.]]
      [[The monthly rate is {rate}.]] [[The amount in dispute is {amount}.]] The {act} contains {options}.
      Determine {ask}.
      """),
    .ko: Phrasing.list(
      """
      {party|은} <가상의|허구의> {act}상 {kind} 계약을 두고 다툰다. [[금액은 {amount}이다.]] [[월액 {rate|으로} {months}분이 밀렸다.]]
      [[이미 지급한 돈은 {paid}이다.]] {ask|을} 구하시오. {options}.

      당사자: {party}. 법률: {act}. 계약: {kind}. [[금액: {amount}.]] [[월액: {rate}.]] [[밀린 기간: {months}.]] [[지급:
      {paid}.]] 조문: {options}. {ask|을} <적으시오|쓰시오>.

      {kind} 계약을 다투는 {party}에게 {ask|은} 무엇인가? [[금액은 {amount|으로} 한다.]] [[밀린 기간은 {months}이다.]] [[월액은 {rate|으로}
      한다.]] [[지급은 {paid|으로} 한다.]] {act}의 조문: {options}.

      {party}의 분쟁이 {kind} 계약에 관한 것이라면[[, 금액이 {amount|이라면}]][[, 월액이 {rate|이라면}]][[, 밀린 기간이 {months|이라면}]][[,
      지급이 {paid|이라면}]], {act}에서 {ask|을} <답하시오|고르시오>. {options}.

      {party} 귀하: {act}에는 다음 조문이 <있습니다|들어 있습니다>. {options}. 귀하의 계약은 {kind} 계약입니다. [[귀하의 지급은 {paid}입니다.]]
      [[월액은 {rate}입니다.]] [[상대방은 {months}분을 청구합니다.]] [[다투는 금액은 {amount}입니다.]] {ask|을} 알려 주십시오.

      나는 {party}이고 내 계약은 {kind} 계약이다. [[내 월액은 {rate}이다.]] [[{months}분이 밀렸다.]] [[지급한 돈은 {paid}이다.]] [[금액은
      {amount}이다.]] {act}에서 다음을 <찾았다|읽었다>. {options}. {ask|을} 알고 싶다.

      {party|이} {kind} 계약을 <맺었다|체결하였다>. [[금액 {amount|이} 다투어진다.]] [[월액은 {rate|으로} 합의되었다.]] [[{months}분이
      청구되었다.]] [[그 가운데 {paid|이} 지급되었다.]] {act}에서 {ask|을} 정하시오. {options}.

      {party} 사건표: (1) {act}; (2) {kind} 계약[[; 금액 {amount}]][[; 월액 {rate}]][[; 기간 {months}]][[; 지급 {paid}]].
      조문: {options}. {ask|을} <기록하시오|적어 두시오>.

      {options}. 이 조문들은 {act}에 <있다|나온다>. {party}의 분쟁은 {kind} 계약에서 생겼다. [[지금까지의 지급은 {paid}이다.]] [[{months} 동안
      월액은 {rate}이다.]] [[그 금액은 {amount}이다.]] {ask|을} 말해 보시오.

      법원은 {ask|을} 찾는다. [[금액은 모두 {amount}이다.]] [[지급된 돈은 {paid}이다.]] [[청구 기간은 {months}이다.]] [[월액은 모두 같이
      {rate}이다.]] {party|은} {kind} 계약을 <내세운다|주장한다>. {act}의 선택지는 {options}.

      {party}의 계약은 {kind} 계약이다. [[월액은 {rate}이고 {months}분이 밀렸다.]] [[금액은 {amount}이다.]] [[지급은 {paid}이다.]]
      {act}에서 {ask|을} 답하시오. {options}.

      {party}에게 {ask|을} 알려 주십시오. {kind} 계약[[, 금액 {amount}]][[, 밀린 기간 {months}]][[, 월액 {rate}]][[, 지급
      {paid}]]입니다. {act}의 조문은 다음과 같습니다. {options}.

      {act}의 조문: {options}. [[금액: {amount}.]] [[지급: {paid}.]] [[밀린 기간: {months}.]] [[월액: {rate}.]] {party}의
      계약은 {kind} 계약이다. {ask|을} 고르시오.

      {party|이} {kind} 계약을 다툰다. [[{months}분이 밀렸다.]] [[이미 {paid|이} 지급되었다.]] [[월액은 {rate}이다.]] [[다투는 금액은
      {amount}이다.]] {act}에는 다음 조문이 있다. {options}. {ask|을} 정하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The article that applies is found by the kind of contract and the amount in dispute.",
      "An article up to a limit also covers the limit itself.",
      "An article over a limit covers amounts above the limit only.",
      "For a claim by the month, the amount is the months due times the monthly rate.",
      "What was paid is taken off the amount before the article is chosen.",
      "Articles on other contracts are left out first.",
      "A contract of sale transfers goods for a price.",
      "A contract of lease gives the use of a thing for rent.",
      "A contract of loan obliges one party to pay money back.",
      "A contract of carriage is about moving goods from place to place.",
      "A contract of storage is about keeping goods for another.",
      "Each of the articles is named by a letter, such as A, B, C or D.",
      "If the amount is above the limit, the article for amounts over the limit applies.",
    ],
    .ko: [
      "적용되는 조문은 계약의 종류와 다투는 금액으로 찾는다.",
      "한도 이하의 조문은 한도와 같은 금액에도 적용된다.",
      "한도 초과의 조문은 한도보다 큰 금액에만 적용된다.",
      "매달 내는 계약에서 금액은 밀린 기간의 개월 수에 월액을 곱한 값이다.",
      "이미 지급한 돈은 조문을 고르기 전에 금액에서 뺀다.",
      "다른 계약에 관한 조문은 먼저 제외한다.",
      "매매 계약은 값을 받고 물건을 넘기는 계약이다.",
      "임대차 계약은 차임을 받고 물건을 쓰게 하는 계약이다.",
      "대여 계약은 돈을 나중에 갚기로 하는 계약이다.",
      "운송 계약은 물건을 다른 곳으로 옮기는 계약이다.",
      "보관 계약은 다른 사람의 물건을 맡아 두는 계약이다.",
      "조문은 A, B, C, D와 같은 기호로 답한다.",
      "금액이 한도보다 크면 한도를 초과하는 경우의 조문이 적용된다.",
    ],
  ]
}
