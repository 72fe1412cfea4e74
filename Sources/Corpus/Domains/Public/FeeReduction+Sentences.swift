extension FeeReduction {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        {person} has put down {persons} for the {course}.
        Number taking part in the {course}: {persons}.
        {persons} from the household of {person} take part in the {course}.
        The list of the {course} shows {persons} from the household of {person}.
        For the {course}, {person} signs up {persons} in all.
        In all, {persons} of the household go to the {course}.
        Participants from the household of {person}: {persons}.
        {persons} are entered for the {course} by {person}.
        In a group of {persons}, {person} goes to the {course}.
        Group size: {persons}.
        The household sends {persons} to the {course}.
        {persons}, says the form of {person}.
        We are {persons} for the {course}.

        The {course} costs a fee of {fee} per person.
        Fee for each person: {fee}.
        {fee} is the fee per person in the {course}.
        Per person the town charges a fee of {fee}.
        The fee per person comes to {fee}.
        Before any reduction, each person owes a fee of {fee}.
        The town has set the fee per person at {fee}.
        For the {course} the fee, counted per person, is {fee}.

        A reduction of {percent} on the fee per person goes to {who}.
        For {who} the fee is lowered by {percent}.
        Reduction on the fee for {who}: {percent}.
        {percent} is the reduction on the fee of {who}.
        The town takes {percent} off the fee of {who} as a reduction.
        Within the household, {who} get a reduction of {percent} on the fee.
        The reduction comes to {percent} and covers {who}.
        The fee of {who} falls by {percent}.
        Reduction: {who} at {percent}.
        Thanks to a reduction, {who} pay {percent} less than the full fee.

        The fees of one household end at a cap of {cap}.
        Cap on the fees of a household: {cap}.
        {cap} is the cap on what one household pays in fees.
        For the fees of a household the town has set a cap of {cap}.
        After any reduction, the fees of a household are held to a cap of {cap}.
        In fees, no household pays more than the cap, which is {cap}.
        Fees of a household are limited by a cap of {cap}.

        A filing charge of {charge} is added last, once per household.
        Filing charge, added after the fees are settled: {charge}.
        {charge} is due as a filing charge, added after everything else.
        At the very end the town adds a filing charge of {charge}.
        Once the fees are settled, {person} pays a filing charge of {charge} on top.
        The last item on the bill is, on top of the fees, a filing charge of {charge}.
        As a filing charge, {charge} is put on the bill at the very end.
        """,
      questions: """
        What is {ask} for the household of {person}?
        Work out {ask} for {person}.
        How high is {ask}?
        Find {ask} for the {course}.
        Wanted: {ask}.
        {person} wants to know {ask}.
        Please compute {ask}.
        What does {ask} come to for {person}?
        """),
    .ko: SentenceBank(
      facts: """
        {person|은} {course}에 모두 {persons|을} 신청했다.
        {course} 참가 인원: 모두 {persons}.
        한 가구에서 {persons|이} {course}에 참가한다.
        {person}의 가구에서는 모두 {persons|이} 참가한다.
        {course} 명단에 오른 {person}의 가구 인원은 {persons|이다}.
        {persons|이} {person}의 이름으로 {course}에 등록되었다.
        {course}에 참가할 사람은 {person}의 가구에서 모두 {persons|이다}.
        신청 인원: {persons}.
        {person}의 일행: {persons}.
        저희는 {persons|이며} {course}에 참가합니다.
        {persons}의 이름을 {person|이} 적어 냈다.

        {course}의 참가비는 한 사람에 {fee}이다.
        참가비(1인당): {fee}.
        {fee|이} 1인당 참가비로 정해져 있다.
        시는 1인당 참가비로 {fee|을} 받는다.
        감면이 없다면 한 사람이 내는 참가비는 {fee}이다.
        시는 {course}의 1인당 참가비를 {fee|으로} 정했다.
        {course|은} 한 사람마다 {fee}의 참가비가 든다.

        감면 제도에 따라 {who|이} 참가비의 {percent|을} 감면받는다.
        {who}의 참가비를 {percent} 감면해 준다.
        감면 대상은 {who|이고} 감면율은 {percent|이다}.
        감면율 {percent|이} {who}에게 적용된다.
        {percent} 감면을 받는 인원은 {who|이다}.
        시는 참가비의 {percent|을} 감면하며 그 대상은 {who|이다}.
        {who}에 대해서는 참가비를 {percent} 낮추어 감면한다.
        참가비 감면율 {percent|은} {who}에게 해당한다.

        한 가구가 내는 참가비의 상한은 {cap}이다.
        참가비 상한(가구당): {cap}.
        {cap|이} 가구 참가비의 상한으로 정해져 있다.
        한 가구의 참가비는 상한인 {cap}까지만 받는다.
        참가비가 많아도 가구당 상한 {cap|을} 넘겨 받지 않는다.
        시는 가구마다 참가비 상한을 {cap|으로} 둔다.
        가구의 참가비는 {cap|을} 상한으로 한다.

        접수료는 가구당 {charge|이며} 맨 마지막에 더한다.
        접수료(가구당, 맨 끝에 더함): {charge}.
        참가비 계산이 모두 끝난 뒤 접수료 {charge|을} 더한다.
        {charge|이} 접수료로 맨 마지막에 더해진다.
        {person|은} 참가비와 따로 접수료 {charge|을} 마지막에 낸다.
        청구서 맨 끝에는 접수료 {charge|이} 들어간다.
        맨 마지막에 시는 접수료로 가구당 {charge|을} 더한다.
        """,
      questions: """
        {person|이} {ask|은} 얼마가 되는가?
        {person}의 가구가 {course}에 {ask|을} 구하시오.
        구할 것: {ask}.
        {ask|이} 얼마인지 구하시오.
        {person|은} {ask|을} 알고 싶어 한다.
        {person|이} {ask|을} 셈하시오.
        {ask|은} 얼마나 되는가?
        물음은 {person|이} {ask|이다}.
        """),
  ]
}
