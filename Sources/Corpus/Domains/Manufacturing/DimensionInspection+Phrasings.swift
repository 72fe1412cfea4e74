extension DimensionInspection {
  static let frames = ManufacturingText.phrasings(
    en: """
      The {feature} from {station} was measured at {measured} <today|this morning|yesterday>. [[The lower
      limit is {lower} and the upper limit is {upper}.]] [[The nominal is {nominal} with a tolerance of
      {tolerance}.]] [[The uncertainty of {uncertainty} narrows the tolerance.]] [[The sample has defects of
      {defects}, the acceptance number is {acceptance}.]] Is {ask} accepted, yes or no?

      Feature: {feature}. From {station}. [[Lower limit: {lower}. Upper limit: {upper}.]] [[Nominal:
      {nominal}. Tolerance: {tolerance}.]] [[Uncertainty (narrows tolerance): {uncertainty}.]] Measured:
      {measured}. [[Defects: {defects}. Acceptance number: {acceptance}.]] Accept {ask}? <Yes or no.|Answer
      yes or no.>

      Is {ask} accepted, yes or no, when the {feature} from {station} has [[a tolerance of {tolerance} on a
      nominal of {nominal},]] [[an upper limit of {upper} and a lower limit of {lower},]] [[an uncertainty
      of {uncertainty} that narrows it,]] [[an acceptance number of {acceptance} with defects of
      {defects},]] and is measured at {measured}?

      Note to the inspector of {station}: measured {measured} for the {feature}; [[acceptance number
      {acceptance};]] [[defects {defects};]] [[uncertainty {uncertainty}, narrows the tolerance;]]
      [[tolerance {tolerance};]] [[nominal {nominal};]] [[upper limit {upper};]] [[lower limit {lower};]]
      <please|kindly> say yes or no: is {ask} accepted?

      If a {feature} from {station} is measured at {measured}[[ between a lower limit of {lower} and an
      upper limit of {upper}]][[ for a nominal of {nominal} and a tolerance of {tolerance}]][[ narrowed by
      an uncertainty of {uncertainty}]][[, with defects of {defects} for an acceptance number of
      {acceptance}]], may we accept {ask}? Yes or no.

      Inspection card / {station} / {feature} / [[upper limit {upper} /]] [[lower limit {lower} /]] measured
      {measured}[[ / tolerance {tolerance}]][[ / nominal {nominal}]][[ / acceptance number {acceptance}]][[
      / uncertainty {uncertainty}, narrows tolerance]][[ / defects {defects}]]. May {ask} be accepted? Say
      yes or no.

      [[A lower limit of {lower} and an upper limit of {upper} are printed.]] [[A nominal of {nominal} is
      printed with a tolerance of {tolerance}.]] [[It is narrowed by the uncertainty of {uncertainty}.]] A
      {feature} from {station} was measured at {measured}. [[Defects of {defects} were found; an acceptance
      number of {acceptance} was agreed.]] Can {ask} be accepted, yes or no?

      I measured {measured} for the {feature} from {station}. [[My drawing gives a nominal of {nominal} and
      a tolerance of {tolerance}.]] [[My drawing gives an upper limit of {upper} and a lower limit of
      {lower}.]] [[My gauge narrows it by an uncertainty of {uncertainty}.]] [[My acceptance number is
      {acceptance} and I found defects of {defects}.]] <May|Can> I accept {ask}, yes or no?

      To accept {ask} from {station}, check the {feature}: [[the limits are lower limit {lower} and upper
      limit {upper};]] [[the nominal {nominal} allows a tolerance of {tolerance};]] [[the uncertainty
      {uncertainty} narrows it;]] [[the acceptance number is {acceptance}, the defects are {defects};]] it
      was measured at {measured}. Yes or no?

      With the {feature} measured at {measured}, {station} delivers its parts. [[An acceptance number of
      {acceptance} applies to defects of {defects}.]] [[The upper limit is {upper}, the lower limit is
      {lower}.]] [[The tolerance {tolerance} belongs to the nominal {nominal}.]] [[It is narrowed by an
      uncertainty of {uncertainty}.]] Decide yes or no: is {ask} accepted?

      On {station}, the {feature} has [[an upper limit of {upper} and a lower limit of {lower}]][[a nominal
      of {nominal} and a tolerance of {tolerance}]][[, narrowed by the uncertainty of {uncertainty}]]. It
      was measured at {measured}. [[The acceptance number is {acceptance}, the defects are {defects}.]] Is
      {ask} accepted, yes or no?

      Is {ask} accepted? Measured: {measured}. [[Tolerance: {tolerance}. Nominal: {nominal}.]] [[Defects:
      {defects}.]] [[Uncertainty (narrows tolerance): {uncertainty}.]] [[Acceptance number: {acceptance}.]]
      [[Upper limit: {upper}. Lower limit: {lower}.]] Feature: {feature}. From {station}. Answer yes or no.

      Please say yes or no: can we accept {ask} from {station}, if the {feature} is measured at
      {measured}[[, the lower limit is {lower}]][[, the upper limit is {upper}]][[, the nominal is
      {nominal}]][[, the tolerance is {tolerance}]][[, the uncertainty that narrows it is {uncertainty}]][[,
      the defects are {defects}]][[, the acceptance number is {acceptance}]]?

      The card of {station} for the {feature} shows [[defects of {defects},]] [[an acceptance number of
      {acceptance},]] [[a tolerance of {tolerance},]] [[narrowed by an uncertainty of {uncertainty},]] [[a
      nominal of {nominal},]] [[a lower limit of {lower}, an upper limit of {upper},]] and {measured}
      measured. Yes or no, is {ask} accepted?
      """,
    ko: """
      {station}의 {feature} 측정값은 <오늘|오늘 오전에|어제> {measured|이었}다. [[하한은 {lower}, 상한은 {upper}이다.]] [[기준값은
      {nominal}, 공차는 {tolerance}이다.]] [[불확도 {uncertainty}만큼 공차를 줄인다.]] [[표본의 불량은 {defects}이고 합격 판정 개수는
      {acceptance}이다.]] {ask|은} 합격인가? yes 또는 no로 답하시오.

      특성: {feature}. {station}. [[하한: {lower}. 상한: {upper}.]] [[기준값: {nominal}. 공차: {tolerance}.]] [[불확도(공차를
      줄임): {uncertainty}.]] 측정값: {measured}. [[불량: {defects}. 합격 판정 개수: {acceptance}.]] {ask} 합격 여부를 <yes 또는
      no로 답하시오|yes나 no로 쓰시오>.

      {station}의 {ask|은} 합격인가, yes 또는 no? 단, {feature}의 [[공차는 {tolerance}, 기준값은 {nominal},]] [[상한은 {upper},
      하한은 {lower},]] [[공차를 줄이는 불확도는 {uncertainty},]] [[합격 판정 개수는 {acceptance}, 불량은 {defects},]] 측정값은
      {measured}이다.

      {station} 검사원에게: {feature} 측정값은 {measured}; [[합격 판정 개수는 {acceptance};]] [[불량은 {defects};]] [[공차를 줄이는
      불확도는 {uncertainty};]] [[공차는 {tolerance};]] [[기준값은 {nominal};]] [[상한은 {upper};]] [[하한은 {lower};]]
      {ask|이} 합격인지 yes 또는 no로 <답해 주세요|알려 주세요>.

      {station}의 {feature} 측정값이 {measured|이라}고 하자. [[하한이 {lower}, 상한이 {upper|이라}고 하자.]] [[기준값이 {nominal},
      공차가 {tolerance|이라}고 하자.]] [[공차를 줄이는 불확도가 {uncertainty|이라}고 하자.]] [[불량이 {defects}, 합격 판정 개수가
      {acceptance|이라}고 하자.]] 그러면 {ask|은} 합격인가? yes 또는 no.

      검사 카드 / {station} / {feature} / [[상한 {upper} /]] [[하한 {lower} /]] 측정값 {measured}[[ / 공차
      {tolerance}]][[ / 기준값 {nominal}]][[ / 합격 판정 개수 {acceptance}]][[ / 공차를 줄이는 불확도 {uncertainty}]][[ / 불량
      {defects}]]. {ask} 합격이면 yes, 아니면 no를 쓰시오.

      [[하한 {lower}, 상한 {upper}의 규격이 주어졌다.]] [[기준값 {nominal}, 공차 {tolerance}의 규격이 주어졌다.]] [[공차는 불확도
      {uncertainty}만큼 줄어든다.]] {station}에서 {feature|을} 재었고 측정값은 {measured|이었}다. [[불량 {defects|이} 나왔고 합격 판정
      개수는 {acceptance|으로} 정해졌다.]] {ask|을} 합격으로 할 수 있는가? yes 또는 no.

      제가 잰 {station}의 {feature} 측정값은 {measured}입니다. [[도면의 기준값은 {nominal}, 공차는 {tolerance}입니다.]] [[도면의 상한은
      {upper}, 하한은 {lower}입니다.]] [[공차를 줄이는 불확도는 {uncertainty}입니다.]] [[합격 판정 개수는 {acceptance}, 불량은
      {defects}입니다.]] {ask|을} 합격으로 <해도 됩니까|할 수 있습니까>? yes 또는 no.

      {station}의 {ask|을} 합격시키려면 {feature|을} 본다. [[규격은 하한 {lower}, 상한 {upper}이다.]] [[기준값 {nominal}에 허용되는 공차는
      {tolerance}이다.]] [[공차를 줄이는 불확도는 {uncertainty}이다.]] [[합격 판정 개수는 {acceptance}, 불량은 {defects}이다.]] 측정값은
      {measured}이다. 합격인가? yes 또는 no.

      {feature} 측정값이 {measured}인 제품을 {station|이} 내보낸다. [[합격 판정 개수 {acceptance|이} 불량 {defects}에 적용된다.]] [[상한은
      {upper}, 하한은 {lower}이다.]] [[기준값 {nominal}에 대한 공차는 {tolerance}이다.]] [[공차는 불확도 {uncertainty}만큼 줄어든다.]]
      {ask} 합격 여부를 yes 또는 no로 정하시오.

      {station}에서 {feature}의 규격은 [[상한 {upper}, 하한 {lower}]][[기준값 {nominal}, 공차 {tolerance}]]이다. [[공차는 불확도
      {uncertainty}만큼 줄어든다.]] 측정값은 {measured}이다. [[합격 판정 개수는 {acceptance}, 불량은 {defects}이다.]] {ask|은} 합격인가?
      yes 또는 no로 답하시오.

      {ask|은} 합격인가? 측정값: {measured}. [[공차: {tolerance}. 기준값: {nominal}.]] [[불량: {defects}.]] [[불확도(공차를 줄임):
      {uncertainty}.]] [[합격 판정 개수: {acceptance}.]] [[상한: {upper}. 하한: {lower}.]] 특성: {feature}. {station}.
      yes 또는 no로 답하시오.

      {station}의 {ask|이} 합격인지 yes 또는 no로 알려 주세요. {feature}의 측정값은 {measured}[[, 하한은 {lower}]][[, 상한은
      {upper}]][[, 기준값은 {nominal}]][[, 공차는 {tolerance}]][[, 공차를 줄이는 불확도는 {uncertainty}]][[, 불량은
      {defects}]][[, 합격 판정 개수는 {acceptance}]]입니다.

      {station}의 {feature} 검사 카드에 [[불량 {defects},]] [[합격 판정 개수 {acceptance},]] [[공차 {tolerance},]] [[공차를 줄이는
      불확도 {uncertainty},]] [[기준값 {nominal},]] [[하한 {lower}, 상한 {upper},]] 측정값 {measured}의 내용이 있다면 {ask|은}
      합격인가? yes 또는 no.
      """)

  static let rules = ManufacturingText.statements(
    en: """
      A part is accepted if its measured value lies between the lower limit and the upper limit.
      A measured value that equals a limit is still accepted.
      The lower limit is the nominal minus the tolerance.
      The upper limit is the nominal plus the tolerance.
      The uncertainty of the gauge narrows the tolerance on both sides.
      The narrowed tolerance is the tolerance minus the uncertainty.
      A lot is accepted if the measured value is accepted and the defects do not exceed the acceptance number.
      The acceptance number is the largest number of defects with which a lot is accepted.
      If the defects exceed the acceptance number, the answer is no.
      If the measured value is above the upper limit or below the lower limit, the answer is no.
      The nominal is the value that the drawing asks for.
      The tolerance is the largest allowed distance from the nominal.
      The answer is yes only if every check is passed.
      """,
    ko: """
      측정값이 하한과 상한 사이에 있으면 부품은 합격이다.
      측정값이 규격 한계와 같아도 합격이다.
      하한은 기준값에서 공차를 뺀 값이다.
      상한은 기준값에 공차를 더한 값이다.
      측정기의 불확도는 공차를 양쪽에서 줄인다.
      줄어든 공차는 공차에서 불확도를 뺀 값이다.
      로트는 측정값이 합격이고 불량이 합격 판정 개수를 넘지 않을 때만 합격이다.
      합격 판정 개수는 로트가 합격할 수 있는 가장 큰 불량 개수이다.
      불량이 합격 판정 개수를 넘으면 답은 no이다.
      측정값이 상한보다 크거나 하한보다 작으면 답은 no이다.
      기준값은 도면이 요구하는 값이다.
      공차는 기준값에서 벗어날 수 있는 가장 큰 거리이다.
      모든 검사를 통과해야만 답이 yes이다.
      """)
}
