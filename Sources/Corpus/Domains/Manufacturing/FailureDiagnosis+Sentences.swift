extension FailureDiagnosis {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        Temperature of {machine}: {temperature}.
        The temperature of {machine} is {temperature}.
        {temperature} is the temperature read on {machine}.
        The machine has a temperature of {temperature}.
        On the thermometer of {machine}, the temperature stands at {temperature}.
        A technician noted {temperature} as the temperature of {machine}.
        By now, the temperature of {machine} has reached {temperature}.
        The temperature sensor of the machine shows {temperature}.

        Vibration of {machine}: {vibration}.
        The vibration comes to {vibration}.
        {vibration} is the vibration of {machine}.
        The sensor on {machine} reports a vibration of {vibration}.
        At the bearing, {vibration} was read as vibration.
        A vibration of {vibration} is felt on {machine}.
        The technician measured {vibration} of vibration.
        In vibration, {machine} is at {vibration}.

        Pressure reading: {pressure}.
        The pressure gauge shows {pressure}.
        {pressure} is the pressure measured on {machine}.
        The measured pressure stands at {pressure}.
        On {machine}, a pressure of {pressure} was read.
        The technician read {pressure} as the pressure.
        The gauge of {machine} gives the pressure, at the moment, as {pressure}.
        At {pressure}, the pressure of {machine} was noted.

        Ambient temperature: {ambient}.
        The ambient around {machine} is at {ambient}.
        {ambient} is the ambient temperature.
        The rise is counted from an ambient of {ambient}.
        In the hall, an ambient of {ambient} was read.
        For the ambient, the technician noted {ambient}.
        Around {machine}, {ambient} was measured as the ambient.

        Set pressure of {machine}: {set}.
        The pressure of {machine} is set to {set}.
        {set} was chosen as the set pressure.
        The drop is counted from a set pressure of {set}.
        On the controller, the set pressure reads {set}.
        A set pressure of {set} applies to {machine}.
        The operator entered {set} for the set pressure.

        The rules are: {rules}.
        Rules of the repair guide: {rules}.
        The guide for {machine} gives the rules {rules}.
        The maintenance sheet says: {rules}.
        To find the fault, use these rules: {rules}.
        For {machine} the rules read: {rules}.
        Diagnosis rules: {rules}.
        The service team works by the following rules: {rules}.

        Only the first rule that holds counts.
        The rules are tried in order, and the first one that holds decides.
        If several rules hold, the earliest decides.
        From the first rule to the last, the first one that fits names the fault.
        Whichever rule holds first decides.
        The decision is made by the first rule that is met.
        Later rules do not count once a rule holds.
        Read the rules in order and stop at the first that holds.

        Possible findings: {options}.
        The finding is one of {options}.
        Choose from {options}.
        Answers to choose from: {options}.
        The faults on offer are {options}.
        Out of {options}, one is right.
        For {machine} the choice is between {options}.
        The sheet offers {options}.
        """,
      questions: """
        Which fault does {machine} have?
        What is wrong with {machine}?
        Say which fault {machine} has.
        Which letter stands for the fault of {machine}?
        Find the fault by the rules.
        The service team asks for the fault of {machine}.
        Wanted: the fault of {machine}.
        Which fault do the rules give for {machine}?
        """),
    .ko: SentenceBank(
      facts: """
        {machine}의 온도: {temperature}.
        {machine}의 온도는 {temperature}이다.
        {temperature|이} {machine}에서 읽은 온도이다.
        설비 온도는 {temperature}에 이르렀다.
        설비의 온도 센서는 {temperature|을} 가리킨다.
        정비사는 {machine}의 온도를 {temperature|으로} 적었다.
        {machine|은} 지금 온도가 {temperature|이다}.
        설비 온도로 {temperature|이} 측정되었다.

        {machine}의 진동: {vibration}.
        {machine}의 진동은 {vibration}이다.
        {vibration|이} {machine}에서 잰 진동이다.
        진동 센서는 {vibration|을} 가리킨다.
        정비사는 진동을 {vibration|으로} 적었다.
        {machine}에서 {vibration}의 진동이 느껴진다.
        베어링 쪽 진동은 재어 보니 {vibration|이었}다.
        진동으로 {vibration|이} 측정되었다.

        압력계의 값: {pressure}.
        측정된 압력은 {pressure}이다.
        {pressure|이} {machine}에서 읽은 압력이다.
        {machine}의 압력계는 {pressure|을} 가리킨다.
        정비사는 측정 압력을 {pressure|으로} 적었다.
        {machine|은} 지금 압력이 {pressure|이다}.
        현재 압력으로 {pressure|이} 기록되었다.

        설비 주위 온도: {ambient}.
        {machine}의 주위 온도는 {ambient}이다.
        {ambient|이} 작업장의 주위 온도이다.
        온도 상승은 주위 온도 {ambient|을} 기준으로 센다.
        정비사는 주위 온도를 {ambient|으로} 적었다.
        {machine} 둘레에서 잰 주위 온도는 {ambient|이다}.
        주위 온도로 {ambient|이} 측정되었다.

        {machine}의 설정 압력: {set}.
        {machine}의 설정 압력은 {set}이다.
        {set|이} 설정 압력으로 입력되어 있다.
        압력 강하는 설정 압력 {set|을} 기준으로 센다.
        제어기에 설정 압력이 {set|으로} 나온다.
        작업자가 정한 설정 압력은 {set|이다}.
        {machine|은} 설정 압력 {set|으로} 운전한다.

        진단 규칙: {rules}.
        규칙은 다음과 같다: {rules}.
        {machine}의 정비 지침은 다음과 같다: {rules}.
        정비 지침에 적힌 규칙은 {rules}이다.
        고장을 찾는 규칙으로 {rules|이} 있다.
        {machine}에는 다음 규칙을 쓴다: {rules}.
        정비팀의 규칙: {rules}.
        정비표의 규칙은 {rules|이라}고 되어 있다.

        먼저 맞는 규칙 하나만 따른다.
        규칙은 순서대로 보고 처음 맞는 것이 결정한다.
        여러 규칙이 맞으면 앞선 규칙이 결정한다.
        처음으로 맞는 규칙이 고장을 정한다.
        규칙을 앞에서부터 읽어 처음 맞는 데서 멈춘다.
        규칙 하나가 맞으면 뒤의 규칙은 보지 않는다.
        판정은 가장 먼저 맞는 규칙으로 한다.

        판정 후보: {options}.
        답은 {options} 가운데 하나이다.
        {options} 중에서 고른다.
        고를 수 있는 것: {options}.
        {machine}의 판정 후보는 {options}이다.
        정비표에는 {options|이} 후보로 올라 있다.
        다음 가운데 하나가 맞다: {options}.
        """,
      questions: """
        {machine}의 고장을 쓰시오.
        어떤 고장인가?
        {machine}에는 어떤 고장이 있는가?
        규칙에 따라 {machine}의 고장을 판정하시오.
        {machine}의 고장에 해당하는 글자는 무엇인가?
        정비팀은 {machine}의 고장을 알고자 한다.
        규칙이 가리키는 고장은 어느 것인가?
        구할 것: {machine}의 고장.
        """),
  ]
}
