extension LimitationPeriod {
  static let writtenPhrasings: [Language: [Phrasing]] = [
    .en: Phrasing.list(
      """
      The claim of {creditor} fell due in {due}. Under the <fictional|invented> {act}, the limitation period
      is {period}. [[It was suspended for {suspension}.]] [[The debtor's acknowledgement came in
      {acknowledgement}; it restarts a period that still runs.]] [[Suit was filed in {filed}.]] Find {ask}.

      Creditor: {creditor}. Statute: {act}. Claim due: {due}. Limitation period: {period}. [[Suspension:
      {suspension}.]] [[Acknowledgement: {acknowledgement} (restarts a running period).]] [[Suit filed:
      {filed}.]] <Report|State> {ask}.

      Can you tell {creditor} {ask}? The limitation period of the {act} is {period}, and the claim fell due
      in {due}. [[A suspension lasted {suspension}.]] [[An acknowledgement in {acknowledgement} restarts the
      period if it still runs.]] [[The suit was filed in {filed}.]]

      If the {act} sets a limitation period of {period} and a claim of {creditor} fell due in {due}[[, with
      a suspension of {suspension}]][[, with an acknowledgement in {acknowledgement} that restarts a running
      period]][[, with a suit filed in {filed}]], <determine|work out> {ask}.

      Memo to {creditor}: <our file shows|we note> that your claim fell due in {due}. [[Suit was filed in
      {filed}.]] [[The debtor gave an acknowledgement in {acknowledgement}, which restarts a running
      period.]] [[There was a suspension of {suspension}.]] The limitation period under the {act} is
      {period}. Please state {ask}.

      I am {creditor}, and my claim fell due in {due}. [[I filed suit in {filed}.]] My lawyer <says|writes>
      that the {act} gives a limitation period of {period}. [[The period saw a suspension of {suspension}.]]
      [[I got an acknowledgement in {acknowledgement}, and this restarts a running period.]] Tell me {ask}.

      A limitation period of {period} is laid down by the {act}. [[A suspension of {suspension} was
      ordered.]] The claim, held by {creditor}, fell due in {due}. [[It was met by an acknowledgement in
      {acknowledgement}, restarting a period that still runs.]] [[A suit was filed in {filed}.]]
      <Decide|Establish> {ask}.

      Case sheet of {creditor}, {act}: (1) claim due {due}; (2) limitation period {period}[[; suspension
      {suspension}]][[; acknowledgement {acknowledgement}, restarting a running period]][[; suit filed
      {filed}]]. <Write down|Note> {ask}.

      [[Suit filed in {filed}:]] the debtor of {creditor} <disputes|questions> a claim that fell due in
      {due}. [[There was an acknowledgement in {acknowledgement}; one in time restarts the period.]] [[A
      suspension ran for {suspension}.]] By the {act}, the limitation period runs for {period}. Clarify
      {ask}.

      The court must establish {ask}. Party: {creditor}. The claim fell due in {due}[[, and suit was filed
      in {filed}]]. According to the {act}, the limitation period lasts {period}[[ and its suspension lasted
      {suspension}]]. [[A running period restarts by the acknowledgement of {acknowledgement}.]]

      Under the {act}, with a limitation period of {period}, {creditor} has a claim that fell due in {due}.
      [[The acknowledgement came in {acknowledgement} and restarts a running period.]] [[The suit was filed
      in {filed}.]] [[The suspension lasted {suspension}.]] State {ask}.

      Please tell {creditor} {ask}: claim due in {due}[[, suit filed in {filed}]], limitation period of
      {period} by the {act}[[, suspension of {suspension}]][[, acknowledgement in {acknowledgement}, which
      restarts a running period]].

      Limitation period: {period} ({act}). [[Suit filed: {filed}.]] [[Suspension: {suspension}.]] The claim
      of {creditor} fell due in {due}. [[The acknowledgement of {acknowledgement} restarts a running
      period.]] Determine {ask}.

      A claim of {creditor} fell due in {due}. [[Its suspension was {suspension}.]] [[Its suit was filed in
      {filed}.]] [[An acknowledgement was given in {acknowledgement}; a running period restarts.]] The {act}
      sets {period} as the limitation period. Work out {ask}.
      """),
    .ko: Phrasing.list(
      """
      {creditor}의 채권은 변제기가 {due}이다. <가상의|허구의> {act}에 따른 시효기간은 {period}이다. [[시효는 {suspension} 동안 정지되었다.]]
      [[채무자가 {acknowledgement}에 승인하였고, 기간 안의 승인은 시효를 새로 시작하게 한다.]] [[소는 {filed}에 제기되었다.]] {ask|을} 구하시오.

      채권자: {creditor}. 법률: {act}. 변제기: {due}. 시효기간: {period}. [[정지: {suspension}.]] [[승인:
      {acknowledgement}(기간 안이면 새로 시작).]] [[소 제기: {filed}.]] {ask|을} <적으시오|쓰시오>.

      {creditor}에게 {ask|을} 알려 줄 수 있는가? {act}의 시효기간은 {period}이고 변제기는 {due}이다. [[정지는 {suspension} 동안 이어졌다.]]
      [[{acknowledgement}의 승인은 기간 안이면 시효를 새로 시작하게 한다.]] [[소 제기는 {filed}이다.]]

      {act}의 시효기간이 {period}이고 {creditor}의 채권 변제기가 {due|이라면}[[, 정지가 {suspension} 있었다면]][[, 기간 안이면 시효를 새로 시작하게
      하는 승인이 {acknowledgement}에 있었다면]][[, 소 제기가 {filed|이라면}]], {ask|을} <판단하시오|밝히시오>.

      {creditor} 귀하: <기록을 보니|확인해 보니> 귀하의 채권은 변제기가 {due}입니다. [[소 제기는 {filed}입니다.]] [[채무자의 승인은
      {acknowledgement}에 있었고 기간 안이면 시효가 새로 시작됩니다.]] [[정지는 {suspension} 동안이었습니다.]] {act}의 시효기간은 {period}입니다.
      {ask|을} 알려 주십시오.

      나는 {creditor}이고 내 채권의 변제기는 {due|이었}다. [[나는 {filed}에 소를 제기하였다.]] 변호사는 {act}의 시효기간이 {period|이라고}
      <말한다|쓴다>. [[정지가 {suspension} 있었다.]] [[{acknowledgement}에 승인을 받았는데 기간 안이면 시효가 새로 시작된다.]] {ask|을} 알고 싶다.

      {act|은} 시효기간을 {period|으로} 정한다. [[{suspension}의 정지가 있었다.]] {creditor|이} 가진 채권의 변제기는 {due}이다. [[채무자의 승인은
      {acknowledgement}에 있었고, 남은 기간이 있으면 시효를 새로 시작하게 한다.]] [[소 제기는 {filed}에 있었다.]] {ask|을} <정하시오|확인하시오>.

      {creditor} 사건표, {act}: (1) 변제기 {due}; (2) 시효기간 {period}[[; 정지 {suspension}]][[; 승인 {acknowledgement},
      기간 안이면 새로 시작]][[; 소 제기 {filed}]]. {ask|을} <기록하시오|적어 두시오>.

      [[소 제기 연도는 {filed}이다.]] {creditor}의 채무자는 변제기가 {due}인 채권을 <다툰다|부인한다>. [[승인은 {acknowledgement}에 있었으며 기간
      안의 승인이면 시효가 새로 시작된다.]] [[정지 기간은 {suspension}이다.]] {act}상 시효기간은 {period}이다. {ask|을} 말해 보시오.

      법원은 {ask|을} 판단해야 한다. 당사자는 {creditor}이다. 채권의 변제기는 {due}이다. [[소 제기는 {filed}에 이루어졌다.]] {act}에 의하면 시효기간은
      {period}이다. [[정지는 {suspension} 동안 있었다.]] [[기간 안이면 {acknowledgement}의 승인으로 시효가 새로 시작된다.]]

      {act}에 따른 시효기간 {period|이} 적용되는 {creditor}의 채권은 변제기가 {due}이다. [[승인은 {acknowledgement}에 있었고 기간 안이면 시효를
      새로 시작하게 한다.]] [[소 제기는 {filed}이다.]] [[정지는 {suspension} 동안이었다.]] {ask|을} 밝히시오.

      {creditor}에게 {ask|을} 알려 주십시오. 변제기 {due}[[, 소 제기 {filed}]], {act}의 시효기간 {period}[[, 정지
      {suspension}]][[, 기간 안이면 시효를 새로 시작하게 하는 승인 {acknowledgement}]]입니다.

      시효기간: {period}({act}). [[소 제기: {filed}.]] [[정지: {suspension}.]] {creditor}의 채권은 변제기가 {due}이다.
      [[{acknowledgement}의 승인은 기간 안이면 시효를 새로 시작하게 한다.]] {ask|을} 판단하시오.

      변제기가 {due}인 채권을 {creditor|이} 가지고 있다. [[정지는 {suspension}이다.]] [[소는 {filed}에 제기되었다.]] [[승인은
      {acknowledgement}에 있었으며 기간 안이면 시효가 새로 시작된다.]] {act|은} {period|을} 시효기간으로 정한다. {ask|을} 구하시오.
      """),
  ]

  static let writtenStatements: [Language: [String]] = [
    .en: [
      "A limitation period is the time within which a claim must be taken to court.",
      "The limitation period runs from the year in which the claim fell due.",
      "The year in which the period ends is the due year plus the limitation period.",
      "A suspension stops the period, so its years are added to the end.",
      "An acknowledgement by the debtor restarts a period that still runs.",
      "After an acknowledgement in time, the full limitation period runs again from its year.",
      "An acknowledgement after the end of the period comes too late and changes nothing.",
      "A claim is barred if suit was filed after the year in which the period ends.",
      "A suit filed in the last year of the period is in time, and the claim is not barred.",
      "The years of a suspension are added before the acknowledgement is looked at.",
      "The creditor files suit to stop the claim from being barred.",
      "A debtor may refuse to pay a claim that is barred.",
      "The answer yes means that the claim is barred; no means that it may still be enforced.",
    ],
    .ko: [
      "시효기간은 채권을 법원에서 주장할 수 있는 기간이다.",
      "시효기간은 채권의 변제기가 속한 해부터 센다.",
      "소멸시효가 끝나는 해는 변제기에 시효기간을 더한 해이다.",
      "정지는 시효를 멈추므로 정지된 햇수를 끝나는 해에 더한다.",
      "채무자의 승인은 기간 안에 있으면 시효를 새로 시작하게 한다.",
      "기간 안의 승인이 있으면 승인한 해부터 시효기간 전체가 다시 흐른다.",
      "기간이 끝난 뒤의 승인은 늦은 것이므로 아무것도 바꾸지 않는다.",
      "시효가 끝나는 해가 지난 뒤에 소를 제기하면 채권은 시효로 소멸한 것이다.",
      "기간의 마지막 해에 제기한 소는 늦지 않은 것이다.",
      "승인을 살피기 전에 정지된 햇수를 먼저 더한다.",
      "채권자는 시효 소멸을 막으려고 소를 제기한다.",
      "채무자는 시효로 소멸한 채권의 변제를 거절할 수 있다.",
      "답이 yes이면 채권이 시효로 소멸한 것이고 no이면 아직 주장할 수 있는 것이다.",
    ],
  ]
}
