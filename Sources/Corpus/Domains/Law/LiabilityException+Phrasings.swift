extension LiabilityException {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      Rule of the <fictional|invented> {act}: the keeper of a {thing} is liable for damage over a limit of
      {limit}. [[Exception: a warning at least {need} before.]] [[Counter-exception: at least {least}
      earlier incidents.]] Keeper: {keeper}. [[Damage: {damage}.]] [[Damaged: {items} worth {value} each.]]
      [[Warning: {warning}.]] [[Incidents: {incidents}.]] <Decide|Find> {ask}.

      Keeper: {keeper}. Thing: {thing}. [[Damage: {damage}.]] [[Damaged: {items}, each {value}.]] [[Warning:
      {warning}.]] [[Incidents: {incidents}.]] The {act} makes the keeper liable for damage over a limit of
      {limit}. [[Exception: warning {need} before or more.]] [[Counter-exception: {least} incidents or
      more.]] <Report|State> {ask}.

      Can you tell {keeper} {ask}? A {thing} broke loose. [[The damage is {damage}.]] [[It destroyed {items}
      with a value of {value} each.]] [[The warning was {warning}.]] [[The number of incidents is
      {incidents}.]] Limit of the {act}: liability for damage over {limit}. [[An exception needs a warning
      at least {need} before.]] [[A counter-exception needs at least {least} incidents.]]

      If the {act} makes a keeper liable for damage over a limit of {limit}[[, with an exception for a
      warning at least {need} before]][[, with a counter-exception for at least {least} incidents]], and the
      {thing} of {keeper} caused [[damage of {damage}]][[damage to {items} worth {value} each]][[ (warning:
      {warning})]][[ (incidents: {incidents})]], <determine|work out> {ask}.

      Memo on {keeper}: the {thing} did harm. [[We put the damage at {damage}.]] [[We counted {items} worth
      {value} each.]] [[Incidents are {incidents}.]] [[The warning was {warning}.]] The {act} imposes
      liability when damage is over the limit of {limit}. [[Its exception is a warning at least {need}
      before.]] [[Its counter-exception is at least {least} incidents.]] Please state {ask}.

      I am {keeper} and keep a {thing}. [[The neighbour claims damage of {damage}.]] [[The neighbour lost
      {items}, worth {value} each.]] [[My warning was {warning}.]] [[The incidents are {incidents}.]] Under
      the {act} I am liable for damage over the limit of {limit}. [[An exception holds with a warning at
      least {need} before.]] [[A counter-exception holds with at least {least} incidents.]] Tell me {ask}.

      Under the {act}, damage over a limit of {limit} must be paid by the keeper. [[This is excused by a
      warning at least {need} before (exception).]] [[The excuse is lost with at least {least} incidents
      (counter-exception).]] A {thing} is kept by {keeper}. [[Damage of {damage} was caused.]] [[In all,
      {items} worth {value} each were damaged.]] [[Warning: {warning}.]] [[Incidents: {incidents}.]]
      <Establish|Decide> {ask}.

      Case sheet of {keeper}, {thing}, {act}: (1) limit {limit}[[; damage {damage}]][[; damaged {items},
      each {value}]][[; exception from a warning {need} before]][[; warning {warning}]][[; counter-exception
      from {least} incidents]][[; incidents {incidents}]]. Liability starts over the limit. <Write
      down|Note> {ask}.

      [[The warning was {warning}.]] [[The incidents were {incidents}.]] After an accident with a {thing},
      {keeper} faces a claim[[ for damage of {damage}]][[ for {items} worth {value} each]]. The {act} knows
      liability for damage over the limit of {limit}[[, an exception for a warning at least {need}
      before]][[, a counter-exception for at least {least} incidents]]. Clarify {ask}.

      The court must decide {ask}. [[Damage: {damage}.]] [[Damaged are {items}; each is worth {value}.]]
      {keeper} kept the {thing}. By the {act}, liability needs damage over the limit of {limit}. [[The
      exception needs a warning at least {need} before; the warning was {warning}.]] [[The counter-exception
      needs at least {least} incidents; the incidents were {incidents}.]]

      The keeper of a {thing}, {keeper}, is liable under the {act} for damage over the limit of {limit}.
      [[The warning was {warning}.]] [[The exception needs a warning at least {need} before.]] [[The
      incidents are {incidents}.]] [[The counter-exception needs at least {least} incidents.]] [[The damage
      is {damage}.]] [[Damaged were {items} worth {value} each.]] State {ask}.

      Please report {ask} for {keeper}: [[damage of {damage} by a {thing},]] [[{items} worth {value} each
      damaged by a {thing},]] [[warning {warning},]] [[incidents {incidents},]] limit {limit} under the
      {act}, with liability over the limit[[, exception with a warning at least {need} before]][[,
      counter-exception with at least {least} incidents]].

      Limit: {limit}; over it, the {act} makes the keeper liable. [[Damage: {damage}.]] [[Damaged: {items}
      worth {value} each.]] [[Exception: a warning at least {need} before.]] [[Warning: {warning}.]]
      [[Counter-exception: at least {least} incidents.]] [[Incidents: {incidents}.]] The {thing} is kept by
      {keeper}. Determine {ask}.

      {keeper} keeps a {thing}. [[It caused damage of {damage}.]] [[It damaged {items} worth {value} each.]]
      The {act} knows liability for damage over a limit of {limit}. [[A warning at least {need} before is an
      exception.]] [[At least {least} incidents are a counter-exception.]] [[The incidents were
      {incidents}.]] [[The warning was {warning}.]] Decide {ask}.
      """),
    .ko: Phrasing.list(
      """
      <가상의|허구의> {act}의 원칙: {thing} 보유자는 손해가 기준 {limit|을} 넘으면 책임을 진다. [[예외: {need} 전까지의 경고.]] [[재예외: 사고
      {least} 이상.]] 보유자: {keeper}. [[손해: {damage}.]] [[피해: 한 점에 {value}인 물건 {items}.]] [[경고: {warning}.]]
      [[사고: {incidents}.]] {ask|을} <구하시오|정하시오>.

      보유자: {keeper}. 물건: {thing}. [[손해: {damage}.]] [[피해: {items}, 한 점에 {value}.]] [[경고: {warning}.]] [[사고:
      {incidents}.]] {act}상 손해가 기준 {limit|을} 넘으면 보유자가 책임을 진다. [[예외: 경고 {need} 전 또는 그 이전.]] [[재예외: 사고 {least}
      또는 그 이상.]] {ask|을} <적으시오|쓰시오>.

      {keeper}에게 {ask|을} 알려 줄 수 있는가? {thing} 때문에 사고가 났다. [[손해는 {damage}이다.]] [[한 점에 {value}인 물건 {items|이}
      부서졌다.]] [[경고는 {warning}이다.]] [[사고 횟수는 {incidents}이다.]] {act}의 책임은 손해가 기준 {limit|을} 넘을 때 생긴다. [[예외에는
      {need} 전까지의 경고가 필요하다.]] [[재예외에는 사고 {least} 이상이 필요하다.]]

      {act}상 손해가 기준 {limit|을} 넘을 때 보유자가 책임을 진다면[[, {need} 전까지의 경고가 예외라면]][[, 사고 {least} 이상이 재예외라면]],
      {keeper}의 {thing|이} 낸 [[손해 {damage}]][[물건 {items}(한 점에 {value})의 피해]]에 대하여[[ (경고: {warning})]][[ (사고:
      {incidents})]] {ask|을} <답하시오|밝히시오>.

      {keeper} 관련 메모: {thing|이} 피해를 냈습니다. [[손해는 {damage|으로} 봅니다.]] [[한 점에 {value}인 물건 {items|을} 세었습니다.]]
      [[사고는 {incidents}입니다.]] [[경고는 {warning}입니다.]] {act|은} 손해가 기준 {limit|을} 넘으면 책임을 지웁니다. [[예외는 {need} 전까지의
      경고입니다.]] [[재예외는 사고 {least} 이상입니다.]] {ask|을} 알려 주십시오.

      나는 {keeper}이고 {thing|을} 보유한다. [[이웃은 손해 {damage|을} 주장한다.]] [[이웃은 한 점에 {value}인 물건 {items|을} 잃었다.]] [[내
      경고는 {warning}이다.]] [[사고는 {incidents}이다.]] {act}에 따라 나는 손해가 기준 {limit|을} 넘으면 책임을 진다. [[{need} 전까지 경고하면
      예외이다.]] [[사고가 {least} 이상이면 재예외이다.]] {ask|을} 알고 싶다.

      {act}에 따라 기준 {limit|을} 넘는 손해는 보유자가 배상한다. [[{need} 전까지의 경고가 있으면 면책된다(예외).]] [[사고가 {least} 이상이면 면책되지
      않는다(재예외).]] {thing|은} {keeper|이} 보유한다. [[손해 {damage|이} 생겼다.]] [[한 점에 {value}인 물건이 모두 {items} 부서졌다.]]
      [[경고: {warning}.]] [[사고: {incidents}.]] {ask|을} <확인하시오|판단하시오>.

      {keeper} 사건표, {thing}, {act}: (1) 기준 {limit}[[; 손해 {damage}]][[; 피해 {items}, 한 점에 {value}]][[; 예외는 경고
      {need} 전부터]][[; 경고 {warning}]][[; 재예외는 사고 {least}부터]][[; 사고 {incidents}]]. 책임은 기준을 넘을 때 생긴다. {ask|을}
      <기록하시오|적어 두시오>.

      [[경고는 {warning}이었다.]] [[사고는 {incidents}이었다.]] {thing} 사고 뒤에 {keeper|은} 청구를 받았다. [[청구된 손해는
      {damage}이다.]] [[한 점에 {value}인 물건 {items|이} 청구되었다.]] {act}의 책임은 손해가 기준 {limit|을} 넘는 경우에 있다. [[{need}
      전까지의 경고는 예외가 된다.]] [[사고 {least} 이상은 재예외가 된다.]] {ask|을} 말해 보시오.

      법원은 {ask|을} 판단해야 한다. [[손해: {damage}.]] [[부서진 것은 {items}이고 한 점에 {value}이다.]] {keeper|은} {thing|을}
      보유하였다. {act}상 책임에는 기준 {limit|을} 넘는 손해가 필요하다. [[예외에는 {need} 전까지의 경고가 필요한데 경고는 {warning}이다.]] [[재예외에는 사고
      {least} 이상이 필요한데 사고는 {incidents}이다.]]

      {thing} 보유자 {keeper|은} {act}에 따라 손해가 기준 {limit|을} 넘으면 책임을 진다. [[경고는 {warning}이다.]] [[예외에는 {need} 전까지의
      경고가 필요하다.]] [[사고는 {incidents}이다.]] [[재예외에는 사고 {least} 이상이 필요하다.]] [[손해는 {damage}이다.]] [[한 점에 {value}인
      물건 {items|이} 부서졌다.]] {ask|을} 밝히시오.

      {keeper}의 사건에서 {ask|을} 알려 주십시오. {thing} 사고[[, 손해 {damage}]][[, 한 점에 {value}인 물건 {items}]][[, 경고
      {warning}]][[, 사고 {incidents}]]이며 {act}의 기준 {limit|을} 넘는 손해에 책임을 집니다. [[예외는 {need} 전까지의 경고입니다.]]
      [[재예외는 사고 {least} 이상입니다.]]

      기준: {limit}. 손해가 이 기준을 넘으면 {act}상 보유자가 책임을 진다. [[손해: {damage}.]] [[피해: 한 점에 {value}인 물건 {items}.]]
      [[예외: {need} 전까지의 경고.]] [[경고: {warning}.]] [[재예외: 사고 {least} 이상.]] [[사고: {incidents}.]] {thing|은}
      {keeper|이} 보유한다. {ask|을} 판단하시오.

      {keeper|은} {thing|을} 보유한다. [[손해 {damage|이} 생겼다.]] [[한 점에 {value}인 물건 {items|이} 부서졌다.]] {act|은} 손해가 기준
      {limit|을} 넘으면 책임을 지운다. [[{need} 전까지의 경고는 예외이다.]] [[사고 {least} 이상은 재예외이다.]] [[사고는 {incidents}이다.]]
      [[경고는 {warning}이다.]] {ask|을} 답하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The keeper is liable by the rule if the damage is over the limit.",
      "The claimant bears the burden of proof for the rule, that is, for the damage.",
      "The keeper bears the burden of proof for the exception, that is, for the warning.",
      "The claimant bears the burden of proof for the counter-exception, that is, for the incidents.",
      "A point that is not proven counts as absent.",
      "A warning that is not proven gives no exception, and the keeper stays liable.",
      "Incidents that are not proven give no counter-exception, and the exception stays.",
      "An exception frees the keeper although the rule is met.",
      "A counter-exception removes the exception, and the keeper is liable again.",
      "Damage up to the limit makes no one liable, whatever the warning.",
      "The damage of several items is their number times the value of each.",
      "A warning counts as an exception if it was given at least the required days before.",
      "The answer yes means that the keeper is liable.",
    ],
    .ko: [
      "손해가 기준을 넘으면 원칙에 따라 보유자가 책임을 진다.",
      "원칙, 곧 손해의 증명책임은 청구하는 사람이 진다.",
      "예외, 곧 경고의 증명책임은 보유자가 진다.",
      "재예외, 곧 사고의 증명책임은 청구하는 사람이 진다.",
      "미증명인 사실은 없는 것으로 본다.",
      "경고가 미증명이면 예외가 성립하지 않고 보유자의 책임이 남는다.",
      "사고가 미증명이면 재예외가 성립하지 않고 예외가 남는다.",
      "예외가 성립하면 원칙이 성립하더라도 보유자는 책임을 지지 않는다.",
      "재예외가 성립하면 예외가 사라지고 보유자는 다시 책임을 진다.",
      "손해가 기준을 넘지 않으면 경고와 상관없이 책임이 없다.",
      "여러 물건의 손해는 물건의 수에 한 점의 가액을 곱한 값이다.",
      "경고는 정해진 날수 이상 전에 했으면 예외가 된다.",
      "답이 yes이면 보유자가 책임을 진다는 뜻이다.",
    ],
  ]
}
