"""Clocks every case meets (procedure, safety, data: law.md 14.8), and what a due row is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from gniazdo.kernel.legal import Clock, Sentence, Version, parameter
from gniazdo.kernel.legal import Due as LegalDue
from gniazdo.kernel.speech import says
from gniazdo.kernel.terms import Counting, Term, reworded

KPA24 = "verified: KPA24"
KPA_SINCE = date(2024, 4, 1)
KPA = Counting.ADMINISTRATIVE
POSTED = "W terminie jest też pismo nadane ostatniego dnia u operatora wyznaczonego albo wysłane na adres do doręczeń elektronicznych."

parameter("deadlines.warn_days", "Ile dni przed terminem zacząć ostrzegać", default=14, unit="days",
          why="Ustawienie lokalne: od kiedy termin jest w Moim dniu, w liście i w powiadomieniach; niektóre terminy mają własne.",
          mark="author: R-TIME-05")  # fmt: skip
parameter("deadlines.standards_warn_days", "Ostrzeżenie przed przeglądem standardów ochrony małoletnich (dni)", default=60, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("deadlines.audit_warn_days", "Ostrzeżenie przed audytem bezpieczeństwa informacji (dni)", default=60, unit="days",
          why="Ustawienie lokalne: ustawa nie mówi, kiedy zacząć ostrzegać.", mark="author: R-TIME-05")  # fmt: skip
parameter("deadlines.mail", "Wysyłaj pracownikom codzienny list o terminach", default=True,
          why="Ustawienie lokalne: list nie zawiera nazwisk, tylko znaki spraw.", mark="author: R-DATA-01")  # fmt: skip

Clock("C-KPA-01", "Załatwienie sprawy decyzją",
      Version(Term(months=1), KPA_SINCE, "Kodeks postępowania administracyjnego art. 35", KPA24, older=True,
              variants={"complicated": Term(months=2), "appeal": Term(months=1)},
              sentence="Bez postępowania wyjaśniającego: niezwłocznie; z nim miesiąc, w sprawie szczególnie skomplikowanej dwa, w odwołaniu miesiąc. Nie wlicza się terminów z przepisów, zawieszenia, mediacji ani zwłoki strony."),
      trigger="wniosek doręczono albo wszczęto z urzędu", counting=KPA, subject="decyzja", responsible="manager")  # fmt: skip
Clock("C-KPA-02", "Zawiadomienie o zwłoce z nowym terminem",
      Version(Term(set_date=True), KPA_SINCE, "Kodeks postępowania administracyjnego art. 36", KPA24, older=True,
              sentence="Zawiadom najpóźniej w dniu, w którym mija termin załatwienia sprawy: podaj przyczyny, nowy termin i pouczenie o ponagleniu."),
      trigger="termin załatwienia sprawy nie będzie dotrzymany", counting=KPA, next="każda zwłoka", subject="zawiadomienie", responsible="social_worker")  # fmt: skip
Clock("C-KPA-03", "Przekazanie ponaglenia organowi wyższego stopnia",
      Version(Term(days=7), KPA_SINCE, "Kodeks postępowania administracyjnego art. 37", KPA24, older=True,
              variants={"decide": Term(days=7)},
              sentence="Organ przekazuje ponaglenie w 7 dni, organ wyższego stopnia rozpatruje je w 7 dni."),
      trigger="ponaglenie otrzymano", counting=KPA, subject="ponaglenie", responsible="manager")  # fmt: skip
Clock("C-KPA-04", "Uzupełnienie braków wniosku",
      Version(Term(days=7), KPA_SINCE, "Kodeks postępowania administracyjnego art. 64", KPA24, older=True,
              sentence="To termin najkrótszy: wezwanie może wyznaczyć dłuższy."),
      trigger="wezwanie doręczono", counting=KPA, subject="uzupełnienie", responsible="wnioskodawca")  # fmt: skip
Clock("C-KPA-05", "Odwołanie od decyzji",
      Version(Term(days=14), KPA_SINCE, "Kodeks postępowania administracyjnego art. 129", KPA24, older=True, sentence=POSTED),
      trigger="decyzję doręczono", counting=KPA, subject="odwołanie", responsible="strona")  # fmt: skip
Clock("C-KPA-06", "Przekazanie odwołania z aktami",
      Version(Term(days=7), KPA_SINCE, "Kodeks postępowania administracyjnego art. 133", KPA24, older=True),
      trigger="odwołanie otrzymano", counting=KPA, subject="akta", responsible="manager")  # fmt: skip
Clock("C-KPA-07", "Zażalenie na postanowienie",
      Version(Term(days=7), KPA_SINCE, "Kodeks postępowania administracyjnego art. 141", KPA24, older=True, sentence=POSTED),
      trigger="postanowienie doręczono", counting=KPA, subject="zażalenie", responsible="strona")  # fmt: skip
Clock("C-KPA-08", "Prośba o przywrócenie terminu",
      Version(Term(days=7), KPA_SINCE, "Kodeks postępowania administracyjnego art. 58", KPA24, older=True, sentence=POSTED),
      trigger="przyczyna uchybienia ustała", counting=KPA, subject="prośba", responsible="strona")  # fmt: skip
Clock("C-KPA-09", "Fikcja doręczenia",
      Version(Term(days=14), KPA_SINCE, "Kodeks postępowania administracyjnego art. 44", KPA24, older=True,
              variants={"second_notice": Term(days=7)},
              sentence="Drugie zawiadomienie po 7 dniach. Dzień wolny przesuwa koniec według ogólnej reguły art. 57 § 4."),
      trigger="pismo złożono w placówce pocztowej lub urzędzie", counting=KPA, subject="doręczenie", responsible="secretary")  # fmt: skip
Clock("C-STD-01", "Przegląd standardów ochrony małoletnich",
      Version(Term(years=2), date(2024, 2, 15), "ustawa z 13.05.2016 o przeciwdziałaniu zagrożeniom przestępczością na tle seksualnym art. 22c",
              "verified: STD23"),
      trigger="standardy przyjęto", next="+ 2 lata", subject="przegląd standardów", responsible="manager")  # fmt: skip
Clock("C-STD-02", "Zawiadomienie zespołu do spraw analizy zdarzeń",
      Version(Term(immediately=True), date(2024, 2, 15), "ustawa z 13.05.2016 o przeciwdziałaniu zagrożeniom przestępczością na tle seksualnym art. 22i",
              "verified: STD23"),
      trigger="śmierć lub ciężki uszczerbek na zdrowiu dziecka", subject="zawiadomienie", responsible="manager")  # fmt: skip
Clock("C-STD-03", "Przekazanie akt zespołowi do spraw analizy zdarzeń",
      Version(Term(days=30), date(2024, 2, 15), "ustawa z 13.05.2016 o przeciwdziałaniu zagrożeniom przestępczością na tle seksualnym art. 22j",
              "verified: STD23"),
      trigger="żądanie zespołu", subject="akta", responsible="manager")  # fmt: skip
Clock("C-STD-04", "Sprawdzenie osoby w rejestrach przed dopuszczeniem do pracy z dziećmi",
      Version(Term(days=1, before=True), date(2024, 2, 15),
              "ustawa z 13.05.2016 o przeciwdziałaniu zagrożeniom przestępczością na tle seksualnym art. 21; uwrspz art. 7b",
              "verified: STD23, UW24", sentence="Ustawa: przed dopuszczeniem; dzień wcześniej to bezpieczna wykładnia."),
      trigger="dopuszczenie do pracy", next="każda nowa osoba", subject="wydruk z rejestru", responsible="manager")  # fmt: skip
Clock("C-DATA-01", "Przechowywanie wpisów dziennika",
      Version(Term(years=2), date(2024, 5, 23), "Krajowe Ramy Interoperacyjności § 20", "verified: KRI24",
              sentence="Chyba że przepis szczególny każe przechowywać inaczej."),
      trigger="wpis w dzienniku", next="ciągle", subject="dziennik", responsible="administrator")  # fmt: skip
Clock("C-DATA-02", "Audyt wewnętrzny bezpieczeństwa informacji",
      Version(Term(years=1), date(2024, 5, 23), "Krajowe Ramy Interoperacyjności § 19", "verified: KRI24"),
      trigger="poprzedni audyt", next="+ 1 rok", subject="audyt", responsible="dpo")  # fmt: skip
# No law gives it: without the day of the last audit, review or programme nothing can be counted.
parameter("deadlines.office_start_days", "Ile dni na wpisanie dat, od których biegną terminy jednostki", default=30, unit="days",
          why="Ustawienie lokalne: bez daty ostatniego audytu, przeglądu standardów i programu nie da się policzyć następnych.",
          mark="author: R-TIME-05")  # fmt: skip
Clock("C-LOCAL-09", "Daty, od których biegną terminy jednostki",
      Version(None, date(2012, 1, 1), "procedura jednostki", "author: R-TIME-05"),
      trigger="jednostka zaczęła pracę w programie", subject="daty początkowe", responsible="manager",
      parameter="deadlines.office_start_days")  # fmt: skip


type Identity = tuple[str, UUID | None, UUID, date]


@dataclass(frozen=True, slots=True)
class Fact:
    """One due row as a declaration computes it: what, about whom (no family: the institution), when, whose, why, what fulfils it."""

    declaration: str
    family_id: UUID | None
    case_id: UUID | None
    subject_kind: str
    subject_id: UUID
    starts_on: date
    due_on: date
    escalates_on: date
    fulfilled_on: date | None
    post_id: UUID | None
    role: str
    why: tuple[Sentence, ...]
    article: str
    mark: str
    url_name: str = ""
    url_args: tuple[str, ...] = ()
    original_due_on: date | None = None
    extension: str = ""

    @property
    def identity(self) -> Identity:
        """What makes the row the same row when everything is computed again."""
        return (self.declaration, self.family_id, self.subject_id, self.starts_on)


@dataclass(frozen=True, slots=True)
class Extended:
    """A recorded extension of one row."""

    identity: Identity
    to: date
    on: date
    reason: str


def extend(facts: Iterable[Fact], extensions: Iterable[Extended], on: date) -> list[Fact]:
    """Rows with the latest extension recorded by `on` applied; the first date stays visible."""
    latest: dict[Identity, Extended] = {}
    for extension in sorted(extensions, key=lambda e: e.on):
        if extension.on <= on:
            latest[extension.identity] = extension
    return [
        fact
        if (e := latest.get(fact.identity)) is None
        else replace(fact, due_on=e.to, escalates_on=e.to, original_due_on=fact.due_on, extension=e.reason)
        for fact in facts
    ]


def days_left(due_on: date, on: date) -> int:
    """Days until the due day: 0 today, negative when overdue."""
    return (due_on - on).days


BANDS = (
    ("overdue", says("Po terminie")),
    ("today", says("Dziś")),
    ("soon", says("W ciągu 14 dni")),
    ("month", says("W ciągu 30 dni")),
    ("quarter", says("W ciągu 90 dni")),
    ("later", says("Później")),
)


def band(due_on: date, on: date) -> str:
    """The part of the board a row stands in."""
    left = days_left(due_on, on)
    if left < 0:
        return "overdue"
    for code, limit in (("today", 0), ("soon", 14), ("month", 30), ("quarter", 90)):
        if left <= limit:
            return code
    return "later"


def why_as_data(why: Iterable[Sentence]) -> list[list[Any]]:
    """Sentences as JSON for the cache."""
    return [[s.template, dict(s.values)] for s in why]


def why_from_data(data: Iterable[Iterable[Any]], translate: Any = str) -> str:
    """The reason in the language of `translate` (gettext), sentence by sentence."""
    said = []
    for template, values in data:
        words = {k: reworded(v, translate) if isinstance(v, str) and v else v for k, v in values.items()}
        said.append(str(translate(template)) % words)
    return " ".join(said)


def due_to_fact(due: LegalDue, **given: Any) -> Fact:
    """A row from a clock's answer."""
    return Fact(starts_on=due.start, due_on=due.on, escalates_on=due.escalates_on, why=due.why,
                article=due.article, mark=due.mark, **given)  # fmt: skip
