extension BenefitEligibility {
  static let sentenceBanks: [Language: SentenceBank] = [
    .en: SentenceBank(
      facts: """
        The {programme} asks for a minimum age of {minAge}.
        Minimum age for the {programme}: {minAge}.
        Nobody below the minimum age of {minAge} is approved.
        {minAge} is set as the minimum age.
        The rules put the minimum age at {minAge}.
        As a minimum age the {programme} names {minAge}.
        To be approved, a person must have reached at least {minAge}, the minimum age.
        Required age: at least {minAge}, which is the minimum age.

        {person} is {age} years old.
        Age of the applicant: {age}.
        The age of {person}, as stated, is {age}.
        {age} is the present age of {person}.
        In the field for the age, {person} wrote {age}.
        The papers of {person} prove an age of {age}.
        By the day of the application {person} had reached an age of {age}.

        The weekly income limit is {limit}.
        The {programme} has an income limit of {limit} a week.
        Weekly income limit of the {programme}: {limit}.
        {limit} a week is the income limit.
        The rules fix the income limit at {limit} a week.
        An income limit, namely {limit} a week, belongs to the {programme}.
        For income the {programme} sets a weekly limit of {limit}.

        {person} has a weekly income of {income}.
        Income of the applicant: {income} a week.
        {income} a week is the income of {person}.
        Each week {person} takes in an income of {income}.
        The papers put the income of {person} at {income} a week.
        A weekly income of {income} was reported by {person}.
        What {person} states as income is, for one week, {income}.

        For each child the income limit goes up by {perChild}.
        Addition to the income limit: {perChild} for each child.
        {perChild} is added to the income limit for every child.
        Every child of an applicant raises the income limit by {perChild}.
        The income limit is raised, per child, by {perChild}.
        Per child, the rules add {perChild} to the income limit.
        An increase of {perChild} for every child is put on top of the income limit.

        {person} has {children} children.
        Number of children of {person}: {children}.
        The family of {person} counts {children} children.
        {children} children live with {person}.
        For {person}, {children} children are to be counted.
        As for children, the file of {person} names {children}.
        The applicant is raising {children} children.

        A minimum residence of {minResidence} is required.
        The {programme} asks for a minimum residence of {minResidence}.
        Required residence: at least {minResidence}, which is the minimum residence.
        {minResidence} in the town is the minimum residence.
        Anyone who falls short of the minimum residence of {minResidence} is refused.
        To qualify, a person must have completed the minimum residence of {minResidence}.
        As minimum residence in the town, the rules name {minResidence}.

        {person} has lived in the town for {residence}.
        Residence of the applicant in the town: {residence}.
        {residence} is how long {person} has been a resident of the town.
        For {residence}, {person} has been resident in the town.
        The register shows a residence of {residence} for {person}.
        So far the residence of {person} amounts to {residence}.
        A residence in the town of {residence} was confirmed for {person}.

        Savings may not exceed the savings limit of {savingsLimit}.
        The {programme} has a savings limit of {savingsLimit}.
        Limit on the savings of an applicant: {savingsLimit}.
        {savingsLimit} is the most that an applicant may hold in savings.
        Anyone with savings above the savings limit of {savingsLimit} is refused.
        For savings, a limit of {savingsLimit} is laid down.
        The rules draw the savings limit at {savingsLimit}.

        {person} holds {savings} in savings.
        The savings of {person} come to {savings}.
        Savings of the applicant: {savings}.
        {savings} is what {person} has put aside as savings.
        In savings, {person} has {savings}.
        Bank papers show savings of {savings} for {person}.
        The applicant states savings that, taken together, make {savings}.
        """,
      questions: """
        Does {person} qualify for the {programme}? Write yes or no.
        Is {person} eligible for the {programme}, yes or no?
        Answer yes or no: does {person} meet all conditions of the {programme}?
        Is the application of {person} to be granted? Write yes or no.
        May the {programme} be paid to {person}, yes or no?
        Are all conditions of the {programme} fulfilled? Reply with yes or no.
        Yes or no: can {person} get the {programme}?
        Decide on the application of {person} for the {programme} with yes or no.
        """),
    .ko: SentenceBank(
      facts: """
        {programme|을} 받으려면 최소 나이 {minAge|을} 채워야 한다.
        {programme} 신청의 최소 나이: {minAge}.
        규정이 정한 최소 나이는 {minAge|이다}.
        {minAge|이} 최소 나이로 정해져 있다.
        최소 나이인 {minAge}에 이르지 못한 사람은 제외된다.
        나이 요건: 최소 나이인 {minAge} 이상.
        {programme|은} 신청할 수 있는 최소 나이를 {minAge|으로} 둔다.

        {person|은} 올해 {age|이다}.
        신청인의 나이: {age}.
        서류에 적힌 {person}의 나이는 {age|이다}.
        {age|이} {person}의 현재 나이이다.
        {person|은} 나이 칸에 {age|을} 적었다.
        신청일에 {person}의 나이는 {age}에 이르렀다.
        신청인 {person|은} 나이가 {age|이다}.

        월 소득 한도는 {limit}이다.
        {programme}에는 월 {limit}의 소득 한도가 있다.
        월 소득 한도: {limit}.
        규정은 소득 한도를 월 {limit|으로} 정한다.
        월 {limit|이} {programme}의 소득 한도이다.
        월 소득에 적용하는 한도는 {limit}이다.
        {programme|은} 소득 한도로 한 달에 {limit|을} 둔다.

        {person}의 월 소득은 {income}이다.
        신청인의 월 소득: {income}.
        {person|이} 한 달에 버는 소득은 {income}이다.
        {income|이} {person}의 월 소득으로 신고되었다.
        {person|은} 소득 칸에 월 {income|을} 적었다.
        달마다 {person}에게 들어오는 소득은 모두 {income}이다.
        한 달 소득으로 {person|은} {income|을} 신고했다.

        자녀가 1명 있을 때마다 소득 한도가 {perChild} 올라간다.
        소득 한도 가산액: 자녀 한 명에 {perChild}.
        소득 한도에는 자녀마다 {perChild|을} 더한다.
        {perChild|이} 자녀 1명당 소득 한도에 더해진다.
        자녀 한 명마다 {perChild}씩 소득 한도를 높인다.
        규정에 따라 소득 한도는 자녀 1명당 {perChild}만큼 높아진다.

        {person}에게는 자녀가 {children}명 있다.
        신청인의 자녀: {children}명.
        자녀 {children}명을 {person|이} 키우고 있다.
        가족 사항에 적힌 자녀는 {children}명이다.
        {person}의 자녀는 모두 {children}명이다.
        {children}명의 자녀가 {person}의 가족으로 등록되어 있다.

        최소 거주 기간으로 {minResidence|을} 요구한다.
        {programme|을} 받으려면 최소 거주 기간 {minResidence|을} 채워야 한다.
        거주 요건: 최소 거주 기간 {minResidence} 이상.
        {minResidence|이} 규정에 적힌 최소 거주 기간이다.
        최소 거주 기간인 {minResidence|을} 채우지 못한 사람은 제외된다.
        시에 살았어야 하는 최소 거주 기간은 {minResidence|이다}.
        규정은 최소 거주 기간을 {minResidence|으로} 정한다.

        {person|은} 시에 {residence} 동안 살았다.
        신청인의 거주 기간: {residence}.
        지금까지 {person}의 거주 기간은 {residence|이다}.
        {residence} 동안 {person|은} 시 안에서 거주했다.
        주민 기록에 나타난 {person}의 거주 기간은 {residence|이다}.
        {residence|이} {person}의 거주 기간으로 확인되었다.
        {person|이} 시에 거주한 기간은 {residence}에 이른다.

        저축액은 저축 한도 {savingsLimit|을} 넘지 않아야 한다.
        {programme|은} 저축 한도로 {savingsLimit|을} 둔다.
        신청인 저축액의 한도: {savingsLimit}.
        {savingsLimit|이} 저축 한도로 정해져 있다.
        저축액이 저축 한도인 {savingsLimit|을} 넘는 사람은 제외된다.
        규정에 적힌 저축 한도는 {savingsLimit}이다.
        저축에는 {savingsLimit}까지라는 한도가 있다.

        {person}의 저축액은 모두 {savings}이다.
        신청인의 저축액: {savings}.
        {person|이} 저축한 돈은 {savings}이다.
        저축으로 {person|이} 가진 돈은 {savings}에 이른다.
        {savings|이} {person}의 통장에 저축되어 있다.
        {person|은} 저축액으로 {savings|을} 신고했다.
        """,
      questions: """
        {person|은} {programme} 지원 대상인가? 답은 yes 또는 no로 쓰시오.
        {programme|을} {person}에게 지급할 수 있는가, yes 또는 no?
        {person|이} {programme}의 요건을 모두 채웠는지 yes 또는 no로 쓰시오.
        {person}의 신청은 승인되는가(yes/no)?
        {person|이} 요건을 모두 만족하면 yes, 하나라도 어긋나면 no를 쓰시오.
        {person|은} {programme|을} 받게 되는가? yes나 no 가운데 하나로 답하시오.
        {person|이} {programme|을} 받을 자격이 있는가, yes인가 no인가?
        {person}의 {programme} 심사 결과를 yes(승인) 또는 no(거절)로 적으시오.
        """),
  ]
}
