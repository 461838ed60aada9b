"""Law of the family assistant: limits, clocks, local settings, and pure answers about caseload, plans and resignations."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gniazdo.kernel.legal import IN_FORCE, Clock, LegalValue, Version, parameter
from gniazdo.kernel.terms import Counting, Term, add_months

UW24 = "verified: UW24"

# --- limits and values ------------------------------------------------------------------------------------------------

CASELOAD = LegalValue(
    "L-01",
    "Najwyższa liczba rodzin, z którymi jeden asystent pracuje w tym samym czasie",
    Version(20, IN_FORCE, "uwrspz art. 15 ust. 4 (brzmienie pierwotne)", "verified: UW11, A12", until=date(2015, 1, 1)),
    Version(15, date(2015, 1, 1), "uwrspz art. 15 ust. 4", "verified: A12, UW24",
            sentence="Asystent może pracować w tym samym czasie najwyżej z 15 rodzinami; liczba zależy od stopnia trudności zadań."),
    unit="rodzin",
)  # fmt: skip
ASSIGNMENT_IS_DUTY = LegalValue(
    "V-ASSIST-03",
    "Przydzielenie asystenta po wniosku pracownika socjalnego jest obowiązkiem",
    Version(False, IN_FORCE, "uwrspz art. 11, 232a", "verified: A12, UW24", until=date(2015, 1, 1),
            sentence="Do końca 2014 r. kierownik mógł przydzielić asystenta, nie musiał."),
    Version(True, date(2015, 1, 1), "uwrspz art. 11 ust. 4", "verified: A12, UW24",
            sentence="Po wniosku pracownika socjalnego kierownik przydziela asystenta; ustawa nie podaje terminu."),
)  # fmt: skip
PRACTICE = LegalValue(
    "L-37",
    "Wymagana praktyka asystenta: wykształcenie wyższe inne niż kierunkowe / średnie (lata)",
    Version((1, 3), IN_FORCE, "uwrspz art. 12 ust. 1", UW24,
            sentence="Co najmniej rok pracy przy innym wykształceniu wyższym, 3 lata przy średnim; kierunki wymienione w ustawie bez praktyki."),
    unit="lat",
)  # fmt: skip
SOCIAL_WORKERS = LegalValue(
    "L-39",
    "Pracownicy socjalni ośrodka: jeden na tylu mieszkańców / tyle rodzin i osób samotnych, najmniej tylu",
    Version(
        (2000, 50, 3),
        date(2024, 8, 19),
        "ustawa o pomocy społecznej art. 110 ust. 11",
        "verified: UPS24",
        older=True,
        sentence="Jeden pracownik socjalny na 2000 mieszkańców albo na najwyżej 50 rodzin i osób samotnych objętych pracą socjalną; w ośrodku najmniej 3.",
    ),
)
CRISIS_SHELTER = LegalValue(
    "L-44", "Najdłuższy pobyt w ośrodku interwencji kryzysowej (miesiące)",
    Version(3, date(2024, 8, 19), "ustawa o pomocy społecznej art. 47", "verified: UPS24", older=True), unit="miesiące",
)  # fmt: skip

# --- local settings, where the law gives no number ----------------------------------------------------------------------

parameter("assistance.caseload_states", "Stany sprawy liczone do limitu rodzin asystenta",
          default=["ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED", "CLOSING"],
          why="Ustawa mówi o rodzinach, z którymi asystent pracuje; nie rozstrzyga, czy liczy się monitoring.",
          mark="uncertain: R-ASSIST-11")  # fmt: skip
parameter("assistance.caseload_by_fte", "Limit rodzin proporcjonalny do wymiaru etatu", default=False,
          why="Ustawa nie skaluje limitu etatem; wiele jednostek to robi.", mark="uncertain: R-ASSIST-11")  # fmt: skip
parameter("assistance.caseload_warning_percent", "Ostrzeżenie przed limitem rodzin od (% limitu)", default=90,
          why="Ustawienie lokalne: kiedy tablica zaczyna ostrzegać.", mark="author: R-ASSIST-11")  # fmt: skip
parameter("assistance.application_days", "Dni na wniosek o asystenta po wywiadzie", default=0, unit="working_days",
          why="Ustawa nie podaje liczby; 0 znaczy niezwłocznie.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.assignment_days", "Dni kierownika na przydział po wniosku", default=14, unit="days",
          why="Ustawa nie podaje terminu przydziału (art. 11 ust. 4).", mark="author: R-ASSIST-03")  # fmt: skip
parameter("assistance.first_visit_days", "Dni na pierwszą wspólną wizytę po przydziale", default=7, unit="days",
          why="Ustawa nie podaje terminu.", mark="author: R-ASSIST-03")  # fmt: skip
parameter("assistance.diagnosis_days", "Dni na diagnozę", default=30, unit="days",
          why="Termin zwyczajowy, nie ustawowy.", mark="U: practice 2.1")  # fmt: skip
parameter("assistance.plan_days", "Dni na plan pracy z rodziną od przydziału", default=60, unit="days",
          why="Ustawa nie podaje terminu pierwszego planu (art. 15 ust. 3).", mark="author: R-ASSIST-09")  # fmt: skip
parameter("assistance.approval_days", "Dni robocze na zatwierdzenie planu", default=5, unit="working_days",
          why="Ustawa nie podaje terminu zatwierdzenia planu.", mark="author: R-ASSIST-09")  # fmt: skip
parameter("assistance.monitoring_months", "Długość monitoringu po zakończeniu pracy (miesiące)", default=6, unit="months",
          why="Ustawa nie podaje okresu (art. 15 ust. 1 pkt 16); w praktyce 3, 6 lub 12.", mark="recalled: R-ASSIST-17")  # fmt: skip
parameter("assistance.monitoring_every_months", "Odstęp wpisów monitoringu (miesiące)", default=1, unit="months",
          why="Ustawa nie podaje częstotliwości monitoringu.", mark="author: R-ASSIST-17")  # fmt: skip
parameter("assistance.suspension_days", "Najdłuższe zawieszenie pracy przed decyzją (dni)", default=90, unit="days",
          why="Ustawa nie reguluje zawieszenia pracy z rodziną.", mark="author: practice 2.1")  # fmt: skip
parameter("assistance.contact_gap_days", "Dni bez kontaktu z rodziną, po których ostrzegać", default=30, unit="days",
          why="Ustawa nie podaje częstotliwości kontaktów.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.court_warn_days", "Ostrzeżenie przed terminem sądu (dni)", default=7, unit="days",
          why="Termin wyznacza sąd; ostrzeżenie jest ustawieniem lokalnym.", mark="author: R-ASSIST-18")  # fmt: skip
parameter("assistance.interview_warn_days", "Ostrzeżenie przed terminem wywiadu środowiskowego (dni)", default=5, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.assessment_warn_days", "Ostrzeżenie przed okresową oceną sytuacji rodziny (dni)", default=30, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.certificate_warn_days", "Ostrzeżenie przed końcem orzeczenia o niepełnosprawności (dni)", default=60, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.consent_warn_days", "Ostrzeżenie przed końcem ważności zgody (dni)", default=30, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.council_warn_days", "Ostrzeżenie przed sprawozdaniem dla rady gminy (dni)", default=30, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.programme_warn_days", "Ostrzeżenie przed końcem gminnego programu wspierania rodziny (dni)", default=90, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("assistance.unsuccessful_contacts", "Nieudane próby kontaktu, po których proponować zawieszenie", default=3,
          why="Praktyka: brak kontaktu po kilku próbach.", mark="U: practice 2.1")  # fmt: skip

# --- clocks (law.md 14.1) -----------------------------------------------------------------------------------------------

Clock(
    "C-ASSIST-01", "Wywiad środowiskowy w rodzinie",
    Version(Term(working_days=14), date(2021, 11, 15), "uwrspz art. 11 ust. 1; rozporządzenie o wywiadzie środowiskowym z 8.04.2021",
            "verified: UW24, WYW21", variants={"urgent": Term(working_days=2)},
            sentence="Sprawa pilna, zwłaszcza zagrożenie życia lub zdrowia: niezwłocznie, najpóźniej w 2 dni robocze."),
    trigger="ośrodek dowiedział się o rodzinie", subject="rodzina", responsible="social_worker",
)  # fmt: skip
Clock(
    "C-ASSIST-02", "Analiza sytuacji rodziny i wniosek o asystenta",
    Version(None, date(2012, 6, 8), "uwrspz art. 11 ust. 2–3", UW24),
    trigger="wywiad przeprowadzono", subject="rodzina", responsible="social_worker", parameter="assistance.application_days",
)  # fmt: skip
Clock(
    "C-ASSIST-03", "Przydział asystenta rodziny",
    Version(None, date(2012, 6, 8), "uwrspz art. 11 ust. 4", UW24),
    trigger="kierownik otrzymał wniosek", subject="rodzina", responsible="manager", parameter="assistance.assignment_days",
)  # fmt: skip
Clock(
    "C-ASSIST-04", "Plan pracy z rodziną",
    Version(None, IN_FORCE, "uwrspz art. 15 ust. 1 pkt 1 i ust. 3", UW24),
    trigger="przydzielono asystenta", next="przy zmianie", subject="plan pracy z rodziną", responsible="assistant",
    parameter="assistance.plan_days",
)  # fmt: skip
Clock(
    "C-ASSIST-05", "Okresowa ocena sytuacji rodziny",
    Version(Term(months=6), IN_FORCE, "uwrspz art. 15 ust. 1 pkt 15", UW24,
            sentence="Ustawa: nie rzadziej niż co pół roku; dzień początkowy to bezpieczna wykładnia."),
    trigger="przydział asystenta albo poprzednia ocena", next="poprzednia ocena + 6 miesięcy",
    subject="okresowa ocena sytuacji rodziny", responsible="assistant",
)  # fmt: skip
Clock(
    "C-ASSIST-06", "Monitoring rodziny po zakończeniu pracy",
    Version(None, IN_FORCE, "uwrspz art. 15 ust. 1 pkt 16", UW24),
    trigger="zakończono pracę z rodziną", subject="monitoring", responsible="assistant", parameter="assistance.monitoring_months",
)  # fmt: skip
Clock(
    "C-ASSIST-07", "Opinia o rodzinie dla sądu",
    Version(Term(set_date=True), IN_FORCE, "uwrspz art. 15 ust. 1 pkt 17", UW24),
    trigger="sąd zażądał opinii", subject="opinia dla sądu", responsible="assistant",
)  # fmt: skip
Clock(
    "C-ASSIST-08", "Sprawozdanie dla sądu o rodzinie i udzielonej pomocy",
    Version(Term(set_date=True), IN_FORCE, "Kodeks rodzinny i opiekuńczy art. 109 § 4", "verified: KRO23"),
    trigger="postanowienie sądu", next="następny dzień wyznaczony", subject="sprawozdanie dla sądu", responsible="assistant",
)  # fmt: skip
Clock(
    "C-ASSIST-09", "Lista asystentów dla sądu karnego",
    Version(Term(immediately=True), date(2024, 1, 16), "uwrspz art. 17 ust. 5; Kodeks postępowania karnego art. 76a § 2",
            "uncertain: R-ASSIST-15", until=date(2025, 1, 1),
            sentence="Przepis wszedł w życie w ciągu 2024 r.; dnia nie ma w przeczytanym tekście."),
    Version(Term(immediately=True), date(2025, 1, 1), "uwrspz art. 17 ust. 5; Kodeks postępowania karnego art. 76a § 2", UW24),
    trigger="wezwanie sądu", subject="lista asystentów", responsible="manager",
)  # fmt: skip
Clock(
    "C-ASSIST-10", "Ważność zatwierdzenia programu szkolenia asystentów",
    Version(Term(years=5), IN_FORCE, "uwrspz art. 12 ust. 4", UW24),
    trigger="zatwierdzenie programu", next="+ 5 lat", subject="program szkolenia", responsible="podmiot szkolący",
    counting=Counting.FACTUAL,
)  # fmt: skip
Clock(
    "C-GEN-01", "Udzielenie informacji na żądanie",
    Version(Term(days=7), IN_FORCE, "uwrspz art. 190a", UW24, sentence="Niezwłocznie, najpóźniej w 7 dni."),
    trigger="żądanie otrzymano lub wysłano", subject="informacja", responsible="sąd, organ, jednostka",
)  # fmt: skip
Clock(
    "C-SW-01", "Aktualizacja wywiadu środowiskowego",
    Version(Term(months=6), date(2021, 11, 15), "ustawa o pomocy społecznej art. 107", "verified: UPS24, WYW21",
            variants={"dps_or_fee": Term(months=12)},
            sentence="Przy stałych formach pomocy, nawet bez zmiany danych; w asyście rodziny wywiad aktualizuje się według potrzeb."),
    trigger="poprzednia aktualizacja", next="+ 6 lub 12 miesięcy", subject="aktualizacja wywiadu", responsible="social_worker",
)  # fmt: skip
Clock(
    "C-COMM-01", "Sprawozdanie roczne ze wspierania rodziny dla rady gminy",
    Version(Term(yearly=(3, 31)), IN_FORCE, "uwrspz art. 179 ust. 1", UW24),
    trigger="koniec roku", next="co roku", subject="sprawozdanie i potrzeby", responsible="manager",
)  # fmt: skip
Clock(
    "C-COMM-02", "Gminny program wspierania rodziny",
    Version(Term(years=3), IN_FORCE, "uwrspz art. 176 pkt 1", UW24),
    trigger="początek programu", next="+ 3 lata", subject="program gminny", responsible="manager",
)  # fmt: skip
Clock(
    "C-ZZ-01", "Wniosek o jednorazowe świadczenie 4000 zł („Za życiem”)",
    Version(Term(months=12), date(2017, 1, 1), "ustawa „Za życiem” art. 10 ust. 4", "verified: ZZ24"),
    trigger="urodzenie, objęcie opieką lub przysposobienie dziecka", subject="wniosek", responsible="rodzic, opiekun",
    counting=Counting.ADMINISTRATIVE,
)  # fmt: skip
Clock(
    "C-ZZ-02", "Informacja o realizacji ustawy „Za życiem” dla wojewody",
    Version(Term(yearly=(4, 30)), date(2017, 1, 1), "ustawa „Za życiem” art. 13 ust. 2", "verified: ZZ24"),
    trigger="koniec roku", next="co roku", subject="informacja", responsible="wojewoda",
)  # fmt: skip
# Local clocks of the process: the law gives no term at all, the unit decides.
Clock(
    "C-LOCAL-01", "Pierwsza wspólna wizyta asystenta i pracownika socjalnego",
    Version(None, IN_FORCE, "procedura jednostki", "author: practice 2.1"),
    trigger="przydzielono asystenta", responsible="assistant", parameter="assistance.first_visit_days",
)  # fmt: skip
Clock(
    "C-LOCAL-02", "Diagnoza sytuacji rodziny",
    Version(None, IN_FORCE, "procedura jednostki", "U: practice 2.1"),
    trigger="rozpoczęto diagnozę", responsible="assistant", parameter="assistance.diagnosis_days",
)  # fmt: skip
Clock(
    "C-LOCAL-03", "Zatwierdzenie planu pracy z rodziną",
    Version(None, IN_FORCE, "procedura jednostki", "author: practice 2.1"),
    trigger="plan przedstawiono do zatwierdzenia", responsible="manager", parameter="assistance.approval_days",
)  # fmt: skip
Clock(
    "C-LOCAL-04", "Decyzja po długim zawieszeniu pracy",
    Version(None, IN_FORCE, "procedura jednostki", "author: practice 2.1"),
    trigger="zawieszono pracę", responsible="assistant", parameter="assistance.suspension_days",
)  # fmt: skip
Clock(
    "C-LOCAL-05", "Kontakt z rodziną",
    Version(None, IN_FORCE, "procedura jednostki", "author: R-TIME-05"),
    trigger="ostatni kontakt", next="każdy kontakt", responsible="assistant", parameter="assistance.contact_gap_days",
)  # fmt: skip
Clock(
    "C-LOCAL-06", "Wpis z monitoringu rodziny",
    Version(None, IN_FORCE, "procedura jednostki; uwrspz art. 15 ust. 1 pkt 16", "author: R-ASSIST-17"),
    trigger="zakończono pracę albo poprzedni wpis", next="każdy wpis", responsible="assistant",
    parameter="assistance.monitoring_every_months",
)  # fmt: skip
Clock(
    "C-LOCAL-07", "Przegląd ostrzeżenia o zagrożeniu",
    Version(Term(set_date=True), IN_FORCE, "procedura jednostki", "author: R-DATA-07"),
    trigger="ostrzeżenie zapisano", next="każdy przegląd", responsible="assistant",
)  # fmt: skip
Clock(
    "C-LOCAL-08", "Koniec ważności orzeczenia o niepełnosprawności",
    Version(Term(set_date=True), IN_FORCE, "data w orzeczeniu", "author: practice 3.7"),
    trigger="orzeczenie wydano", responsible="assistant",
)  # fmt: skip
Clock(
    "C-LOCAL-10", "Koniec ważności zgody",
    Version(Term(set_date=True), IN_FORCE, "data w zgodzie", "author: R-TIME-05"),
    trigger="zgodę wyrażono", responsible="assistant",
)  # fmt: skip


# --- pure answers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Load:
    """How an assistant stands against L-01 on a day: `count` families of at most `limit`."""

    count: int
    limit: int
    warn_from: int
    article: str

    @property
    def over(self) -> bool:
        """More families than the law allows."""
        return self.count > self.limit

    @property
    def full(self) -> bool:
        """One more family would exceed the limit."""
        return self.count >= self.limit

    @property
    def near(self) -> bool:
        """Close to the limit by the local setting."""
        return self.count >= self.warn_from


def caseload_limit(on: date, *, fte_percent: int = 100, by_fte: bool = False) -> int:
    """The most families one assistant may work with on that day (L-01); by working time only if the unit decided so."""
    limit = int(CASELOAD.on(on).value)
    return limit if not by_fte else max(limit * min(fte_percent, 100) // 100, 1)


def caseload(
    families: Iterable[tuple[Any, str]],
    on: date,
    *,
    parameters: Mapping[str, Any],
    fte_percent: int = 100,
) -> Load:
    """Count (family id, case state) pairs of one assistant against L-01; a family with two cases counts once."""
    counted = set(parameters["assistance.caseload_states"])
    limit = caseload_limit(
        on, fte_percent=fte_percent, by_fte=bool(parameters.get("assistance.caseload_by_fte", False))
    )
    percent = int(parameters.get("assistance.caseload_warning_percent", 90))
    count = len({family for family, state in families if state in counted})
    return Load(count, limit, -(-limit * percent // 100), CASELOAD.on(on).article)


def over_limit(count: int, on: date, *, fte_percent: int = 100, by_fte: bool = False) -> bool:
    """Whether `count` families are more than L-01 allows that day."""
    return count > caseload_limit(on, fte_percent=fte_percent, by_fte=by_fte)


FORBIDDEN_WITH_ASSISTANT = frozenset({"social_worker"})


def forbidden_roles(roles: Collection[str]) -> str:
    """The sentence when these roles in one commune may not be joined with an assistant's, else empty (art. 17 ust. 3)."""
    if "assistant" in roles and FORBIDDEN_WITH_ASSISTANT & set(roles):
        return (
            "Pracy asystenta rodziny nie można łączyć z obowiązkami pracownika socjalnego w gminie, "
            "w której jest prowadzona (uwrspz art. 17 ust. 3)."
        )
    return ""


class Resignation(StrEnum):
    """What a family's resignation leads to."""

    CLOSE = "close"
    REPORT_TO_COURT = "report_to_court"


def resignation_outcome(*, court_ordered: bool) -> Resignation:
    """Support rests on consent (art. 8 ust. 3), unless a court obliged the family (KRO art. 109): then work goes on
    and the court gets a report."""
    return Resignation.REPORT_TO_COURT if court_ordered else Resignation.CLOSE


def assessment_due(assigned_on: date, assessments: Sequence[date]) -> date:
    """The day of the next periodic assessment: half a year from the last one performed, else from assignment (R-TIME-02)."""
    return add_months(max(assessments, default=assigned_on), 6)


def monitoring_end(ended_on: date, months: int) -> date:
    """The last day of monitoring after the work ended, by the local setting in months."""
    return add_months(ended_on, months)


def is_assignment_mandatory(on: date) -> bool:
    """Whether the head must assign on a social worker's request (since 1 January 2015)."""
    return bool(ASSIGNMENT_IS_DUTY.on(on).value)


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One action of a plan as the check of art. 15 ust. 3 needs it."""

    what: str
    due_on: date | None
    effect: str


def plan_gaps(tasks: Sequence[PlannedTask]) -> list[str]:
    """What a family plan lacks before it may be approved (R-ASSIST-09): scope, dates, expected effects. Empty when whole."""
    if not any(task.what.strip() for task in tasks):
        return ["Plan nie wskazuje żadnego działania: wpisz, co będzie robione (uwrspz art. 15 ust. 3)."]
    gaps = []
    for n, task in enumerate(tasks, start=1):
        name = task.what.strip() or f"działanie {n}"
        if not task.what.strip():
            gaps.append(f"Działanie {n} nie ma opisu zakresu (uwrspz art. 15 ust. 3).")
        if task.due_on is None:
            gaps.append(f"„{name}” nie ma terminu (uwrspz art. 15 ust. 3).")
        if not task.effect.strip():
            gaps.append(f"„{name}” nie ma przewidywanego efektu (uwrspz art. 15 ust. 3).")
    return gaps
