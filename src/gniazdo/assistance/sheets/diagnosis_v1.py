"""Diagnosis of the family's situation, version 1: twelve areas, three lists of resources, the child's voice (practice 1.A.6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.assessment import store_initial_scores
from gniazdo.assistance.vocab import SCALE_STEPS
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import Choice, LongText, Scale, Section, Sheet, Signature
from gniazdo.plans.vocab import AREAS

SCALE = "1-5"
POINTS = tuple((str(step), f"{step} – {label}") for step, label in SCALE_STEPS[SCALE])
RISKS = (("LOW", "niskie"), ("MEDIUM", "średnie"), ("HIGH", "wysokie"))


def _area(code: str, label: str) -> Section:
    key = code.lower()
    questions: tuple[Any, ...] = (
        LongText(f"{key}_facts", "Fakty", rows=3, sensitive=True),
        LongText(f"{key}_problem", "Problem", rows=2, sensitive=True),
        LongText(f"{key}_cause", "Przyczyna", rows=2, sensitive=True),
        LongText(f"{key}_resource", "Zasoby, na których można się oprzeć", rows=2, sensitive=True),
        LongText(f"{key}_family_view", "Jak widzi to rodzina (jej słowami)", rows=2, sensitive=True),
        LongText(f"{key}_worker_view", "Jak widzi to asystent", rows=2, sensitive=True),
        Scale(f"{key}_score", "Ocena początkowa", POINTS, help="Punkt wyjścia dla okresowych ocen; obszarów się nie sumuje."),
    )  # fmt: skip
    if code == "RISK":
        questions = (
            Choice("risk_level", "Zagrożenie dzieci", RISKS, required=True),
            LongText("risk_reasons", "Z czego to wynika", rows=3, required=True, sensitive=True),
            *questions,
        )
    return Section(key, label[0].upper() + label[1:], questions)


def _initial_scores(actor: Actor, record: SheetRecord, on: date) -> None:
    """The initial score of each area starts its trend line; a correction mends it and keeps its day.

    A later diagnosis, or one that takes another's place, does not move the start of the line.
    """
    if record.case is None or record.replaces_id:
        return
    scores: dict[str, int | None] = {}
    for word in AREAS:
        given = str(record.answers.get(f"{word.code.lower()}_score") or "")
        scores[word.code] = int(given) if given.isdigit() else None
    store_initial_scores(actor, record.case, scores=scores, scale=SCALE, on=on, corrected=record.revision > 1)


def _summary(answers: Mapping[str, Any]) -> str:
    return str(answers.get("main_problem") or "")[:300]


DIAGNOSIS = Sheet(
    "assistance.diagnosis",
    1,
    "Diagnoza sytuacji rodziny",
    sections=(
        *(_area(word.code, word.label) for word in AREAS),
        Section(
            "resources",
            "Zasoby rodziny",
            (
                LongText("resources_have", "Zasoby, które rodzina ma", rows=3, sensitive=True),
                LongText("resources_fading", "Zasoby, które rodzina wkrótce straci", rows=3, sensitive=True),
                LongText("resources_missing", "Zasoby, których rodzinie brakuje", rows=3, sensitive=True),
            ),
        ),
        Section(
            "child_voice",
            "Głos dziecka",
            (
                LongText("child_says", "Co mówią dzieci (ich słowami)", rows=4, sensitive=True),
                LongText("child_heard_how", "Jak i kiedy dzieci wysłuchano, albo dlaczego nie", rows=2,
                         help="Wysłuchuje się dziecka, jeśli pozwala na to jego wiek i dojrzałość (uwrspz art. 4a)."),
            ),
        ),
        Section(
            "conclusions",
            "Wnioski",
            (
                LongText("main_problem", "Główny problem", rows=3, required=True, sensitive=True),
                LongText("causes", "Przyczyny", rows=3, required=True, sensitive=True),
                LongText("needs", "Najpilniejsze potrzeby", rows=3, required=True, sensitive=True),
            ),
        ),
    ),
    signatures=(
        Signature("assistant", "asystent rodziny"),
        Signature("social_worker", "pracownik socjalny"),
        Signature("specialist", "specjalista", optional=True),
        Signature("family", "rodzina zapoznała się z diagnozą"),
    ),
    event_kind="assessment",
    fulfils="Diagnoza sytuacji rodziny przed planem pracy",
    states=("ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED"),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker"),
    on_final=_initial_scores,
    summary=_summary,
    source="praktyka 1.A.6; uwrspz art. 8 ust. 1, art. 15 ust. 1 pkt 1",
)  # fmt: skip
