extension StatutoryDamages {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      Under the <fictional|invented> {act}, {owner} claims a rate of {rate} per copy for {copies}. [[Of
      these, {free} are free.]] [[The owner's share of fault is {fault}.]] [[The cap is {cap}.]] [[Costs of
      {costs} come on top.]] Find {ask}.

      Owner: {owner}. Statute: {act}. Made: {copies}. [[Free: {free}.]] Rate per copy: {rate}. [[Share of
      fault: {fault}.]] [[Cap: {cap}.]] [[Costs: {costs}.]] <Report|State> {ask}.

      What is {ask} for {owner}, when the rate under the {act} is {rate} per copy for {copies}[[, {free} are
      free]][[, the share of fault is {fault}]][[, the cap is {cap}]][[ and the costs are {costs}]]?

      If the {act} sets a rate of {rate} per copy[[, leaves {free} free]][[, sets a cap of {cap}]][[,
      deducts a share of fault of {fault}]][[ and adds costs of {costs}]], <determine|work out> {ask} that
      {owner} gets for {copies}.

      Memo to {owner}: <the pirate|the copyist> made {copies} of your work. [[The first {free} are free.]]
      The {act} has a rate of {rate} per copy. [[We expect costs of {costs}.]] [[Your share of fault is put
      at {fault}.]] [[The cap stands at {cap}.]] Please state {ask}.

      I act for {owner}. [[Our share of fault is {fault}.]] [[Our costs are {costs}.]] We <found|counted>
      {copies}[[, of which {free} are free]]. The rate in the {act} is {rate} per copy. [[The cap is
      {cap}.]] Tell me {ask}.

      At a rate of {rate} per copy, damages are owed to {owner} under the {act}. <Sold|Printed> were
      {copies}. [[Nothing is owed for {free}, which are free.]] [[A share of fault of {fault} is deducted.]]
      [[A cap of {cap} is applied.]] [[Costs of {costs} are added.]] Calculate {ask}.

      Damages sheet of {owner}, {act}: (1) {copies}; (2) rate per copy {rate}[[; free {free}]][[; share of
      fault {fault}]][[; cap {cap}]][[; costs {costs}]]. <Write down|Note> {ask}.

      The {act} <protects|covers> {owner}[[, with a cap of {cap}]][[, with a share of fault of {fault}]].
      The infringer made {copies}. [[The first {free} are free.]] The rate comes to {rate} per copy. [[The
      costs come to {costs}.]] Name {ask}.

      The court must fix {ask}. Claimant: {owner}. [[Costs: {costs}.]] [[The share of fault was put at
      {fault}.]] The rate of the {act} is {rate} per copy[[, its cap is {cap}]]; the <expert|witness>
      counted {copies}[[, of which {free} are free]].

      {owner} counted {copies}. [[The share of fault is {fault}.]] The {act} sets a rate of {rate} per copy.
      [[The cap is {cap}.]] [[The costs are {costs}.]] [[The first {free} are free.]] State {ask}.

      Please report {ask} for {owner}: rate of {rate} per copy under the {act}[[, costs of {costs}]],
      {copies}[[, of which {free} are free]][[, cap of {cap}]][[, share of fault of {fault}]].

      Rate per copy: {rate} ({act}). [[Cap: {cap}.]] [[Costs: {costs}.]] [[Share of fault: {fault}.]]
      {owner} found {copies}. [[Of these, {free} are free.]] Work out {ask}.

      For {copies}, {owner} claims damages. [[Of these, {free} are free.]] [[Costs of {costs} are added.]]
      [[A cap of {cap} is set.]] The {act} gives a rate of {rate} per copy. [[The owner's share of fault of
      {fault} is deducted.]] Determine {ask}.
      """),
    .ko: Phrasing.list(
      """
      {owner|은} <가상의|허구의> {act}에 따라 복제물 {copies}에 대하여 1부당 {rate|을} 청구한다. [[이 가운데 면제는 {free}이다.]] [[권리자의 과실은
      {fault}이다.]] [[상한은 {cap}이다.]] [[비용 {costs|이} 더해진다.]] {ask|을} 구하시오.

      권리자: {owner}. 법률: {act}. 복제물: {copies}. [[면제: {free}.]] 1부당: {rate}. [[과실: {fault}.]] [[상한: {cap}.]]
      [[비용: {costs}.]] {ask|을} <적으시오|쓰시오>.

      {owner}에 {ask|은} 얼마인가? {act}상 1부당 {rate|이} 복제물 {copies}에 적용된다. [[면제는 {free}이다.]] [[과실은 {fault|으로}
      본다.]] [[상한은 {cap|으로} 본다.]] [[비용은 {costs|으로} 본다.]]

      {act|이} 1부당 {rate|을} 정한다면[[, {free|을} 면제로 한다면]][[, 상한을 {cap|으로} 한다면]][[, 과실 {fault|을} 뺀다면]][[, 비용
      {costs|을} 더한다면]], {owner|이} 복제물 {copies}에 대해 청구할 때 {ask|을} <답하시오|밝히시오>.

      {owner} 귀중: <복제업자|침해자>가 귀사 저작물의 복제물 {copies|을} 만들었습니다. [[처음 {free|은} 면제입니다.]] {act}의 1부당 금액은
      {rate}입니다. [[예상 비용은 {costs}입니다.]] [[귀사의 과실은 {fault}입니다.]] [[상한은 {cap}입니다.]] {ask|을} 알려 주십시오.

      나는 {owner}의 대리인이다. [[우리 과실은 {fault}이다.]] [[우리 비용은 {costs}이다.]] 우리는 복제물 {copies|을} <찾았다|세었다>. [[그중 면제는
      {free}이다.]] {act}에서 1부당 금액은 {rate}이다. [[상한은 {cap}이다.]] {ask|을} 알고 싶다.

      {act}에 따라 {owner}에 1부당 {rate}의 배상이 인정된다. 복제물 {copies|이} <팔렸다|인쇄되었다>. [[면제되는 {free}에는 배상이 없다.]] [[과실
      {fault|이} 공제된다.]] [[상한 {cap|이} 적용된다.]] [[비용 {costs|이} 가산된다.]] {ask|을} 계산하시오.

      {owner} 배상표, {act}: (1) 복제물 {copies}; (2) 1부당 {rate}[[; 면제 {free}]][[; 과실 {fault}]][[; 상한 {cap}]][[;
      비용 {costs}]]. {ask|을} <기록하시오|적어 두시오>.

      [[상한은 {cap|으로} 한다.]] [[과실은 {fault|으로} 한다.]] {act|은} {owner|을} <보호한다|지켜 준다>. 침해자가 만든 복제물은 {copies}이다.
      [[법은 {free|을} 면제한다.]] 1부당 금액은 {rate}이다. [[비용은 모두 {costs}이다.]] {ask|을} 말해 보시오.

      법원은 {ask|을} 정해야 한다. 원고는 {owner}이다. [[비용은 {costs}이다.]] [[과실은 {fault|으로} 평가되었다.]] {act}의 1부당 금액은
      {rate}이다. [[법의 상한은 {cap}이다.]] <감정인|증인>은 복제물 {copies|을} 확인하였다. [[면제는 {free}이다.]]

      {owner|은} 복제물 {copies|을} 세었다. [[과실은 {fault}이다.]] {act|은} 1부당 {rate|을} 정한다. [[상한은 {cap}이다.]] [[비용은
      {costs}이다.]] [[면제는 {free}이다.]] {ask|을} 밝히시오.

      {owner}에 {ask|을} 알려 주십시오. {act}에 따른 1부당 {rate}[[, 비용 {costs}]], 복제물 {copies}[[, 면제 {free}]][[, 상한
      {cap}]][[, 과실 {fault}]]입니다.

      1부당: {rate}({act}). [[상한: {cap}.]] [[비용: {costs}.]] [[과실: {fault}.]] {owner|이} 복제물 {copies|을} 찾았다.
      [[면제는 {free}이다.]] {ask|을} 계산하시오.

      복제물 {copies}에 대하여 {owner|이} 배상을 청구한다. [[면제는 {free}이다.]] [[비용 {costs|이} 가산된다.]] [[상한은 {cap}이다.]] {act}의
      1부당 금액은 {rate}이다. [[권리자의 과실 {fault|이} 공제된다.]] {ask|을} 답하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "Statutory damages are a rate per copy that the law itself sets.",
      "Damages are the number of copies times the rate per copy.",
      "Copies that are free are taken off before the rate is applied.",
      "The owner's share of fault is a percentage by which the damages are reduced.",
      "The share of fault is deducted before the cap is looked at.",
      "If the damages are above the cap, only the cap is awarded.",
      "Damages up to the cap are awarded in full.",
      "Costs are added at the end and are not subject to the cap.",
      "The sum awarded is the damages after share of fault and cap, plus the costs.",
      "Ten percent of a sum is the sum divided by 10.",
      "The owner need not prove a loss to get statutory damages.",
      "The infringer is the one who made or sold the copies.",
      "The court fixes the sum awarded to the owner.",
    ],
    .ko: [
      "법정손해배상은 법률이 1부당 금액을 스스로 정한 배상이다.",
      "배상액은 복제물의 수에 1부당 금액을 곱한 값이다.",
      "면제되는 복제물은 1부당 금액을 곱하기 전에 뺀다.",
      "권리자의 과실은 배상을 줄이는 비율이다.",
      "과실은 상한을 살피기 전에 공제한다.",
      "배상이 상한보다 크면 상한만 인정된다.",
      "상한을 넘지 않는 배상은 그대로 인정된다.",
      "비용은 마지막에 더하며 상한에 걸리지 않는다.",
      "인정되는 금액은 과실과 상한을 거친 배상에 비용을 더한 값이다.",
      "금액의 10퍼센트는 금액을 10으로 나눈 값이다.",
      "권리자는 손해를 증명하지 않아도 법정손해배상을 받을 수 있다.",
      "침해자는 복제물을 만들거나 판 사람이다.",
      "법원은 권리자에게 인정되는 금액을 정한다.",
    ],
  ]
}
