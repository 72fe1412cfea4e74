extension ImportCost {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        A {item} from the foreign supplier costs {price}.
        Price abroad for one {item}: {price}.
        {price} is the price of one {item} abroad.
        Abroad, {firm} can get one {item} for {price}.
        The foreign supplier sells {firm} a {item} for {price}.
        For one {item}, {firm} is quoted {price} abroad.
        The maker abroad asks, packing included, {price} for a {item}.
        On the foreign price list, a {item} stands at {price}.

        The bank of {firm} converts at {rate}.
        Exchange rate today: {rate}.
        {rate} is the exchange rate.
        Foreign money is exchanged at {rate}.
        At the bank, the exchange rate stands at {rate}.
        For the conversion, an exchange rate of {rate} applies.
        The foreign-exchange desk quotes {firm} {rate}.
        When changing money, {firm} pays {rate}.

        {firm} orders {quantity}.
        Order size: {quantity}.
        {quantity} are to be bought.
        The order covers {quantity} of the {item}.
        An order for {quantity} goes out from {firm}.
        {firm} needs {quantity} of the {item}.
        The quantity, all at one price, is {quantity}.
        In the order of {firm}, the quantity is {quantity}.

        Customs charges a duty of {duty} on the value of the goods.
        Customs duty on the import value: {duty}.
        {duty} of the import value is due as customs duty.
        At the border, {firm} pays customs duty of {duty} on the value of the goods.
        On the import value, customs duty is levied at {duty}.
        The tariff puts the value of the goods under a duty of {duty}.
        The customs office collects {duty} of the import value as duty.
        The value of the imported goods is subject to {duty} customs duty.

        The forwarder adds a handling fee of {fee} at the end.
        Handling fee for the whole order: {fee}.
        {fee} is charged once for handling.
        For handling the order, {firm} pays a flat fee of {fee}.
        The bill of the forwarder, a single handling fee, comes to {fee}.
        Handling, charged once per order, costs {fee}.
        A handling fee of {fee} comes last in the calculation.
        A flat {fee} is due from {firm} as a handling fee.

        A domestic supplier would deliver the whole order for {offer}.
        Domestic offer for everything: {offer}.
        {offer} is the domestic offer for the complete order.
        From a domestic dealer, {firm} has an offer of {offer} in total.
        Buying from the domestic supplier would cost {firm} {offer} for the entire order.
        The domestic offer, all costs included, amounts to {offer} in total.
        For {offer} in total, a domestic maker offers everything {firm} needs.
        An offer for the full order, from a domestic supplier, stands at {offer}.

        Options: {options}.
        The offers are lettered {options}.
        Choose between {options}.
        The two choices read {options}.
        The letters mean {options}.
        The buyer of {firm} lists the offers as {options}.
        Letters of the offers: {options}.
        To be compared: {options}.
        """,
      questions: """
        Find {ask}.
        What is {ask}?
        {firm} asks for {ask}.
        Wanted: {ask}.
        Determine {ask} for {firm}.
        The question is {ask}.
        Please give {ask}.
        The buyer of {firm} has to name {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        해외 공급사는 {item} 한 대를 {price}에 판다.
        {item} 한 대의 해외 가격: {price}.
        {price|이} {item} 한 대의 수입 가격이다.
        {firm|이} 해외에서 사는 {item}의 가격은 한 대에 {price}이다.
        외국 제조사는 {item} 한 대에 {price|을} 받는다.
        {firm|은} 해외에서 {item|을} 한 대에 {price|을} 주고 들여온다.
        송장에 적힌 {item} 한 대 값은 {price}이다.
        해외 가격표에 {item} 한 대의 가격은 {price|으로} 나와 있다.

        은행은 {rate|으로} 환전해 준다.
        오늘의 환율: {rate}.
        {rate|이} 적용할 환율이다.
        환율은 현재 {rate|으로} 고시되어 있다.
        {firm|이} 외국 돈을 살 때의 환율은 {rate}이다.
        환전할 때는 {rate}의 환율을 쓴다.
        {firm}의 거래 은행이 알려 준 환율은 {rate}이다.
        외화는 {rate}의 환율로 계산한다.

        {firm|은} {quantity|을} 주문한다.
        주문량: {quantity}.
        {item|은} 모두 {quantity} 필요하다.
        {quantity|이} 주문 수량이다.
        {firm}의 주문서에는 {item} {quantity|이} 적혀 있다.
        사들일 {item|은} {quantity}이다.
        수량은 모두 값이 같은 제품으로 {quantity}이다.
        {firm|이} 필요로 하는 수량은 {quantity}이다.

        세관은 수입액의 {duty|을} 관세로 걷는다.
        수입액에 붙는 관세율: {duty}.
        {duty}의 관세가 수입액에 매겨진다.
        {firm|은} 통관할 때 수입액의 {duty|을} 관세로 낸다.
        관세로 수입액의 {duty|이} 든다.
        수입액에 적용되는 관세율은 {duty}이다.
        물품의 수입액에는 관세 {duty|이} 부과된다.
        세관이 알려 온 관세율은 수입액의 {duty}이다.

        운송사는 취급 수수료로 한 번에 {fee|을} 받는다.
        주문 전체의 취급 수수료: {fee}.
        {fee|이} 취급 수수료로 한 번 나간다.
        마지막에 취급 수수료 {fee|을} 더한다.
        {firm|은} 주문 전체에 대해 취급 수수료 {fee|을} 낸다.
        취급 수수료는 수량과 상관없이 {fee}이다.
        주문에 한 번 붙는 취급 수수료는 {fee}이다.
        운송사 청구서의 취급 수수료는 정액 {fee}이다.

        국내 업체는 전체 물량을 {offer}에 공급하겠다고 한다.
        전체 물량의 국내 견적: {offer}.
        {offer|이} 전체 물량에 대한 국내 견적이다.
        {firm|이} 국내에서 받은 견적은 전부 합해 {offer}이다.
        국내에서 전량을 사면 {offer|이} 든다.
        {firm|은} 국내 업체로부터 총액 {offer}의 견적을 받았다.
        국내 공급사가 부른 총액은 {offer}이다.
        국내 구매 비용은 모두 합해 {offer|으로} 견적이 나왔다.

        선택지: {options}.
        두 쪽의 기호: {options}.
        기호는 {options|으로} 붙인다.
        보기는 {options}이다.
        {firm|은} 두 방법에 {options|이라는} 기호를 붙였다.
        답은 {options} 가운데 하나이다.
        비교할 두 쪽은 {options}이다.
        두 방법을 {options|으로} 적는다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 무엇인가?
        {firm|은} {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {firm}의 구매 담당자가 {ask|을} 묻는다.
        {ask|을} 찾아 적으시오.
        {firm|이} 찾는 것은 {ask}이다.
        """),
  ]
}
