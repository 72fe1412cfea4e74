extension ProcessCapability {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Upper limit of the {feature}: {upper}.
        The drawing gives an upper limit of {upper}.
        {upper} is the upper limit for the {feature}.
        For the {feature}, the upper limit has been set to {upper}.
        The specification ends at {upper}, the upper limit.
        At {station} the upper limit reads {upper}.
        The customer asks for {upper} as the upper limit.
        As upper limit, {upper} stands on the drawing.

        Lower limit of the {feature}: {lower}.
        The drawing gives a lower limit of {lower}.
        {lower} is the lower limit for the {feature}.
        For the {feature}, the lower limit has been set to {lower}.
        The specification starts at {lower}, the lower limit.
        At {station} the lower limit reads {lower}.
        The customer asks for {lower} as the lower limit.
        As lower limit, {lower} stands on the drawing.

        Mean of the {feature}: {mean}.
        The present mean is {mean}.
        {mean} is the mean found on {station}.
        The process runs at a mean of {mean}.
        A mean of {mean} was read from the control chart.
        On {station} the mean so far lies at {mean}.
        The engineer measured {mean} as the mean of the {feature}.
        For the mean, the chart shows {mean} at present.

        Sigma of the {feature}: {sigma}.
        The present sigma is {sigma}.
        {sigma} is the sigma found on {station}.
        The process runs with a sigma of {sigma}.
        A sigma of {sigma} was read from the control chart.
        On {station} the sigma so far comes to {sigma}.
        The engineer measured {sigma} as the sigma of the {feature}.
        For sigma, the chart shows {sigma} at present.

        Upward drift of the mean, to be counted in: {drift}.
        The mean will drift up by {drift}, and that has to be counted in.
        {drift} of upward drift must be added to the mean.
        Count in an upward drift of the mean by {drift}.
        From its present place, the mean drifts up by {drift}.
        Tool wear on {station} makes the mean drift up by {drift}.
        By {drift}, the mean drifts upward.
        A drift of {drift}, upward, shifts the mean.

        Cut of the present sigma, to be counted in: {cut}.
        An improvement will cut sigma by {cut}, and that has to be counted in.
        {cut} must be taken off sigma as a cut.
        Count in a cut of sigma by {cut}.
        From its present size, sigma is cut by {cut}.
        Better tools on {station} cut the sigma by {cut}.
        By {cut}, sigma gets smaller.
        A cut of {cut}, thanks to a new fixture, lowers sigma.

        Target for Cpk: {target}.
        The Cpk should reach a target of {target}.
        {target} is the target Cpk.
        The customer demands a target Cpk of {target}.
        For Cpk, a target of {target} was agreed.
        On {station} the target for Cpk stands at {target}.
        As target Cpk, the engineer has {target}.
        """,
      questions: """
        What is {ask}?
        How large is {ask} on {station}?
        Work out {ask} for the {feature}.
        The process engineer asks for {ask}.
        Wanted: {ask}.
        Please compute {ask} for {station}.
        Determine {ask} for the {feature} on {station}.
        What does {ask} come to?
        """),
    .ko: SentenceBank(
      facts: """
        {feature}의 상한: {upper}.
        도면의 상한은 {upper}이다.
        {upper|이} {feature}의 상한이다.
        {feature}의 상한은 {upper|으로} 정해져 있다.
        고객은 상한으로 {upper|을} 요구한다.
        {station}에서 쓰는 상한은 {upper|이다}.
        규격은 상한 {upper}에서 끝난다.
        상한으로 {upper|이} 도면에 적혀 있다.

        {feature}의 하한: {lower}.
        도면의 하한은 {lower}이다.
        {lower|이} {feature}의 하한이다.
        {feature}의 하한은 {lower|으로} 정해져 있다.
        고객은 하한으로 {lower|을} 요구한다.
        {station}에서 쓰는 하한은 {lower|이다}.
        규격은 하한 {lower}에서 시작한다.
        하한으로 {lower|이} 도면에 적혀 있다.

        {feature}의 평균: {mean}.
        현재 평균은 {mean}이다.
        {mean|이} {station}에서 나온 평균이다.
        공정은 지금 평균 {mean|으로} 돌아간다.
        관리도에서 읽은 평균은 {mean|이다}.
        담당자가 잰 {feature}의 평균은 {mean}이다.
        {station}의 평균은 지금까지 {mean|이었}다.
        평균으로 {mean|이} 기록되었다.

        {feature}의 시그마: {sigma}.
        현재 시그마는 {sigma}이다.
        {sigma|이} {station}에서 나온 시그마이다.
        공정은 지금 시그마 {sigma|으로} 돌아간다.
        관리도에서 읽은 시그마는 {sigma|이다}.
        담당자가 구한 {feature}의 시그마는 {sigma}이다.
        {station}의 시그마는 지금까지 {sigma|이었}다.
        시그마로 {sigma|이} 기록되었다.

        계산에 넣을 평균의 위쪽 이동: {drift}.
        평균은 앞으로 위로 {drift} 이동하며 이를 계산에 넣는다.
        {drift|이} 평균에 더할 위쪽 이동이다.
        평균이 현재 자리에서 위로 {drift}만큼 옮겨 간다.
        공구 마모 때문에 {station}의 평균은 {drift}만큼 위로 이동한다.
        평균의 이동은 위쪽으로 {drift|이다}.
        평균에는 위로 {drift}의 이동을 반영한다.
        {drift}만큼 평균이 위로 이동한다.

        계산에 넣을 시그마의 감소: {cut}.
        시그마는 개선으로 {cut} 감소하며 이를 계산에 넣는다.
        {cut|이} 시그마에서 빼야 할 감소량이다.
        시그마가 현재 크기에서 {cut}만큼 줄어든다.
        공구를 바꾸어 {station}의 시그마는 {cut}만큼 감소한다.
        시그마의 감소 폭은 {cut|이다}.
        시그마는 {cut|을} 줄여서 반영한다.
        {cut}만큼 시그마가 작아진다.

        Cpk의 목표: {target}.
        Cpk는 목표가 {target}이다.
        {target|이} Cpk의 목표이다.
        고객은 목표 Cpk로 {target|을} 요구한다.
        {station}의 목표 Cpk는 {target|으로} 정해졌다.
        담당자가 세운 Cpk 목표는 {target}이다.
        달성해야 할 Cpk의 목표로 {target|이} 합의되었다.
        """,
      questions: """
        {ask|은} 얼마인가?
        {feature}의 {ask|을} 구하시오.
        {station}의 {ask|은} 얼마나 되는가?
        구할 것: {ask}.
        공정 담당자는 {ask|을} 알고자 한다.
        {station}의 {feature}에 대하여 {ask|을} 계산하시오.
        물음은 {ask}이다.
        {ask|은} 얼마로 계산되는가?
        """),
  ]
}
