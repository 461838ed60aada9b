"""Words of daily work: visits, activities, agreements, time, reports, assessments."""

from gniazdo.kernel.legal import parameter
from gniazdo.kernel.vocab import Word, WordList
from gniazdo.plans.rules import plan_kind

FAMILY_PLAN = plan_kind(
    "FAMILY", "plan pracy z rodziną", article="uwrspz art. 15 ust. 1 pkt 1–2, ust. 3",
    diagnosis="assistance.diagnosis", move_url="assistance:plan-move",
)  # fmt: skip

PLACES = WordList(
    "assistance.place",
    "Miejsce kontaktu",
    Word("HOME", "dom rodziny", "uwrspz art. 14"),
    Word("OFFICE", "biuro"),
    Word("SCHOOL", "szkoła lub przedszkole"),
    Word("COURT", "sąd"),
    Word("CLINIC", "przychodnia lub szpital"),
    Word("INSTITUTION", "inna instytucja"),
    Word("OUTDOORS", "w terenie"),
    Word("PHONE", "telefon"),
    Word("ONLINE", "wideo lub internet"),
    source="praktyka 1.A.8",
)

CONTACT_KINDS = WordList(
    "assistance.contact_kind",
    "Rodzaj kontaktu",
    Word("PLANNED", "wizyta umówiona", group="visit"),
    Word("UNANNOUNCED", "wizyta niezapowiedziana", group="visit"),
    Word("ACCOMPANY", "towarzyszenie", group="visit"),
    Word("PHONE", "rozmowa telefoniczna", group="contact"),
    Word("MEETING", "spotkanie w sprawie rodziny", group="contact"),
    Word("MONITORING", "kontakt w monitoringu", "uwrspz art. 15 ust. 1 pkt 16", group="contact"),
    Word("NO_ONE_HOME", "rodzina nieobecna", group="failed"),
    Word("REFUSED", "odmowa wpuszczenia", group="failed"),
    Word("OFF_FAMILY", "wizyta odwołana przez rodzinę", "praktyka 3.10", group="failed"),
    Word("OFF_WORKER", "wizyta odwołana przez pracownika", "praktyka 3.10", group="failed"),
    Word("UNSAFE", "niebezpiecznie, odstąpiono od wizyty", "praktyka 3.10", group="failed"),
    Word("NOTE", "notatka", group="note"),
    source="praktyka 1.A.8, 3.10",
)
"""Groups: `visit` and `contact` are work with the family, `failed` an attempt without contact, `note` a short remark."""

ACTIVITIES = WordList(
    "assistance.activity",
    "Rodzaj działania asystenta",
    Word("PLAN", "plan pracy z rodziną", "uwrspz art. 15 ust. 1 pkt 1", group="1"),
    Word("PLAN_CARE", "plan powiązany z planem pomocy dziecku", "uwrspz art. 15 ust. 1 pkt 2", group="2"),
    Word("HOUSEHOLD", "prowadzenie gospodarstwa", "uwrspz art. 15 ust. 1 pkt 3", group="3"),
    Word("BUDGET", "budżet domowy, oddłużanie", "uwrspz art. 15 ust. 1 pkt 3", group="3"),
    Word("OFFICE", "sprawy urzędowe, problemy socjalne", "uwrspz art. 15 ust. 1 pkt 4", group="4"),
    Word("LEGAL", "sprawy sądowe, alimenty", "praktyka 3.4; pkt 4 do potwierdzenia", group="4"),
    Word("HEALTH", "zdrowie, wizyty lekarskie", "praktyka 3.4; pkt 4 do potwierdzenia", group="4"),
    Word("EMO", "wsparcie emocjonalne, problemy psychologiczne", "uwrspz art. 15 ust. 1 pkt 5", group="5"),
    Word("ADDICT", "motywowanie do leczenia", "praktyka 3.4; pkt 5 do potwierdzenia", group="5"),
    Word("CONFLICT", "rozwiązywanie konfliktów", "praktyka 3.4; pkt 5 do potwierdzenia", group="5"),
    Word("EDU_PARENT", "wychowanie bez przemocy", "uwrspz art. 15 ust. 1 pkt 6", group="6"),
    Word("EDU_DEV", "rozwój i potrzeby dziecka", "uwrspz art. 15 ust. 1 pkt 6", group="6"),
    Word("SCHOOL", "szkoła i przedszkole", "praktyka 3.4; pkt 6 do potwierdzenia", group="6"),
    Word("TIME", "aktywność społeczna, czas wolny", "uwrspz art. 15 ust. 1 pkt 7", group="7"),
    Word("SKILLS", "podnoszenie kwalifikacji", "uwrspz art. 15 ust. 1 pkt 8", group="8"),
    Word("WORK", "szukanie i utrzymanie pracy", "uwrspz art. 15 ust. 1 pkt 9", group="9"),
    Word("GROUP", "zajęcia grupowe dla rodziców", "uwrspz art. 15 ust. 1 pkt 10", group="10"),
    Word("CHILD", "wsparcie dzieci, psychoedukacja", "uwrspz art. 15 ust. 1 pkt 11", group="11"),
    Word("CHILD_COURT", "towarzyszenie dziecku w sądzie", "uwrspz art. 15 ust. 1 pkt 11a", group="11a"),
    Word("SAFETY", "bezpieczeństwo dziecka, interwencja", "uwrspz art. 15 ust. 1 pkt 12", group="12"),
    Word("CONSULT", "konsultacje wychowawcze", "uwrspz art. 15 ust. 1 pkt 13", group="13"),
    Word("FOR_LIFE", "zadania „Za życiem”", "uwrspz art. 15 ust. 1 pkt 13a", group="13a"),
    Word("DOC", "dokumentacja", "uwrspz art. 15 ust. 1 pkt 14", group="14"),
    Word("ASSESS", "okresowa ocena sytuacji rodziny", "uwrspz art. 15 ust. 1 pkt 15", group="15"),
    Word("MONITOR", "monitorowanie po zakończeniu pracy", "uwrspz art. 15 ust. 1 pkt 16", group="16"),
    Word("OPINION", "opinia na wniosek sądu", "uwrspz art. 15 ust. 1 pkt 17", group="17"),
    Word("NETWORK", "współpraca z instytucjami", "uwrspz art. 15 ust. 1 pkt 18", group="18"),
    Word("CONTACT", "kontakty z dzieckiem w pieczy", "praktyka 3.4; pkt 18 do potwierdzenia", group="18"),
    Word("TEAM", "zespół interdyscyplinarny, grupa pomocowa", "uwrspz art. 15 ust. 1 pkt 19", group="19"),
    source="uwrspz art. 15 ust. 1; praktyka 3.4",
)
"""`group` is the point of art. 15 ust. 1 the activity is counted under."""

STATUTORY_TASKS = WordList(
    "assistance.statutory_task",
    "Zadania asystenta rodziny według art. 15 ust. 1",
    Word("1", "plan pracy z rodziną"),
    Word("2", "plan pracy skoordynowany z planem pomocy dziecku"),
    Word("3", "pomoc w poprawie sytuacji życiowej i prowadzeniu gospodarstwa"),
    Word("4", "pomoc w rozwiązywaniu problemów socjalnych"),
    Word("5", "pomoc w rozwiązywaniu problemów psychologicznych"),
    Word("6", "pomoc w rozwiązywaniu problemów wychowawczych z dziećmi"),
    Word("7", "wspieranie aktywności społecznej"),
    Word("8", "motywowanie do podnoszenia kwalifikacji zawodowych"),
    Word("9", "pomoc w szukaniu, podejmowaniu i utrzymaniu pracy"),
    Word("10", "motywowanie do zajęć grupowych dla rodziców"),
    Word("11", "wspieranie dzieci"),
    Word("11a", "towarzyszenie dziecku na rozprawie lub przesłuchaniu"),
    Word("12", "interwencja i działania zaradcze w sytuacji zagrożenia"),
    Word("13", "indywidualne konsultacje wychowawcze"),
    Word("13a", "zadania z ustawy „Za życiem”"),
    Word("14", "dokumentacja pracy z rodziną"),
    Word("15", "okresowa ocena sytuacji rodziny"),
    Word("16", "monitorowanie po zakończeniu pracy"),
    Word("17", "opinia na wniosek sądu"),
    Word("18", "współpraca z jednostkami i specjalistami"),
    Word("19", "współpraca z zespołem interdyscyplinarnym lub grupą"),
    source="uwrspz art. 15 ust. 1",
)
"""The code is the point of art. 15 ust. 1: what time cards and monthly reports are summed by."""

SIDES = WordList(
    "assistance.side", "Kto ma wykonać ustalenie", Word("FAMILY", "rodzina"), Word("ASSISTANT", "asystent")
)

AGREEMENT_STATES = WordList(
    "assistance.agreement_state",
    "Stan ustalenia",
    Word("OPEN", "do wykonania"),
    Word("DONE", "wykonane"),
    Word("NOT_DONE", "niewykonane"),
)

TIME_KINDS = WordList(
    "assistance.time_kind",
    "Rodzaj czasu pracy poza wizytami",
    Word("OFFICE", "praca biurowa i dokumentacja"),
    Word("TRAINING", "szkolenie"),
    Word("SUPERVISION", "superwizja"),
    Word("TRAVEL", "dojazd"),
    Word("MEETING", "zebranie, zespół"),
    source="praktyka 1.A.9",
)

CARD_STATES = WordList(
    "assistance.card_state",
    "Stan karty czasu pracy",
    Word("OPEN", "prowadzona"),
    Word("SUBMITTED", "przekazana do przyjęcia"),
    Word("RETURNED", "zwrócona do poprawy"),
    Word("ACCEPTED", "przyjęta"),
)

REPORT_STATES = WordList(
    "assistance.report_state", "Stan sprawozdania", Word("DRAFT", "szkic"), Word("SUBMITTED", "przekazane")
)

ASSESSMENT_STATES = WordList(
    "assistance.assessment_state",
    "Stan oceny",
    Word("DRAFT", "szkic"),
    Word("SUBMITTED", "przekazana kierownikowi"),
    Word("READ", "przyjęta przez kierownika"),
)

ENGAGEMENT = WordList(
    "assistance.engagement",
    "Zaangażowanie we współpracę",
    Word("FULL", "pełne"),
    Word("PARTIAL", "częściowe"),
    Word("LOW", "niewielkie"),
    Word("NONE", "brak"),
)

WHEREABOUTS = WordList(
    "assistance.whereabouts",
    "Gdzie jest dziecko",
    Word("HOME", "w domu"),
    Word("PLACED", "umieszczone w pieczy"),
    Word("RETURNED", "wróciło do domu"),
    Word("ELSEWHERE", "w innym miejscu"),
)

CONCLUSIONS = WordList(
    "assistance.conclusion",
    "Wniosek z oceny",
    Word("CONTINUE", "kontynuować pracę"),
    Word("CHANGE_PLAN", "zmienić plan"),
    Word("INTENSIFY", "zwiększyć częstotliwość pracy"),
    Word("CLOSE", "zakończyć pracę z rodziną"),
    Word("NOTIFY_COURT", "zawiadomić sąd"),
    source="praktyka 1.A.11",
)

SCALES = WordList(
    "assistance.scale",
    "Skala oceny",
    Word("1-5", "od 1 (bardzo źle) do 5 (bardzo dobrze)"),
    Word("0-3", "od 0 (kryzys) do 3 (zasobność)"),
    Word("CHANGE", "zmiana: gorzej, bez zmian, lepiej"),
    Word("STEPS", "trzy stopnie: nieosiągnięte, częściowo, osiągnięte"),
    source="praktyka 1.A.11",
)

SCALE_STEPS: dict[str, tuple[tuple[int, str], ...]] = {
    "1-5": ((1, "bardzo źle"), (2, "źle"), (3, "dostatecznie"), (4, "dobrze"), (5, "bardzo dobrze")),
    "0-3": ((0, "kryzys"), (1, "zagrożenie"), (2, "stabilnie"), (3, "zasobność")),
    "CHANGE": ((-1, "gorzej"), (0, "bez zmian"), (1, "lepiej")),
    "STEPS": ((0, "nieosiągnięte"), (1, "częściowo"), (2, "osiągnięte")),
}

ASSESSMENT_SCALE = parameter(
    "assistance.assessment_scale",
    "Skala okresowej oceny sytuacji rodziny",
    default="1-5",
    why="Ustawa nie określa wzoru ani skali oceny; ośrodki używają różnych.",
    mark="[R] praktyka 1.A.11",
)
