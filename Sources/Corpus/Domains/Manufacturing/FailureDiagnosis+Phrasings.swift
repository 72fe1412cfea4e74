extension FailureDiagnosis {
  static let frames = ManufacturingText.phrasings(
    en: """
      <Today|Last night|At noon>, {machine} shows a temperature of {temperature} and a vibration of
      {vibration}. [[The ambient is {ambient}.]] [[The pressure is {pressure}.]] [[The set pressure is
      {set}.]] Rules: {rules}. The first rule that holds decides. Which fault is it? {options}

      Machine: {machine}. Temperature: {temperature}. [[Ambient: {ambient}.]] Vibration: {vibration}.
      [[Pressure: {pressure}.]] [[Set pressure: {set}.]] Rules, first match counts: {rules}. <Choose|Pick>
      the fault: {options}

      Which fault out of {options} does {machine} have, if it reads a vibration of {vibration}[[, a pressure
      of {pressure}]][[, a set pressure of {set}]][[, an ambient of {ambient}]] and a temperature of
      {temperature}, and the rules, in this order, are {rules}?

      Repair guide, in order: {rules}. Readings of {machine}: [[set pressure {set};]] [[pressure
      {pressure};]] vibration {vibration}; temperature {temperature}[[; ambient {ambient}]]. <Please|Kindly>
      name the fault: {options}

      If {machine} reports a vibration of {vibration} at a temperature of {temperature}[[ with an ambient of
      {ambient}]][[ and a pressure of {pressure}]][[ below a set pressure of {set}]], which fault follows
      first from these rules: {rules}? {options}

      Service log of {machine} / [[ambient {ambient} /]] [[pressure {pressure} /]] temperature {temperature}
      / vibration {vibration}[[ / set pressure {set}]]. Options: {options}. Decide by the first rule that
      holds: {rules}.

      A vibration of {vibration} was measured on {machine}. [[A pressure of {pressure} was read.]] A
      temperature of {temperature} was noted. [[An ambient of {ambient} was noted.]] [[A set pressure of
      {set} was chosen.]] The fault is named by these rules in order: {rules}. Choose: {options}

      I stand at {machine}. My guide says, in order: {rules}. [[My gauge shows a pressure of {pressure}.]] I
      feel a vibration of {vibration} and read a temperature of {temperature}. [[The set pressure is
      {set}.]] [[The ambient is {ambient}.]] <Tell me|Help me find> the fault: {options}

      The choices are {options}. With a temperature of {temperature}[[ against an ambient of {ambient}]],
      {machine} runs at a vibration of {vibration}[[ and a pressure of {pressure}]][[ for a set pressure of
      {set}]]. Apply the first rule that holds: {rules}.

      The first rule that holds names the fault: {rules}. The report on {machine} gives [[an ambient of
      {ambient},]] [[a set pressure of {set},]] a temperature of {temperature}[[, a pressure of {pressure}]]
      and a vibration of {vibration}. <State|Pick> the fault: {options}

      Rules in order: {rules}. On {machine}, the vibration is {vibration}[[, the pressure is {pressure}]]
      and the temperature is {temperature}. [[The set pressure is {set}.]] [[The ambient is {ambient}.]]
      Choose the fault: {options}

      Which fault is named for {machine}? Vibration: {vibration}. [[Set pressure: {set}.]] [[Pressure:
      {pressure}.]] Temperature: {temperature}. [[Ambient: {ambient}.]] Options: {options}. First rule that
      holds: {rules}.

      Please name the fault of {machine}, one of {options}: the temperature is {temperature}, [[the pressure
      is {pressure},]] [[the ambient is {ambient},]] [[the set pressure is {set},]] the vibration is
      {vibration}, and the first of these rules that holds decides: {rules}.

      The log of {machine} shows [[a pressure of {pressure},]] a vibration of {vibration}, [[a set pressure
      of {set},]] a temperature of {temperature}[[ and an ambient of {ambient}]]. Out of {options}, which
      fault comes from the first rule that holds? Rules: {rules}.
      """,
    ko: """
      <오늘|어젯밤|정오에> {machine}의 온도는 {temperature}, 진동은 {vibration}이다. [[주위 온도는 {ambient}이다.]] [[압력은
      {pressure}이다.]] [[설정 압력은 {set}이다.]] 규칙: {rules}. 먼저 맞는 규칙이 결정한다. 어떤 고장인가? {options}

      설비: {machine}. 온도: {temperature}. [[주위 온도: {ambient}.]] 진동: {vibration}. [[압력: {pressure}.]] [[설정 압력:
      {set}.]] 규칙(먼저 맞는 것): {rules}. 고장을 <고르시오|선택하시오>: {options}

      {machine}의 고장은 {options} 중 무엇인가? 규칙은 순서대로 {rules}이고, 측정값은 진동 {vibration}[[, 압력 {pressure}]][[, 설정 압력
      {set}]][[, 주위 온도 {ambient}]], 온도 {temperature}이다.

      정비 지침 순서: {rules}. {machine}의 측정값은 [[설정 압력 {set};]] [[압력 {pressure};]] 진동 {vibration}; 온도
      {temperature}[[; 주위 온도 {ambient}]]입니다. 고장을 <골라 주세요|알려 주세요>: {options}

      {machine}의 진동이 {vibration}, 온도가 {temperature|이라}고 하자. [[주위 온도가 {ambient|이라}고 하자.]] [[압력이
      {pressure|이라}고 하자.]] [[설정 압력이 {set|이라}고 하자.]] 다음 규칙에서 먼저 나오는 고장은 무엇인가? {rules}. 보기: {options}

      {machine} 정비 일지 / [[주위 온도 {ambient} /]] [[압력 {pressure} /]] 온도 {temperature} / 진동 {vibration}[[ / 설정
      압력 {set}]]. 보기: {options}. 먼저 맞는 규칙으로 판정하시오: {rules}.

      {vibration}의 진동이 {machine}에서 측정되었다. [[읽은 압력은 {pressure}이다.]] {temperature}의 온도가 기록되었다. [[기록된 주위 온도는
      {ambient}이다.]] [[정해진 설정 압력은 {set}이다.]] 규칙은 순서대로 다음과 같다: {rules}. 고장을 고르시오: {options}

      저는 {machine} 앞에 있습니다. 지침의 순서는 {rules}입니다. [[제 압력계의 압력은 {pressure}입니다.]] 진동은 {vibration}, 온도는
      {temperature}입니다. [[설정 압력은 {set}입니다.]] [[주위 온도는 {ambient}입니다.]] 고장을 <알려 주세요|찾아 주세요>: {options}

      보기는 {options}이다. 온도 {temperature}[[, 주위 온도 {ambient}]]에서 {machine|은} 진동 {vibration}[[, 압력
      {pressure}]][[, 설정 압력 {set}]]의 상태로 돌아간다. 먼저 맞는 규칙을 적용하시오: {rules}.

      먼저 맞는 규칙이 고장을 정한다: {rules}. {machine} 보고서에는 [[주위 온도 {ambient},]] [[설정 압력 {set},]] 온도 {temperature}[[,
      압력 {pressure}]], 진동 {vibration}의 값이 있다. 고장을 <쓰시오|고르시오>: {options}

      규칙의 순서는 다음과 같다: {rules}. {machine}에서 진동은 {vibration}[[, 압력은 {pressure}]], 온도는 {temperature}이다. [[설정
      압력은 {set}이다.]] [[주위 온도는 {ambient}이다.]] 고장을 고르시오: {options}

      {machine}의 고장은 무엇인가? 진동: {vibration}. [[설정 압력: {set}.]] [[압력: {pressure}.]] 온도: {temperature}. [[주위
      온도: {ambient}.]] 보기: {options}. 먼저 맞는 규칙: {rules}.

      {machine}의 고장은 {options} 중 하나입니다. 골라 주세요. 온도는 {temperature}, [[압력은 {pressure},]] [[주위 온도는 {ambient},]]
      [[설정 압력은 {set},]] 진동은 {vibration}이고 먼저 맞는 규칙이 결정합니다: {rules}.

      {machine} 일지에는 [[압력 {pressure},]] 진동 {vibration}, [[설정 압력 {set},]] 온도 {temperature}[[, 주위 온도
      {ambient}]]의 값이 있다. {options} 가운데 먼저 맞는 규칙의 고장은 무엇인가? 규칙: {rules}.
      """)

  static let rules = ManufacturingText.statements(
    en: """
      The rules are read in order, and the first rule that holds names the fault.
      If no rule holds, there is no fault.
      A rule with two conditions holds only if both conditions hold.
      The rise is the temperature minus the ambient.
      The drop is the set pressure minus the pressure.
      An imbalance, bearing wear, a loose bolt, a bent shaft or gear wear makes the vibration strong.
      A cooling fault, a blocked filter, a dry bearing, a fan stop or an overload makes a machine hot.
      An air leak, seal wear, a stuck valve, a pump fault or a hose crack makes the pressure low.
      The vibration of a machine is read in mm/s.
      The temperature and the ambient are read in °C.
      The pressure and the set pressure are read in bar.
      After the first rule that holds, the other rules do not count.
      The answer is the letter of the option with the fault.
      """,
    ko: """
      규칙은 순서대로 읽고 먼저 맞는 규칙이 고장을 정한다.
      맞는 규칙이 없으면 이상 없음이다.
      조건이 두 개인 규칙은 두 조건이 모두 맞아야 맞는다.
      온도 상승은 온도에서 주위 온도를 뺀 값이다.
      압력 강하는 설정 압력에서 압력을 뺀 값이다.
      진동이 크면 불균형, 베어링 마모, 볼트 풀림, 축 휨, 기어 마모를 의심한다.
      온도가 높으면 냉각 불량, 필터 막힘, 윤활 부족, 팬 정지, 과부하를 의심한다.
      압력이 낮으면 공기 누설, 실 마모, 밸브 고착, 펌프 고장, 호스 균열을 의심한다.
      설비의 진동은 mm/s로 읽는다.
      온도와 주위 온도는 °C로 읽는다.
      압력과 설정 압력은 bar로 읽는다.
      먼저 맞는 규칙이 나오면 나머지 규칙은 보지 않는다.
      답은 고장이 적힌 보기의 글자이다.
      """)
}
