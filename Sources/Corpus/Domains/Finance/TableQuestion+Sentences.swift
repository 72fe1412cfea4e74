extension TableQuestion {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The yearly table of {firm} reads: {table}.
        Figures of {firm}: {table}.
        For {firm}, the table lists {table}.
        {firm} has drawn up a table: {table}.
        In the table of {firm}, one reads {table}.
        The accountant of {firm} wrote into the table: {table}.
        Here are the rows of the table: {table}.
        On a wall chart at {firm} stands the following table: {table}.

        All figures are in million dollars.
        Unit of the table: million dollars.
        Million dollars are the unit of every figure.
        Every number in the table counts million dollars.
        Amounts in the table are given in millions of dollars.
        {firm} keeps the table in million dollars.
        The unit, throughout the table, is a million dollars.
        For every row, the unit of the figures is million dollars.

        Options: {options}.
        The options are {options}.
        Choose among {options}.
        The rows carry the letters {options}.
        Letters of the rows: {options}.
        One of the following is right: {options}.
        The letters to choose from are {options}.
        For the answer, {firm} has lettered the rows {options}.
        """,
      questions: """
        Find {ask}.
        {firm} asks for {ask}.
        Wanted: {ask}.
        Determine {ask}.
        The question is {ask}.
        Please give {ask}.
        The board of {firm} would like to know {ask}.
        Can you name {ask}?
        """),
    .ko: SentenceBank(
      facts: """
        {firm}의 표는 이러하다: {table}.
        {firm}의 실적: {table}.
        표에는 {table|이} 적혀 있다.
        {firm|이} 만든 표의 내용은 {table}이다.
        {firm}의 회계 담당자는 표에 {table|을} 적어 넣었다.
        표의 각 항목은 {table}이다.
        {firm} 실적표에서 읽은 값: {table}.
        {firm}의 보고서에는 표가 하나 실려 있다: {table}.

        표의 금액은 억 원 단위이다.
        표의 단위: 억 원.
        모든 수치는 억 원으로 나타낸 것이다.
        억 원이 표에 적힌 모든 수의 단위이다.
        {firm|은} 표의 금액을 억 원 단위로 적는다.
        표에 적힌 수는 억 원을 센 것이다.
        금액은 하나같이 억 원 단위로 읽는다.
        어느 항목이든 수치의 단위는 억 원이다.

        보기: {options}.
        보기는 {options}이다.
        고를 수 있는 기호는 {options}이다.
        {options} 가운데 하나를 고른다.
        항목의 기호: {options}.
        각 항목에는 {options|이라는} 기호가 붙어 있다.
        답할 기호는 {options} 중 하나이다.
        {firm|은} 각 항목의 기호를 {options|으로} 정했다.
        """,
      questions: """
        묻는 것은 {ask}이다.
        {ask|은} 어떻게 되는가?
        구할 것: {ask}.
        {firm|은} {ask|을} 알고 싶어 한다.
        물음은 {ask}이다.
        {ask|을} 찾아 적으시오.
        {firm}의 이사회가 {ask|을} 묻는다.
        표를 보고 {ask|을} 밝히시오.
        """),
  ]
}
