"""The demo sheet and letter of the tests, and makers of a case with an assistant."""

from __future__ import annotations

from datetime import date
from typing import Any

from gniazdo.cases.models import CaseFile
from gniazdo.cases.tests.factories import make_case
from gniazdo.kernel.process import Move, Process, State
from gniazdo.kernel.vocab import Word, WordList
from gniazdo.orgs.tests.factories import Cast
from gniazdo.papers.actions import save_sheet, start_sheet
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import (
    LETTERS,
    SHEETS,
    Choice,
    Day,
    Duration,
    Fixed,
    Info,
    Insert,
    Letter,
    LongText,
    Many,
    Moment,
    Money,
    Number,
    PeoplePick,
    PersonPick,
    PostPick,
    Repeat,
    Scale,
    Section,
    Sheet,
    Signature,
    Table,
    Text,
    When,
    YesNo,
)
from gniazdo.papers.rules import Attachment as FileQuestion
from gniazdo.people.tests.factories import make_family

SINCE = date(2026, 1, 5)
FINALS: list[Any] = []
POINTS = (("1", "bardzo źle"), ("2", "źle"), ("3", "dostatecznie"), ("4", "dobrze"))

if ("test.demo", 1) not in SHEETS:
    CAUSES = WordList("test.causes", "Przyczyny", Word("A", "zaniedbanie"), Word("B", "konflikt"), Word("C", "choroba"))
    PROCESS = Process(
        "test.papers", "Próba", start="OPEN", states=(State("OPEN", "otwarta", active=True), State("END", "koniec", final=True)),
        moves=(Move("end", "Zakończ", ("OPEN",), "END"),),
    )  # fmt: skip
    DEMO = Sheet(
        "test.demo", 1, "Karta próbna",
        sections=(
            Section("basics", "Dane podstawowe", (
                Info("intro", "Kartę wypełnia pracownik podczas rozmowy."),
                Text("subject", "Temat", required=True, help="Jednym zdaniem."),
                LongText("course", "Przebieg", required=True, sensitive=True),
                YesNo("urgent", "Pilne", required=True),
                LongText("why", "Dlaczego pilne", show_if=When("urgent", True), required=True),
                Choice("cause", "Główna przyczyna", CAUSES),
                Many("causes", "Przyczyny", CAUSES, describe=True),
                Day("met_on", "Dzień spotkania"),
                Moment("next_at", "Następne spotkanie"),
                Number("visits", "Liczba wizyt", "wizyt", low=0, high=99),
                Money("income", "Dochód"),
                Duration("took", "Czas trwania"),
                Scale("care", "Opieka nad dziećmi", POINTS),
            )),
            Section("people", "Osoby", (
                PersonPick("main", "Główna osoba"), PeoplePick("present", "Obecni"), PostPick("worker", "Pracownik"),
                FileQuestion("proof", "Dowody"),
                Insert("evidence", "Wpisy", lambda actor, record: [("e1", "Wizyta 5.11", "wizyta"), ("e2", "Wizyta 9.11")]),
            )),
            Section("areas", "Obszary", (
                Table("areas_table", "Oceny", (Fixed("area", "Obszar"), Scale("score", "Ocena", POINTS), Text("note", "Uwagi")),
                      rows=({"area": "mieszkanie"}, {"area": "finanse"}), fixed_rows=True),
                Table("incidents", "Zdarzenia", (Day("on", "Kiedy"), Text("what", "Co", required=True))),
            )),
            Section("goals", "Cele", (Text("goal", "Cel", required=True), Day("until", "Termin")), repeat=Repeat("Cel", 1)),
        ),
        signatures=(Signature("assistant", "asystent rodziny"), Signature("family", "członek rodziny", optional=True)),
        prefill=lambda actor, record, on: {"areas_table": [{"area": "mieszkanie"}, {"area": "finanse"}]},
        on_final=lambda actor, record, on: FINALS.append((record.pk, record.revision)),
        summary=lambda answers: str(answers.get("subject", "")),
        print_note="Dotyczy wyłącznie prób.",
    )  # fmt: skip
    OTHERS = Sheet(
        "test.intake", 1, "Karta sekretariatu", sections=(Section("a1", "Zgłoszenie", (Text("who", "Kto"),)),),
        needs_case=False, registry=True, writers=("manager",),
    )  # fmt: skip
    NOTE = Letter(
        "test.note", "Zawiadomienie próbne", fields={"family": "nazwa rodziny", "mark": "znak sprawy"},
        recipient="Sąd Rejonowy w Dębowie", body=("Dotyczy rodziny {family}.", "Sprawa {mark}."),
        data=lambda actor, case, on: {"family": case.family.name, "mark": case.case_mark},
        signatories=("asystent rodziny", "kierownik"), example={"family": "Testowi", "mark": "AR.1"},
    )  # fmt: skip
else:
    PROCESS = None
    DEMO, NOTE = SHEETS[("test.demo", 1)], LETTERS["test.note"]

GOOD: dict[str, Any] = {
    "subject": "Rozmowa", "course": "Spokojnie.", "urgent": False, "cause": "A", "causes": ["A", "B"],
    "causes__note": "opis", "met_on": "2026-11-05", "visits": 3, "income": "1234.50", "took": 90, "care": "2",
    "areas_table": [{"area": "mieszkanie", "score": "2"}, {"area": "finanse", "score": "3", "note": "długi"}],
    "incidents": [{"on": "2026-10-01", "what": "awantura"}], "goals": [{"goal": "Praca", "until": "2027-01-01"}],
}  # fmt: skip


def case_of(cast: Cast, name: str = "Testowi") -> CaseFile:
    """A case of Anna's with an empty file."""
    return make_case(make_family(cast.institution, name), PROCESS, on=SINCE, assistant=cast.anna)


def draft_of(cast: Cast, case: CaseFile | None = None, **answers: Any) -> SheetRecord:
    """A draft of the demo sheet with good answers, changed by `answers`."""
    case = case or case_of(cast)
    actor = cast.actor("anna")
    record = start_sheet(actor, case, code="test.demo", on=cast.today)
    return save_sheet(actor, record, answers={**GOOD, **answers}, rev=record.rev)
