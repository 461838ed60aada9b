"""Closing card, version 1 (karta zakończenia pracy z rodziną, practice 1.A.12), and the monitoring entry (1.A.13)."""

from __future__ import annotations

from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.closing import record_monitoring
from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import END_REASONS, MONITORING_DECISIONS, MONITORING_FORMS, OUTCOMES
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import Choice, Day, LongText, Many, Number, Section, Sheet, Signature, Table, Text, When
from gniazdo.plans.vocab import AREAS

INITIATORS = (
    ("FAMILY", "rodzina"),
    ("ASSISTANT", "asystent"),
    ("SOCIAL", "pracownik socjalny"),
    ("HEAD", "kierownik"),
    ("COURT", "sąd"),
)
RESULTS = (("FULL", "osiągnięty"), ("PART", "częściowo"), ("NONE", "nieosiągnięty"))
TAKERS = (
    ("SOCIAL", "pracownik socjalny"), ("DAY_CENTRE", "placówka wsparcia dziennego"), ("SUPPORTING", "rodzina wspierająca"),
    ("PROBATION", "kurator"), ("SPECIALIST", "specjalista"), ("NONE", "nikt"),
)  # fmt: skip

SATISFACTION = (
    ("GOOD", "pomogła"),
    ("PART", "częściowo pomogła"),
    ("NONE", "nie pomogła"),
    ("NO_ANSWER", "nie odpowiada"),
)

CLOSING = Sheet(
    "assistance.closing",
    1,
    "Karta zakończenia pracy z rodziną",
    sections=(
        Section("end", "Zakończenie", (
            Day("closing_on", "Data zakończenia", required=True),
            Choice("initiator", "Kto zaproponował", INITIATORS, required=True),
            Choice("reason", "Przyczyna", END_REASONS, required=True),
            LongText("note", "Uzasadnienie", required=True, sensitive=True),
        )),
        Section("results", "Wyniki", (
            Table("goals", "Cele planu", (Text("g_goal", "Cel"), Choice("g_result", "Wynik", RESULTS), Text("g_note", "Uwagi"))),
            Table("children", "Sytuacja każdego dziecka", (
                Text("c_name", "Dziecko"), Text("c_where", "Gdzie mieszka"), Text("c_now", "Szkoła, zdrowie, samopoczucie"),
            )),
            Choice("outcome", "Sytuacja dzieci po zakończeniu", OUTCOMES, required=True),
            LongText("still", "W czym rodzina nadal potrzebuje pomocy", rows=3),
            Many("takers", "Kto przejmuje", TAKERS, describe=True),
            LongText("monitoring", "Zalecany plan monitoringu", rows=3),
            Many("still_areas", "Obszary, w których pomoc jest nadal potrzebna", AREAS),
            LongText("family_opinion", "Opinia rodziny o współpracy", rows=3),
            Choice("family_rating", "Jak rodzina ocenia współpracę", SATISFACTION),
        )),
        Section("numbers", "Statystyka", (
            Number("months", "Długość pracy", "miesięcy", low=0),
            Number("visits", "Liczba wizyt i kontaktów", low=0),
            Number("hours", "Godziny pracy z rodziną", "godzin", low=0),
        )),
        Section("opinion", "Opinia pracownika socjalnego", (
            LongText("social_opinion", "Opinia", rows=3, who_writes="pracownik socjalny"),
        )),
    ),
    signatures=(
        Signature("assistant", "asystent rodziny"), Signature("social_worker", "pracownik socjalny"),
        Signature("family", "rodzina"), Signature("manager", "kierownik"),
    ),
    fulfils="Zakończenie pracy z rodziną",
    states=("CLOSING",),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker", "team_leader", "manager"),
    prefill=prefill.closing,
    source="praktyka 1.A.12",
)  # fmt: skip


def _look(actor: Actor, record: SheetRecord, on: date) -> None:
    """A final entry is one look at the family; a correction does not repeat it."""
    told, case = record.answers, record.case
    if case is None or prefill.is_correction(record):
        return
    record_monitoring(
        actor, case, on=date.fromisoformat(told["seen_on"]), form=told["form"], stable=told.get("stable") or "",
        worrying=told.get("worrying") or "", decision=told["decision"], today=on,
        next_on=date.fromisoformat(told["next_on"]) if told.get("next_on") else None,
        until=date.fromisoformat(told["until"]) if told.get("until") else None,
    )  # fmt: skip


MONITORING = Sheet(
    "assistance.monitoring",
    1,
    "Wpis monitoringu rodziny",
    sections=(
        Section("look", "Monitoring", (
            Day("seen_on", "Data", required=True),
            Choice("form", "Forma", MONITORING_FORMS, required=True),
            LongText("stable", "Co się utrzymuje", required=True, sensitive=True),
            LongText("worrying", "Niepokojące sygnały", sensitive=True),
            Choice("decision", "Decyzja", MONITORING_DECISIONS, required=True),
            Text("source", "Od kogo informacja", show_if=When("form", "SCHOOL", "SOCIAL", "OTHER")),
            Day("next_on", "Następny wpis"),
            Day("until", "Nowy koniec monitoringu", show_if=When("decision", "EXTEND")),
        )),
    ),
    signatures=(Signature("assistant", "asystent rodziny"),),
    fulfils="Monitoring po zakończeniu pracy (uwrspz art. 15 ust. 1 pkt 16)",
    states=("MONITORING",),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker", "team_leader", "manager"),
    on_final=_look,
    source="praktyka 1.A.13",
)  # fmt: skip
