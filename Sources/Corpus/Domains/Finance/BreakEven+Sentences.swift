extension BreakEven {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {firm} sells a {item} at {price}.
        Sale price per {item}: {price}.
        Buyers pay {price} for every {item} from {firm}.
        On the price list of {firm}, a {item} stands at {price}.
        {price} is the price at which {firm} sells each {item}.
        Each {item} sold brings in a price of {price}.
        {firm} has set the unit price, after long talks, at {price}.
        For every {item}, the customer is charged a price of {price}.

        The variable cost of making a {item} is {cost}.
        Variable cost per unit: {cost}.
        {cost} is the variable cost of every {item}.
        In variable costs, each {item} takes {cost}.
        For each {item}, {firm} bears a variable cost of {cost}.
        At {firm}, variable costs add up to {cost} a unit.
        Per {item}, {cost} goes out as variable cost.
        Each additional {item} raises the variable costs of {firm} by {cost}.

        {firm} has {fixed} in fixed costs.
        Total fixed costs: {fixed}.
        {fixed} must be covered as fixed costs.
        Whatever the quantity, {firm} bears fixed costs of {fixed}.
        The fixed costs, independent of output, come to {fixed}.
        In fixed costs, {firm} spends {fixed}.
        A sum of {fixed} falls due in fixed costs.
        The budget of {firm} shows {fixed} under fixed costs.

        Rent for the factory comes to {rent}.
        {firm} pays {rent} in rent, a fixed cost.
        {rent} goes to the landlord as rent.
        Factory rent: {rent}.
        Among the fixed costs of {firm} is a rent of {rent}.
        The landlord charges {firm} a rent of {rent}.
        The fixed costs include {rent} for rent.
        As rent, a fixed expense, {rent} is due.

        Wages, which are fixed, amount to {wages}.
        {firm} pays its staff {wages} in fixed wages.
        {wages} goes to the staff as fixed wages.
        Fixed wages: {wages}.
        Among the fixed costs of {firm} are wages of {wages}.
        The fixed costs include {wages} for wages.
        For permanent staff, {firm} spends {wages} on wages.
        The payroll, a fixed cost, shows wages of {wages}.

        The owners of {firm} want a target profit of {target}.
        Target for the profit: {target}.
        {target} is the profit that {firm} has set as a target.
        As a target, {firm} has chosen a profit of {target}.
        The business plan names {target} as target profit.
        A profit of {target} is the target of {firm}.
        To satisfy the owners, {firm} must reach a target profit of {target}.
        The profit target stands, as the board decided, at {target}.

        {firm} expects to sell {units}.
        Sales plan: {units}.
        According to plan, {units} will be sold.
        {units} of the {item} are to be sold by {firm}.
        The sales team of {firm} counts on selling {units}.
        Sales of {units} are planned for the {item}.
        Planned sales quantity: {units}.
        {units} is the number that {firm} plans to sell.

        Profit is taxed at {tax}.
        Tax rate on profit: {tax}.
        {tax} of the profit goes to the state as tax.
        On profit, {firm} pays tax at {tax}.
        The tax office takes {tax} of any profit.
        A profit tax of {tax} applies to {firm}.
        For tax, {tax} of the profit must be set aside.
        {firm} must hand over {tax} of the profit in tax.
        """,
      questions: """
        Find {ask}.
        Work out {ask} for {firm}.
        How large is {ask}?
        The manager of {firm} asks for {ask}.
        Wanted: {ask}.
        Please compute {ask}.
        The question is {ask}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {firm|은} {item} 한 대를 {price}에 판매한다.
        {item}의 대당 판매가: {price}.
        {price|이} {item} 한 대의 판매가이다.
        고객은 {firm}의 {item} 한 대를 살 때 판매가로 {price|을} 낸다.
        {firm}의 가격표에 {item} 판매가는 {price|으로} 나와 있다.
        {item} 한 대가 팔릴 때마다 매출 {price|이} 생긴다.
        {firm|이} {item}에 매긴 판매가는 {price}이다.
        판매가는 오랜 논의 끝에 한 대에 {price|으로} 정해졌다.

        {item} 한 대를 만드는 데 변동비 {cost|이} 든다.
        대당 변동비: {cost}.
        {cost|이} {item} 한 대의 변동비이다.
        {firm|은} {item} 한 대마다 변동비로 {cost|을} 쓴다.
        {item|을} 한 대 더 만들면 변동비가 {cost} 늘어난다.
        {firm}에서 {item} 한 대에 들어가는 변동비는 {cost}이다.
        단위당 변동비는 {cost|으로} 계산된다.
        변동비로 한 대에 {cost|이} 나간다.

        {firm}의 고정비는 모두 {fixed}이다.
        고정비 총액: {fixed}.
        판매량과 관계없이 고정비 {fixed|이} 든다.
        {fixed|이} 고정비로 나간다.
        {firm|은} 고정비로 {fixed|을} 부담한다.
        {firm}의 예산에는 고정비가 {fixed|으로} 올라 있다.
        고정비, 곧 수량과 무관한 비용은 {fixed}이다.
        고정비 항목의 합계는 {fixed}에 이른다.

        공장 임차료: {rent}.
        {firm|은} 고정비인 임차료로 {rent|을} 낸다.
        {rent|이} 임차료로 건물주에게 나간다.
        고정비 가운데 임차료는 {rent}이다.
        건물주가 {firm}에서 받는 임차료는 {rent}이다.
        {firm}의 임차료는 {rent}에 이른다.
        임차료, 곧 건물을 빌린 값으로 {rent|이} 든다.
        고정비에는 임차료 {rent|이} 들어 있다.

        직원 급여: {wages}.
        {firm|은} 고정비인 급여로 {wages|을} 지급한다.
        {wages|이} 급여로 직원들에게 나간다.
        고정비 가운데 급여는 {wages}이다.
        {firm}의 직원 전체가 받는 고정 급여는 {wages}이다.
        {firm}의 급여 총액은 {wages}에 이른다.
        급여, 곧 정규 직원의 인건비로 {wages|이} 든다.
        고정비에는 급여 {wages|이} 들어 있다.

        {firm|이} 목표로 하는 이익은 {target}이다.
        이익 목표: {target}.
        {target|이} {firm}의 목표 이익이다.
        {firm}의 주주들은 목표 이익으로 {target|을} 요구한다.
        경영진은 이익 {target|을} 목표로 삼았다.
        사업 계획에 적힌 목표 이익은 {target}이다.
        {firm|은} 이익을 {target} 내는 것이 목표이다.
        목표 이익으로 {target|이} 제시되어 있다.

        {firm|은} {item|을} {units} 팔 것으로 예상한다.
        판매 계획: {units}.
        {units|이} {item}의 예상 판매량이다.
        영업팀은 판매량을 {units|으로} 내다본다.
        계획대로라면 {item} {units|이} 팔린다.
        예상되는 판매 수량은 {units}에 이른다.
        {firm}의 판매 계획에는 {item} {units|이} 잡혀 있다.
        팔릴 것으로 보이는 {item|은} {units}이다.

        이익의 {tax|을} 세금으로 낸다.
        이익에 대한 세율: {tax}.
        {firm}의 이익에 매겨지는 세율은 {tax}이다.
        {tax|이} 이익에 적용되는 세율이다.
        세무서는 이익의 {tax|을} 세금으로 거둔다.
        {firm|은} 이익 가운데 {tax|을} 세금으로 내야 한다.
        세금으로 이익의 {tax|이} 나간다.
        이익이 나면 {tax}의 세율로 과세된다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 얼마나 되는가?
        {firm}의 {ask|을} 구해 보시오.
        구할 것: {ask}.
        {firm}의 관리자가 {ask|을} 묻는다.
        물음은 {ask}이다.
        {ask|을} 계산해 주시오.
        {ask|이} 얼마인지 답하시오.
        """),
  ]
}
