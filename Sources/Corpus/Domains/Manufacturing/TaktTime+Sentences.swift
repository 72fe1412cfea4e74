extension TaktTime {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Length of a shift: {shift}.
        One shift on the {line} lasts {shift}.
        {shift} is the length of a shift, breaks included.
        A shift takes {shift} in all.
        The {line} has a shift length of {shift}.
        From start to end, a shift is {shift} long.
        The plan counts {shift}, breaks included, for one shift.
        For the shift length, the plan of the {line} gives {shift}.

        Breaks in a shift: {breaks}.
        The breaks of a shift add up to {breaks}.
        {breaks} of each shift are breaks.
        In every shift, {breaks} go to breaks.
        During a shift, the {line} stops for breaks of {breaks}.
        The workers have breaks of {breaks} per shift.
        Breaks, taken together, cost {breaks} in a shift.
        For breaks, the plan takes {breaks} off a shift.

        Demand for the {line}: {demand}.
        Customers want {demand}.
        {demand} is the demand on the {line}.
        The demand comes to {demand}.
        To meet demand, the {line} must make {demand}.
        A demand of {demand} has been forecast.
        The planner expects {demand} as demand.
        From customers, there is a demand of {demand}.

        Shift pattern: {shifts}.
        There are {shifts} on the {line}.
        {shifts} are worked.
        The {line} is operated in {shifts}.
        Work on the {line} goes on in {shifts}.
        A pattern of {shifts} has been agreed with the workers.
        With {shifts}, the plant makes use of the {line}.

        Work content of the product: {work}.
        All tasks together have a work content of {work}.
        {work} was timed as the work content.
        The planner timed the work content at {work}.
        On the {line} the work content comes to {work}.
        As work content, {work} was measured.
        A study of the {line} found a work content of {work}.
        The product made on the {line} has {work} as its work content.

        Team present on the {line}: {present}.
        The present team of the {line} counts {present}.
        {present} make up the present team.
        Just now, the team on hand numbers {present}.
        So far, the {line} has a team of {present}.
        On the {line} the planner has {present} at present.
        As present team, {present} can be counted on.
        """,
      questions: """
        What is {ask}?
        How large is {ask} on the {line}?
        Work out {ask}.
        The planner asks for {ask}.
        Wanted: {ask}.
        Please compute {ask} for the {line}.
        Determine {ask} on the {line}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {line}의 교대 시간: {shift}.
        교대 시간은 한 교대에 {shift}이다.
        {shift|이} 휴식을 포함한 교대 시간이다.
        한 교대는 시작부터 끝까지 {shift} 걸린다.
        {line|은} 교대 시간을 {shift|으로} 잡고 있다.
        계획표의 교대 시간은 휴식까지 합쳐 {shift|이다}.
        교대 시간으로 {shift|이} 정해져 있다.
        {line}에서 한 교대는 {shift} 동안 이어진다.

        한 교대의 휴식 시간: {breaks}.
        교대마다 휴식 시간은 {breaks}이다.
        {breaks|이} 한 교대의 휴식 시간이다.
        한 교대에서 {breaks|은} 휴식 시간으로 빠진다.
        {line|은} 교대마다 휴식 시간으로 {breaks} 멈춘다.
        작업자들은 한 교대에 {breaks}의 휴식 시간을 갖는다.
        한 교대의 휴식 시간을 모두 더하면 {breaks|이다}.
        계획표는 교대마다 휴식 시간 {breaks|을} 뺀다.

        {line}의 수요: {demand}.
        고객 수요는 {demand}이다.
        {demand|이} {line}의 수요이다.
        수요는 {demand}에 이른다.
        고객은 {demand|을} 원한다.
        {line|은} 수요 {demand|을} 맞추어야 한다.
        계획 담당자는 수요를 {demand|으로} 본다.
        예측된 수요는 {demand|이다}.

        교대 운영: {shifts}.
        {line|은} {shifts|으로} 운영된다.
        {shifts|이} {line}의 교대 방식이다.
        교대 방식은 {shifts}이다.
        작업자들은 {shifts|으로} 일한다.
        {line}의 운영 방식으로 {shifts|이} 정해졌다.
        공장은 {line|을} {shifts|으로} 가동한다.

        제품의 작업 시간: {work}.
        {line}의 작업 시간은 {work}이다.
        {work|이} 모든 작업을 더한 작업 시간이다.
        담당자가 잰 작업 시간은 {work|이다}.
        작업 시간으로 {work|이} 측정되었다.
        모든 작업을 합친 작업 시간은 {work}에 이른다.
        {line|은} 작업 시간을 {work|으로} 잡는다.
        제품을 만드는 데 드는 작업 시간은 {work}이다.

        {line}의 현재 인원: {present}.
        {line}의 현재 인원은 {present}이다.
        {present|이} 지금 {line}에 있는 현재 인원이다.
        지금 배치된 현재 인원은 모두 {present|이다}.
        현재 인원으로 {present|이} 일하고 있다.
        계획 담당자가 쓸 수 있는 현재 인원은 {present}이다.
        {line|은} 현재 인원 {present|으로} 작업한다.
        """,
      questions: """
        {ask|은} 얼마인가?
        {line}의 {ask|을} 구하시오.
        {line}의 {ask|은} 얼마나 되는가?
        구할 것: {ask}.
        계획 담당자는 {line}의 {ask|을} 알고자 한다.
        {line}의 {ask|을} 계산하시오.
        물음은 {ask}이다.
        {ask|은} 얼마로 계산되는가?
        """),
  ]
}
