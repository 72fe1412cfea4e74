extension EquipmentEffectiveness {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Planned time of {machine}: {planned}.
        The planned time came to {planned}.
        {planned} was the planned time for {machine}.
        The schedule gave {machine} a planned time of {planned}.
        For the shift, {planned} had been set down as planned time.
        A planned time of {planned} applied to {machine}.
        The shift lead counts {planned} of planned time.
        On the schedule of {machine}, the planned time reads {planned}.

        Downtime of {machine}: {downtime}.
        The downtime added up to {downtime}.
        {downtime} was lost as downtime.
        Of the planned time, {downtime} was downtime.
        {downtime}, by the log of {machine}, went down as downtime.
        Stops on {machine} caused a downtime of {downtime}.
        The operator noted {downtime} of downtime.
        As downtime, the log shows {downtime} in all.

        Ideal count for the run time: {ideal}.
        The ideal count of {machine} stands at {ideal}.
        {ideal} would be the ideal count.
        At full speed, the run time allows an ideal count of {ideal}.
        For the run time, {ideal} is the ideal count.
        An ideal count of {ideal} follows from the rated speed of {machine}.
        From the data sheet of {machine}, {ideal} was derived as the ideal count.

        Output of {machine}: {output}.
        The total output, defects included, was {output}.
        {output} came out of {machine} as total output.
        An output of {output} was counted.
        In the shift, {machine} had an output of {output}.
        The counter stopped at {output} for the output.
        The operator reports {output} as the output, good and bad.
        As output of {machine}, the sheet gives {output}.

        Number of defects: {defects}.
        The defects came to {defects}.
        {defects} were rejected as defects.
        Of the output, {defects} were defects.
        The inspector took out {defects} as defects.
        Defects made by {machine} numbered {defects}.
        As defects, {defects} had to be scrapped.
        A total of {defects}, checked one by one, were defects.

        Performance of {machine}: {performance}.
        The performance rate came to {performance}.
        {performance} was the performance of {machine}.
        A performance of {performance} was reached.
        For performance, {machine} scored {performance}.
        The shift lead puts the performance at {performance}.
        For the shift, {performance} was worked out as the performance.

        Quality rate: {quality}.
        The quality rate of {machine} came to {quality}.
        {quality} was the quality rate.
        A quality of {quality} was found for {machine}.
        For quality, {machine} scored {quality}.
        The inspector puts the quality rate at {quality}.
        For the shift, {quality} was noted as the quality.
        """,
      questions: """
        What is {ask} on {machine}?
        How high was {ask}?
        Work out {ask}.
        The shift lead asks for {ask} on {machine}.
        Wanted: {ask}.
        What does {ask} come to for {machine}?
        Please compute {ask}.
        Determine {ask} for {machine}.
        """),
    .ko: SentenceBank(
      facts: """
        {machine}의 계획 시간: {planned}.
        계획 시간은 {planned}이다.
        {planned|이} {machine}의 계획 시간이었다.
        일정표에서 {machine}의 계획 시간은 {planned|으로} 잡혀 있다.
        이번 교대의 계획 시간으로 {planned|이} 정해졌다.
        {machine}에 배정된 계획 시간은 모두 {planned|이다}.
        교대 조장은 계획 시간을 {planned|으로} 본다.

        {machine}의 정지 시간: {downtime}.
        정지 시간은 모두 {downtime}이었다.
        {downtime|이} 정지 시간으로 빠졌다.
        계획 시간 가운데 {downtime|은} 정지 시간이었다.
        {machine|은} {downtime}의 정지 시간을 기록했다.
        일지에 적힌 정지 시간은 합쳐서 {downtime}이다.
        {machine}의 멈춤으로 {downtime}의 정지 시간이 생겼다.
        작업자는 정지 시간을 {downtime|으로} 적었다.

        가동 시간 기준 이론 수량: {ideal}.
        {machine}의 이론 수량은 {ideal}이다.
        {ideal|이} 가동 시간에 맞는 이론 수량이다.
        최고 속도라면 가동 시간 동안의 이론 수량은 {ideal|이다}.
        설비 사양으로 본 이론 수량은 {ideal}에 이른다.
        {machine}에 대해 {ideal|이} 이론 수량으로 계산되었다.
        이론 수량으로 {ideal|을} 잡는다.

        {machine}의 생산량: {output}.
        불량까지 합친 생산량은 {output}이다.
        {output|이} {machine}의 총생산량이다.
        생산량으로 {output|이} 집계되었다.
        {machine|은} 이번 교대에 생산량 {output|을} 기록했다.
        계수기에 나온 생산량은 {output|이다}.
        작업자가 보고한 생산량은 양품과 불량을 더해 {output}이다.
        {output|을} 생산량으로 센다.

        불량 개수: {defects}.
        불량은 {defects}에 이른다.
        {defects|이} 불량으로 걸러졌다.
        생산량 가운데 {defects|은} 불량이었다.
        검사원은 {defects|을} 불량으로 골라냈다.
        {machine}에서 나온 불량은 모두 {defects|이다}.
        불량으로 버린 수는 {defects}이다.
        {machine|은} 불량 {defects|을} 냈다.

        {machine}의 성능가동률: {performance}.
        성능가동률은 {performance}에 이르렀다.
        {performance|이} {machine}의 성능가동률이다.
        {machine|은} 성능가동률 {performance|을} 보였다.
        교대 조장은 성능가동률을 {performance|으로} 본다.
        이번 교대에 계산된 성능가동률은 {performance}이다.
        성능가동률로 {performance|이} 보고되었다.

        {machine}의 양품률: {quality}.
        양품률은 {quality}에 이르렀다.
        {quality|이} 이번 교대의 양품률이다.
        {machine|은} 양품률 {quality|을} 보였다.
        검사원은 양품률을 {quality|으로} 본다.
        검사 결과로 나온 양품률은 {quality}이다.
        양품률로 {quality|이} 보고되었다.
        """,
      questions: """
        {ask|은} 얼마인가?
        {machine}의 {ask|을} 구하시오.
        {machine}의 {ask|은} 얼마나 되는가?
        구할 것: {ask}.
        교대 조장은 {machine}의 {ask|을} 알고자 한다.
        {ask|을} 셈하시오.
        물음은 {machine}의 {ask}이다.
        {ask|은} 얼마로 계산되는가?
        """),
  ]
}
