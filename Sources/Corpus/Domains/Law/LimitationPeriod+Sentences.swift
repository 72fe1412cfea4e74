extension LimitationPeriod {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        In {due}, the claim of {creditor} became due.
        Due year of the claim: {due}.
        {due} is the year in which the claim became payable to {creditor}.
        Payment was owed to {creditor} in {due}, the due year.
        The debtor should have paid {creditor} in {due}, when the claim fell due.
        The claim that {creditor} holds matured in {due}.
        The due date of the claim lies in the year {due}.
        {creditor} could demand payment as of {due}, when the claim fell due.

        The {act} lets claims expire after a limitation period of {period}.
        Under the {act}, the limitation period for the claim is {period} long.
        Length of the limitation period: {period}.
        {period} is the limitation period that the {act} lays down.
        For the claim of {creditor}, the {act} provides a limitation period of {period}.
        A limitation period of {period} starts with the due year, says the {act}.
        The limitation period amounts, by the {act}, to {period}.
        The {act} gives creditors a limitation period of {period}.

        For {suspension}, the limitation period was suspended.
        The limitation period stood still for {suspension} by suspension.
        Length of the suspension: {suspension}.
        A suspension of {suspension} extends the period that began in the due year.
        {suspension} of suspension must be added to the period that began in the due year.
        Talks between the parties suspended the running of limitation for {suspension}.
        After the due year, limitation was suspended for {suspension} in all.
        The suspension of the limitation period took {suspension}.

        The debtor acknowledged the claim in {acknowledgement}; if the period still runs, a new one starts.
        Acknowledgement by the debtor: {acknowledgement}; a period not yet over begins anew.
        {acknowledgement} is the year of an acknowledgement, which restarts the period if not yet over.
        A debtor's acknowledgement of {acknowledgement} restarts the limitation period unless already ended.
        If not too late, the acknowledgement in {acknowledgement} starts the full limitation period anew.
        An acknowledgement, given to {creditor} in {acknowledgement}, restarts the period if still running.
        Limitation starts afresh from the acknowledgement made in {acknowledgement} if the period still ran.
        In {acknowledgement} the debtor gave an acknowledgement; one given in time starts a new full period.

        {creditor} went to court in {filed}.
        In {filed}, {creditor} filed suit.
        Year of the suit: {filed}.
        The suit reached the court in {filed}.
        {filed} was the year in which suit was filed.
        The court received the suit of {creditor} in {filed}.
        Suit was not filed until {filed}.
        An action on the claim was brought in {filed}.
        """,
      questions: """
        Find {ask}.
        {creditor} wants to know {ask}.
        Wanted: {ask}.
        The question is {ask}.
        Can you find out {ask}?
        Please establish {ask}.
        The judge wants to hear {ask}.
        What remains open is {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {creditor|이} 가진 채권은 {due}에 변제기가 되었다.
        채권의 변제기: {due}.
        채무자가 {creditor}에게 갚기로 한 해는 {due}이다.
        {due}에 {creditor}의 채권이 변제기에 이르렀다.
        채권의 변제기가 닥친 해는 {due}이다.
        변제기로 약속된 해는 {due|이었}다.
        채무자는 변제기인 {due}에 {creditor}에게 갚았어야 했다.
        {due|은} 채권의 변제기가 속한 해이다.

        {act|은} 채권에 {period}의 시효기간을 둔다.
        시효기간의 길이: {period}.
        {act}에서 채권은 시효기간 {period|이} 지나면 소멸한다.
        {period|이} {act}에 정해진 시효기간이다.
        {creditor}의 채권은 {act}상 시효기간이 {period}이다.
        변제기부터 세는 시효기간은 {act}상 {period} 동안이다.
        {act}의 규정은 시효기간으로 {period|을} 준다.
        시효기간은 길이가 {period|이며} {act}에 규정되어 있다.

        시효가 {suspension} 동안 정지된 적이 있다.
        시효가 정지된 기간: {suspension}.
        정지로 시효가 {suspension} 늦춰졌다.
        {suspension|은} 시효가 정지되어 흐르지 않은 기간이다.
        당사자들의 협상으로 시효의 진행이 {suspension} 동안 정지되었다.
        변제기 뒤에 시효는 {suspension} 동안 정지 상태였다.
        정지 때문에 변제기부터 흐른 시효의 끝에 {suspension|을} 더해야 한다.
        법원은 시효의 정지를 {suspension} 인정하였다.

        채무자는 {acknowledgement}에 채무를 승인하였는데 기간이 끝나기 전이라면 시효가 처음부터 다시 시작된다.
        승인한 해: {acknowledgement}(시효기간 안의 승인이면 기간이 처음부터 다시 흐름).
        {acknowledgement}에 채무자의 승인이 있었고 시효기간이 남아 있을 때의 승인은 기간을 다시 시작하게 한다.
        시효가 아직 끝나지 않았다면 {acknowledgement}의 승인으로 시효기간 전체가 다시 시작된다.
        {creditor|은} {acknowledgement}에 승인을 받았으며 시효가 끝나기 전이면 새 기간이 시작된다.
        늦지 않은 승인은 새 시효를 시작하게 하는데 채무자가 승인한 해는 {acknowledgement}이다.
        채무자의 승인은 {acknowledgement}의 일이고 끝나지 않은 시효라면 승인으로 새로 시작된다.

        {creditor|은} {filed}에 법원에 소를 냈다.
        소를 제기한 해: {filed}.
        {filed}에 이르러 소가 제기되었다.
        법원에 소장이 들어온 해는 {filed}이다.
        {filed|은} {creditor|이} 소를 제기한 해이다.
        소송은 {filed}에 시작되었다.
        {creditor}의 소는 {filed}에 법원에 접수되었다.
        """,
      questions: """
        {ask|을} 알아내시오.
        {ask|은} 어떻게 되는가?
        {creditor|은} {ask|을} 알고 싶어 한다.
        구할 것: {ask}.
        물음은 {ask}이다.
        {act}에 따라 {ask|을} 정하시오.
        {creditor}에게 {ask|을} 말해 주시오.
        """),
  ]
}
