extension ScrapCost {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Quantity of {part} started on the {line}: {started}.
        The {line} started {started}.
        {started} of {part} went into the batch at the start.
        At the start, the batch of {part} had {started}.
        A batch of {part} was started with {started}.
        In all, {started} were started on the {line}.
        The operator started {started} of {part}.
        The quantity started comes to {started}.

        Scrap rate of the started pieces: {rate}.
        A scrap rate of {rate} was recorded for {part}.
        {rate} is the scrap rate on the {line}.
        The quality report puts the scrap rate at {rate}.
        Taken on the started pieces, the scrap rate is {rate}.
        For the batch, the scrap rate came to {rate}.
        As scrap rate, the {line} reports {rate}.
        At {rate}, the scrap rate of the batch was noted.

        Scrap of the second step: {second}.
        In the second step, {second} were thrown away as scrap.
        {second} became scrap in the second step.
        The scrap of the second step came to {second}.
        Inspection after the second step rejected {second}, all of them scrap.
        The second step added {second} to the scrap.
        For the second step, the {line} counts {second} of scrap.
        A loss of {second} as scrap arose in the second step.

        Unit cost of {part}: {cost}.
        The unit cost comes to {cost}.
        {cost} is booked as the unit cost.
        The {line} makes {part} at a unit cost of {cost}.
        For {part}, accounting uses {cost} as the unit cost.
        A unit cost of {cost} applies.
        As unit cost of what is made on the {line}, {cost} was worked out.

        Salvage value of the scrap: {salvage}.
        The salvage value comes to {salvage}.
        {salvage} is paid as salvage value.
        For scrap, the dealer gives a salvage value of {salvage}.
        A dealer buys the scrap of the {line} at {salvage}, its salvage value.
        As salvage value, {salvage} was agreed with a dealer.
        Scrapped {part} have a salvage value of {salvage}.
        """,
      questions: """
        What is {ask}?
        How large is {ask} on the {line}?
        Work out {ask}.
        The quality engineer asks for {ask}.
        Wanted: {ask}.
        Please compute {ask} for the {line}.
        Determine {ask} for the batch of {part}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {line}의 {part} 투입량: {started}.
        {line}에서 투입한 {part|은} {started}이다.
        {started|이} 배치의 투입량이다.
        처음에 {part} {started|을} 투입했다.
        {part} 배치의 투입량은 {started|으로} 시작되었다.
        작업자가 {line}에 투입한 수량은 {started|이다}.
        투입량은 모두 {started}에 이른다.
        {line|은} {part} {started|을} 투입해 작업을 시작했다.

        투입량에 대한 불량률: {rate}.
        {part}의 불량률은 {rate}이다.
        {rate|이} {line}의 불량률이다.
        품질 보고서는 불량률을 {rate|으로} 적고 있다.
        불량률은 투입량을 기준으로 {rate}이다.
        이번 배치의 불량률은 {rate}에 이르렀다.
        {line}에서 보고한 불량률은 {rate|이다}.
        불량률로 {rate|이} 집계되었다.

        2차 공정의 폐기량: {second}.
        2차 공정에서 폐기된 수량은 {second}이다.
        {second|이} 2차 공정에서 폐기로 처리되었다.
        2차 공정은 {second|을} 폐기로 더했다.
        2차 공정 검사에서 {second|이} 불합격하여 폐기되었다.
        {line}의 2차 공정 폐기는 모두 {second|이다}.
        폐기는 2차 공정에서도 {second|이} 나왔다.
        작업자는 2차 공정을 마친 뒤 {second|을} 폐기했다.

        {part}의 단위 원가: {cost}.
        {part}의 단위 원가는 {cost}이다.
        {cost|이} 단위 원가로 잡혀 있다.
        {line}에서는 단위 원가를 {cost|으로} 본다.
        회계에서 쓰는 단위 원가는 {cost|이다}.
        단위 원가는 계산해 보니 {cost}에 이른다.
        {line|은} {part|을} 단위 원가 {cost}에 만든다.

        폐기품의 고철값: {salvage}.
        폐기품에는 고철값으로 {salvage|이} 매겨진다.
        {salvage|이} 업체와 합의한 고철값이다.
        업체는 폐기품의 고철값을 {salvage|으로} 쳐 준다.
        {part} 폐기품의 고철값은 {salvage|이다}.
        {line|은} 고철값으로 {salvage|을} 받는다.
        고철값은 업체 기준으로 {salvage}이다.
        """,
      questions: """
        {ask|은} 얼마인가?
        {line}의 {ask|을} 구하시오.
        {line}의 {ask|은} 얼마나 되는가?
        구할 것: {ask}.
        품질 담당자는 {ask|을} 알고자 한다.
        {part} 배치의 {ask|을} 계산하시오.
        물음은 {ask}이다.
        {ask|은} 얼마로 계산되는가?
        """),
  ]
}
