extension ProcessCapability {
  static let frames = ManufacturingText.phrasings(
    en: """
      The {feature} on {station} has an upper limit of {upper} and a lower limit of {lower}. <The|Its> sigma
      is {sigma}. [[The mean is {mean}.]] [[The mean then drifts up by {drift}.]] [[Sigma is cut by {cut}.]]
      [[The target Cpk is {target}.]] What is {ask}?

      Feature: {feature}. At {station}. Upper limit: {upper}. Lower limit: {lower}. [[Mean: {mean}.]] Sigma:
      {sigma}. [[Drift up: {drift}.]] [[Cut of sigma: {cut}.]] [[Target Cpk: {target}.]] <Find|Report>
      {ask}.

      What is {ask} for the {feature} of {station}, given the sigma {sigma}, the lower limit {lower} and the
      upper limit {upper}[[, with the mean at {mean}]][[, after it drifts up by {drift}]][[, after sigma is
      cut by {cut}]][[, if the target Cpk is {target}]]?

      Note to the process engineer: lower limit {lower}; sigma {sigma}; [[sigma cut by {cut};]] [[mean
      {mean};]] [[drift up {drift};]] upper limit {upper}[[; target Cpk {target}]]. <Please|Kindly> work out
      {ask} for the {feature} on {station}.

      If {station} holds the {feature} with a sigma of {sigma}[[, a mean of {mean}]][[, an upward drift of
      {drift}]][[, a sigma cut of {cut}]] between the lower limit {lower} and the upper limit {upper}[[
      against a target Cpk of {target}]], how large is {ask}?

      Control chart of {station} / {feature} / sigma {sigma}[[ / cut {cut}]] / upper limit {upper} / lower
      limit {lower}[[ / drift up {drift}]][[ / mean {mean}]][[ / target Cpk {target}]]. Calculate {ask}.

      A sigma of {sigma} was measured for the {feature} on {station}. [[A mean of {mean} was recorded.]] A
      lower limit of {lower} and an upper limit of {upper} are required. [[A target Cpk of {target} is
      set.]] [[The sigma is cut by {cut}.]] [[An upward drift of {drift} is expected.]] Determine {ask}.

      I check the {feature} on {station}. [[My mean is {mean}.]] [[I see it drift up by {drift}.]] My limits
      are an upper limit of {upper} and a lower limit of {lower}. [[My target Cpk is {target}.]] My sigma is
      {sigma}. [[I expect a cut of {cut} in sigma.]] <Tell me|Help me find> {ask}.

      As the chart shows, {station} holds the {feature} with a sigma of {sigma}[[ that is cut by {cut}]].
      [[The target Cpk is {target}.]] For an upper limit of {upper} and a lower limit of {lower}[[, a mean
      of {mean}]][[ and a drift up of {drift}]], give {ask}.

      The drawing sets the {feature} at a lower limit of {lower} and an upper limit of {upper}, while
      {station} shows [[a mean of {mean},]] [[an upward drift of {drift},]] a sigma of {sigma}[[ with a cut
      of {cut}]][[ and a target Cpk of {target}]]. <State|Compute> {ask}.

      With a lower limit of {lower} and an upper limit of {upper}, {station} holds the {feature}. [[The
      target Cpk is {target}.]] The sigma is {sigma}. [[Sigma is cut by {cut}.]] [[The mean is {mean}.]]
      [[The mean drifts up by {drift}.]] Find {ask}.

      Calculate {ask}. Sigma: {sigma}. [[Drift up: {drift}.]] Lower limit: {lower}. [[Target Cpk:
      {target}.]] [[Mean: {mean}.]] Upper limit: {upper}. [[Cut of sigma: {cut}.]] At {station}. Feature:
      {feature}.

      For the {feature} on {station}, please state {ask}; the sigma is {sigma}, [[the target Cpk is
      {target},]] the upper limit is {upper}, [[the mean is {mean},]] the lower limit is {lower}[[, the
      drift up is {drift}]][[, the cut of sigma is {cut}]].

      How large is {ask} if the chart of {station} shows for the {feature} [[a mean of {mean},]] [[a drift
      up of {drift},]] an upper limit of {upper}, a lower limit of {lower}[[, a target Cpk of {target}]] and
      a sigma of {sigma}[[ with a cut of {cut}]]?
      """,
    ko: """
      {station}의 {feature} 규격은 상한 {upper}, 하한 {lower}이다. <시그마는|그 시그마는> {sigma}이다. [[평균은 {mean}이다.]] [[평균이 위로
      {drift}만큼 이동한다.]] [[시그마는 {cut}만큼 감소한다.]] [[목표 Cpk는 {target}이다.]] {ask|은} 얼마인가?

      특성: {feature}. {station}. 상한: {upper}. 하한: {lower}. [[평균: {mean}.]] 시그마: {sigma}. [[위로 이동: {drift}.]]
      [[시그마 감소: {cut}.]] [[목표 Cpk: {target}.]] {ask|을} <구하시오|보고하시오>.

      {station}의 {feature}에 대한 {ask|은} 얼마인가? 단, 시그마는 {sigma}, 하한은 {lower}, 상한은 {upper}[[, 평균은 {mean}]][[, 위로
      이동은 {drift}]][[, 시그마 감소는 {cut}]][[, 목표 Cpk는 {target}]]이다.

      공정 담당자에게: 하한은 {lower}; 시그마는 {sigma}; [[시그마 감소는 {cut};]] [[평균은 {mean};]] [[위로 이동은 {drift};]] 상한은
      {upper}[[; 목표 Cpk는 {target}]]입니다. {station}의 {feature} {ask|을} <계산해 주세요|알려 주세요>.

      {station|이} {feature|을} 하한 {lower}, 상한 {upper}, 시그마 {sigma}의 상태로 관리한다고 하자. [[평균이 {mean|이라}고 하자.]]
      [[평균이 위로 {drift} 이동한다고 하자.]] [[시그마가 {cut} 감소한다고 하자.]] [[목표 Cpk가 {target|이라}고 하자.]] 그러면 {ask|은} 얼마가
      되는가?

      {station} 관리도 / {feature} / 시그마 {sigma}[[ / 감소 {cut}]] / 상한 {upper} / 하한 {lower}[[ / 위로 이동 {drift}]][[
      / 평균 {mean}]][[ / 목표 Cpk {target}]]. {ask|을} 계산하시오.

      {sigma}의 시그마가 {station}의 {feature}에서 측정되었다. [[기록된 평균은 {mean}이다.]] 하한 {lower}, 상한 {upper}의 규격이 요구된다.
      [[목표 Cpk는 {target|으로} 정해졌다.]] [[시그마는 {cut} 감소한다.]] [[위로 {drift}의 이동이 예상된다.]] {ask|을} 산출하시오.

      저는 {station}에서 {feature|을} 점검합니다. [[제 평균은 {mean}입니다.]] [[평균이 위로 {drift} 이동합니다.]] 규격 상한은 {upper}, 하한은
      {lower}입니다. [[목표 Cpk는 {target}입니다.]] 시그마는 {sigma}입니다. [[시그마가 {cut} 감소할 예정입니다.]] {ask|을} <알려 주세요|찾아
      주세요>.

      관리도에 따르면 {station|은} 시그마 {sigma}의 상태로 {feature|을} 관리한다. [[시그마는 {cut} 감소한다.]] [[목표 Cpk는 {target}이다.]]
      상한 {upper}, 하한 {lower}[[, 평균 {mean}]][[, 위로 이동 {drift}]]일 때 {ask|을} 쓰시오.

      도면에서 {feature|은} 하한 {lower}, 상한 {upper}의 규격으로 정해져 있고, {station|은} [[평균 {mean},]] [[위로 이동 {drift},]]
      시그마 {sigma}[[, 시그마 감소 {cut}]][[, 목표 Cpk {target}]]의 값을 보인다. {ask|을} <산출하시오|답하시오>.

      하한 {lower}, 상한 {upper} 규격으로 {station|은} {feature|을} 관리한다. [[목표 Cpk는 {target}이다.]] 시그마는 {sigma}이다.
      [[시그마는 {cut} 감소한다.]] [[평균은 {mean}이다.]] [[평균이 위로 {drift} 이동한다.]] {ask|을} 구하시오.

      {ask|을} 계산하시오. 시그마: {sigma}. [[위로 이동: {drift}.]] 하한: {lower}. [[목표 Cpk: {target}.]] [[평균: {mean}.]]
      상한: {upper}. [[시그마 감소: {cut}.]] {station}. 특성: {feature}.

      {station}의 {feature} {ask|을} 알려 주세요. 시그마는 {sigma}, [[목표 Cpk는 {target},]] 상한은 {upper}, [[평균은 {mean},]]
      하한은 {lower}[[, 위로 이동은 {drift}]][[, 시그마 감소는 {cut}]]입니다.

      {station}의 관리도에 {feature}의 [[평균 {mean},]] [[위로 이동 {drift},]] 상한 {upper}, 하한 {lower}[[, 목표 Cpk
      {target}]], 시그마 {sigma}[[, 시그마 감소 {cut}]]의 값이 적혀 있다면 {ask|은} 얼마인가?
      """)

  static let rules = ManufacturingText.statements(
    en: """
      Cp is the upper limit minus the lower limit, divided by 6 sigma.
      Cpk is the distance of the mean to the nearer limit, divided by 3 sigma.
      The nearer limit has the smaller distance to the mean.
      Cpk looks at the mean, Cp does not.
      Sigma is the standard deviation of the process.
      If the mean drifts up, it comes closer to the upper limit.
      A cut of sigma makes Cp and Cpk larger.
      The gap between Cpk and its target is the target Cpk minus Cpk.
      Cpk is never larger than Cp.
      If the mean lies in the middle of the limits, Cpk equals Cp.
      The upper limit and the lower limit stand on the drawing.
      A process with a small sigma and a centred mean has a high Cpk.
      A process that misses its target Cpk must be improved.
      """,
    ko: """
      Cp는 상한에서 하한을 뺀 값을 시그마의 6배로 나눈 값이다.
      Cpk는 평균에서 가까운 규격까지의 거리를 시그마의 3배로 나눈 값이다.
      가까운 규격은 평균과의 거리가 더 작은 쪽이다.
      Cpk는 평균을 보지만 Cp는 평균을 보지 않는다.
      시그마는 공정의 표준 편차이다.
      평균이 위로 이동하면 상한에 가까워진다.
      시그마가 감소하면 Cp와 Cpk가 커진다.
      Cpk와 목표의 차이는 목표 Cpk에서 Cpk를 뺀 값이다.
      Cpk는 Cp보다 클 수 없다.
      평균이 상한과 하한의 가운데에 있으면 Cpk와 Cp는 같다.
      상한과 하한은 도면에 적혀 있다.
      시그마가 작고 평균이 가운데에 있는 공정은 Cpk가 높다.
      목표 Cpk에 못 미치는 공정은 개선해야 한다.
      """)
}
