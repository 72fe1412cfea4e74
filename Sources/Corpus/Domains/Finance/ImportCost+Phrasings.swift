extension ImportCost {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {firm} <imports|orders from abroad> a {item} at a price of {price}. The exchange rate is {rate}. [[The quantity is
      {quantity}.]] [[Customs duty is {duty}.]] [[The handling fee is {fee}.]] [[A domestic offer for all of it is
      {offer}.]] Find {ask}. [[{options}.]]

      Goods: {item}. [[Quantity: {quantity}.]] Exchange rate: {rate}. Price: {price}. [[Handling fee: {fee}.]]
      [[Customs duty: {duty}.]] [[Domestic offer in all: {offer}.]] <Buyer|Importer>: {firm}. Report {ask}.
      [[{options}.]]

      What is {ask} when {firm} imports a {item}, given an exchange rate of {rate}, a price of {price}[[, a
      quantity of {quantity}]][[, customs duty of {duty}]][[, a handling fee of {fee}]][[ and a domestic offer of
      {offer} in all]]? [[{options}.]]

      If the exchange rate stands at {rate} and a {item} has a price of {price}[[, with a quantity of
      {quantity}]][[, with customs duty of {duty} on the value]][[, with a handling fee of {fee}]][[, with a
      domestic offer of {offer} in all]], <determine|work out> {ask} for {firm}. [[{options}.]]

      Memo to purchasing at {firm}: the supplier <quotes|asks> a price of {price} for one {item}. [[We need a
      quantity of {quantity}.]] Our bank's exchange rate is {rate}. [[Customs duty runs at {duty}.]] [[The
      forwarder's handling fee is {fee}.]] [[The domestic offer is {offer} in all.]] Please state {ask}.
      [[{options}.]]

      I buy for {firm}. [[A domestic offer stands at {offer} in all.]] [[I pay a handling fee of {fee}.]] [[I pay
      customs duty of {duty}.]] My {item} has a price of {price}, at an exchange rate of {rate}. [[My quantity is
      {quantity}.]] <Tell me|Give me> {ask}. [[{options}.]]

      A {item} was ordered abroad by {firm}. [[A quantity of {quantity} was agreed.]] A price of {price} was
      agreed and is converted at an exchange rate of {rate}. [[Customs duty of {duty} is charged on the value.]]
      [[A handling fee of {fee} is added.]] [[A domestic offer of {offer} in all was received too.]]
      <Calculate|Work out> {ask}. [[{options}.]]

      Import sheet of {firm} for a {item}: (1) price {price}; (2) exchange rate {rate}[[; quantity
      {quantity}]][[; customs duty {duty}]][[; handling fee {fee}]][[; domestic offer in all {offer}]]. Write down
      {ask}. [[{options}.]]

      [[Customs duty under the fictional Harbor tariff is {duty}.]] [[The handling fee comes to {fee}.]] At an
      exchange rate of {rate}, {firm} pays a price of {price} for a {item}. [[The quantity comes to {quantity}.]]
      [[The domestic offer comes to {offer} in all.]] What will the <buyer|firm> report as {ask}? [[{options}.]]

      The <broker|agent> of {firm} converts at an exchange rate of {rate}. [[The quantity ordered is {quantity}.]]
      For each {item}, the price is {price}[[; customs duty is {duty}]][[; the handling fee is {fee}]][[; the
      domestic offer is {offer} in all]]. Name {ask}. [[{options}.]]

      With an exchange rate of {rate}[[ and customs duty of {duty}]], {firm} imports a {item} at a price of
      {price}. [[The handling fee is {fee}.]] [[The quantity is {quantity}.]] [[The domestic offer is {offer} in
      all.]] State {ask}. [[{options}.]]

      Please report {ask} for {firm}: a {item} with a price of {price}[[, a quantity of {quantity}]], an exchange
      rate of {rate}[[, a handling fee of {fee}]][[, customs duty of {duty}]][[, a domestic offer of {offer} in
      all]]. [[{options}.]]

      Price: {price} for a {item}. [[Customs duty: {duty}.]] [[Domestic offer in all: {offer}.]] [[Quantity:
      {quantity}.]] The exchange rate for {firm} is {rate}. [[A handling fee of {fee} is charged.]] Work
      out {ask}. [[{options}.]]

      A {item} is imported by {firm}. The price is {price} and the exchange rate is {rate}[[; the quantity is
      {quantity}]][[; the handling fee is {fee}]][[; the domestic offer is {offer} in all]][[; customs duty is
      {duty}]]. Calculate {ask}. [[{options}.]]
      """),
    .ko: Phrasing.list(
      """
      {firm|은} {item|을} 가격 {price}에 <수입한다|해외에서 산다>. 환율은 {rate}이다. [[수량은 {quantity}이다.]]
      [[관세율은 {duty}이다.]] [[취급 수수료는 {fee}이다.]] [[국내 견적은 모두 {offer}이다.]] {ask|을} 구하시오.
      [[{options}.]]

      품목: {item}. [[수량: {quantity}.]] 환율: {rate}. 가격: {price}. [[취급 수수료: {fee}.]] [[관세율: {duty}.]]
      [[국내 견적 총액: {offer}.]] <구매자|수입자>: {firm}. {ask|을} 적으시오. [[{options}.]]

      {firm|이} {item|을} 수입할 때 {ask|은} 무엇인가? 환율은 {rate}, 가격은 {price}이다. [[수량은 {quantity}이다.]]
      [[관세율은 {duty}이고 이는 수입액에 붙는다.]] [[취급 수수료는 {fee}이다.]] [[국내 견적은 모두 {offer}이다.]]
      [[{options}.]]

      환율이 {rate}이고 {item} 가격이 {price|이라면}[[, 수량이 {quantity}라면]][[, 수입액에 대한 관세율이
      {duty}라면]][[, 취급 수수료가 {fee}라면]][[, 국내 견적이 모두 {offer}라면]], {firm}의 {ask|을}
      <확인하시오|답하시오>. [[{options}.]]

      {firm} 구매팀 메모: 공급사가 {item} 한 대의 가격으로 {price|을} <제시했습니다|불렀습니다>. [[필요한 수량은
      {quantity}입니다.]] 은행 환율은 {rate}입니다. [[관세율은 {duty}입니다.]] [[운송사의 취급 수수료는 {fee}입니다.]]
      [[국내 견적은 모두 {offer}입니다.]] {ask|을} 알려 주십시오. [[{options}.]]

      나는 {firm}의 구매를 맡고 있다. [[국내 견적은 모두 {offer}이다.]] [[취급 수수료로 {fee|을} 낸다.]] [[관세율
      {duty}의 관세를 낸다.]] 내가 살 {item}의 가격은 {price}, 환율은 {rate}이다. [[수량은 {quantity}이다.]] {ask|을}
      <알고 싶다|알려 달라>. [[{options}.]]

      {item|이} {firm}에 의해 해외에 주문되었다. [[수량은 {quantity|으로} 합의되었다.]] 가격은 {price|으로} 정해졌고
      환율 {rate|으로} 환산된다. [[수입액에는 관세율 {duty|이} 적용된다.]] [[취급 수수료 {fee|이} 더해진다.]] [[국내
      견적 총액은 {offer|으로} 제시되었다.]] {ask|을} <산출하시오|밝히시오>. [[{options}.]]

      {firm}의 {item} 수입표: (1) 가격 {price}; (2) 환율 {rate}[[; 수량 {quantity}]][[; 관세율 {duty}]][[; 취급 수수료
      {fee}]][[; 국내 견적 총액 {offer}]]. {ask|을} 쓰시오. [[{options}.]]

      [[가상의 하버 관세법에 따른 관세율은 {duty}이다.]] [[취급 수수료로 {fee|이} 든다.]] 환율 {rate}에서 {firm|은}
      {item} 가격으로 {price|을} 치른다. [[수량은 {quantity}이다.]] [[국내 견적은 모두 {offer}이다.]] {ask|은}
      <어떻게 되는가|무엇인지 답하시오>. [[{options}.]]

      {firm}의 <중개인|대리인>은 환율 {rate|으로} 환산한다. [[주문 수량은 {quantity}이다.]] {item} 한 대의 가격은
      {price}이다. [[관세율은 {duty}이다.]] [[취급 수수료는 {fee}이다.]] [[국내 견적은 모두 {offer}이다.]] {ask|을}
      말해 보시오. [[{options}.]]

      환율은 {rate}이다. [[관세율은 {duty}이다.]] {firm|은} 가격 {price}의 {item|을} 수입한다. [[취급 수수료는
      {fee}이다.]] [[수량은 {quantity}이다.]] [[국내 견적은 모두 {offer}이다.]] {ask|을} 밝히시오. [[{options}.]]

      {firm}의 {ask|을} 알려 주십시오. {item} 가격 {price}[[, 수량 {quantity}]], 환율 {rate}[[, 취급 수수료
      {fee}]][[, 관세율 {duty}]][[, 국내 견적 총액 {offer}]]입니다. [[{options}.]]

      가격: {item} 한 대에 {price}. [[관세율: {duty}.]] [[국내 견적 총액: {offer}.]] [[수량: {quantity}.]] {firm}의
      환율은 {rate}이다. [[취급 수수료 {fee|이} 든다.]] {ask|을} 답하시오. [[{options}.]]

      {item|이} {firm}에 수입된다. 가격은 {price}이고 환율은 {rate}이다. [[수량은 {quantity}이고 모두 같은 가격이다.]]
      [[취급 수수료는 {fee}이다.]] [[국내 견적은 모두 {offer}이다.]] [[관세율은 {duty}이다.]] {ask|을} 확인하시오.
      [[{options}.]]
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The exchange rate says how many dollars are paid for one unit of foreign money.",
      "The value of an import in dollars is its price times the exchange rate.",
      "For several units, the price of one is multiplied by the quantity first.",
      "Customs duty is a percentage of the value in dollars.",
      "The handling fee is a fixed sum and is added at the end.",
      "The total cost is the value in dollars plus customs duty plus the handling fee.",
      "An import is cheaper than a domestic offer if its total cost is lower.",
      "The cheaper offer is named by its letter.",
      "If the exchange rate rises, the import costs more dollars.",
      "A domestic offer needs no exchange rate and carries no customs duty.",
      "Ten percent of a value is the value divided by 10.",
      "A price in euros, pounds, francs or crowns is converted at the exchange rate.",
      "The buyer compares the import with the domestic offer.",
    ],
    .ko: [
      "환율은 외국 돈 한 단위에 몇 달러를 내는지를 나타낸다.",
      "달러로 나타낸 수입액은 가격에 환율을 곱한 값이다.",
      "여러 대를 살 때는 먼저 한 대의 가격에 수량을 곱한다.",
      "관세는 달러로 나타낸 수입액에 관세율을 곱한 금액이다.",
      "취급 수수료는 정해진 금액이며 마지막에 더한다.",
      "총비용은 수입액에 관세와 취급 수수료를 더한 금액이다.",
      "총비용이 국내 견적보다 낮으면 수입이 더 싸다.",
      "더 싼 쪽은 기호로 답한다.",
      "환율이 오르면 수입에 달러가 더 든다.",
      "국내 견적에는 환율도 관세도 붙지 않는다.",
      "수입액의 10퍼센트는 수입액을 10으로 나눈 값이다.",
      "유로, 파운드, 프랑, 크로네로 된 가격은 환율로 환산한다.",
      "구매자는 수입과 국내 견적을 비교한다.",
    ],
  ]
}
