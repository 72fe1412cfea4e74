extension NoticePeriod {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      {employee} is dismissed under the <fictional|invented> {act}: basic notice is {base}, and {rate} more
      are due for each year. [[Service was {service}.]] [[The year of hiring was {hired}.]] [[Notice was
      given in the year {year}.]] [[The cap is {cap}.]] [[Notice was served on {date}.]] Find {ask}.

      Employee: {employee}. Statute: {act}. [[Hired: {hired}.]] [[Service: {service}.]] [[Notice year:
      {year}.]] [[Served on: {date}.]] Basic notice: {base}. For each year: {rate}. [[Cap: {cap}.]]
      <Report|State> {ask}.

      Could you give {employee} {ask}? The {act} grants {rate} for each year and basic notice of {base}.
      [[The cap is {cap}.]] [[Notice was served on {date}.]] [[Notice was given in {year}.]] [[The date of
      hiring lies in {hired}.]] [[The service lasted {service}.]]

      If the {act} gives basic notice of {base} plus {rate} for each year[[, up to a cap of {cap}]], and
      {employee} [[has a service of {service}]][[was hired in {hired}]][[, with notice in {year}]][[, with
      notice served on {date}]], <determine|work out> {ask}.

      Memo on {employee}: [[we served notice on {date};]] [[we gave notice in {year};]] [[the employee was
      hired in {hired};]] [[the service counts {service};]] the {act} <asks for|requires> {rate} for each
      year on top of basic notice of {base}. [[The cap is {cap}.]] Please state {ask}.

      I am {employee}. [[I was hired in {hired}.]] [[My service is {service}.]] [[My notice came in
      {year}.]] [[My notice was served on {date}.]] The {act} <gives|grants> me basic notice of {base} and,
      for each year, {rate}. [[It knows a cap of {cap}.]] Tell me {ask}.

      Basic notice of {base} is laid down by the {act}; {rate} are added for each year. [[A cap of {cap} is
      set.]] Notice was received by {employee}. [[It was served on {date}.]] [[It was given in {year}.]]
      [[Hired in {hired}.]] [[The service was {service}.]] <Calculate|Establish> {ask}.

      Personnel sheet of {employee}, {act}: (1) basic notice {base}; (2) for each year {rate}[[; service
      {service}]][[; hired {hired}]][[; notice year {year}]][[; cap {cap}]][[; served on {date}]]. <Write
      down|Note> {ask}.

      [[A cap of {cap} holds.]] For each year the {act} adds {rate}. The employer of {employee}
      <starts|begins> from basic notice of {base}. For an employee[[ hired in {hired}]][[ with a service of
      {service}]][[, with notice in {year}]][[, with notice served on {date}]], name {ask}.

      A clerk needs {ask} for {employee}. [[The service is {service}.]] [[The employee was hired in
      {hired}.]] The {act} says: basic notice {base}, for each year {rate}[[, cap {cap}]]. [[Notice was
      given in {year}.]] [[Notice was served on {date}.]]

      With basic notice of {base}[[ and a cap of {cap}]], the {act} adds {rate} for each year. [[{employee}
      was hired in {hired}.]] [[Notice was given in {year}.]] [[The service of {employee} is {service}.]]
      [[Notice was served on {date}.]] State {ask}.

      Please report {ask} for {employee}: [[hired in {hired},]] [[service of {service},]] [[notice in
      {year},]] [[notice served on {date},]] for each year {rate}, basic notice {base}[[, cap {cap}]], all
      under the {act}.

      For each year: {rate}. Basic notice: {base}. [[Cap: {cap}.]] The {act} applies to {employee}. [[The
      notice was served on {date}.]] [[The notice was given in {year}.]] [[The employee was hired in
      {hired}.]] [[The service is {service}.]] Work out {ask}.

      {employee} receives notice. [[It was served on {date}.]] [[It was given in {year}.]] The {act} grants
      {rate} for each year, and basic notice is {base}. [[The service lasted {service}.]] [[The employee was
      hired in {hired}.]] [[The cap is {cap}.]] Determine {ask}.
      """),
    .ko: Phrasing.list(
      """
      {employee|이} <가상의|허구의> {act}에 따라 해고된다. 기본 예고는 {base}이고 1년마다 {rate|이} 더해진다. [[근속은 {service}이다.]] [[입사는
      {hired}이다.]] [[통보는 {year}에 있었다.]] [[상한은 {cap}이다.]] [[통보일은 {date}이다.]] {ask|을} 구하시오.

      근로자: {employee}. 법률: {act}. [[입사: {hired}.]] [[근속: {service}.]] [[통보: {year}.]] [[통보일: {date}.]] 기본
      예고: {base}. 1년마다: {rate}. [[상한: {cap}.]] {ask|을} <적으시오|쓰시오>.

      {employee}에게 {ask|을} 알려 줄 수 있는가? {act|은} 1년마다 {rate|을}, 기본 예고로 {base|을} 준다. [[상한은 {cap}이다.]] [[통보일은
      {date}이다.]] [[통보 연도는 {year}이다.]] [[입사 연도는 {hired}이다.]] [[근속 기간은 {service}이다.]]

      {act}의 기본 예고가 {base}이고 1년마다 {rate|이} 더해진다면[[, 상한이 {cap|이라면}]], [[근속이 {service}인]] [[입사가 {hired}인]]
      {employee}에게 [[통보가 {year}에 있었을 때]] [[통보일이 {date}일 때]] {ask|은} <어떻게 되는가|무엇인지 답하시오>.

      {employee} 관련 메모: [[통보일은 {date}입니다.]] [[통보는 {year}입니다.]] [[입사는 {hired}입니다.]] [[근속은 {service}입니다.]]
      {act|은} 기본 예고 {base}에 1년마다 {rate|을} 더하도록 <정합니다|요구합니다>. [[상한은 {cap}입니다.]] {ask|을} 알려 주십시오.

      나는 {employee}이다. [[{hired}에 입사하였다.]] [[근속이 {service}이다.]] [[{year}에 통보를 받았다.]] [[통보일은 {date}이다.]]
      {act}에 따라 기본 예고 {base|과} 1년마다 {rate|을} <받는다|얻는다>. [[법의 상한은 {cap}이다.]] {ask|을} 알고 싶다.

      {act|은} 기본 예고를 {base|으로} 정하며 1년마다 {rate|을} 더한다. [[상한은 {cap|으로} 정해져 있다.]] {employee}에게 해고가 통보되었다.
      [[통보일은 {date}이다.]] [[통보는 {year}의 일이다.]] [[입사는 {hired}의 일이다.]] [[근속은 모두 {service}이다.]] {ask|을}
      <계산하시오|확인하시오>.

      {employee} 인사표, {act}: (1) 기본 예고 {base}; (2) 1년마다 {rate}[[; 근속 {service}]][[; 입사 {hired}]][[; 통보
      {year}]][[; 상한 {cap}]][[; 통보일 {date}]]. {ask|을} <기록하시오|적어 두시오>.

      [[상한 {cap|이} 있다.]] {act|은} 1년마다 {rate|을} 더한다. {employee}의 사용자는 기본 예고 {base}에서 <시작한다|출발한다>. [[입사
      {hired},]] [[근속 {service},]] [[통보 {year},]] [[통보일 {date},]] 이 경우 {ask|을} 말해 보시오.

      담당자는 {employee}의 {ask|을} 알아야 한다. [[근속은 {service}이다.]] [[입사는 {hired}에 하였다.]] {act}의 내용은 기본 예고 {base},
      1년마다 {rate}[[, 상한 {cap}]]이다. [[통보는 {year}에 하였다.]] [[통보일은 {date}이다.]]

      기본 예고는 {base}이다. [[상한은 {cap}이다.]] {act|은} 1년마다 {rate|을} 더한다. {employee}의 경우를 본다. [[입사는 {hired}이다.]]
      [[통보는 {year}이다.]] [[근속은 {service}이다.]] [[통보일은 {date}이다.]] {ask|을} 적으시오.

      {employee}의 {ask|을} 알려 주십시오. [[입사 {hired},]] [[근속 {service},]] [[통보 {year},]] [[통보일 {date},]] 1년마다
      {rate}, 기본 예고 {base}[[, 상한 {cap}]]이며 모두 {act}에 따릅니다.

      1년마다: {rate}. 기본 예고: {base}. [[상한: {cap}.]] {employee}에게 {act|이} 적용된다. [[통보일은 {date}이다.]] [[통보는
      {year}에 있었다.]] [[입사는 {hired}에 하였다.]] [[근속은 {service}이다.]] {ask|을} 계산하시오.

      {employee|이} 해고를 통보받았다. [[통보일은 {date}이다.]] [[통보는 {year}에 있었다.]] {act|은} 1년마다 {rate|을} 주며 기본 예고는
      {base}이다. [[근속은 {service}이다.]] [[입사는 {hired}이다.]] [[상한은 {cap}이다.]] {ask|을} 확인하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "Notice is the time between telling an employee of the dismissal and its end.",
      "Basic notice is the same for every employee.",
      "For each year of service, further days are added to the basic notice.",
      "The length of the notice is basic notice plus the years of service times the days for each year.",
      "The years of service are the notice year less the year in which the employee was hired.",
      "If the length is above the cap, the cap counts.",
      "A length up to the cap stays as it is.",
      "The notice ends as many days after it was served as it is long.",
      "If the day is above the length of the month, that length is taken off and the next month begins.",
      "April, June, September and November have 30 days.",
      "January, March, May, July, August, October and December have 31 days.",
      "February has 28 days, and 29 days in a year that 4 divides.",
      "A date is written as year, month and day, such as YYYY-MM-DD.",
    ],
    .ko: [
      "해고 예고는 근로자에게 해고를 미리 알리는 것이다.",
      "기본 예고는 모든 근로자에게 같다.",
      "근속 1년마다 기본 예고에 날수가 더해진다.",
      "예고기간은 기본 예고에 근속 연수와 1년마다의 날수를 곱한 값을 더한 것이다.",
      "근속 연수는 통보한 해에서 입사한 해를 뺀 값이다.",
      "예고기간이 상한보다 길면 상한을 쓴다.",
      "상한을 넘지 않는 예고기간은 그대로 쓴다.",
      "예고기간이 끝나는 날은 통보일에 예고기간을 더한 날이다.",
      "더한 날이 그 달의 날수를 넘으면 그 달의 날수를 빼고 다음 달로 넘어간다.",
      "4월, 6월, 9월, 11월은 30일까지 있다.",
      "1월, 3월, 5월, 7월, 8월, 10월, 12월은 31일까지 있다.",
      "2월은 28일까지 있고 4로 나누어지는 해에는 29일까지 있다.",
      "날짜는 YYYY-MM-DD처럼 해, 달, 날의 순서로 적는다.",
    ],
  ]
}
