extension StatutoryDamages {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The infringer made {copies} without a licence.
        Made without a licence: {copies}.
        In total, {copies} of the work were made.
        {copies} of a work of {owner} were made in all.
        {owner} complains of {copies} made by the infringer.
        An expert counted {copies} of the work in all.
        The infringer admits to {copies} in total.
        The claim of {owner} concerns a total of {copies}.

        For one copy, the {act} grants {rate}.
        Each copy costs the infringer {rate} under the {act}.
        Damages per copy: {rate}.
        {rate} is the rate that the {act} sets for a copy.
        Per copy, {owner} may claim {rate}.
        The {act} puts the rate for every single copy at {rate}.
        A rate of {rate} is owed for each copy under the {act}.

        {free} out of the total are free and cost nothing.
        The {act} leaves {free} free of damages.
        Free of damages: {free}.
        {free} were for private use and are free of damages.
        Nothing is owed for {free} made for teaching, which are free.
        From the total made, {free} have to be taken off as free.
        Before the rate is applied, {free} are set aside as free.

        {owner} bears a share of fault of {fault}, by which the damages are cut.
        The damages are reduced by {fault}, the share of fault of {owner}.
        Share of fault on the side of {owner}: {fault}.
        {fault} of the damages is lost through the owner's share of fault.
        For the share of fault of {owner}, a deduction of {fault} is made from the damages.
        The court sees a share of fault of {fault} with {owner}.
        Because {owner} marked the work poorly, a share of fault of {fault} is deducted from the damages.

        No more than {cap} can be awarded as damages.
        Cap on the damages: {cap}.
        The {act} holds the damages to a cap of {cap}.
        {cap} is the cap for the damages that remain after any deduction.
        As damages, {owner} gets at most {cap} because of a cap.
        After any deduction, damages above the cap of {cap} are cut to the cap.
        The damages themselves end at a cap of {cap}.

        Costs of {costs} are added last.
        Costs, added at the very end: {costs}.
        On top of the damages, {owner} gets {costs} for costs.
        {costs} for costs is added to the damages at the end.
        The infringer pays costs of {costs} in full, over and above the damages.
        At the end, the court adds {costs} in costs.
        The sum awarded also includes costs of {costs}, added to the damages in full.
        """,
      questions: """
        Find {ask}.
        What is {ask}?
        How high is {ask}?
        {owner} asks for {ask}.
        Wanted: {ask}.
        Please compute {ask}.
        Calculate {ask} for {owner}.
        The court has to fix {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        침해자가 만든 복제물은 모두 {copies}이다.
        허락 없이 만든 복제물: {copies}.
        {owner}의 저작물이 {copies} 복제되었다.
        {copies}의 복제물이 허락 없이 만들어졌다.
        감정인이 센 복제물은 전부 {copies}이다.
        {owner|이} 문제 삼는 복제물은 합하여 {copies}이다.
        침해자는 {owner}의 저작물을 {copies|이나} 복제하였다.
        복제물 전체의 수량은 {copies}에 이른다.

        복제물 1부당 {rate|을} 물어야 한다.
        1부당 배상액: {rate}.
        {act|은} 복제물 한 부에 {rate|을} 매긴다.
        {rate|이} {act}에 정해진 1부당 금액이다.
        {owner|은} 1부당 {rate|을} 요구할 수 있다.
        한 부마다 인정되는 금액은 {act}상 {rate}이다.
        {act}에서는 배상액이 1부당 {rate|으로} 정해져 있다.

        복제물 가운데 {free|은} 면제된다.
        면제되는 수량: {free}.
        {act|은} {free}에 대하여 배상을 면제한다.
        {free|은} 개인 이용을 위한 것이어서 면제된다.
        전체 복제물에서 면제분 {free|을} 먼저 빼야 한다.
        수업에 쓰인 {free}에는 배상 의무가 면제된다.
        배상할 필요가 없는 면제 복제물은 {free}이다.

        {owner}에도 {fault}의 과실이 있어 배상액이 그만큼 줄어든다.
        권리자 쪽 과실 비율: {fault}.
        배상액은 권리자의 과실 {fault}만큼 깎인다.
        {fault|이} {owner}의 과실 비율로 인정되었다.
        {owner}의 과실을 이유로 배상액에서 {fault|을} 뺀다.
        법원은 권리자인 {owner}의 과실을 {fault|으로} 보았다.
        권리자가 표시를 게을리하였으므로 과실 {fault|을} 배상액에서 공제한다.

        배상액은 상한 {cap|을} 넘지 못한다.
        배상액의 상한: {cap}.
        {act|은} 배상액을 {cap}의 상한으로 묶는다.
        {cap|이} {act}에 정해진 배상액의 상한이다.
        {owner|이} 받을 배상액은 많아야 상한인 {cap}이다.
        공제할 것을 공제한 배상액이라도 상한 {cap}까지만 인정된다.
        상한에 따라 배상으로 인정되는 돈은 최대 {cap}이다.

        비용 {costs|은} 맨 마지막에 더한다.
        마지막에 더하는 비용: {costs}.
        배상액과 별도로 {owner|은} 비용 {costs|을} 전액 받는다.
        {costs|이} 비용으로 끝에 보태진다.
        침해자는 배상액 말고도 비용 {costs|을} 모두 물어야 한다.
        법원은 끝으로 비용 {costs|을} 더한다.
        인정되는 금액에는 배상액 외에 비용 {costs|이} 온전히 들어간다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 얼마인가?
        {owner|은} {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {owner}에 대하여 {ask|은} 얼마나 되는가?
        법원은 {ask|을} 얼마로 정해야 하는가?
        """),
  ]
}
