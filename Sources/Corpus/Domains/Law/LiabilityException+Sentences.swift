extension LiabilityException {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The keeper of the {thing} is {keeper}.
        {keeper} is the keeper of a {thing}.
        Keeper of the {thing}: {keeper}.
        For years, {keeper} has been the keeper of a {thing}.
        A {thing} has {keeper} as keeper.
        The {thing} that caused the accident belongs to {keeper}, its keeper.

        As a rule, the {act} makes a keeper liable once the damage is over the limit of {limit}.
        Only damage over {limit}, the limit of the {act}, makes a keeper liable.
        Rule: a keeper is liable when the damage exceeds the limit of {limit}.
        Damage beyond a limit of {limit} has to be paid by the keeper as a rule of the {act}.
        By the rule of the {act}, {keeper} is liable if the damage is more than the limit of {limit}.
        The limit above which the {act} holds a keeper liable for damage is {limit}.
        Damage up to a limit of {limit} leaves a keeper free; more makes a keeper liable as a rule.
        {limit} is the limit of damage over which liability begins by the rule.

        Exception: no liability if a warning was given at least {need} before the accident.
        A warning of {need} or more before the accident frees the keeper as an exception.
        As an exception, the keeper is free after a warning at least {need} in advance.
        At least {need} must lie between warning and accident for the exception.
        The exception of the {act} requires a warning no later than {need} before the accident.
        Whoever warned {need} or more before the accident benefits from an exception.
        Minimum lead of a warning for the exception: {need}.
        For the exception to apply, the keeper must have warned {need} before the accident or earlier.

        According to the file, the warning by {keeper} was {warning}.
        Finding on the warning: {warning}.
        As to a warning, the court notes: {warning}.
        In the case of {keeper}, the warning was {warning}.
        The entry on the warning by the keeper reads "{warning}".
        What the court found about the warning of {keeper}: {warning}.
        Status of the warning by the keeper: {warning}.
        A warning by the keeper is recorded as {warning}.

        Counter-exception: at least {least} earlier incidents make the keeper liable in spite of a warning.
        The exception falls away if there were {least} or more earlier incidents (counter-exception).
        {least} earlier incidents or more remove the exception by way of a counter-exception.
        As a counter-exception, a keeper with at least {least} earlier incidents loses the exception.
        The counter-exception requires {least} or more incidents in the past.
        From {least} earlier incidents on, the {act} takes the exception back by a counter-exception.
        Minimum number of earlier incidents for the counter-exception: {least}.
        Whoever had at least {least} earlier incidents cannot rely on the exception (counter-exception).

        Number of earlier incidents on file: {incidents}.
        Finding on the earlier incidents with the {thing}: {incidents}.
        As to earlier incidents, the court notes: {incidents}.
        The number of earlier incidents with the {thing} was recorded as {incidents}.
        In the column for earlier incidents, the file says {incidents}.
        Earlier incidents with the {thing} kept by {keeper}: {incidents}.
        The count of earlier incidents appears in the record as {incidents}.

        The {thing} of {keeper} caused {damage} in damage.
        Damage done by the {thing}: {damage}.
        An expert puts the damage at {damage}.
        {damage} is the damage that the {thing} of {keeper} caused.
        The neighbour suffered damage of {damage} in all.
        A total of {damage} was lost as damage from the {thing}.
        The accident with the {thing} led to damage of {damage}.
        The repair bill shows damage of {damage}.

        The {thing} of {keeper} destroyed {items}.
        Destroyed in the accident: {items}.
        {items} were ruined by the {thing}.
        The neighbour lost {items} through the {thing}.
        Through the accident with the {thing}, {items} became worthless.
        An inspector counted {items} that were destroyed.
        In total, the accident wrecked {items} belonging to the neighbour.

        Each of the destroyed items had a value of {value}.
        Value per destroyed item: {value}.
        {value} was the worth of every single item destroyed.
        An expert values each destroyed item at {value}.
        For a single destroyed item, the loss is {value}.
        Every item that the accident destroyed was worth {value}.
        Per item destroyed, the damage comes to {value}.
        """,
      questions: """
        Find {ask}.
        Can you say {ask}?
        {keeper} wants to know {ask}.
        To be decided: {ask}.
        The question is {ask}.
        Please find out {ask}.
        Say {ask} under the {act}.
        The judge has to say {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {thing|을} 보유한 사람은 {keeper}이다.
        {keeper|은} {thing}의 보유자이다.
        {thing}의 보유자: {keeper}.
        사고를 낸 {thing}의 보유자는 {keeper}이다.
        {keeper|이} 오래전부터 {thing|을} 보유해 왔다.
        보유자 {keeper|은} {thing} 사고로 법정에 섰다.

        {act}의 원칙상 손해가 기준 {limit|을} 넘어야 보유자가 책임을 진다.
        원칙: 손해가 기준 {limit|을} 초과하면 보유자의 책임이 생긴다.
        {limit|이} 책임의 기준이며 손해가 더 크면 보유자가 원칙적으로 책임을 진다.
        손해가 {limit|이라는} 기준보다 크면 {act|은} 원칙적으로 보유자에게 책임을 묻는다.
        {act|은} 책임의 기준을 {limit|으로} 정하여 더 큰 손해에만 보유자의 책임을 인정한다.
        보유자는 원칙적으로 기준 {limit|을} 웃도는 손해를 배상할 책임이 있다.
        {act}에서 보유자 책임의 기준이 되는 손해는 {limit} 초과이다.
        기준인 {limit} 이하의 손해에는 책임이 없고 더 큰 손해에는 원칙적으로 보유자가 책임을 진다.

        예외: 사고보다 {need} 이상 앞서 경고하였으면 책임이 없다.
        사고가 나기 {need} 전 또는 더 일찍 경고한 보유자는 예외로 책임을 면한다.
        예외가 성립하려면 늦어도 사고 {need} 전에는 경고가 있어야 한다.
        경고와 사고 사이가 {need} 이상이면 {act}의 예외에 해당한다.
        {act|은} {need} 이상 앞선 경고를 예외로 인정한다.
        예외에 필요한 경고 시점: 사고 {need} 전 또는 더 이른 때.
        {need|은} 예외가 되는 경고가 사고보다 앞서야 하는 최소 기간이다.
        보유자가 최소한 {need} 앞서 경고하였으면 예외로 본다.

        {keeper}의 경고는 {warning|으로} 기록되어 있다.
        경고에 관한 판단: {warning}.
        경고가 언제 있었는지에 대하여 기록은 {warning|으로} 남아 있다.
        법원이 확인한 경고의 시점: {warning}.
        보유자의 경고에 대한 심리 결과는 {warning}이다.
        사건 기록의 경고란에는 {warning|이라는} 기재가 있다.
        {keeper|이} 하였다는 경고는 {warning|으로} 정리되었다.
        {warning|이라는} 것이 경고에 관한 법원의 판단이다.

        재예외: 이전 사고가 {least} 이상이면 경고를 하였어도 책임을 진다.
        이전 사고가 적어도 {least}이면 예외가 사라진다(재예외).
        {least} 이상의 이전 사고는 예외를 배제하는 재예외가 된다.
        재예외가 성립하려면 이전 사고가 {least} 이상 있어야 한다.
        {act|은} 이전 사고 {least}부터 재예외를 인정한다.
        재예외에 필요한 이전 사고의 수: {least} 이상.
        보유자에게 이전 사고가 {least} 또는 더 많이 있으면 재예외에 해당한다.
        {least|은} 재예외가 성립하는 이전 사고의 최소 건수이다.

        이전 사고에 관한 판단: {incidents}.
        이전 사고의 건수는 {incidents|으로} 기록되어 있다.
        {thing|으로} 인한 이전 사고: {incidents}.
        사건 기록의 이전 사고란에는 {incidents|이라는} 기재가 있다.
        {keeper}의 이전 사고에 대한 심리 결과는 {incidents}이다.
        법원이 확인한 이전 사고의 수: {incidents}.
        {incidents|이라는} 것이 이전 사고에 관한 법원의 판단이다.

        {thing|이} 낸 손해는 모두 {damage}이다.
        사고로 생긴 손해: {damage}.
        감정인은 손해를 {damage|으로} 평가하였다.
        {damage|이} {keeper}의 {thing|으로} 생긴 손해이다.
        이웃이 입은 손해는 {damage}에 이른다.
        {thing} 사고 때문에 {damage}의 손해가 났다.
        {keeper}의 {thing} 사고에서 손해로 {damage|이} 확인되었다.
        수리비 계산서에 나타난 손해는 {damage}이다.

        {keeper}의 {thing} 때문에 물건 {items|이} 망가졌다.
        망가진 물건: {items}.
        {thing} 사고로 이웃의 물건 {items|이} 못 쓰게 되었다.
        이웃이 잃은 물건은 모두 {items}이다.
        {items}의 물건이 {thing|으로} 인해 부서졌다.
        조사관이 센 파손 물건은 {items}이다.
        사고에서 파손된 물건의 수는 {items}에 이른다.

        망가진 물건은 한 점의 값이 {value}이다.
        파손된 물건 한 점의 가액: {value}.
        {value|이} 망가진 물건 한 점의 값이다.
        감정인은 파손된 물건을 한 점마다 {value|으로} 평가하였다.
        망가진 것은 한 점에 {value}씩 하는 물건이다.
        부서진 물건 하나하나의 가치는 {value}이다.
        물건이 한 점 부서질 때마다 {value}의 손해가 났다.
        """,
      questions: """
        {ask|을} 정하시오.
        {ask|은} 어떠한가?
        {keeper|은} {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {act}에 따라 {ask|을} 가리시오.
        {ask|을} 판정하시오.
        법원이 정할 것은 {ask}이다.
        """),
  ]
}
