extension DimensionInspection {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Lower limit of the {feature}: {lower}.
        The {feature} must not fall below a lower limit of {lower}.
        {lower} is set as the lower limit.
        On the drawing, the lower limit reads {lower}.
        A value of {lower} marks the lower limit for the {feature}.
        The drawing fixes the lower limit at {lower}.
        At {station} the inspector uses {lower} as the lower limit.
        As its lower limit, the {feature} has been given {lower}.

        Upper limit for the {feature}: {upper}.
        The {feature} may not exceed an upper limit of {upper}.
        {upper} stands on the drawing as the upper limit.
        The specification names an upper limit of {upper}.
        For parts from {station}, the upper limit has been set to {upper}.
        The largest {feature} allowed, its upper limit, is {upper}.
        The specification allows the {feature} up to {upper}, its upper limit.
        The inspector of {station} reads {upper} as the upper limit.

        Nominal value: {nominal}.
        The drawing asks for a nominal {feature} of {nominal}.
        {nominal} is the nominal on the drawing.
        For the {feature}, the nominal value stands at {nominal}.
        At {station} parts are made to a nominal of {nominal}.
        The nominal has been set to {nominal}.
        The designer chose {nominal} as the nominal.
        A nominal value of {nominal} is what {station} aims at.

        A tolerance of {tolerance} is allowed on both sides of the nominal.
        Tolerance in both directions: {tolerance}.
        The tolerance, up and down, amounts to {tolerance}.
        {tolerance} is the tolerance around the nominal.
        Above and below the nominal, the drawing permits a tolerance of {tolerance}.
        The designer gave the {feature} a tolerance of {tolerance} either way.
        The drawing states plus or minus {tolerance} as the tolerance.
        For the {feature} a plus-minus tolerance of {tolerance} was chosen.

        The measurement uncertainty of {uncertainty} narrows the tolerance.
        On both sides the tolerance is narrowed by the uncertainty, which is {uncertainty}.
        Uncertainty of the gauge, to be taken off the tolerance: {uncertainty}.
        An uncertainty of {uncertainty} has to be subtracted from the tolerance.
        {uncertainty} is the uncertainty of the gauge and narrows the tolerance.
        Because the gauge has an uncertainty of {uncertainty}, the tolerance is narrowed by that much.
        By {uncertainty}, the uncertainty of the gauge, the tolerance becomes narrower.
        For the uncertainty, {uncertainty} is taken off the tolerance at either end.

        Measured value: {measured}.
        The {feature} was measured at {measured}.
        The gauge reads {measured}.
        At {station} the inspector measured {measured}.
        {measured} is what the gauge showed for the {feature}.
        A measurement of the {feature} gave {measured}.
        On a part from {station}, {measured} was measured.
        The result of the measurement is {measured}.

        Defects found in the lot: {defects}.
        In the sample, the defects came to {defects}.
        {defects} of the sample had a defect.
        The inspector sorted out {defects} as defective.
        The sample of the lot contained {defects} with defects.
        A count of {defects} was noted for the defects in the lot.
        As defective, {defects} had to be set aside at {station}.
        Checking the sample brought up {defects} with a defect.

        The acceptance number of the lot is {acceptance}.
        Acceptance number for the lot: {acceptance}.
        {acceptance} was agreed as the acceptance number.
        The sampling plan sets an acceptance number of {acceptance}.
        For defects, the acceptance number stands at {acceptance}.
        With the customer, an acceptance number of {acceptance} was agreed.
        The plan at {station} uses {acceptance} as the acceptance number.
        Under the sampling plan, {acceptance} counts as the acceptance number.
        """,
      questions: """
        Can {ask} be accepted? Say yes or no.
        Yes or no: should {ask} be accepted?
        Does {ask} pass the inspection, yes or no?
        Decide with yes or no whether {ask} is accepted.
        The question, to be answered with yes or no, is whether {ask} is accepted.
        Should the inspector of {station} accept {ask}? Reply with yes or no.
        Is {ask} to be accepted? Write yes or no.
        Write yes if {ask} is accepted, otherwise no.
        """),
    .ko: SentenceBank(
      facts: """
        {feature}의 하한: {lower}.
        하한은 {lower|으로} 정해져 있다.
        {lower|이} {feature}의 하한이다.
        도면에 적힌 하한은 {lower}이다.
        {station}에서는 {lower|을} 하한으로 쓴다.
        {feature|은} 하한 {lower}보다 작으면 안 된다.
        규격의 하한으로 {lower|이} 주어졌다.
        검사원이 쓰는 하한은 도면대로 {lower|이다}.

        {feature}의 상한: {upper}.
        상한은 도면에서 {upper|으로} 읽힌다.
        {upper|을} 상한으로 한다.
        {feature|은} 상한 {upper|을} 넘으면 안 된다.
        {station} 규격서에 따르면 상한은 {upper}이다.
        허용되는 가장 큰 값, 곧 상한은 {upper|이다}.
        {upper|이} 규격의 상한으로 주어졌다.
        설계자가 정한 {feature} 상한은 {upper}이다.

        도면의 기준값: {nominal}.
        기준값은 {nominal|으로} 정해져 있다.
        {nominal|이} {feature}의 기준값이다.
        도면은 {feature}의 기준값으로 {nominal|을} 요구한다.
        {station|은} 기준값 {nominal|을} 목표로 만든다.
        설계자가 고른 기준값은 {nominal}이다.
        {feature|은} 도면에서 기준값이 {nominal|이다}.
        {nominal|을} 기준값으로 삼는다.

        공차는 기준값의 위아래로 {tolerance}이다.
        양쪽 공차: {tolerance}.
        {tolerance|이} 기준값에 허용되는 공차이다.
        기준값에서 위로도 아래로도 공차 {tolerance|을} 허용한다.
        {feature}에는 플러스마이너스 {tolerance}의 공차가 붙는다.
        도면에 적힌 공차는 {tolerance|이다}.
        설계자는 {feature}의 공차를 {tolerance|으로} 잡았다.
        공차로 {tolerance|이} 주어졌다.

        측정 불확도 {uncertainty|이} 공차를 줄인다.
        공차는 양쪽에서 불확도만큼 줄며 불확도는 {uncertainty}이다.
        공차에서 빼야 할 불확도: {uncertainty}.
        {uncertainty|은} 측정기의 불확도이고 공차를 줄인다.
        공차에서 불확도 {uncertainty|을} 뺀다.
        측정기의 불확도가 {uncertainty|이므로} 공차를 그만큼 줄인다.
        불확도로 {uncertainty|을} 공차에서 덜어 낸다.
        공차를 좁히는 불확도는 측정기 성적서에 {uncertainty|이라}고 적혀 있다.

        측정값으로 {measured|이} 나왔다.
        {feature} 측정 결과: {measured}.
        {station}에서 잰 값은 {measured}이다.
        {measured|이} 측정기에 나타난 값이다.
        검사원이 {feature|을} 재니 {measured|이었}다.
        {feature|은} {measured|으로} 측정되었다.
        {station} 제품에서 {measured|이} 측정되었다.
        측정기가 보여 준 {feature|은} {measured|이다}.

        로트에서 나온 불량: {defects}.
        표본에서 불량 {defects|이} 나왔다.
        {defects|이} 불량으로 판정되었다.
        검사원은 {defects|을} 불량으로 골라냈다.
        로트 표본의 불량은 세어 보니 {defects|이었}다.
        표본에 섞인 불량은 모두 {defects|이다}.
        {station}에서 불량으로 빼낸 수는 {defects}이다.
        로트의 불량 수로 {defects|이} 기록되었다.

        로트의 합격 판정 개수는 {acceptance}이다.
        로트에 대한 합격 판정 개수: {acceptance}.
        {acceptance|이} 합격 판정 개수로 합의되었다.
        샘플링 계획은 합격 판정 개수를 {acceptance|으로} 정한다.
        불량에 대한 합격 판정 개수는 {acceptance|이다}.
        고객과 정한 합격 판정 개수는 {acceptance}이다.
        {station}에서는 {acceptance|을} 합격 판정 개수로 쓴다.
        계획서에는 합격 판정 개수가 {acceptance|이라}고 적혀 있다.
        """,
      questions: """
        {ask|을} 합격으로 볼 수 있는가? yes 또는 no로 쓰시오.
        {ask|을} 합격시킬 수 있는지 yes 또는 no로 답하시오.
        yes인지 no인지 답하시오: {ask|은} 합격에 해당하는가?
        {ask|이} 검사를 통과하는가, yes 또는 no?
        {station}의 {ask|이} 합격이면 yes, 불합격이면 no라고 쓰시오.
        {ask|을} 합격으로 판정하는가? 답은 yes 또는 no이다.
        {ask|이} 합격인지가 물음이다. yes 또는 no로 판정하시오.
        검사원은 {ask|을} 합격시켜야 하는가? yes나 no로 답하시오.
        """),
  ]
}
