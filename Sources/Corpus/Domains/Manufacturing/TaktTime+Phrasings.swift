extension TaktTime {
  static let frames = ManufacturingText.phrasings(
    en: """
      On the {line}, a shift lasts {shift} with breaks of {breaks}. The demand is {demand}[[, and the plant
      runs {shifts}]]. [[The work content is {work}.]] [[At present, the line has {present}.]] <What
      is|Find> {ask}?

      Line: {line}. Demand: {demand}. Shift length: {shift}. Breaks: {breaks}. [[Shifts: {shifts}.]] [[Work
      content: {work}.]] [[Present team: {present}.]] <Calculate|Report> {ask}.

      What is {ask} on the {line}, when customers have a demand of {demand}, <a|each> shift lasts {shift}
      and the breaks take {breaks}[[ in {shifts}]][[ for a work content of {work}]][[ with {present} at
      present]]?

      Memo for the planner of the {line}: [[we are running {shifts};]] [[at present we have {present};]]
      [[the work content stands at {work};]] breaks take {breaks} out of a shift of {shift}; demand stands
      at {demand}. <Please|Kindly> work out {ask}.

      If the demand on the {line} rises to {demand} while a shift of {shift} includes breaks of {breaks}[[
      and the plant works {shifts}]][[, the work content being {work}]][[ and the present team being
      {present}]], how large is {ask}?

      Planning sheet, {line} / breaks {breaks} / shift {shift}[[ / {shifts}]] / demand {demand}[[ / work
      content {work}]][[ / present {present}]]. Determine {ask}.

      A demand of {demand} must be met by the {line}. [[A work content of {work} was measured.]] [[It is run
      in {shifts}.]] Breaks of {breaks} are taken out of every shift of {shift}. [[At present {present} are
      assigned.]] Compute {ask}.

      I plan the {line}. [[My present team has {present}.]] My shift is {shift} long and my breaks add up to
      {breaks}. [[We work {shifts}.]] My customers send a demand of {demand}. [[I timed a work content of
      {work}.]] <Tell me|Help me find> {ask}.

      The {line} has breaks of {breaks} in its shift of {shift}, and its demand is {demand}[[ with
      {shifts}]]. Give {ask}[[, as the work content is {work}]][[ and {present} are there at present]].

      To set up the {line}, take the shift of {shift}, remove the breaks of {breaks}, and plan for a demand
      of {demand}. [[The plant runs {shifts}.]] [[Present team: {present}.]] [[Each unit has a work content
      of {work}.]] State {ask}.

      Breaks of {breaks} belong to the shift of {shift} on the {line}. [[The present team is {present}.]]
      [[The line runs {shifts}.]] [[The work content is {work}.]] With a demand of {demand}, what is {ask}?

      Calculate {ask}. [[Work content: {work}.]] Breaks: {breaks}. Demand: {demand}. [[Present team:
      {present}.]] Shift length: {shift}. [[Shifts: {shifts}.]] Line: {line}.

      For the {line}, please find {ask}; the demand is {demand}, the shift lasts {shift}[[, the work content
      is {work}]][[, the plant runs {shifts}]], the breaks take {breaks}[[, the present team is {present}]].

      How large is {ask} if the sheet of the {line} shows [[a work content of {work},]] a shift of {shift},
      [[{present} at present,]] a demand of {demand}[[, {shifts}]] and breaks of {breaks}?
      """,
    ko: """
      {line}의 교대 시간은 {shift}, 휴식 시간은 {breaks}이다. 수요는 {demand}이다. [[공장은 {shifts}로 운영된다.]] [[작업 시간은
      {work}이다.]] [[현재 인원은 {present}이다.]] {ask|은} <얼마인가|몇인가>?

      라인: {line}. 수요: {demand}. 교대 시간: {shift}. 휴식 시간: {breaks}. [[교대 수: {shifts}.]] [[작업 시간: {work}.]] [[현재
      인원: {present}.]] {ask|을} <계산하시오|보고하시오>.

      {line}의 {ask|은} 얼마인가? 단, 고객 수요는 {demand}, 교대 시간은 {shift}, 휴식 시간은 {breaks}[[, 운영은 {shifts}]][[, 작업 시간은
      {work}]][[, 현재 인원은 {present}]]이다.

      {line} 계획 담당자에게: [[교대는 {shifts};]] [[현재 인원은 {present};]] [[작업 시간은 {work};]] 휴식 시간은 교대 시간 {shift} 중
      {breaks}; 수요는 {demand}입니다. {ask|을} <계산해 주세요|알려 주세요>.

      {line}의 수요가 {demand}로 늘고, 교대 시간 {shift}에 휴식 시간 {breaks|이} 들어 있다고 하자. [[공장은 {shifts}로 돌아간다고 하자.]] [[작업
      시간이 {work}일 때]] [[현재 인원이 {present}이면]] {ask|은} 얼마인가?

      {line} 계획표 / 휴식 시간 {breaks} / 교대 시간 {shift}[[ / {shifts}]] / 수요 {demand}[[ / 작업 시간 {work}]][[ / 현재 인원
      {present}]]. {ask|을} 정하시오.

      {line|은} {demand}의 수요를 맞추어야 한다. [[작업 시간은 {work}으로 측정되었다.]] [[라인은 {shifts}로 운영된다.]] {shift}의 교대 시간에서
      {breaks}의 휴식 시간이 빠진다. [[{present}의 현재 인원이 배치되어 있다.]] {ask|을} 산출하시오.

      저는 {line|을} 계획합니다. [[현재 인원은 {present}입니다.]] 교대 시간은 {shift}이고 휴식 시간은 모두 {breaks}입니다. [[저희는 {shifts}로
      일합니다.]] 고객의 수요는 {demand}입니다. [[측정한 작업 시간은 {work}입니다.]] {ask|을} <알려 주세요|찾아 주세요>.

      휴식 시간 {breaks|이} 교대 시간 {shift}에 들어 있고 수요가 {demand}인 {line|이} 있다. [[이 라인은 {shifts}로 돌아간다.]] [[작업 시간은
      {work}이다.]] [[현재 인원이 {present}일 때]] {ask|을} 쓰시오.

      {line|을} 준비하려면 교대 시간 {shift}에서 휴식 시간 {breaks|을} 빼고 수요 {demand|을} 기준으로 계획한다. [[공장은 {shifts}로 운영된다.]]
      [[현재 인원: {present}.]] [[제품의 작업 시간은 {work}이다.]] {ask|을} 답하시오.

      {breaks}의 휴식 시간이 {line}의 교대 시간 {shift}에 들어 있다. [[현재 인원은 {present}이다.]] [[라인은 {shifts}로 돌아간다.]] [[작업
      시간은 {work}이다.]] 수요가 {demand}라면 {ask|은} 얼마인가?

      {ask|을} 계산하시오. [[작업 시간: {work}.]] 휴식 시간: {breaks}. 수요: {demand}. [[현재 인원: {present}.]] 교대 시간: {shift}.
      [[교대 수: {shifts}.]] 라인: {line}.

      {line}의 {ask|을} 찾아 주세요. 수요는 {demand}, 교대 시간은 {shift}[[, 작업 시간은 {work}]][[, 운영은 {shifts}]], 휴식 시간은
      {breaks}[[, 현재 인원은 {present}]]입니다.

      {line}의 계획표에 [[작업 시간 {work},]] 교대 시간 {shift}, [[현재 인원 {present},]] 수요 {demand}, [[{shifts},]] 휴식 시간
      {breaks|이} 적혀 있다면 {ask|은} 얼마인가?
      """)

  static let rules = ManufacturingText.statements(
    en: """
      Takt time is the net working time divided by the demand.
      The net working time is the shift length minus the breaks.
      With several shifts a day, the net working time of one shift is multiplied by the number of shifts.
      The demand is the number of pieces that customers want in that time.
      The number of workers needed is the work content divided by the takt time.
      The work content is the time that all tasks of one piece take together.
      The number of workers missing is the workers needed minus the present team.
      A higher demand makes the takt time shorter.
      Longer breaks make the takt time shorter, because less time is left.
      A line that keeps the takt time meets its demand.
      If a station is slower than the takt time, the line misses its demand.
      A shift includes breaks, and no piece is made in the breaks.
      A shorter takt time needs more workers for the same work content.
      """,
    ko: """
      택트 타임은 순 작업 시간을 수요로 나눈 값이다.
      순 작업 시간은 교대 시간에서 휴식 시간을 뺀 값이다.
      하루에 여러 교대가 있으면 한 교대의 순 작업 시간에 교대 수를 곱한다.
      수요는 그 시간 동안 고객이 원하는 제품의 개수이다.
      필요한 작업자 수는 작업 시간을 택트 타임으로 나눈 값이다.
      작업 시간은 제품 한 개의 모든 작업에 걸리는 시간의 합이다.
      부족한 작업자 수는 필요한 작업자 수에서 현재 인원을 뺀 값이다.
      수요가 늘면 택트 타임은 짧아진다.
      휴식 시간이 길면 남는 시간이 줄어 택트 타임이 짧아진다.
      택트 타임을 지키는 라인은 수요를 맞춘다.
      어떤 공정이 택트 타임보다 느리면 라인은 수요를 맞추지 못한다.
      교대 시간에는 휴식 시간이 들어 있고 휴식 시간에는 생산하지 않는다.
      작업 시간이 같을 때 택트 타임이 짧으면 작업자가 더 필요하다.
      """)
}
