extension RulePrecedence {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The general rate for using a square is {general} a day.
        General rate where no special rate holds: {general} a day.
        {general} a day is the general rate for a square.
        Where no special rate holds, a general rate of {general} a day is charged.
        The general rule sets a general rate of {general} a day.
        As a general rate, the town takes {general} a day for a square.
        In the tariff the general rate for a square stands at {general} a day.

        A special rate of {special} a day holds for a {specialUse} and for no other use.
        Where the use is a {specialUse}, the special rule sets a special rate of {special} a day.
        Special rate, kept for a {specialUse} only: {special} a day.
        {special} a day is the special rate for a {specialUse}.
        The special rule names a {specialUse} and sets {special} a day as the special rate.
        Before the general rate comes a special rate of {special} a day if the use is a {specialUse}.
        The tariff keeps a special rate of {special} a day for the use as a {specialUse}.
        Only a {specialUse} falls under the special rate, which is {special} a day.

        {person} needs a square for a {use}.
        Use of the square by {person}: {use}.
        The booking of {person} is made for a {use}.
        In the field for the use, {person} wrote {use}.
        As the use, {person} gives a {use}.
        For a {use} a square was taken by {person}.
        {person} plans a {use} on the square.

        {person} is on the square for {days}.
        Duration of the use: {days}.
        The use of the square lasts {days}.
        For {days}, the square is kept for {person}.
        {days} on the square were booked by {person}.
        The booking of {person} runs for {days}.
        The town has noted a stay of {days} for {person}.

        The booking falls in {year}.
        Year of the use: {year}.
        {person} uses the square in {year}.
        {year} is the year of the booking.
        In {year} the square is used by {person}.
        As the year of the use, the form gives {year}.
        The case of {person} belongs to the year {year}.

        The <new|amended> rates hold from {from} on.
        First year of the <new|amended> rates: {from}.
        {from} is the year in which the amendment of the rates takes effect.
        From {from} on, every amended rate is in force.
        The amendment of the rates has been made for {from} and later years.
        In and after {from}, a <new|amended> rate replaces the earlier rate.
        The tariff was amended with effect from {from}.

        The <new|amended> general rate comes to {newGeneral} a day.
        General rate after the amendment: {newGeneral} a day.
        {newGeneral} a day is the <new|amended> general rate.
        By the amendment the general rate becomes {newGeneral} a day.
        The amendment puts the general rate at {newGeneral} a day.
        As amended, the general rule asks for a rate of {newGeneral} a day.
        For the general rate the amendment names {newGeneral} a day.
        General rate, later: {newGeneral} a day.

        The <new|amended> special rate comes to {newSpecial} a day.
        Special rate after the amendment: {newSpecial} a day.
        {newSpecial} a day is the <new|amended> special rate.
        By the amendment the special rate becomes {newSpecial} a day.
        The amendment puts the special rate at {newSpecial} a day.
        As amended, the special rule asks for a rate of {newSpecial} a day.
        For the special rate the amendment names {newSpecial} a day.
        Special rate, later: {newSpecial} a day.

        The square used by {person} lies in the {area}.
        Area of the square that was booked: {area}.
        The booking concerns a square in the {area}.
        The {area} is where {person} uses a square.
        A square in the {area} was booked by {person}.
        {person} has chosen a place in the {area}.
        In the field for the area, {person} wrote {area}.
        The place is the {area}.
        Place of the booking: {area}.

        The special rate is not applied in the {excluded}.
        Area left out of the special rate: {excluded}.
        The {excluded} is left out of the special rule.
        As an exception, the special rule does not reach the {excluded}.
        No special rate is granted in the {excluded}.
        In the {excluded} every use is charged at the general rate, even one with a special rate.
        The special rule makes an exception for the {excluded}, where the general rate holds.
        Only the general rate holds in the {excluded}.
        Anyone in the {excluded} pays the general rate.
        Without a special rate: {excluded}.

        The first {free} on the square cost nothing.
        Free of charge at the start: {free}.
        No charge is made for the first {free}.
        {free} at the beginning of the use are free of charge.
        Of the days booked, the first {free} are not charged.
        The town counts the first {free} as free.
        As a gift of the town, the first {free} are not billed.
        """,
      questions: """
        Find {ask} on the bill of {person}.
        What is {ask} in the case of {person}?
        How high is {ask}?
        Wanted: {ask}.
        Work out {ask} for the booking of {person}.
        {person} wants to know {ask}.
        Please compute {ask}.
        What does {ask} come to for {person}?
        """),
    .ko: SentenceBank(
      facts: """
        광장을 쓸 때의 일반 요율은 하루에 {general}이다.
        일반 요율(하루): {general}.
        특칙이 적용되지 않을 때에는 하루 {general}의 일반 요율을 적용한다.
        {general|이} 하루 일반 요율로 정해져 있다.
        일반 규정은 하루 {general|을} 일반 요율로 둔다.
        특칙 요율에 해당하지 않으면 하루에 일반 요율 {general|을} 낸다.
        시의 요율표에 적힌 일반 요율은 하루 {general}이다.

        {specialUse} 용도에는 하루 {special}의 특칙 요율이 있다.
        하루 {special|이} {specialUse} 용도의 특칙 요율이다.
        {specialUse}에만 적용하는 특칙 요율(하루): {special}.
        특칙 요율은 하루 {special|이고} {specialUse} 용도에만 해당한다.
        {specialUse}에 관한 특칙은 특칙 요율을 하루 {special|으로} 정한다.
        하루 {special}의 특칙 요율은 {specialUse|이라는} 용도에 한한다.
        용도가 {specialUse|이면} 일반 요율보다 먼저 하루 {special}의 특칙 요율을 적용한다.

        {person|이} 광장을 쓰는 용도는 {use|이다}.
        광장 사용 용도: {use}.
        신청서에 적힌 용도는 {use|이다}.
        {use|을} 위해 {person|이} 광장을 빌린다.
        {person|은} 사용 용도를 {use|으로} 적었다.
        {use} 용도로 {person|이} 광장을 신청했다.
        {person|은} 광장을 빌리며 용도 칸에 {use|이라} 적었다.

        {person|은} 광장을 {days} 동안 쓴다.
        광장 사용 기간: {days}.
        광장을 빌리는 기간은 {days|이다}.
        {days} 동안 광장이 {person}에게 배정된다.
        광장을 쓰는 일수는 모두 {days|이다}.
        예약서에는 {days} 동안 쓴다고 적혀 있다.
        {person|이} 광장에 머무는 기간은 {days|이다}.

        광장을 쓰는 해는 {year}년이다.
        광장 사용 연도: {year}년.
        {person|은} {year}년에 광장을 쓴다.
        {year}년이 광장을 쓰는 해이다.
        {person}의 예약은 {year}년에 해당한다.
        예약서의 연도 칸에는 {year}년이라 적혀 있다.
        {person|이} 예약한 연도는 {year}년이다.

        개정 요율은 {from}년부터 적용한다.
        개정 요율의 시행 연도: {from}년.
        {from}년부터는 개정된 요율이 효력을 가진다.
        요율 개정은 {from}년에 시행된다.
        {from}년이 개정 요율의 첫해이다.
        요율을 개정한 규정은 {from}년과 그 뒤의 해에 적용한다.
        개정된 요율의 적용은 {from}년에 시작된다.

        개정된 일반 요율은 하루 {newGeneral}이다.
        개정 일반 요율(하루): {newGeneral}.
        개정으로 일반 요율은 하루 {newGeneral|이} 된다.
        {newGeneral|이} 개정 뒤의 하루 일반 요율이다.
        개정 규정은 일반 요율을 하루 {newGeneral|으로} 정한다.
        일반 요율은 개정을 거쳐 하루 {newGeneral|으로} 바뀐다.
        개정에 따라 하루 {newGeneral|을} 일반 요율로 한다.

        개정된 특칙 요율은 하루 {newSpecial}이다.
        개정 특칙 요율(하루): {newSpecial}.
        개정으로 특칙 요율은 하루 {newSpecial|이} 된다.
        {newSpecial|이} 개정 뒤의 하루 특칙 요율이다.
        개정 규정은 특칙 요율을 하루 {newSpecial|으로} 정한다.
        특칙 요율은 개정을 거쳐 하루 {newSpecial|으로} 바뀐다.
        개정에 따라 하루 {newSpecial|을} 특칙 요율로 한다.

        {person|이} 쓰는 광장은 {area}에 있다.
        빌린 광장의 구역: {area}.
        예약한 자리는 {area}에 속한다.
        {area}에 있는 광장을 {person|이} 빌린다.
        {person|은} {area}의 광장을 골랐다.
        신청서의 구역 칸에는 {area|이라} 적혀 있다.
        {person|이} 자리를 잡은 곳은 {area|이다}.
        장소는 {area|이다}.
        예약 장소: {area}.

        {excluded}에서는 특칙 요율을 적용하지 않는다.
        특칙 제외 구역: {excluded}.
        특칙은 {excluded}에 미치지 않는다.
        예외로 {excluded}에는 특칙을 적용하지 않고 일반 요율을 적용한다.
        {excluded|은} 특칙의 예외 구역이다.
        특칙이 적용되지 않는 구역은 {excluded|이다}.
        특칙 요율의 대상에서 {excluded|은} 빠진다.
        {excluded}에서는 누구나 일반 요율을 낸다.
        특칙 요율이 없는 곳: {excluded}.
        {excluded}에서 특칙은 효력이 없다.

        처음 {free} 동안은 요금을 받지 않는다.
        무료 기간: 처음 {free}.
        사용 기간 가운데 처음 {free|은} 요금이 없다.
        누구나 처음 {free|을} 무료로 쓴다.
        처음 {free}에 대해서는 사용료를 매기지 않는다.
        요금은 처음 {free|을} 뺀 나머지 날에만 매긴다.
        무료로 쓰는 날은 처음 {free|이다}.
        """,
      questions: """
        {person|이} {ask|은} 얼마가 되는가?
        {person}의 예약에 대해 {ask|을} 구하시오.
        구할 것: {ask}.
        {ask|이} 얼마인지 구하시오.
        {person|은} {ask|을} 알고 싶어 한다.
        {person|이} {ask|을} 셈하시오.
        {ask|은} 얼마나 되는가?
        물음은 {person|이} {ask|이다}.
        """),
  ]
}
