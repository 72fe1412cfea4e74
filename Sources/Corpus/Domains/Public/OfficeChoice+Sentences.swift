extension OfficeChoice {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The town's rules for the right {kind} read {rules}.
        Rules of the front desk: {rules}.
        A notice at the desk tells which {kind} is right: {rules}.
        The right {kind} follows from these rules: {rules}.
        For every request the {kind} is laid down by rule, namely {rules}.
        The rules ({rules}) decide which {kind} is right.
        By the rules of the town ({rules}) every request has one right {kind}.

        The choices are {options}.
        Lettered choices: {options}.
        The {kind} must be one of the following: {options}.
        {options} are the choices.
        The list to choose from reads {options}.
        On the answer sheet each {kind} has a letter: {options}.
        {person} finds these letters to choose from: {options}.

        {person} comes with a request on the topic of {topic}.
        The request of {person} belongs to the topic {topic}.
        Topic named in the request: {topic}.
        In the field for the topic, {person} wrote {topic}.
        A request with {topic} as the topic was brought by {person}.
        The desk files the request of {person} under the topic {topic}.
        As the topic of the request, {person} gives {topic}.
        The topic that {person} names is {topic}.

        The amount in question is {amount}.
        Amount named in the request: {amount}.
        The request is for an amount of {amount}.
        {amount} is the amount that {person} names.
        As for money, the request names an amount of {amount}.
        {person} puts the amount at {amount}.
        In the field for the amount, {person} wrote {amount}.
        An amount of {amount} was entered in the request.

        The request counts as {status}.
        Stamp on the request: {status}.
        The desk treats the request of {person} as {status}.
        As to urgency, the request is {status}.
        {person} handed in the request as {status}.
        The word {status} is stamped on the request of {person}.
        In the field for the status the request says {status}.
        """,
      questions: """
        Which letter stands for the right {kind}?
        Which {kind} is the right one for {person}? Answer with the letter.
        Give the letter of the {kind} that {person} needs.
        Write the letter of the right choice.
        Which choice is right for {person}? One letter is enough.
        Pick the right {kind} and write the letter only.
        What is the letter of the right {kind} for the request of {person}?
        """),
    .ko: SentenceBank(
      facts: """
        시가 정한 {kind} 규정은 이렇다. {rules}.
        알맞은 {kind|을} 정하는 규정: {rules}.
        신청마다 쓸 {kind|은} 규정({rules})에 따라 정해진다.
        창구에 붙은 {kind} 규정에는 {rules|이라} 적혀 있다.
        {kind|을} 정하는 기준은 아래와 같다. {rules}.
        시는 신청에 따라 {kind|을} 달리 정한다: {rules}.
        규정에 따르면 신청별 {kind|은} {rules|이다}.

        고를 수 있는 {kind}: {options}.
        선택지는 {options|이다}.
        다음 {kind} 가운데 하나가 알맞다. {options}.
        기호별 {kind}: {options}.
        {options} 가운데 하나를 고를 수 있다.
        {kind}마다 기호가 붙어 있다: {options}.
        답안지에는 선택지로 {options|이라} 적혀 있다.

        {person|은} {topic} 분야의 일로 신청했다.
        {person|이} 낸 신청의 분야는 {topic|이다}.
        신청서의 분야 칸: {topic}.
        {topic|이} 신청 분야로 적혀 있다.
        {person}의 신청은 {topic} 분야에 속한다.
        창구는 {person}의 신청을 {topic} 분야로 분류했다.
        {person|은} 분야 칸에 {topic|이라} 적었다.

        신청에 적힌 금액은 {amount}이다.
        신청서의 금액 칸: {amount}.
        {amount|이} 신청 금액으로 적혀 있다.
        {person|이} 신청한 금액은 {amount}이다.
        {person|은} 금액 칸에 {amount|을} 적었다.
        금액으로는 {amount|이} 신청되었다.
        {person}의 신청은 그 금액이 {amount}이다.

        신청은 {status} 건으로 접수되었다.
        신청서의 구분 칸: {status}.
        신청서에는 {status} 표시가 있다.
        {person}의 신청은 {status} 신청이다.
        {status} 신청으로 {person|이} 서류를 냈다.
        접수 도장에는 {status|이라} 찍혀 있다.
        창구는 {person}의 신청을 {status} 신청으로 보았다.
        """,
      questions: """
        {person}에게 알맞은 {kind}의 기호는 무엇인가?
        알맞은 {kind|은} 어느 것인가? 기호 하나로 답하시오.
        {person|이} 이용할 {kind}의 기호를 쓰시오.
        어느 {kind|이} 맞는가? 기호만 쓰시오.
        규정에 맞는 {kind|을} 골라 기호를 적으시오.
        {person}의 신청에 맞는 {kind}의 기호를 고르시오.
        {person|이} 써야 할 {kind|은} 어느 기호인가?
        """),
  ]
}
