extension FineTable {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      The <fictional|invented> {act} knows these base fines by class: {table}. {offender} committed an
      offence of class {class}[[ in {counts}]]. [[Aggravation raises the fine by {aggravation}.]]
      [[Mitigation then lowers it by {mitigation}.]] [[The maximum is {maximum}.]] Find {ask}.

      Offender: {offender}. Statute: {act}. Base fines: {table}. Class: {class}. [[Counts: {counts}.]]
      [[Aggravation: {aggravation}.]] [[Mitigation after that: {mitigation}.]] [[Maximum: {maximum}.]]
      <Report|State> {ask}.

      What is {ask} for {offender}, convicted of an offence of class {class}[[ with {counts}]]? The base
      fines of the {act} are {table}. [[Aggravation adds {aggravation}.]] [[Mitigation takes off
      {mitigation} of the result.]] [[The maximum is set at {maximum}.]]

      If the {act} lists base fines of {table}, and {offender} falls into class {class}[[ on {counts}]][[,
      with aggravation of {aggravation}]][[, with later mitigation of {mitigation}]][[, with a maximum of
      {maximum}]], <determine|work out> {ask}.

      Memo from the clerk: <the judge|the court> puts {offender} into class {class}. [[There are {counts}.]]
      [[The {act} has a maximum of {maximum}.]] [[Aggravation is fixed at {aggravation}.]] [[Mitigation of
      the raised fine is fixed at {mitigation}.]] Base fines in the {act}: {table}. Please state {ask}.

      I defend {offender}. [[The maximum stands at {maximum}.]] Our case is class {class}[[, on {counts}]].
      [[The court sees aggravation of {aggravation}.]] [[It then grants mitigation of {mitigation}.]] The
      {act} <prints|gives> the base fines {table}. Tell me {ask}.

      An offence of class {class} was <proven|admitted>. The offender is {offender}. [[The fine is due for
      {counts}.]] By the {act}, base fines are {table}. [[It is increased by aggravation of {aggravation}.]]
      [[The increased fine is reduced by mitigation of {mitigation}.]] [[It is limited to a maximum of
      {maximum}.]] Calculate {ask}.

      Sentencing sheet of {offender}, {act}: (1) class {class}; (2) base fines {table}[[; counts
      {counts}]][[; aggravation {aggravation}]][[; then mitigation {mitigation}]][[; maximum {maximum}]].
      <Write down|Note> {ask}.

      {offender} <stands|appears> before the court[[ with {counts}]][[, with aggravation of
      {aggravation}]][[, with mitigation of {mitigation} on the raised fine]]. The base fines are {table}
      under the {act}. [[Its maximum is {maximum}.]] The class is {class}. Name {ask}.

      The court must fix {ask}. [[It accepts aggravation of {aggravation}.]] [[It then accepts mitigation of
      {mitigation}.]] The table of the {act} has base fines {table}[[ and a maximum of {maximum}]]. The
      offence of {offender} is class {class}[[, with {counts}]].

      {offender} is in class {class}[[ on {counts}]]. [[The maximum is {maximum}.]] The {act} has base fines
      of {table}. [[Aggravation is {aggravation}.]] [[Mitigation is then {mitigation}.]] State {ask}.

      Please report {ask} for {offender}: class {class}[[, {counts}]], base fines {table} under the {act}[[,
      aggravation of {aggravation}]][[, then mitigation of {mitigation}]][[, maximum of {maximum}]].

      Base fines: {table} ({act}). [[Maximum: {maximum}.]] [[Aggravation: {aggravation}.]] [[Mitigation of
      the raised fine: {mitigation}.]] The class of {offender} is {class}. [[The offence has {counts}.]]
      Work out {ask}.

      By the {act}, {offender} committed an offence of class {class}. [[The offence has {counts}.]] Base
      fines are {table}. [[The maximum is {maximum}.]] [[The fine is raised by aggravation of
      {aggravation}.]] [[It is then reduced by mitigation of {mitigation}.]] Determine {ask}.
      """),
    .ko: Phrasing.list(
      """
      <가상의|허구의> {act}의 등급별 기본 벌금은 {table}이다. {offender}의 위반은 {class} 등급이다. [[건수는 {counts}이다.]] [[가중은
      {aggravation}이다.]] [[그 뒤의 감경은 {mitigation}이다.]] [[최고액은 {maximum}이다.]] {ask|을} 구하시오.

      위반자: {offender}. 법률: {act}. 기본 벌금: {table}. 등급: {class}. [[건수: {counts}.]] [[가중: {aggravation}.]] [[가중
      뒤 감경: {mitigation}.]] [[최고액: {maximum}.]] {ask|을} <적으시오|쓰시오>.

      {class} 등급 위반으로 유죄인 {offender}의 {ask|은} 얼마인가? {act}의 기본 벌금은 {table}이다. [[건수는 모두 {counts}이다.]] [[가중으로
      {aggravation|을} 더한다.]] [[감경으로 그 결과에서 {mitigation|을} 뺀다.]] [[최고액은 {maximum|으로} 정해져 있다.]]

      {act}의 기본 벌금이 {table}이고 {offender|이} {class} 등급에 든다면[[, 건수가 {counts}라면]][[, 가중이 {aggravation}라면]][[,
      가중 뒤의 감경이 {mitigation}라면]][[, 최고액이 {maximum|이라면}]], {ask|을} <답하시오|밝히시오>.

      서기 메모: <재판부는|법원은> {offender|을} {class} 등급으로 보았습니다. [[건수는 {counts}입니다.]] [[{act}의 최고액은 {maximum}입니다.]]
      [[가중은 {aggravation}입니다.]] [[가중한 벌금의 감경은 {mitigation}입니다.]] {act}의 기본 벌금은 {table}입니다. {ask|을} 알려 주십시오.

      나는 {offender}의 변호인이다. [[최고액은 {maximum}이다.]] 우리 사건은 {class} 등급이다. [[건수는 {counts}이다.]] [[법원은 가중
      {aggravation|을} 인정한다.]] [[이어서 감경 {mitigation|을} 인정한다.]] {act}에는 기본 벌금이 {table|으로} <나온다|적혀 있다>. {ask|을}
      알고 싶다.

      {class} 등급의 위반이 <증명되었다|인정되었다>. 위반자는 {offender}이다. [[벌금은 건수 {counts}에 대하여 부과된다.]] {act}상 기본 벌금은
      {table}이다. [[가중 {aggravation|이} 더해진다.]] [[더해진 벌금에서 감경 {mitigation|이} 공제된다.]] [[최고액 {maximum|이} 적용된다.]]
      {ask|을} 계산하시오.

      {offender} 양형표, {act}: (1) 등급 {class}; (2) 기본 벌금 {table}[[; 건수 {counts}]][[; 가중 {aggravation}]][[; 이어서
      감경 {mitigation}]][[; 최고액 {maximum}]]. {ask|을} <기록하시오|적어 두시오>.

      [[가중 {aggravation|이} 있다.]] [[가중한 벌금에 감경 {mitigation|이} 있다.]] [[건수 {counts|이} 있다.]] {offender|이} 법정에
      <섰다|나왔다>. 기본 벌금은 {act}에 따라 {table}이다. [[그 최고액은 {maximum}이다.]] 등급은 {class}이다. {ask|을} 말해 보시오.

      법원은 {ask|을} 정해야 한다. [[가중 {aggravation|을} 받아들인다.]] [[그 뒤 감경 {mitigation|을} 받아들인다.]] {act}의 표에 따른 기본 벌금은
      {table}이다. [[표의 최고액은 {maximum}이다.]] {offender}의 위반은 {class} 등급에 속한다. [[건수는 {counts|으로} 센다.]]

      {offender|은} {class} 등급이다. [[건수는 {counts}이다.]] [[최고액은 {maximum}이다.]] {act}의 기본 벌금은 {table}이다. [[가중은
      {aggravation}이다.]] [[이어서 감경은 {mitigation}이다.]] {ask|을} 밝히시오.

      {offender}의 {ask|을} 알려 주십시오. {class} 등급[[, 건수 {counts}]], {act}의 기본 벌금 {table}[[, 가중
      {aggravation}]][[, 이어서 감경 {mitigation}]][[, 최고액 {maximum}]]입니다.

      기본 벌금: {table}({act}). [[최고액: {maximum}.]] [[가중: {aggravation}.]] [[가중한 벌금의 감경: {mitigation}.]]
      {offender}의 등급은 {class}이다. [[법원이 센 건수는 {counts}이다.]] {ask|을} 계산하시오.

      {act}에 따라 {offender}의 위반이 {class} 등급으로 인정되었다. [[건수는 {counts}이다.]] 기본 벌금은 {table}이다. [[최고액은
      {maximum}이다.]] [[가중 {aggravation|이} 더해진다.]] [[이어서 감경 {mitigation|이} 공제된다.]] {ask|을} 답하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "The base fine is read from the table by the class of the offence.",
      "Class X has the lowest base fine and class Z the highest.",
      "With several counts, the base fine is multiplied by the number of counts.",
      "Aggravation raises the fine by a percentage.",
      "Mitigation lowers the fine by a percentage.",
      "Aggravation comes first, and mitigation is taken from the raised fine.",
      "If the fine is above the maximum, the maximum is imposed.",
      "A fine up to the maximum is imposed as it is.",
      "Ten percent of a fine is the fine divided by 10.",
      "The order is base fine, counts, aggravation, mitigation, maximum.",
      "A confession or an apology can be a ground for mitigation.",
      "A repeated offence can be a ground for aggravation.",
      "The court fixes the fine for the offender.",
    ],
    .ko: [
      "기본 벌금은 위반의 등급에 따라 표에서 읽는다.",
      "X 등급의 기본 벌금이 가장 낮고 Z 등급의 기본 벌금이 가장 높다.",
      "건수가 여럿이면 기본 벌금에 건수를 곱한다.",
      "가중은 벌금을 일정한 비율만큼 올린다.",
      "감경은 벌금을 일정한 비율만큼 내린다.",
      "가중을 먼저 하고 감경은 가중한 벌금에서 한다.",
      "벌금이 최고액보다 크면 최고액을 부과한다.",
      "최고액을 넘지 않는 벌금은 그대로 부과한다.",
      "벌금의 10퍼센트는 벌금을 10으로 나눈 값이다.",
      "순서는 기본 벌금, 건수, 가중, 감경, 최고액이다.",
      "자백이나 사과는 감경의 이유가 될 수 있다.",
      "되풀이된 위반은 가중의 이유가 될 수 있다.",
      "법원은 위반자의 벌금을 정한다.",
    ],
  ]
}
