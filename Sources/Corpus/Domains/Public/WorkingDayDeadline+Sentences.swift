extension WorkingDayDeadline {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The {notice} for {person} bears the date {start}.
        Date printed on the {notice}: {start}.
        {start} is the date on the {notice}.
        {person} was sent a {notice} that is dated {start}.
        The town wrote the {notice} to {person} with the date of {start}.
        With the date {start}, a {notice} went to {person}.
        On the {notice} for {person} the date reads {start}.

        Going by the date on the {notice}, receipt comes {post}.
        Receipt, seen from the date on the {notice}: {post}.
        Measured from the date on the {notice}, receipt falls {post}.
        The rules place receipt {post}, reckoned from the date on the {notice}.
        Under the rules the {notice} counts as received {post}, seen from the date printed on the paper.
        Reckoned from the date on the {notice}, {person} is taken to have received the paper {post}.
        For {person}, receipt comes {post}, seen from the date on the {notice}.

        {person} has {days} after receipt to reply.
        Time to reply: {days}, starting on the day after receipt.
        {days} from the day after receipt are given for the reply.
        For the reply, the rules leave {days} after receipt.
        After receipt, a period of {days} runs for {person}.
        Beginning with the day after receipt, the period lasts {days}.
        The period runs for {days} and leaves out the day of receipt.

        The office has extended the period by {extension}.
        Extension of the period: {extension}.
        {person} was granted an extension of {extension}.
        An extension of {extension} lengthens the period.
        The office allowed {extension} more as an extension of the period.
        By way of extension, the period grows by {extension}.
        To the period an extension of {extension} is added.

        The count of working days leaves out the {holidays}.
        Not counted in the period: {holidays}.
        Skip the {holidays} when counting working days.
        On the {holidays} no work is done.
        No working day falls on the {holidays}.
        In the calendar of the town: {holidays}.
        The town observes the {holidays}.

        Saturdays and Sundays are left out of the count of working days.
        Only days from Monday to Friday can be working days.
        No Saturday and no Sunday is a working day.
        Weekend days are passed over in counting the period.
        Saturday and Sunday never count as working days.
        In counting the period, leave weekends aside.
        The weekend is no working time, neither Saturday nor Sunday.
        """,
      questions: """
        On what date does the period of {person} end? Answer in the form YYYY-MM-DD.
        What is the last day of the period (YYYY-MM-DD)?
        By which date must {person} reply? Write YYYY-MM-DD.
        Find the last day on which {person} can reply, in the form YYYY-MM-DD.
        Name the date, as YYYY-MM-DD, on which the period ends.
        When does the time for the reply run out? Give the date as YYYY-MM-DD.
        Until which day can {person} still reply? Use the format YYYY-MM-DD.
        Work out the final day of the period as YYYY-MM-DD.
        """),
    .ko: SentenceBank(
      facts: """
        {person|이} 받은 {notice}에는 {start} 날짜가 찍혀 있다.
        {notice}에 적힌 날짜: {start}.
        {start|이} {notice}에 적힌 날짜이다.
        {person} 앞으로 {start}자 {notice|이} 나왔다.
        시는 {start} 날짜로 {person}에게 {notice|을} 보냈다.
        {notice}의 작성일은 {start|이다}.
        {person}에게 보낸 {notice}의 날짜는 {start|으로} 되어 있다.

        {notice|은} 적힌 날짜를 기준으로 {post}에 수령한 것으로 친다.
        수령(통지서 날짜 기준): {post}.
        규정상 수령은 통지서에 적힌 날짜의 {post|이다}.
        {person|은} {notice|을} 그 통지서 날짜의 {post}에 수령한 것으로 간주된다.
        통지서 날짜를 기준으로 {post|이} 수령일이다.
        수령일은 통지서 날짜를 기준으로 {post|으로} 친다.
        통지서에 적힌 날짜를 기준으로 할 때 {person}의 수령일은 {post|이다}.

        {person}에게는 수령 다음 날부터 {days}의 회신 기간이 있다.
        회신 기간(수령 다음 날부터): {days}.
        규정이 정한 회신 기간은 수령 다음 날부터 {days|이다}.
        {days|이} 회신 기간이며 수령 다음 날부터 센다.
        수령한 날은 빼고 {days|을} 회신 기간으로 준다.
        수령 다음 날부터 세어 {days|이} 회신 기간이다.
        회신을 위해 {person}에게 수령 뒤 {days|이} 주어진다.

        회신 기간이 {extension} 더 연장되었다.
        연장 일수: {extension}.
        {person|은} {extension}의 연장을 허가받았다.
        {extension|을} 회신 기간에 연장으로 더한다.
        담당자는 회신 기간을 {extension}만큼 연장해 주었다.
        연장 신청이 받아들여져 회신 기간이 {extension} 길어졌다.
        연장으로 {extension|이} 회신 기간에 보태진다.

        공휴일인 {holidays|은} 근무일로 세지 않는다.
        달력에 표시된 공휴일: {holidays}.
        공휴일 {holidays|은} 근무일이 아니다.
        {holidays|은} 공휴일이어서 쉰다.
        시청은 공휴일인 {holidays}에 쉰다.
        근무일을 셀 때 공휴일({holidays})을 뺀다.
        {holidays|이} 공휴일로 정해져 있다.

        토요일과 일요일은 근무일이 아니다.
        주말은 근무일로 치지 않는다.
        근무일은 월요일부터 금요일 사이에만 있다.
        근무일을 셀 때 주말은 넘어간다.
        토요일이나 일요일은 회신 기간에 넣지 않는다.
        월요일에서 금요일까지만 근무일이 될 수 있다.
        """,
      questions: """
        {person|은} 며칠까지 회신해야 하는가? 날짜를 YYYY-MM-DD로 적으시오.
        기간의 마지막 날을 YYYY-MM-DD 형식으로 쓰시오.
        회신 기간이 끝나는 날짜는 언제인가(YYYY-MM-DD)?
        {person}의 회신 마감일을 YYYY-MM-DD로 구하시오.
        {person|이} 회신할 수 있는 마지막 날은 며칠인가? 답은 YYYY-MM-DD로 적으시오.
        기간은 어느 날 끝나는가? 답의 형식은 YYYY-MM-DD이다.
        구할 것: 회신 기간의 마지막 날(YYYY-MM-DD).
        """),
  ]
}
