"""Words of the case: referral, basis, waiting, end, monitoring, courts."""

from gniazdo.kernel.legal import parameter
from gniazdo.kernel.vocab import Word, WordList

REFERRERS = WordList(
    "assistance.referrer", "Kto zgłasza rodzinę",
    Word("SCHOOL", "szkoła, przedszkole, żłobek"),
    Word("PROBATION", "kurator sądowy"),
    Word("COURT", "sąd"),
    Word("POLICE", "policja"),
    Word("HEALTH", "ochrona zdrowia, położna"),
    Word("PCPR", "PCPR, organizator pieczy"),
    Word("OPS_UNIT", "komórka własnego ośrodka"),
    Word("NGO", "organizacja społeczna"),
    Word("INSTITUTION", "inna instytucja"),
    Word("SELF", "rodzina sama"),
    Word("RELATIVE", "krewny"),
    Word("NEIGHBOUR", "sąsiad, inna osoba"),
    Word("ANONYMOUS", "anonimowo"),
    source="praktyka 1.A.1",
)  # fmt: skip

REFERRAL_CHANNELS = WordList(
    "assistance.referral_channel", "Jak wpłynęło zgłoszenie",
    Word("PHONE", "telefon"),
    Word("PERSON", "osobiście"),
    Word("LETTER", "pismo"),
    Word("EMAIL", "e-mail"),
    Word("EPUAP", "ePUAP"),
    Word("EDELIVERY", "e-Doręczenia"),
    Word("INTERNAL", "notatka wewnętrzna"),
    source="praktyka 1.A.1",
)  # fmt: skip

SENDING_CHANNELS = WordList(
    "assistance.sending_channel", "Jak wysłano",
    Word("POST", "list polecony"),
    Word("EDELIVERY", "e-Doręczenia"),
    Word("EPUAP", "ePUAP"),
    Word("EMAIL", "e-mail"),
    Word("PERSON", "złożono osobiście"),
    source="praktyka 3.10",
)  # fmt: skip

CAUSES = WordList(
    "assistance.cause", "Przyczyny trudności rodziny",
    Word("UPBRINGING", "bezradność opiekuńczo-wychowawcza"),
    Word("HOUSEKEEPING", "bezradność w prowadzeniu gospodarstwa domowego"),
    Word("POVERTY", "ubóstwo"),
    Word("UNEMPLOYMENT", "bezrobocie"),
    Word("DISABILITY", "niepełnosprawność"),
    Word("ILLNESS", "długotrwała choroba"),
    Word("ADDICTION", "uzależnienie (alkohol, narkotyki, leki, hazard, sieć)"),
    Word("CODEPENDENCE", "współuzależnienie"),
    Word("VIOLENCE", "przemoc domowa"),
    Word("DIVORCE", "konflikt okołorozwodowy, rozstanie rodziców"),
    Word("SINGLE", "samotne rodzicielstwo"),
    Word("LARGE", "wielodzietność"),
    Word("PATTERNS", "niewłaściwe wzorce z rodziny pochodzenia"),
    Word("YOUNG", "małoletnie lub młode rodzicielstwo"),
    Word("MENTAL", "zaburzenia psychiczne, kryzys psychiczny"),
    Word("DEBT", "zadłużenie"),
    Word("HOUSING", "trudne warunki mieszkaniowe, bezdomność"),
    Word("ISOLATION", "izolacja, brak wsparcia"),
    Word("LAW", "kolizja z prawem, opuszczenie zakładu karnego"),
    Word("SCHOOLING", "problemy wychowawcze lub szkolne dzieci"),
    Word("CHILD_ADDICT", "uzależnienia dzieci"),
    Word("CHILD_ILL", "choroba lub niepełnosprawność dziecka"),
    Word("PREGNANCY", "ciąża powikłana (Za życiem)"),
    Word("GRIEF", "żałoba, zdarzenie losowe"),
    Word("MIGRATION", "uchodźstwo, migracja"),
    source="praktyka 3.3",
)  # fmt: skip

READINESS = WordList(
    "assistance.readiness", "Gotowość do współpracy",
    Word("YES", "tak"),
    Word("NO", "nie"),
    Word("UNKNOWN", "nie wiadomo"),
    source="praktyka 1.A.1",
)  # fmt: skip

REJECTION_REASONS = WordList(
    "assistance.rejection", "Przyczyna odrzucenia zgłoszenia",
    Word("AREA", "rodzina mieszka poza gminą"),
    Word("NO_CHILD", "w rodzinie nie ma dziecka"),
    Word("DUPLICATE", "rodzina jest już zgłoszona"),
    Word("OTHER", "inna przyczyna"),
    source="praktyka 2.1",
)  # fmt: skip

BASES = WordList(
    "assistance.basis", "Podstawa pracy z rodziną",
    Word("CONSENT", "zgoda rodziny", "uwrspz art. 8 ust. 3"),
    Word("COURT", "zobowiązanie sądu", "KRO art. 100, 109 § 2 pkt 1"),
    Word("MINOR", "małoletni rodzic opuszczający placówkę", "uwrspz art. 11 ust. 1a"),
)  # fmt: skip

MINOR_FACILITIES = WordList(
    "assistance.minor_facility", "Placówka, którą opuszcza małoletni rodzic",
    Word("MOW", "młodzieżowy ośrodek wychowawczy"),
    Word("MOS", "młodzieżowy ośrodek socjoterapii"),
    Word("OOW", "okręgowy ośrodek wychowawczy"),
    Word("SHELTER", "schronisko dla nieletnich"),
    Word("ZP", "zakład poprawczy"),
    source="uwrspz art. 11 ust. 1a",
)  # fmt: skip

INTERVIEW_KINDS = WordList(
    "assistance.interview_kind", "Rodzaj wywiadu", Word("FULL", "pełny"), Word("UPDATE", "aktualizacja"),
    source="praktyka 1.B.5",
)  # fmt: skip

PRIORITIES = WordList(
    "assistance.priority", "Pierwszeństwo na liście oczekujących",
    Word("URGENT", "pilne"),
    Word("HIGH", "podwyższone"),
    Word("NORMAL", "zwykłe"),
    source="praktyka 2.1",
)  # fmt: skip

NATIONAL_REASONS = WordList(
    "assistance.national_end_reason", "Przyczyna zakończenia w sprawozdaniu krajowym",
    Word("GOAL", "osiągnięcie celów"),
    Word("RESIGN", "zaprzestanie współpracy przez rodzinę"),
    Word("NOEFF", "brak efektów"),
    Word("METHOD", "zmiana metody pracy"),
    source="praktyka 3.2; kategorie sprawozdania [R]",
)  # fmt: skip

END_REASONS = WordList(
    "assistance.end_reason", "Przyczyna zakończenia pracy asystenta",
    Word("GOAL", "osiągnięcie celów", group="GOAL"),
    Word("RESIGN", "zaprzestanie współpracy przez rodzinę", group="RESIGN"),
    Word("NOEFF", "brak efektów", group="NOEFF"),
    Word("METHOD", "zmiana metody pracy", group="METHOD"),
    Word("MOVE", "zmiana miejsca zamieszkania", group="METHOD"),
    Word("PLACED", "umieszczenie dzieci bez szans na powrót lub pozbawienie władzy", group="NOEFF"),
    Word("ADULT", "dzieci osiągnęły pełnoletność", group="METHOD"),
    Word("COURTEND", "uchylenie obowiązku przez sąd", group="METHOD"),
    Word("DEATH", "zgon", group="METHOD"),
    Word("ORG", "przyczyny organizacyjne (brak asystenta)", group="METHOD"),
    Word("OTHER", "inna", group="METHOD"),
    source="praktyka 3.2; przypisanie do kategorii krajowych do potwierdzenia w jednostce",
)  # fmt: skip
"""`group` is the category of the national report a reason is counted under (our mapping: practice leaves it open)."""

OUTCOMES = WordList(
    "assistance.outcome", "Sytuacja dzieci po zakończeniu pracy",
    Word("STAYS", "dzieci pozostały w rodzinie"),
    Word("RETURNED", "dzieci wróciły z pieczy"),
    Word("PARTLY", "część dzieci w rodzinie, część w pieczy"),
    Word("PLACED", "dzieci umieszczono w pieczy"),
    Word("REMAINS", "dzieci pozostały w pieczy"),
    Word("ADULT", "dzieci są pełnoletnie"),
    Word("OTHER", "inna"),
    source="praktyka 1.A.12",
)  # fmt: skip

SUSPENSION_REASONS = WordList(
    "assistance.suspension", "Powód zawieszenia",
    Word("HOSPITAL", "pobyt w szpitalu"),
    Word("PRISON", "pobyt w zakładzie karnym"),
    Word("ABROAD", "pobyt za granicą"),
    Word("NO_CONTACT", "brak kontaktu z rodziną"),
    Word("OTHER", "inny"),
    source="praktyka 2.1",
)  # fmt: skip

MONITORING_FORMS = WordList(
    "assistance.monitoring_form", "Forma monitoringu",
    Word("VISIT", "wizyta"),
    Word("PHONE", "rozmowa telefoniczna"),
    Word("SCHOOL", "informacja ze szkoły"),
    Word("SOCIAL", "informacja od pracownika socjalnego"),
    Word("OTHER", "inna"),
    source="praktyka 1.A.13",
)  # fmt: skip

MONITORING_DECISIONS = WordList(
    "assistance.monitoring_decision", "Decyzja po wpisie",
    Word("GO_ON", "kontynuować monitoring"),
    Word("EXTEND", "przedłużyć monitoring"),
    Word("END", "zakończyć monitoring"),
    Word("REOPEN", "wznowić pracę z rodziną"),
    source="praktyka 1.A.13",
)  # fmt: skip

COURT_REQUEST_KINDS = WordList(
    "assistance.court_request", "Czego żąda sąd",
    Word("OPINION", "opinia o rodzinie", "uwrspz art. 15 ust. 1 pkt 17"),
    Word("REPORT", "sprawozdanie o rodzinie i udzielonej pomocy", "KRO art. 109 § 4"),
    Word("PROBATION", "informacja dla kuratora", "KRO art. 109 § 4"),
    Word("LIST", "lista asystentów rodziny", "uwrspz art. 17 ust. 5"),
)  # fmt: skip

COURT_STAGES = WordList(
    "assistance.court_stage", "Etap odpowiedzi dla sądu",
    Word("RECEIVED", "wpłynęło"),
    Word("PREPARED", "gotowe do wysłania"),
    Word("SENT", "wysłane"),
    Word("DELIVERED", "doręczone"),
    Word("WITHDRAWN", "sąd odstąpił"),
)  # fmt: skip

INFORMATION_DIRECTIONS = WordList(
    "assistance.information", "Wymiana informacji", Word("OUT", "nasze zapytanie"), Word("IN", "zapytanie do nas"),
    source="uwrspz art. 190a",
)  # fmt: skip

CASE_MARK_CLASS = parameter(
    "assistance.jrwa",
    "Symbol z wykazu akt dla spraw asysty rodzinnej",
    default="5022",
    why="Wykaz akt jest własny każdej jednostki; używany, gdy w wykazie nie wskazano symbolu dla asysty.",
    mark="[R] praktyka 0.4",
)
