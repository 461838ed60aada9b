"""What people of the demo county say and write. Invented, plain, and never about anyone."""

REASONS = (
    ("SCHOOL", "Szkoła Podstawowa nr 2", ("UPBRINGING",), "Dziecko od dwóch miesięcy opuszcza lekcje, rodzice nie przychodzą na zebrania."),
    ("PROBATION", "Zespół Kuratorskiej Służby Sądowej", ("UPBRINGING", "POVERTY"), "Kurator prosi o wsparcie rodziny w codziennej opiece nad dziećmi."),
    ("HEALTH", "Przychodnia Rodzinna", ("HOUSEKEEPING",), "Położna zgłasza, że młoda matka nie radzi sobie z opieką nad niemowlęciem."),
    ("OPS_UNIT", "Dział pomocy środowiskowej", ("POVERTY", "UNEMPLOYMENT"), "Rodzina ma zaległości w czynszu i prosi o pomoc w uporządkowaniu spraw."),
    ("SELF", "", ("UPBRINGING",), "Matka sama prosi o pomoc w wychowaniu nastoletniego syna."),
    ("POLICE", "Komenda Powiatowa Policji", ("UPBRINGING",), "Interwencja domowa, dzieci były obecne w mieszkaniu."),
    ("NEIGHBOUR", "", ("HOUSEKEEPING",), "Sąsiadka martwi się o dzieci, które wieczorami są same."),
)  # fmt: skip
FINDINGS = (
    "Mieszkanie czyste, lecz zbyt małe. Rodzice współpracują, potrzebują wsparcia w organizacji dnia i kontaktach ze szkołą.",
    "Matka samotnie wychowuje dzieci. Zaległości czynszowe, brak planu dnia, dzieci często nieprzygotowane do szkoły.",
    "Rodzice po rozstaniu, dzieci w konflikcie lojalności. Konieczne wsparcie w ustaleniu zasad opieki.",
)
TOPICS = (
    "Plan dnia i obowiązki domowe",
    "Kontakt ze szkołą",
    "Budżet domowy",
    "Wizyta u lekarza",
    "Zasady i konsekwencje",
    "Czas wolny z dziećmi",
    "Rozmowa po trudnym tygodniu",
)
COURSES = (
    "Przejrzeliśmy zeszyt z planem dnia. Mama pokazała, co się udało, a co nie. Ustaliliśmy poranki od nowa.",
    "Wspólnie zadzwoniliśmy do wychowawczyni i umówiliśmy spotkanie. Mama prowadziła rozmowę sama.",
    "Spisaliśmy wydatki z ostatnich dwóch tygodni i odłożyliśmy kwotę na czynsz.",
    "Dzieci pokazały nowe miejsce do odrabiania lekcji. Rozmawialiśmy o spokojnym wieczorze bez telefonu.",
    "Towarzyszyłam rodzinie w przychodni, szczepienia uzupełnione, następna wizyta za trzy miesiące.",
    "Trudna rozmowa o kłótniach. Uzgodniliśmy, co każde z rodziców robi, gdy rośnie napięcie.",
)
OBSERVATIONS = (
    "Dzieci spokojne, przywitały się, pokazały rysunki.",
    "W domu porządek, obiad ugotowany.",
    "Młodsze dziecko przeziębione, mama podała leki.",
    "Starszy syn zamknięty w sobie, odpowiadał krótko.",
)
AGREEMENTS_FAMILY = (
    "pójść na zebranie w szkole",
    "zapłacić pierwszą ratę zaległości",
    "umówić wizytę u dentysty",
    "prowadzić zeszyt z planem dnia",
    "odprowadzać dzieci na 8:00",
)
AGREEMENTS_WORKER = (
    "zapytać o miejsce w świetlicy",
    "przygotować wniosek o dofinansowanie",
    "umówić konsultację psychologa",
    "porozmawiać z pedagogiem",
)
ACTIVITY_CODES = ("BUDGET", "SCHOOL", "EMO", "EDU_PARENT", "OFFICE", "HEALTH", "TIME", "HOUSEHOLD", "CHILD", "CONFLICT")
GOALS = (
    ("SCHOOL", "Dzieci codziennie przychodzą do szkoły przygotowane i na czas", "Chcemy spokojnych poranków",
     ("Ustalić i stosować plan poranka", "Pakować plecaki wieczorem"), "frekwencja powyżej 90 % w miesiącu"),
    ("BUDGET", "Rodzina spłaca zaległości czynszowe w ratach i nie tworzy nowych", "Boimy się eksmisji",
     ("Spisywać wydatki w zeszycie", "Podpisać ugodę ze spółdzielnią"), "opłacony czynsz przez trzy kolejne miesiące"),
    ("UPBRINGING", "Rodzice stosują uzgodnione zasady bez krzyku i kar fizycznych", "Chcę mniej krzyczeć",
     ("Stosować trzy zasady domowe", "Wziąć udział w zajęciach dla rodziców"), "rodzice opisują sytuacje rozwiązane spokojnie"),
    ("HEALTH", "Wszystkie dzieci są pod opieką lekarza i dentysty", "Syn boi się dentysty",
     ("Zapisać dzieci do lekarza i dentysty",), "wizyty odbyte, kalendarz szczepień uzupełniony"),
)  # fmt: skip
CONCLUSION = (
    "Rodzina współpracuje, zmiany są widoczne, choć jeszcze kruche. Potrzebne dalsze wsparcie w wybranych obszarach."
)
HANDOVER = "Rodzina otwarta, najlepiej dzwonić dzień wcześniej. Trwa spłata zaległości i praca nad porankami."
COURT = "Sąd Rejonowy w Gawronicach, III Wydział Rodzinny i Nieletnich"
HAZARDS = ("DOG", "Duży pies na podwórku, dzwonić przed wejściem.")
ANSWERS: dict[str, tuple[str, ...]] = {
    "": ("Rodzina potrzebuje wsparcia w organizacji dnia, opiece nad dziećmi i sprawach urzędowych.",),
    "budget_facts": ("Dochód z prac dorywczych i świadczeń, wydatki nie są spisywane.", "Zaległości w czynszu rosną od wiosny."),
    "school_facts": ("Starsze dziecko opuściło w półroczu 34 godziny, młodsze chodzi regularnie.", "Dzieci chodzą do szkoły, brakuje przyborów."),
    "upbringing_facts": ("Rodzice krzyczą, zasady zmieniają się z dnia na dzień.", "Matka konsekwentna, ojciec wycofany."),
    "care_facts": ("Dzieci czyste, odpowiednio ubrane, posiłki nieregularne.", "Opieka wystarczająca, brak planu dnia."),
    "housing_facts": ("Dwa pokoje z kuchnią, ogrzewanie piecem, jedno łóżko na dwoje dzieci.", "Mieszkanie komunalne, zadbane."),
    "child_says": ("„Chciałbym, żeby mama nie krzyczała rano.”", "„Lubię, jak razem gotujemy.”"),
    "child_heard_how": ("Rozmowa w pokoju dzieci, bez rodziców, w czasie drugiej wizyty.",),
    "resources_have": ("Babcia mieszka blisko i odbiera dzieci z przedszkola. Matka chce się zmieniać.",),
    "resources_missing": ("Stała praca jednego z rodziców, miejsce w świetlicy.",),
    "main_problem": ("Brak codziennego porządku: pobudki, szkoła, posiłki i pieniądze toczą się bez planu.",
                     "Zadłużenie i lęk przed eksmisją, który rodzice przenoszą na dzieci."),
    "causes": ("Rodzice sami nie mieli wzorców, nikt im nie pomaga na co dzień.", "Utrata pracy i długa choroba ojca."),
    "needs": ("Spokojne poranki, ugoda ze spółdzielnią, pomoc psychologa dla starszego dziecka.",),
    "risk_reasons": ("Dzieci są pod opieką, nie stwierdzono przemocy. Zostają same najwyżej na godzinę.",),
    "findings": FINDINGS,
    "frequency": ("raz w tygodniu w domu rodziny",),
    "hours": ("w dni robocze między 9 a 17",),
    "cancelling": ("telefonicznie, najpóźniej dzień wcześniej",),
    "family_duties": ("Być w domu o umówionej porze, prowadzić zeszyt wydatków, mówić o trudnościach.",),
    "assistant_duties": ("Przychodzić na czas, towarzyszyć w urzędach, niczego nie robić za plecami rodziny.",),
    "engagement": ("Rodzice dotrzymują większości ustaleń, o odwołanych spotkaniach uprzedzają.",),
    "forecast": ("Rodzina korzysta ze wsparcia, a zmiany służą dzieciom. Dalsza praca z asystentem jest potrzebna i rokuje dobrze.",),
    "changes": ("Dzieci chodzą do szkoły regularnie, zaległości w czynszu zmalały o połowę.",),
    "upbringing": ("Rodzice nie radzą sobie z porankami, odrabianiem lekcji i złością starszego dziecka.",),
    "strengths": ("Rodzice kochają dzieci i proszą o pomoc, babcia mieszka w pobliżu.",),
    "analysis": ("Bez wsparcia na co dzień trudności będą narastać; rodzina rokuje dobrą współpracę.",),
}  # fmt: skip
ADULTS = (
    ("VOCATIONAL", "kucharz", "stołówka szkolna", "wynagrodzenie"),
    ("PRIMARY", "", "", "świadczenia rodzinne"),
    ("SECONDARY", "sprzedawca", "sklep spożywczy „Zielony”", "wynagrodzenie, alimenty"),
    ("LOWER", "pomocnik murarza", "prace dorywcze", "prace dorywcze"),
    ("VOCATIONAL", "mechanik", "bezrobotny, zarejestrowany w urzędzie pracy", "zasiłek dla bezrobotnych"),
)
ABSENT = (
    "Ojciec mieszka za granicą, dzwoni w niedziele.",
    "Ojciec widuje dziecko co drugi weekend.",
    "Ojciec nieznany.",
)
ILLNESSES = ("", "", "", "astma oskrzelowa", "alergia pokarmowa", "częste zapalenia ucha")
NEEDS = (
    ("SPEECH", "zajęcia z logopedą raz w tygodniu"),
    ("CLINIC", "opinia poradni: dysleksja"),
    ("ADHD", "leczenie w poradni zdrowia psychicznego"),
    ("FOCUS", ""),
    ("WWR", "4 godziny zajęć w miesiącu"),
    ("TRAUMA", "po rozstaniu rodziców"),
)
INVOLVED = (
    ("Szkoła Podstawowa nr 2", "mgr Jolanta Kosiorek, pedagog", "99 333 10 20", "nauka i zachowanie dzieci"),
    ("Przychodnia Rodzinna", "położna Wanda Jemiołowa", "99 333 40 11", "szczepienia, zdrowie dzieci"),
    ("Spółdzielnia Mieszkaniowa „Gawron”", "dział czynszów", "99 333 52 00", "ugoda o spłatę zaległości"),
    ("Świetlica „Promyk”", "Stefania Kraskowa", "99 333 61 05", "zajęcia po lekcjach"),
)
PROBATION = (
    "Zespół Kuratorskiej Służby Sądowej",
    "kurator Leon Pójdźkowski",
    "99 333 70 70",
    "nadzór nad wykonywaniem władzy",
)
TIES = (
    ("babcia Halina", "KIN", "STRONG", "TO_FAMILY"),
    ("siostra matki", "KIN", "STRESSFUL", "BOTH"),
    ("sąsiadka z parteru", "FRIENDS", "STRONG", "BOTH"),
    ("Szkoła Podstawowa nr 2", "SCHOOL", "WEAK", "FROM_FAMILY"),
    ("Przychodnia Rodzinna", "HEALTH", "STRONG", "TO_FAMILY"),
    ("pracodawca ojca", "WORK", "STRESSFUL", "FROM_FAMILY"),
    ("kurator", "COURT", "STRESSFUL", "TO_FAMILY"),
    ("klub piłkarski „Zryw”", "LEISURE", "STRONG", "BOTH"),
    ("parafia", "FAITH", "WEAK", "BOTH"),
    ("brat ojca", "KIN", "BROKEN", "NONE"),
)
PAST = (
    ("ASSISTANCE", "Praca z asystentem w poprzednim miejscu zamieszkania."),
    ("REMOVAL", "Najstarsze dziecko pod opieką dziadków w czasie leczenia matki."),
    ("COURT", "Sprawa o ograniczenie władzy rodzicielskiej, umorzona."),
    ("OTHER", "Eksmisja z mieszkania zakładowego."),
)


def school_of(age: int) -> tuple[str, str, str]:
    """(stage, school, class) of a child that turns `age` in the year the school year begins."""
    if age < 3:
        return "HOME", "", ""
    if age < 6:
        return "KINDERGARTEN", "Przedszkole „Pod Lipą”", ""
    if age == 6:
        return "ZERO", "Przedszkole „Pod Lipą”", ""
    if age < 15:
        return ("PRIMARY_1_3" if age < 10 else "PRIMARY_4_8"), "Szkoła Podstawowa nr 2", f"{age - 6}a"
    return "BRANCH_1", "Branżowa Szkoła I stopnia", str(min(age - 14, 3))


RESULTS = (
    "Poranki są spokojniejsze, dzieci nie spóźniły się ani razu.",
    "Pierwsza rata zaległości zapłacona w terminie.",
    "Matka sama umówiła wizytę w poradni.",
)
PROBLEMS = ("Ojciec unika rozmów o pieniądzach.", "Choroba młodszego dziecka, dwa spotkania odwołane.", "")
NEXT_MONTH = (
    "Zebranie w szkole, druga rata, zapis na zajęcia dla rodziców.",
    "Rozmowa z pedagogiem, wspólny budżet na grudzień.",
)
CHILD_VIEWS = ("bez zastrzeżeń", "bezpieczne pod opieką matki", "wymaga dalszej uwagi")
CAUSE = "Długa choroba w rodzinie, zadanie przełożono na następne półrocze."
PURPOSES = (
    "Konsultacje dla matki: radzenie sobie ze stresem.",
    "Diagnoza psychologiczna syna na prośbę szkoły.",
    "Wspólne spotkania rodziców i dzieci: wzmocnienie więzi.",
)
