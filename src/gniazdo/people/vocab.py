"""Word lists of persons and families."""

from gniazdo.kernel.vocab import Word, WordList

SEX = WordList("people.sex", "Płeć", Word("F", "kobieta"), Word("M", "mężczyzna"), Word("U", "nieustalona"))

FAMILY_ROLES = WordList(
    "people.family_role",
    "Rola w rodzinie",
    Word("PARENT", "rodzic"),
    Word("STEP", "partner/partnerka rodzica"),
    Word("GUARDIAN", "opiekun prawny"),
    Word("CHILD", "dziecko"),
    Word("ADULT_CHILD", "pełnoletnie dziecko"),
    Word("GRANDPARENT", "dziadek/babcia"),
    Word("RELATIVE", "inny krewny"),
    Word("OTHER", "inna osoba w gospodarstwie"),
)

KINSHIP_KINDS = WordList(
    "people.kinship",
    "Rodzaj więzi",
    Word("PARENT_BIO", "rodzic biologiczny", group="PARENT"),
    Word("PARENT_ADOPT", "rodzic adopcyjny", group="PARENT"),
    Word("PARENT_FOSTER", "rodzic zastępczy", group="PARENT"),
    Word("PARENT_STEP", "ojczym/macocha", group="PARENT"),
    Word("MARRIAGE", "małżeństwo", group="PARTNER"),
    Word("COHABITATION", "związek nieformalny", group="PARTNER"),
    Word("SEPARATION", "separacja", group="PARTNER"),
    Word("DIVORCE", "rozwód", group="PARTNER"),
    Word("TWIN_MONO", "bliźnięta jednojajowe", group="TWIN"),
    Word("TWIN_DI", "bliźnięta dwujajowe", group="TWIN"),
)
PARENT_KINDS = tuple(w.code for w in KINSHIP_KINDS if w.group == "PARENT")
PARTNER_KINDS = tuple(w.code for w in KINSHIP_KINDS if w.group == "PARTNER")
TWIN_KINDS = tuple(w.code for w in KINSHIP_KINDS if w.group == "TWIN")

AUTHORITY_KINDS = WordList(
    "people.parental_authority",
    "Władza rodzicielska",
    Word("FULL", "pełna"),
    Word("LIMITED", "ograniczona"),
    Word("SUSPENDED", "zawieszona"),
    Word("REMOVED", "pozbawiony/a"),
    Word("UNSETTLED", "nieustalona"),
    Word("NONE", "brak"),
)

ADDRESS_KINDS = WordList(
    "people.address_kind",
    "Rodzaj adresu",
    Word("RESIDENCE", "zamieszkania"),
    Word("REGISTERED", "zameldowania"),
    Word("MAIL", "do korespondencji"),
)
CONTACT_KINDS = WordList("people.contact_kind", "Rodzaj kontaktu", Word("PHONE", "telefon"), Word("EMAIL", "e-mail"))

NEED_KINDS = WordList(
    "people.need",
    "Potrzeba",
    Word("ADHD", "ADHD"),
    Word("AUTISM", "spektrum autyzmu"),
    Word("SPEECH", "zaburzenia mowy"),
    Word("FOCUS", "trudności z koncentracją"),
    Word("FAS", "FAS/FASD"),
    Word("RAD", "zaburzenia więzi (RAD)"),
    Word("TRAUMA", "trauma"),
    Word("DELAY", "opóźnienie neurorozwojowe"),
    Word("EATING", "zaburzenia jedzenia lub snu"),
    Word("SELF_HARM", "samookaleczanie"),
    Word("ADDICTION", "uzależnienie"),
    Word("SEXUALISED", "zachowania seksualizowane"),
    Word("DELINQUENCY", "konflikt z prawem"),
    Word("SPECIAL_ED", "kształcenie specjalne (orzeczenie)"),
    Word("INDIVIDUAL_ED", "nauczanie indywidualne (orzeczenie)"),
    Word("WWR", "wczesne wspomaganie rozwoju (opinia)"),
    Word("CLINIC", "opinia poradni (np. dysleksja)"),
    Word("REVALIDATION", "zajęcia rewalidacyjno-wychowawcze"),
    Word("FOR_LIFE", "zaświadczenie „Za życiem”"),
    Word("OTHER", "inna"),
)
DISABILITY_DEGREES = WordList(
    "people.disability_degree",
    "Orzeczenie o niepełnosprawności",
    Word("CHILD", "orzeczenie o niepełnosprawności (do 16 lat)"),
    Word("LIGHT", "stopień lekki"),
    Word("MODERATE", "stopień umiarkowany"),
    Word("SEVERE", "stopień znaczny"),
    Word("PENSION", "orzeczenie ZUS/KRUS"),
)
DISABILITY_SYMBOLS = WordList(
    "people.disability_symbol",
    "Symbol przyczyny niepełnosprawności",
    Word("01-U", "01-U upośledzenie umysłowe"),
    Word("02-P", "02-P choroby psychiczne"),
    Word("03-L", "03-L zaburzenia głosu, mowy, słuchu"),
    Word("04-O", "04-O narząd wzroku"),
    Word("05-R", "05-R narząd ruchu"),
    Word("06-E", "06-E epilepsja"),
    Word("07-S", "07-S układ oddechowy i krążenia"),
    Word("08-T", "08-T układ pokarmowy"),
    Word("09-M", "09-M układ moczowo-płciowy"),
    Word("10-N", "10-N choroby neurologiczne"),
    Word("11-I", "11-I inne"),
    Word("12-C", "12-C całościowe zaburzenia rozwojowe"),
)
SCHOOL_STAGES = WordList(
    "people.school_stage",
    "Etap edukacyjny",
    Word("HOME", "brak/dom"),
    Word("NURSERY", "żłobek/klub dziecięcy"),
    Word("KINDERGARTEN", "przedszkole"),
    Word("ZERO", "roczne przygotowanie (zerówka)"),
    Word("PRIMARY_1_3", "szkoła podstawowa kl. 1–3"),
    Word("PRIMARY_4_8", "szkoła podstawowa kl. 4–8"),
    Word("PRIMARY_SPECIAL", "szkoła podstawowa specjalna"),
    Word("LO", "liceum ogólnokształcące"),
    Word("TECHNIKUM", "technikum"),
    Word("BRANCH_1", "szkoła branżowa I stopnia"),
    Word("BRANCH_2", "szkoła branżowa II stopnia"),
    Word("WORK_PREP", "szkoła specjalna przysposabiająca do pracy"),
    Word("MOS", "MOS (młodzieżowy ośrodek socjoterapii)"),
    Word("MOW", "MOW (młodzieżowy ośrodek wychowawczy)"),
    Word("SOSW", "SOSW"),
    Word("OHP", "OHP"),
    Word("POST_SECONDARY", "szkoła policealna"),
    Word("UNIVERSITY", "studia"),
    Word("HOME_SCHOOL", "nauka poza szkołą/nauczanie domowe"),
    Word("WORKS", "nie uczy się, pracuje"),
    Word("NEITHER", "nie uczy się, nie pracuje"),
)
HAZARD_KINDS = WordList(
    "people.hazard",
    "Zagrożenie przed wizytą",
    Word("VIOLENCE", "przemoc"),
    Word("DOG", "pies"),
    Word("INFECTION", "choroba zakaźna"),
    Word("WEAPON", "broń"),
    Word("AGGRESSION", "agresja wobec pracowników"),
    Word("OTHER", "inne"),
)
CONSENT_KINDS = WordList(
    "people.consent",
    "Rodzaj zgody",
    Word("COOPERATION", "zgoda na współpracę z asystentem"),
    Word("EXCHANGE", "wymiana informacji ze wskazaną instytucją"),
    Word("PHONE", "kontakt telefoniczny i SMS"),
    Word("EMAIL", "kontakt e-mailem"),
    Word("IMAGE", "wizerunek"),
    Word("OTHER", "inna"),
)
MARITAL_STATUSES = WordList(
    "people.marital_status",
    "Stan cywilny",
    Word("SINGLE", "panna/kawaler"),
    Word("MARRIED", "mężatka/żonaty"),
    Word("SEPARATED", "w separacji"),
    Word("DIVORCED", "rozwiedziona/rozwiedziony"),
    Word("WIDOWED", "wdowa/wdowiec"),
)
EDUCATION_LEVELS = WordList(
    "people.education",
    "Wykształcenie",
    Word("NONE", "niepełne podstawowe"),
    Word("PRIMARY", "podstawowe"),
    Word("LOWER", "gimnazjalne"),
    Word("VOCATIONAL", "zasadnicze zawodowe/branżowe"),
    Word("SECONDARY", "średnie"),
    Word("HIGHER", "wyższe"),
)
HOUSING_TITLES = WordList(
    "people.housing_title",
    "Tytuł do mieszkania",
    Word("OWN", "własność"),
    Word("COOP", "spółdzielcze"),
    Word("COMMUNE", "komunalne"),
    Word("SOCIAL", "najem socjalny"),
    Word("RENT", "wynajem"),
    Word("FAMILY", "u rodziny"),
    Word("NONE", "bez tytułu"),
    Word("HOMELESS", "brak mieszkania"),
)
HOUSING_STATES = WordList(
    "people.housing_state",
    "Stan mieszkania",
    Word("GOOD", "dobry"),
    Word("FAIR", "wymaga odświeżenia"),
    Word("BAD", "wymaga remontu"),
    Word("UNFIT", "nie nadaje się do zamieszkania"),
)
YES_NO = WordList("people.yes_no", "Tak/nie", Word("YES", "tak"), Word("NO", "nie"), Word("PART", "częściowo"))
TIE_KINDS = WordList(
    "people.tie",
    "Rodzaj otoczenia",
    Word("KIN", "rodzina i krewni"),
    Word("FRIENDS", "przyjaciele, sąsiedzi"),
    Word("SCHOOL", "szkoła, przedszkole"),
    Word("WORK", "praca"),
    Word("HEALTH", "ochrona zdrowia"),
    Word("WELFARE", "pomoc społeczna"),
    Word("COURT", "sąd, kurator"),
    Word("FAITH", "wspólnota religijna"),
    Word("LEISURE", "czas wolny"),
    Word("OTHER", "inne"),
)
TIE_STRENGTHS = WordList(
    "people.tie_strength",
    "Siła więzi",
    Word("STRONG", "silna"),
    Word("WEAK", "słaba"),
    Word("STRESSFUL", "napięta"),
    Word("BROKEN", "zerwana"),
)
TIE_DIRECTIONS = WordList(
    "people.tie_direction",
    "Przepływ energii",
    Word("BOTH", "w obie strony"),
    Word("TO_FAMILY", "do rodziny"),
    Word("FROM_FAMILY", "od rodziny"),
    Word("NONE", "brak"),
)
PAST_KINDS = WordList(
    "people.past",
    "Wydarzenie z historii",
    Word("ASSISTANCE", "wcześniejsza praca asystenta"),
    Word("REMOVAL", "umieszczenie dziecka w pieczy"),
    Word("RETURN", "powrót dziecka do rodziny"),
    Word("COURT", "sprawa sądowa"),
    Word("OTHER", "inne"),
)
