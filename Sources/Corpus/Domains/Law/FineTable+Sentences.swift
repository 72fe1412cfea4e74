extension FineTable {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        By class, the base fines of the {act} are {table}.
        Table of base fines in dollars: {table}.
        The {act} fixes the base fine by class: {table}.
        {table}: such are the base fines of the {act} in dollars.
        A table in the {act} shows the base fines {table}.
        Depending on the class, the base fine is as follows: {table}.
        From the {act} the court reads the base fines by class, {table}.
        Base fine by class ({act}): {table}.

        The offence of {offender} belongs to class {class}.
        Class of the offence: {class}.
        Into class {class} falls what {offender} did.
        {offender} was convicted of a class {class} offence.
        The court put the offence into class {class}.
        Class {class} is the one found for {offender}.
        What {offender} did counts as a class {class} offence.

        The base fine is due for each of {counts}.
        The indictment against {offender} has {counts}.
        {counts} were proven against {offender}.
        On {counts}, {offender} was found guilty, each with the full base fine.
        As the verdict covers {counts}, the base fine is multiplied accordingly.
        Proven at the trial: {counts}.
        The judge found {offender} guilty on {counts}.

        For aggravation, the fine goes up by {aggravation}.
        The court adds {aggravation} to the fine for aggravation.
        Increase for aggravation: {aggravation}.
        {aggravation} is added because of aggravation.
        Aggravating facts about {offender} increase the fine by {aggravation}.
        A surcharge of {aggravation} applies for aggravation.
        Because {offender} is a repeat offender, aggravation of {aggravation} applies.
        The prosecutor obtained aggravation of {aggravation}.

        Mitigation, applied after aggravation, comes to {mitigation}.
        From the raised fine, {mitigation} is taken off for mitigation.
        Reduction of the raised fine for mitigation: {mitigation}.
        {mitigation} of the aggravated fine is remitted as mitigation.
        As {offender} confessed, mitigation reduces the aggravated fine by {mitigation}.
        Once the fine is raised for aggravation, mitigation lowers the raised fine by {mitigation}.
        A discount of {mitigation} for mitigation is granted on the fine as raised.
        Once aggravation is added, the fine drops by {mitigation} for mitigation.

        The fine finally imposed may not exceed {maximum}.
        Maximum that may be imposed: {maximum}.
        In the end, {offender} pays at most {maximum}.
        {maximum} is the maximum fine the court may impose in the end.
        The {act} stops the final fine at a maximum of {maximum}.
        More than {maximum} cannot be imposed on {offender}.
        A maximum of {maximum} limits the fine after all other steps.
        The final fine has an upper limit of {maximum}.
        """,
      questions: """
        Find {ask}.
        How high is {ask}?
        What is {ask} for {offender}?
        Wanted: {ask}.
        {offender} asks for {ask}.
        Please compute {ask}.
        Fix {ask} for {offender}.
        The question is {ask}.
        """),
    .ko: SentenceBank(
      facts: """
        {act|은} 등급에 따라 기본 벌금을 {table|으로} 정하고 있다.
        등급별 기본 벌금표(만 원): {table}.
        {act}의 표에는 등급별 기본 벌금이 {table|으로} 실려 있다.
        {table}, 이것이 {act|이} 정한 등급별 기본 벌금이다.
        기본 벌금은 등급마다 달라서 {table}이다.
        법원은 {act}에서 등급별 기본 벌금 {table|을} 읽는다.
        만 원 단위로 적은 기본 벌금은 등급별로 {table}이다.
        {act}의 기본 벌금표를 보면 {table}이다.

        {offender}의 행위는 {class} 등급에 해당한다.
        위반의 등급: {class}.
        법원이 판단한 위반 등급은 {class} 등급이다.
        {class} 등급의 위반을 {offender|이} 저질렀다.
        {offender|은} {class} 등급 위반으로 유죄 판결을 받았다.
        재판에서 확인된 등급은 {class}이다.
        {class} 등급으로 {offender}의 위반이 분류되었다.

        {offender|은} 모두 {counts}에 대하여 유죄이다.
        유죄로 인정된 건수: {counts}.
        기소된 위반은 {counts}이고 건마다 기본 벌금이 붙는다.
        {counts}의 위반이 증명되었다.
        {offender|이} 저지른 위반은 합하여 {counts}이다.
        공소장에는 {counts}의 위반이 적혀 있다.
        기본 벌금은 위반 {counts} 각각에 대하여 부과된다.
        건수로는 {counts|이} 인정되었다.

        가중 사유로 벌금이 {aggravation} 올라간다.
        가중 비율: {aggravation}.
        법원은 가중으로 벌금을 {aggravation}만큼 늘린다.
        {aggravation|이} 가중 비율로 정해졌다.
        {offender|은} 상습 위반자여서 벌금이 {aggravation} 가중된다.
        가중에 따라 벌금에 {aggravation|을} 얹는다.
        벌금은 가중으로 {aggravation}만큼 무거워진다.

        가중한 벌금은 감경으로 {mitigation} 내려간다.
        가중한 뒤에 적용할 감경 비율: {mitigation}.
        감경으로는 가중된 벌금에서 {mitigation|을} 깎는다.
        {mitigation|이} 가중된 벌금에 대한 감경 비율이다.
        {offender|이} 자백하였으므로 가중된 벌금이 {mitigation} 감경된다.
        법원은 가중을 마친 벌금을 {mitigation}만큼 감경한다.
        가중한 벌금의 {mitigation|은} 감경으로 면해 준다.

        최종 벌금은 {maximum|을} 넘을 수 없다.
        부과할 수 있는 최고액: {maximum}.
        {offender}에게는 많아야 {maximum|이} 부과된다.
        {maximum|이} 최종 벌금의 최고액이다.
        {act}상 마지막에 부과되는 벌금의 최고액은 {maximum}이다.
        다른 계산을 모두 마친 벌금은 최고액 {maximum}에 묶인다.
        법원이 결국 부과하는 벌금은 {maximum} 이하여야 한다.
        마지막에 최고액 {maximum|을} 넘는 벌금은 최고액으로 낮춘다.
        """,
      questions: """
        {ask|을} 구하시오.
        {ask|은} 얼마인가?
        {offender|이} 낼 {ask|은} 얼마나 되는가?
        구할 것: {ask}.
        물음은 {ask}이다.
        {offender|은} {ask|을} 알고 싶어 한다.
        {offender}에게 부과할 {ask|을} 산정하시오.
        """),
  ]
}
