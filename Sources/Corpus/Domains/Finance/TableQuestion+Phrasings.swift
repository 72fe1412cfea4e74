extension TableQuestion {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      The books of {firm} show, in million dollars: {table}. <Find|Calculate> {ask}. [[{options}.]]

      Table: {table}. Unit: million dollars. <Firm|Company>: {firm}. Question: what is {ask}? [[{options}.]]

      Report {ask}. [[{options}.]] Use the <yearly|official> table of {firm}, in million dollars: {table}.

      If the figures of {firm} in million dollars are {table}, then what is {ask}? [[<Options|Choices>:
      {options}.]]

      Memo from the <controller|treasurer> of {firm}: our figures are {table}, all in million dollars. Please
      state {ask} for the board. [[{options}.]]

      I keep the books of {firm}. For the <bank|auditor> I noted, in million dollars, {table}. Now tell me {ask}.
      [[{options}.]]

      The following figures were <published|reported> by {firm}: {table}. All of them are given in million
      dollars. Work out {ask}. [[{options}.]]

      {firm}, table 1, million dollars. {table}. Write down {ask}. [[{options}.]]

      An analyst needs {ask} and <looks at|reads> the table of {firm}: {table}. The unit is million dollars.
      [[{options}.]]

      At a meeting of {firm}, one <slide|page> read: {table}. The unit was million dollars. The board asked for
      {ask}. [[{options}.]]

      What is {ask}? [[{options}.]] The table of {firm} shows, in million dollars: {table}.

      {firm} reported these figures in million dollars: {table}. Please work out {ask}. [[{options}.]]

      In million dollars, the table in the books of {firm} is {table}. State {ask}. [[{options}.]]

      Calculate {ask} from the table of {firm}, given as {table}, all in million dollars. [[{options}.]]
      """),
    .ko: Phrasing.list(
      """
      {firm}의 장부는 다음과 같다(단위: 억 원). {table}. {ask|을} <구하시오|답하시오>. [[{options}.]]

      표: {table}. 단위: 억 원. <회사|기업>: {firm}. 질문: {ask|은} 무엇인가? [[{options}.]]

      {ask|을} 적으시오. [[{options}.]] {firm}의 <연간|공식> 표를 쓰시오(단위: 억 원): {table}.

      {firm}의 수치가 억 원 단위로 {table|이라면} {ask|은} 무엇이 되는가? [[<보기|선택지>: {options}.]]

      {firm} <관리팀|재무팀> 메모: 우리 수치는 {table}이며 단위는 모두 억 원입니다. 이사회에 {ask|을} 알려 주십시오.
      [[{options}.]]

      나는 {firm}의 장부를 맡고 있다. <은행|감사인>에게 낼 표에 억 원 단위로 {table|을} 적었다. {ask|을} 알고 싶다.
      [[{options}.]]

      {firm}에서 다음 수치가 <공시되었다|보고되었다>. {table}. 수치의 단위는 모두 억 원이다. {ask|을} 밝히시오.
      [[{options}.]]

      {firm}, 표 1, 억 원. {table}. {ask|을} 쓰시오. [[{options}.]]

      분석가는 {ask|을} 알아야 해서 {firm}의 표를 <본다|읽는다>. {table}. 단위는 억 원이다. [[{options}.]]

      {firm} 회의에서 한 <화면|쪽>에 이렇게 적혀 있었다. {table}. 단위는 억 원이었다. 이사회가 {ask|을} 물었다.
      [[{options}.]]

      {ask|은} 무엇인가? [[{options}.]] {firm}의 표에는 억 원 단위로 이렇게 적혀 있다: {table}.

      {firm|은} 억 원 단위로 이 수치를 보고했다: {table}. {ask|을} 알려 주십시오. [[{options}.]]

      억 원 단위로 {firm} 장부의 표는 {table}이다. {ask|을} 답하시오. [[{options}.]]

      {firm}의 표에서 {ask|을} 구하시오. 표의 수치는 {table}이고 단위는 모두 억 원이다. [[{options}.]]
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "A table lists sales by quarter or by branch.",
      "The total of all sales is the sum of the sales of all rows.",
      "The difference between two rows is the larger value less the smaller value.",
      "The share of a row is its sales divided by the total, in percent.",
      "The growth from one quarter to another is the increase divided by the earlier sales, in percent.",
      "The row with the largest sales is found by comparing the values one after another.",
      "Profit is sales less costs.",
      "The row with the largest profit need not be the row with the largest sales.",
      "One percent of the total is the total divided by 100.",
      "A year has four quarters: Q1, Q2, Q3 and Q4.",
      "The branches are called North, South, East and West.",
      "An option is named by its letter, such as A, B, C or D.",
      "The unit of a table says what its figures count, such as million dollars.",
    ],
    .ko: [
      "표는 분기별이나 지점별로 매출을 적은 것이다.",
      "전체 매출의 합계는 모든 항목의 매출을 더한 값이다.",
      "두 항목의 차이는 큰 값에서 작은 값을 뺀 값이다.",
      "한 항목의 비중은 그 매출을 합계로 나누어 퍼센트로 나타낸 값이다.",
      "한 분기에서 다른 분기까지의 매출 증가율은 늘어난 매출을 앞 분기 매출로 나누어 퍼센트로 나타낸 값이다.",
      "매출이 가장 큰 항목은 값을 차례로 비교하여 찾는다.",
      "이익은 매출에서 비용을 뺀 값이다.",
      "이익이 가장 큰 항목이 매출이 가장 큰 항목과 같지 않을 수 있다.",
      "합계의 1퍼센트는 합계를 100으로 나눈 값이다.",
      "한 해에는 1분기, 2분기, 3분기, 4분기가 있다.",
      "지점은 북부, 남부, 동부, 서부로 나뉜다.",
      "보기는 A, B, C, D와 같은 기호로 답한다.",
      "표의 단위는 수치가 무엇을 세는지를 알려 주며 억 원 같은 것이 있다.",
    ],
  ]
}
