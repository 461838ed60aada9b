"""Protocol of a meeting of the family's team, version 1 (protokół posiedzenia zespołu, practice 1.A.15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import AGREEMENT_STATES, PRESENCE
from gniazdo.papers.rules import (
    Choice,
    Day,
    Duration,
    LongText,
    Moment,
    PeoplePick,
    Section,
    Sheet,
    Signature,
    Table,
    Text,
    says,
)


def _check(answers: Mapping[str, Any]) -> dict[str, str]:
    """A decision that was not carried out needs its cause, as everywhere else."""
    silent = [r for r in answers.get("earlier") or [] if r.get("e_state") == "NOT_DONE" and not r.get("e_why")]
    return {"earlier": says("Przy niewykonanym ustaleniu napisz, dlaczego.")} if silent else {}


TEAM_MEETING = Sheet(
    "assistance.team_meeting",
    1,
    "Protokół posiedzenia zespołu w sprawie rodziny",
    sections=(
        Section("meeting", "Posiedzenie", (
            Moment("held_at", "Kiedy", required=True),
            Duration("lasted", "Czas trwania"),
            Text("place", "Miejsce", required=True),
            Text("called_by", "Kto zwołał"),
            LongText("purpose", "Cel posiedzenia", rows=3, required=True),
        )),
        Section("people", "Uczestnicy", (
            Table("participants", "Kto uczestniczył", (
                Text("p_name", "Imię i nazwisko"), Text("p_role", "Instytucja, stanowisko"),
                Choice("p_presence", "Obecność", PRESENCE),
            ), min_rows=1),
            PeoplePick("family_present", "Kto był z rodziny"),
            LongText("family_voice", "Co powiedziała rodzina", rows=3, sensitive=True),
            LongText("child_voice", "Co mówi dziecko", rows=3, sensitive=True),
        )),
        Section("talk", "Przebieg", (
            Table("earlier", "Poprzednie ustalenia zespołu", (
                Text("e_what", "Ustalenie"), Text("e_who", "Kto"), Choice("e_state", "Stan", AGREEMENT_STATES), Text("e_why", "Dlaczego nie"),
            )),
            LongText("course", "Przebieg rozmowy (fakty)", rows=8, required=True, sensitive=True),
            LongText("opinions", "Opinie i wnioski uczestników", rows=4, sensitive=True),
        )),
        Section("decisions", "Ustalenia", (
            Table("agreed", "Ustalenia zespołu", (
                Text("d_what", "Co zostanie zrobione"), Text("d_who", "Kto"), Day("d_due", "Do kiedy"), Text("d_effect", "Oczekiwany efekt"),
            ), min_rows=1),
            LongText("dissent", "Zdania odrębne", rows=2),
            Moment("next_at", "Następne posiedzenie"),
        )),
    ),
    signatures=(
        Signature("chair", "prowadzący posiedzenie"), Signature("recorder", "protokolant"),
        Signature("family", "rodzina", optional=True), Signature("members", "uczestnicy", optional=True),
    ),
    fulfils="Protokół posiedzenia zespołu",
    states=("INTERVIEW", "COURT_NOTIFIED", "APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED",
            "CLOSING", "MONITORING"),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker", "team_leader", "manager"),
    prefill=prefill.team_meeting,
    check=_check,
    summary=lambda answers: str(answers.get("purpose") or ""),
    source="praktyka 1.A.15",
)  # fmt: skip
