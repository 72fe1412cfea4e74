extension EquipmentEffectiveness {
  static let frames = ManufacturingText.phrasings(
    en: """
      <Yesterday|Last shift|This morning>, {machine} had a planned time of {planned} and a downtime of
      {downtime}. [[The ideal count was {ideal}.]] [[The output was {output}.]] [[Of these, {defects} were
      defects.]] [[The performance was {performance}.]] [[The quality was {quality}.]] What is {ask}?

      Machine: {machine}. Planned time: {planned}. Downtime: {downtime}. [[Ideal count: {ideal}.]] [[Output:
      {output}.]] [[Defects: {defects}.]] [[Performance: {performance}.]] [[Quality: {quality}.]]
      <Find|Report> {ask}.

      What is {ask} for {machine}, if the downtime was {downtime} in a planned time of {planned}[[, the
      output {output}]][[, the defects {defects}]][[, the ideal count {ideal}]][[, the quality
      {quality}]][[, the performance {performance}]]?

      Note to the shift lead: [[quality came to {quality};]] [[performance came to {performance};]]
      [[defects came to {defects};]] [[output came to {output};]] [[the ideal count is {ideal};]] downtime
      came to {downtime} of a planned time of {planned}. <Please|Kindly> work out {ask} for {machine}.

      If {machine} loses {downtime} to downtime from a planned time of {planned}[[, runs at a performance of
      {performance}]][[, has an ideal count of {ideal}]][[, reaches an output of {output}]][[, keeps a
      quality of {quality}]][[, shows defects of {defects}]], how high is {ask}?

      Log of {machine} / downtime {downtime} / planned time {planned}[[ / performance {performance}]][[ /
      quality {quality}]][[ / output {output}]][[ / ideal count {ideal}]][[ / defects {defects}]]. Calculate
      {ask}.

      A downtime of {downtime} was recorded on {machine} during a planned time of {planned}. [[Defects of
      {defects} were sorted out of an output of {output}.]] [[An ideal count of {ideal} was set.]] [[A
      quality of {quality} was measured.]] [[A performance of {performance} was measured.]] Determine {ask}.

      I look after {machine}. [[My counter shows an output of {output}.]] [[I set aside {defects} as
      defects.]] My planned time was {planned}, my downtime was {downtime}. [[My ideal count is {ideal}.]]
      [[I reached a performance of {performance}.]] [[I reached a quality of {quality}.]] <Tell me|Help me
      find> {ask}.

      Over {planned} of planned time, {machine} stood still for {downtime} of downtime. [[While its
      performance was {performance}, its quality was {quality}.]] [[It should reach an ideal count of
      {ideal}.]] [[It made an output of {output} with {defects} as defects.]] Give {ask}.

      The report for {machine} lists [[an ideal count of {ideal},]] [[a performance of {performance},]] [[an
      output of {output},]] [[defects of {defects},]] [[a quality of {quality},]] a downtime of {downtime}
      and a planned time of {planned}. <State|Compute> {ask}.

      With a downtime of {downtime} and a planned time of {planned}, {machine} ended the shift. [[It reached
      a quality of {quality}.]] [[It reached a performance of {performance}.]] [[The defects were {defects}
      in an output of {output}.]] [[The ideal count was {ideal}.]] Find {ask}.

      Calculate {ask}. [[Defects: {defects}.]] [[Output: {output}.]] Downtime: {downtime}. [[Quality:
      {quality}.]] [[Performance: {performance}.]] [[Ideal count: {ideal}.]] Planned time: {planned}.
      Machine: {machine}.

      For {machine}, please state {ask}; the planned time was {planned}, [[the output was {output},]] [[the
      performance was {performance},]] [[the ideal count was {ideal},]] the downtime was {downtime}[[, the
      quality was {quality}]][[, the defects were {defects}]].

      How high is {ask} if the report of {machine} shows a planned time of {planned}[[, an ideal count of
      {ideal}]], a downtime of {downtime}[[, an output of {output}]][[, a performance of {performance}]][[,
      a quality of {quality}]][[, defects of {defects}]]?
      """,
    ko: """
      <어제|지난 교대에|오늘 오전> {machine}의 계획 시간은 {planned}, 정지 시간은 {downtime}이었다. [[이론 수량은 {ideal}였다.]] [[생산량은
      {output}였다.]] [[그중 불량은 {defects}였다.]] [[성능가동률은 {performance}였다.]] [[양품률은 {quality}였다.]] {ask|은} 얼마인가?

      설비: {machine}. 계획 시간: {planned}. 정지 시간: {downtime}. [[이론 수량: {ideal}.]] [[생산량: {output}.]] [[불량:
      {defects}.]] [[성능가동률: {performance}.]] [[양품률: {quality}.]] {ask|을} <구하시오|보고하시오>.

      {machine}의 {ask|은} 얼마인가? 단, 계획 시간 {planned} 중 정지 시간이 {downtime}이고[[, 생산량은 {output}]][[, 불량은
      {defects}]][[, 이론 수량은 {ideal}]][[, 양품률은 {quality}]][[, 성능가동률은 {performance}]]이다.

      교대 조장에게: [[양품률은 {quality};]] [[성능가동률은 {performance};]] [[불량은 {defects};]] [[생산량은 {output};]] [[이론 수량은
      {ideal};]] 정지 시간은 계획 시간 {planned} 중 {downtime}입니다. {machine}의 {ask|을} <계산해 주세요|알려 주세요>.

      {machine|이} 계획 시간 {planned} 가운데 정지 시간으로 {downtime|을} 잃었다고 하자. [[성능가동률은 {performance|이라}고 하자.]] [[이론
      수량은 {ideal|이라}고 하자.]] [[생산량은 {output|이라}고 하자.]] [[양품률은 {quality|이라}고 하자.]] [[불량은 {defects|이라}고 하자.]]
      그러면 {ask|은} 얼마가 되는가?

      {machine} 일지 / 정지 시간 {downtime} / 계획 시간 {planned}[[ / 성능가동률 {performance}]][[ / 양품률 {quality}]][[ /
      생산량 {output}]][[ / 이론 수량 {ideal}]][[ / 불량 {defects}]]. {ask|을} 계산하시오.

      계획 시간 {planned} 동안 {machine}에서 {downtime}의 정지 시간이 기록되었다. [[생산량 {output} 중 불량 {defects|이} 선별되었다.]] [[이론
      수량은 {ideal}로 정해져 있다.]] [[양품률은 {quality}로 측정되었다.]] [[성능가동률은 {performance}로 측정되었다.]] {ask|을} 산출하시오.

      저는 {machine} 담당입니다. [[제 생산량은 {output}입니다.]] [[불량으로 {defects|을} 골라냈습니다.]] 계획 시간은 {planned}, 정지 시간은
      {downtime}이었습니다. [[이론 수량은 {ideal}입니다.]] [[성능가동률은 {performance}입니다.]] [[양품률은 {quality}입니다.]] {ask|을}
      <알려 주세요|찾아 주세요>.

      {planned}의 계획 시간 중에 {machine|은} {downtime}의 정지 시간만큼 멈췄다. [[성능가동률이 {performance}일 때 양품률은 {quality}였다.]]
      [[도달해야 할 이론 수량은 {ideal}이다.]] [[생산량 {output}에 불량 {defects|이} 나왔다.]] {ask|을} 쓰시오.

      {machine} 보고서에는 [[이론 수량 {ideal},]] [[성능가동률 {performance},]] [[생산량 {output},]] [[불량 {defects},]] [[양품률
      {quality},]] 정지 시간 {downtime}, 계획 시간 {planned|이} 적혀 있다. {ask|을} <산출하시오|답하시오>.

      정지 시간 {downtime}, 계획 시간 {planned}으로 {machine|은} 교대를 마쳤다. [[양품률은 {quality}였다.]] [[성능가동률은
      {performance}였다.]] [[불량은 생산량 {output} 중 {defects}였다.]] [[이론 수량은 {ideal}였다.]] {ask|을} 구하시오.

      {ask|을} 계산하시오. [[불량: {defects}.]] [[생산량: {output}.]] 정지 시간: {downtime}. [[양품률: {quality}.]] [[성능가동률:
      {performance}.]] [[이론 수량: {ideal}.]] 계획 시간: {planned}. 설비: {machine}.

      {machine}의 {ask|을} 알려 주세요. 계획 시간은 {planned}, [[생산량은 {output},]] [[성능가동률은 {performance},]] [[이론 수량은
      {ideal},]] 정지 시간은 {downtime}[[, 양품률은 {quality}]][[, 불량은 {defects}]]입니다.

      {machine}의 보고서에 계획 시간 {planned}[[, 이론 수량 {ideal}]], 정지 시간 {downtime}[[, 생산량 {output}]][[, 성능가동률
      {performance}]][[, 양품률 {quality}]][[, 불량 {defects}]]라고 적혀 있다면 {ask|은} 얼마인가?
      """)

  static let rules = ManufacturingText.statements(
    en: """
      Availability is the run time as a percentage of the planned time.
      The run time is the planned time minus the downtime.
      The quality rate is the good pieces as a percentage of the output.
      Good pieces are the output minus the defects.
      Performance is the output as a percentage of the ideal count.
      The ideal count is what a machine would make in its run time at full speed.
      OEE is availability times performance times quality.
      OEE stands for overall equipment effectiveness.
      If there are no defects, the quality is 100%.
      A machine that never stops has no downtime and an availability of 100%.
      Downtime lowers the availability, defects lower the quality.
      Slow running and short stops lower the performance.
      The shift lead reports the OEE of each machine in percent.
      """,
    ko: """
      시간가동률은 계획 시간에 대한 가동 시간의 백분율이다.
      가동 시간은 계획 시간에서 정지 시간을 뺀 값이다.
      양품률은 생산량에 대한 양품 수의 백분율이다.
      양품은 생산량에서 불량을 뺀 수량이다.
      성능가동률은 이론 수량에 대한 생산량의 백분율이다.
      이론 수량은 설비가 가동 시간 동안 최고 속도로 만들 수 있는 수량이다.
      설비종합효율은 시간가동률과 성능가동률과 양품률을 곱한 값이다.
      설비종합효율은 영어로 OEE라고 한다.
      불량이 없으면 양품률은 100%이다.
      한 번도 멈추지 않은 설비는 정지 시간이 없고 시간가동률이 100%이다.
      정지 시간은 시간가동률을 낮추고 불량은 양품률을 낮춘다.
      느린 운전과 짧은 멈춤은 성능가동률을 낮춘다.
      교대 조장은 설비마다 설비종합효율을 보고한다.
      """)
}
