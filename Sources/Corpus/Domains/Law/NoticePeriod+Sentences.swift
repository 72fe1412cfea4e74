extension NoticePeriod {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Every employee has basic notice of {base}.
        Under the {act}, basic notice comes to {base}.
        Length of basic notice: {base}.
        {base} is the basic notice in the {act}.
        The {act} starts from basic notice of {base}.
        Regardless of service, {employee} gets {base} as basic notice.
        As basic notice, {base} must be granted to {employee}.

        Each year of service adds {rate} to the notice.
        For every year that {employee} worked, {rate} come on top.
        Addition per year of service: {rate}.
        {rate} per year of service lengthen the notice.
        Per year of service, says the {act}, the notice grows by {rate}.
        A further {rate} are due to {employee} for every year in the job.
        The notice becomes longer by {rate} with every year of service.

        {employee} has worked for the employer for {service}.
        Length of service: {service}.
        {service} of service stand in the file of {employee}.
        For {service}, {employee} has been with the firm.
        With {service} of service, {employee} leaves the firm.
        The employment of {employee} has gone on for {service}.
        The records count {service} of service for {employee}.

        {employee} joined the firm in {hired}.
        Year of hiring: {hired}.
        In {hired} the employer hired {employee}.
        {hired} is the year in which {employee} was taken on.
        The employment of {employee} began in {hired}.
        Service is counted from {hired}, the year of hiring.
        The employment contract of {employee} was signed in {hired}, the year of hiring.

        In {year}, notice of dismissal was given to {employee}.
        Year of the notice: {year}.
        The employer gave notice to {employee} in {year}.
        {year} is the year in which {employee} received notice.
        Notice of dismissal came in {year}.
        The letter with the notice dates from {year}.
        Service counts up to {year}, the year of the notice.

        In no case is the notice longer than the cap of {cap}.
        Cap on the whole notice: {cap}.
        The {act} limits the whole notice to a cap of {cap}.
        {cap} is the cap for the notice in total.
        With a cap of {cap}, the {act} bounds the total notice.
        More than {cap} of notice is excluded by a cap.
        The total notice of {employee} stops at a cap of {cap}.

        {employee} got the notice on {date}.
        Day of the notice: {date}.
        On {date} the employer served notice on {employee}.
        {date} is the day on which notice was served.
        The notice reached {employee} on {date}.
        Counting starts from {date}, when the employer served notice.
        The letter of dismissal was handed to {employee} on {date}.
        """,
      questions: """
        Find {ask}.
        What is {ask}?
        {employee} asks for {ask}.
        Wanted: {ask}.
        Please give {ask} for {employee}.
        Compute {ask}.
        The employer needs {ask}.
        What is {ask} in the case of {employee}?
        """),
    .ko: SentenceBank(
      facts: """
        근속과 관계없이 주는 기본 예고는 {base}이다.
        기본 예고의 길이: {base}.
        {act|은} 모든 근로자에게 {base}의 기본 예고를 준다.
        {base|이} {act}에 정해진 기본 예고이다.
        {employee}의 기본 예고로는 {base|이} 인정된다.
        예고기간은 기본 예고 {base}에서 출발한다.
        {act|은} 기본 예고를 {base} 동안으로 잡는다.

        근속 1년에 {rate}씩 예고기간이 늘어난다.
        근속 1년당 더하는 날수: {rate}.
        {rate|이} 근속 한 해마다 예고기간에 붙는다.
        {act|은} 근속 한 해에 {rate|을} 덧붙인다.
        {employee|이} 일한 1년마다 예고기간은 {rate}씩 늘어난다.
        한 해를 일할 때마다 예고기간은 {rate}씩 길어진다.
        근속 햇수 하나에 {rate}의 예고가 추가된다.

        {employee}의 근속 햇수는 {service}에 이른다.
        근속한 기간: {service}.
        {employee|은} 회사에서 {service} 동안 일하였다.
        {service} 동안 {employee|은} 한 회사에 다녔다.
        인사 기록상 {employee}의 근속은 {service}이다.
        {service|이} {employee|이} 채운 근속 기간이다.
        {employee|은} 입사한 지 {service} 만에 해고된다.

        {employee|은} {hired}에 회사에 들어왔다.
        입사한 해: {hired}.
        {hired|은} {employee|이} 입사한 해이다.
        회사가 {employee|을} 뽑은 해는 {hired}이다.
        근속은 입사한 해인 {hired}부터 센다.
        {employee}의 근로계약은 {hired}에 시작되었다.
        인사 기록에는 {employee}의 입사가 {hired|으로} 나온다.

        해고를 통보한 해: {year}.
        {employee|은} {year}에 해고 통보를 받았다.
        회사는 {year}에 {employee}에게 해고를 알렸다.
        {year|은} {employee}에게 해고가 통보된 해이다.
        근속은 통보한 해인 {year}까지 센다.
        해고 통보서는 {year}에 나갔다.
        통보가 이루어진 해는 {year}이다.

        예고기간 전체는 상한 {cap|을} 넘지 못한다.
        예고기간의 상한: {cap}.
        {act|은} 전체 예고기간을 {cap}의 상한으로 묶는다.
        {cap|이} {act}에 정해진 예고기간의 상한이다.
        {employee}의 예고기간은 길어도 상한 {cap|을} 넘을 수 없다.
        아무리 오래 일하였어도 예고기간은 상한인 {cap}까지이다.
        상한이 있어 예고기간은 최대 {cap}이다.

        {employee|은} {date}에 해고 통보를 받았다.
        해고를 통보한 날: {date}.
        회사는 {date}에 {employee}에게 해고를 알렸다.
        {date}, {employee}에게 해고 통보서가 전달되었다.
        예고기간은 통보한 날인 {date}부터 흐른다.
        해고 통보서가 도착한 날은 {date}이다.
        통보가 이루어진 날짜: {date}.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 어떻게 되는가?
        {employee|은} {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {employee}의 경우 {ask|을} 산정하시오.
        회사는 {ask|을} 알아야 한다.
        """),
  ]
}
