extension ScrapCost {
  static let frames = ManufacturingText.phrasings(
    en: """
      The {line} started {started} of {part} <yesterday|this week|last shift>, and the scrap rate was
      {rate}. [[The second step scrapped {second}.]] [[The unit cost is {cost}.]] [[The salvage value is
      {salvage}.]] What is {ask}?

      Line: {line}. Part: {part}. Started: {started}. Scrap rate: {rate}. [[Second step scrap: {second}.]]
      [[Unit cost: {cost}.]] [[Salvage value: {salvage}.]] <Find|Report> {ask}.

      What is {ask} on the {line}, when a scrap rate of {rate} applies to the {started} of {part} started[[,
      the second step scraps {second}]][[, the unit cost is {cost}]][[ and the salvage value is {salvage}]]?

      Memo to the quality engineer: [[salvage value {salvage};]] [[unit cost {cost};]] [[second step scrap
      {second};]] scrap rate {rate}; started {started} of {part}. <Please|Kindly> work out {ask} for the
      {line}.

      If the scrap rate of {part} on the {line} is {rate} and {started} were started[[, the unit cost being
      {cost}]][[, the salvage value {salvage}]][[, the second step scrap {second}]], how large is {ask}?

      Batch card / {part} / {line} / scrap rate {rate}[[ / unit cost {cost}]] / started {started}[[ /
      salvage value {salvage}]][[ / second step scrap {second}]]. Calculate {ask}.

      A batch with {started} of {part} was started on the {line}. [[A unit cost of {cost} was booked.]] [[A
      salvage value of {salvage} was agreed.]] A scrap rate of {rate} was found. [[In the second step
      {second} were scrapped.]] Determine {ask}.

      I run the {line} and I started {started} of {part}. [[Each has a unit cost of {cost}.]] My scrap rate
      was {rate}. [[My second step scrapped {second}.]] [[The dealer pays a salvage value of {salvage}.]]
      <Tell me|Help me find> {ask}.

      With a scrap rate of {rate}, the {line} makes {part}. [[The second step loses {second} as scrap.]] It
      started {started}. [[While the salvage value is {salvage}, the unit cost is {cost}.]] Give {ask}.

      The scrap report of the {line} shows [[a salvage value of {salvage},]] {started} of {part} started,
      [[a second step scrap of {second},]] [[a unit cost of {cost},]] and a scrap rate of {rate}.
      <State|Compute> {ask}.

      On the {line}, {started} of {part} were started. [[The salvage value is {salvage}.]] [[The unit cost
      is {cost}.]] The scrap rate was {rate}. [[The second step scrap was {second}.]] Find {ask}.

      Calculate {ask}. [[Unit cost: {cost}.]] Scrap rate: {rate}. [[Salvage value: {salvage}.]] Part:
      {part}. [[Second step scrap: {second}.]] Started: {started}. Line: {line}.

      For the {line}, please find {ask}; the scrap rate was {rate}, [[the second step scrapped {second},]]
      [[the salvage value is {salvage},]] [[the unit cost is {cost},]] and the batch of {part} started with
      {started}.

      How large is {ask} if the report of the {line} shows a scrap rate of {rate}[[, a unit cost of
      {cost}]][[, a salvage value of {salvage}]][[, a second step scrap of {second}]] and {started} of
      {part} started?
      """,
    ko: """
      {line}에서 <어제|이번 주에|지난 교대에> {part} {started|을} 투입했고 불량률은 {rate}였다. [[2차 공정에서 {second|이} 폐기되었다.]] [[단위
      원가는 {cost}이다.]] [[고철값은 {salvage}이다.]] {ask|은} 얼마인가?

      라인: {line}. 부품: {part}. 투입량: {started}. 불량률: {rate}. [[2차 공정 폐기: {second}.]] [[단위 원가: {cost}.]] [[고철값:
      {salvage}.]] {ask|을} <구하시오|보고하시오>.

      {line}의 {ask|은} 얼마인가? 단, {part}의 불량률은 {rate}, 투입량은 {started}[[, 2차 공정 폐기는 {second}]][[, 단위 원가는
      {cost}]][[, 고철값은 {salvage}]]이다.

      품질 담당자에게: [[고철값은 {salvage};]] [[단위 원가는 {cost};]] [[2차 공정 폐기는 {second};]] 불량률은 {rate}; {part} 투입량은
      {started}입니다. {line}의 {ask|을} <계산해 주세요|알려 주세요>.

      {part}의 불량률이 {rate}인 {line}에서 투입량이 {started|이라}고 하자. [[단위 원가가 {cost|이라}고 하자.]] [[고철값이 {salvage|이라}고
      하자.]] [[2차 공정 폐기가 {second|이라}고 하자.]] 그러면 {ask|은} 얼마가 되는가?

      배치 카드 / {part} / {line} / 불량률 {rate}[[ / 단위 원가 {cost}]] / 투입량 {started}[[ / 고철값 {salvage}]][[ / 2차 공정
      폐기 {second}]]. {ask|을} 계산하시오.

      {part} {started|이} {line}에 투입되었다. [[단위 원가는 {cost}로 잡혀 있다.]] [[고철값은 {salvage}로 정해졌다.]] 불량률은 {rate}로
      조사되었다. [[2차 공정에서는 {second|이} 폐기되었다.]] {ask|을} 산출하시오.

      저는 {line|을} 맡고 있으며 {part} {started|을} 투입했습니다. [[단위 원가는 {cost}입니다.]] 제 불량률은 {rate}였습니다. [[2차 공정 폐기는
      {second}였습니다.]] [[업체가 주는 고철값은 {salvage}입니다.]] {ask|을} <알려 주세요|찾아 주세요>.

      불량률 {rate}로 {line|은} {part|을} 만든다. [[2차 공정에서 {second|을} 폐기한다.]] 투입량은 {started}이다. [[고철값이 {salvage}일 때
      단위 원가는 {cost}이다.]] {ask|을} 쓰시오.

      {line}의 폐기 보고서에는 [[고철값 {salvage},]] {part} 투입량 {started}, [[2차 공정 폐기 {second},]] [[단위 원가 {cost},]] 불량률
      {rate|이} 적혀 있다. {ask|을} <산출하시오|답하시오>.

      {line}에 {part} {started|이} 투입되었다. [[고철값은 {salvage}이다.]] [[단위 원가는 {cost}이다.]] 불량률은 {rate}였다. [[2차 공정
      폐기는 {second}였다.]] {ask|을} 구하시오.

      {ask|을} 계산하시오. [[단위 원가: {cost}.]] 불량률: {rate}. [[고철값: {salvage}.]] 부품: {part}. [[2차 공정 폐기: {second}.]]
      투입량: {started}. 라인: {line}.

      {line}의 {ask|을} 찾아 주세요. 불량률은 {rate}, [[2차 공정 폐기는 {second},]] [[고철값은 {salvage},]] [[단위 원가는 {cost},]]
      {part} 투입량은 {started}입니다.

      {line}의 보고서에 불량률 {rate}[[, 단위 원가 {cost}]][[, 고철값 {salvage}]][[, 2차 공정 폐기 {second}]], {part} 투입량
      {started|이} 적혀 있다면 {ask|은} 얼마인가?
      """)

  static let rules = ManufacturingText.statements(
    en: """
      The scrap pieces are the started pieces times the scrap rate.
      The scrap rate is the share of the started pieces that is scrapped, in percent.
      The good pieces are the started pieces minus the scrap pieces.
      After a second step, the good pieces are reduced by the second step scrap as well.
      The cost of the scrap is the scrap pieces times the unit cost.
      The net scrap loss is the scrap pieces times the unit cost minus the salvage value per piece.
      The salvage value is what a dealer pays for a scrapped piece.
      The unit cost is what one piece has cost until it is scrapped.
      The yield is the good pieces as a percentage of the started pieces.
      A scrap rate of zero means that all started pieces are good pieces.
      A higher salvage value makes the net scrap loss smaller.
      A lower scrap rate makes the cost of the scrap smaller.
      The rolled yield of two steps is the product of their yields.
      """,
    ko: """
      폐기 수량은 투입량에 불량률을 곱한 값이다.
      불량률은 투입량 중 폐기되는 수량의 백분율이다.
      양품 수량은 투입량에서 폐기 수량을 뺀 값이다.
      2차 공정이 있으면 2차 공정 폐기도 양품 수량에서 뺀다.
      폐기 비용은 폐기 수량에 단위 원가를 곱한 값이다.
      순 폐기 손실은 단위 원가에서 고철값을 뺀 금액에 폐기 수량을 곱한 값이다.
      고철값은 폐기한 부품 한 개에 업체가 주는 금액이다.
      단위 원가는 부품 한 개에 들어간 비용이다.
      수율은 투입량에 대한 양품 수량의 백분율이다.
      불량률이 0이면 투입한 부품이 모두 양품이다.
      고철값이 높으면 순 폐기 손실이 줄어든다.
      불량률이 낮으면 폐기 비용이 줄어든다.
      두 공정의 누적 수율은 각 공정 수율의 곱이다.
      """)
}
