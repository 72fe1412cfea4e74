extension BreakEven {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {firm} sells a {item} at a price of {price}. The variable cost is {cost} each. [[Fixed costs are {fixed}.]]
      [[Rent is {rent} and wages are {wages}.]] [[The target profit is {target}.]] [[Planned sales are {units}.]]
      [[The tax on profit is {tax}.]] <Find|Calculate> {ask}.

      Product: {item}. Variable cost: {cost}. Price: {price}. [[Wages: {wages}. Rent: {rent}.]] [[Fixed costs:
      {fixed}.]] [[Tax on profit: {tax}.]] [[Planned sales: {units}.]] [[Target profit: {target}.]] <Firm|Maker>:
      {firm}. Report {ask}.

      What is {ask} for {firm}, which makes a {item} at a variable cost of {cost} and a price of {price}[[, with
      fixed costs of {fixed}]][[, with rent of {rent} and wages of {wages}]][[, a target profit of {target}]][[,
      planned sales of {units}]][[, a tax of {tax} on profit]]?

      If [[fixed costs are {fixed} and]] [[wages are {wages} and rent is {rent} and]] a {item} has a price of
      {price} and a variable cost of {cost}[[, with planned sales of {units}]][[, with a target profit of
      {target}]][[, with a tax of {tax} on profit]], <determine|work out> {ask} for {firm}.

      Memo from the <controller|manager> of {firm}: each {item} brings a price of {price} and takes a variable
      cost of {cost}. [[We carry fixed costs of {fixed}.]] [[We pay wages of {wages} and rent of {rent}.]] [[We
      aim at a target profit of {target}.]] [[Our planned sales come to {units}.]] [[Our tax on profit is {tax}.]]
      Please state {ask}.

      I run {firm}. [[My rent is {rent} and my wages are {wages}.]] [[My fixed costs are {fixed}.]] [[My target
      profit is {target}.]] [[I pay a tax of {tax} on profit.]] I make a {item} with a variable cost of {cost} and
      set a price of {price}. [[My planned sales are {units}.]] <Tell me|Give me> {ask}.

      A price of {price} is charged for a {item} by {firm}, and a variable cost of {cost} is caused by each. [[The
      tax on profit is set at {tax}.]] [[Planned sales are put at {units}.]] [[Fixed costs are budgeted at
      {fixed}.]] [[Wages are budgeted at {wages} and rent at {rent}.]] [[A target profit of {target} is <wanted|
      asked for>.]] Work out {ask}.

      Cost sheet of {firm} for a {item}: (1) price {price}[[; fixed costs {fixed}]][[; rent {rent}; wages
      {wages}]]; (2) variable cost {cost}[[; target profit {target}]][[; planned sales {units}]][[; tax on profit
      {tax}]]. Write down {ask}.

      [[Fixed costs of {fixed} <weigh|rest> on {firm}.]] [[Rent of {rent} and wages of {wages} <weigh|rest> on
      {firm}.]] Every {item} costs {cost} in variable cost and sells at a price of {price}. [[The owners of {firm}
      ask for a target profit of {target}.]] [[Planned sales are {units}.]] [[The state takes a tax of {tax} on
      profit.]] How much is {ask}?

      The price minus the variable cost is the margin. For the {item} of {firm}, the variable cost is {cost} and
      the price is {price}[[; planned sales are {units}]][[; the target profit is {target}]][[; fixed costs are
      {fixed}]][[; rent is {rent} and wages are {wages}]][[; the tax on profit is {tax}]]. Give {ask}.

      With a variable cost of {cost} and a price of {price} for a {item}, {firm} needs {ask}. [[The rent is {rent}
      and the wages are {wages}.]] [[The target profit is {target}.]] [[Fixed costs are {fixed}.]] [[The tax on
      profit is {tax}.]] [[Planned sales are {units}.]]

      Calculate {ask} for {firm}. [[Planned sales are {units}.]] The price of a {item} is {price}. [[Fixed costs
      are {fixed}.]] [[Wages are {wages}; rent is {rent}.]] Its variable cost is {cost}. [[The target profit is
      {target}.]] [[The tax on profit is {tax}.]]

      [[Tax on profit: {tax}.]] [[Target profit: {target}.]] [[Fixed costs: {fixed}.]] [[Rent: {rent}. Wages:
      {wages}.]] {firm} sells a {item}: the variable cost is {cost} and the price is {price}. [[Planned sales come
      to {units}.]] Report {ask}.

      Each {item} is sold by {firm} at a price of {price}[[, and planned sales are {units}]]. [[Fixed costs are
      put at {fixed}.]] [[Rent is put at {rent} and wages at {wages}.]] The variable cost is put at {cost}. [[A
      target profit of {target} is set.]] [[A tax of {tax} is charged on profit.]] What is {ask}?
      """),
    .ko: Phrasing.list(
      """
      {firm|은} {item|을} 판매가 {price}에 판다. 변동비는 한 대에 {cost}이다. [[고정비는 {fixed}이다.]] [[임차료는
      {rent}, 급여는 {wages}이다.]] [[목표 이익은 {target}이다.]] [[예상 판매량은 {units}이다.]] [[이익에 대한 세율은
      {tax}이다.]] {ask|을} <구하시오|계산하시오>.

      제품: {item}. 변동비: {cost}. 판매가: {price}. [[급여: {wages}. 임차료: {rent}.]] [[고정비: {fixed}.]] [[이익
      세율: {tax}.]] [[예상 판매량: {units}.]] [[목표 이익: {target}.]] <회사|제조사>: {firm}. {ask|을} 적으시오.

      {firm}의 {ask|은} 얼마인가? 이 회사는 {item|을} 변동비 {cost|으로} 만들어 판매가 {price}에 판다. [[고정비는
      {fixed}이다.]] [[임차료는 {rent}, 급여는 {wages}이다.]] [[목표 이익은 {target}이다.]] [[예상 판매량은
      {units}이다.]] [[이익 세율은 {tax}이다.]]

      [[고정비가 {fixed}이고]] [[급여가 {wages}, 임차료가 {rent}이고]] {item}의 판매가가 {price}, 변동비가
      {cost}이라면[[, 예상 판매량이 {units}라면]][[, 목표 이익이 {target}이라면]][[, 이익 세율이 {tax}라면]]
      {firm}의 {ask|을} <구하시오|답하시오>.

      {firm} <관리팀|기획팀> 메모: {item} 한 대의 판매가는 {price}, 변동비는 {cost}입니다. [[고정비로 {fixed|이}
      듭니다.]] [[급여로 {wages|을}, 임차료로 {rent|을} 냅니다.]] [[목표 이익은 {target}입니다.]] [[예상 판매량은
      {units}입니다.]] [[이익 세율은 {tax}입니다.]] {ask|을} 알려 주십시오.

      나는 {firm|을} 운영한다. [[임차료는 {rent}, 급여는 {wages}이다.]] [[고정비는 {fixed}이다.]] [[목표 이익은
      {target}이다.]] [[이익에는 세율 {tax}의 세금을 낸다.]] 변동비가 {cost}인 {item|을} 만들어 판매가를 {price|으로}
      정했다. [[예상 판매량은 {units}이다.]] {ask|을} <알고 싶다|알려 달라>.

      {firm}에서 {item}의 판매가는 {price|으로} 정해졌고 변동비는 {cost|으로} 집계되었다. [[이익 세율은 {tax|으로}
      정해졌다.]] [[예상 판매량은 {units|으로} 잡혔다.]] [[고정비는 {fixed|으로} 편성되었다.]] [[급여는 {wages|으로},
      임차료는 {rent|으로} 편성되었다.]] [[목표 이익은 {target|으로} <요구되었다|정해졌다>.]] {ask|을} 산출하시오.

      {firm}의 {item} 원가표: (1) 판매가 {price}[[; 고정비 {fixed}]][[; 임차료 {rent}; 급여 {wages}]]; (2) 변동비
      {cost}[[; 목표 이익 {target}]][[; 예상 판매량 {units}]][[; 이익 세율 {tax}]]. {ask|을} 쓰시오.

      [[{firm}에는 고정비 {fixed|이} <든다|나간다>.]] [[{firm}에는 임차료 {rent|과} 급여 {wages|이} <든다|나간다>.]]
      {item|은} 변동비 {cost|이} 들고 판매가 {price}에 팔린다. [[{firm}의 주주는 목표 이익 {target|을} 바란다.]] [[예상
      판매량은 {units}이다.]] [[국가는 이익에 세율 {tax}의 세금을 매긴다.]] {ask|은} 얼마인지 답하시오.

      판매가에서 변동비를 뺀 값이 공헌이익이다. {firm}의 {item|은} 변동비가 {cost}, 판매가가 {price}이다. [[예상
      판매량은 {units}이다.]] [[목표 이익은 {target}이다.]] [[고정비는 {fixed}이다.]] [[임차료는 {rent}, 급여는
      {wages}이다.]] [[이익 세율은 {tax}이다.]] {ask|은} <얼마인가|얼마가 되는가>?

      {item}의 변동비 {cost}, 판매가 {price}의 조건에서 {firm|은} {ask|을} 알고 싶다. [[임차료는 {rent}, 급여는
      {wages}이다.]] [[목표 이익은 {target}이다.]] [[고정비는 {fixed}이다.]] [[이익 세율은 {tax}이다.]] [[예상
      판매량은 {units}이다.]]

      {firm}의 {ask|을} 계산하시오. [[예상 판매량은 {units}이다.]] {item}의 판매가는 {price}이다. [[고정비는
      {fixed}이다.]] [[급여는 {wages}, 임차료는 {rent}이다.]] 변동비는 {cost}이다. [[목표 이익은 {target}이다.]]
      [[이익 세율은 {tax}이다.]]

      [[이익 세율: {tax}.]] [[목표 이익: {target}.]] [[고정비: {fixed}.]] [[임차료: {rent}. 급여: {wages}.]] {firm|이}
      파는 {item}의 변동비는 {cost}이고 판매가는 {price}이다. [[예상 판매량은 {units}이다.]] {ask|을} 적으시오.

      {item|은} {firm}에서 판매가 {price}에 팔린다. [[예상 판매량은 {units}이다.]] [[고정비는 {fixed|으로} 잡혔다.]]
      [[임차료는 {rent|으로}, 급여는 {wages|으로} 잡혔다.]] 변동비는 {cost|으로} 잡혔다. [[목표 이익은 {target|으로}
      정해졌다.]] [[이익에는 세율 {tax}의 세금이 붙는다.]] {ask|은} 얼마인가?
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The margin of a product is its price minus its variable cost.",
      "The variable cost is the cost that each unit adds.",
      "Fixed costs do not depend on the quantity; rent and wages are fixed costs.",
      "The break-even quantity is the fixed costs divided by the margin.",
      "At break-even, the profit is zero.",
      "The quantity that reaches a target profit is the sum of fixed costs and target profit divided by the margin.",
      "The profit before tax is the margin times the units sold, less the fixed costs.",
      "The profit after tax is the profit less the tax on profit.",
      "A higher price raises the margin and lowers the break-even quantity.",
      "Higher fixed costs raise the break-even quantity.",
      "Planned sales are the units that the firm expects to sell.",
      "If planned sales are above the break-even quantity, the firm makes a profit.",
      "Rent and wages are added to find the fixed costs.",
    ],
    .ko: [
      "제품의 공헌이익은 판매가에서 변동비를 뺀 값이다.",
      "변동비는 한 대를 만들 때마다 드는 비용이다.",
      "고정비는 판매량과 상관없이 드는 비용이며 임차료와 급여가 이에 속한다.",
      "손익분기 판매량은 고정비를 공헌이익으로 나눈 값이다.",
      "손익분기에서는 이익이 0이다.",
      "목표 이익을 내는 판매량은 고정비와 목표 이익을 더하여 공헌이익으로 나눈 값이다.",
      "세전 이익은 공헌이익에 판매량을 곱하고 고정비를 뺀 값이다.",
      "세후 이익은 이익에서 세금을 뺀 값이다.",
      "판매가가 오르면 공헌이익이 늘고 손익분기 판매량은 줄어든다.",
      "고정비가 늘면 손익분기 판매량도 늘어난다.",
      "예상 판매량은 회사가 팔 것으로 보는 수량이다.",
      "예상 판매량이 손익분기 판매량보다 많으면 회사는 이익을 낸다.",
      "고정비는 임차료와 급여를 더한 금액이다.",
    ],
  ]
}
