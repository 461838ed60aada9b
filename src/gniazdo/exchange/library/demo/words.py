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
