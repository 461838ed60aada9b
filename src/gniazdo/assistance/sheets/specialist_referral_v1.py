"""Referral to a specialist, version 1 (skierowanie do specjalisty, practice 1.A.15 and 2.4). What the specialist learns in
therapy stays with the specialist: back comes attendance and recommendations only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import PRIORITIES, REFERRAL_OUTCOMES, SERVICE_FORMS, SPECIALISTS
from gniazdo.papers.rules import (
    Choice,
    Day,
    Info,
    LongText,
    Many,
    PeoplePick,
    Section,
    Sheet,
    Signature,
    Text,
    When,
    YesNo,
    says,
)


def _check(answers: Mapping[str, Any]) -> dict[str, str]:
    """Urgency is explained."""
    if answers.get("priority") == "URGENT" and not answers.get("priority_why"):
        return {"priority_why": says("Napisz, dlaczego skierowanie jest pilne.")}
    return {}


SPECIALIST_REFERRAL = Sheet(
    "assistance.specialist_referral",
    1,
    "Skierowanie do specjalisty",
    sections=(
        Section("who", "Kogo kierujemy", (
            PeoplePick("persons", "Osoby kierowane", required=True),
            Text("guardians", "Rodzice lub opiekunowie"),
            Text("phone", "Telefon do umówienia spotkania"),
            Text("hours", "Kiedy rodzina może przyjść"),
        )),
        Section("where", "Do kogo", (
            Choice("specialist", "Specjalista", SPECIALISTS, required=True),
            Many("service", "Forma pomocy", SERVICE_FORMS),
            Text("unit", "Jednostka lub poradnia"),
            Choice("priority", "Pierwszeństwo", PRIORITIES, required=True),
            Text("priority_why", "Powód pierwszeństwa"),
        )),
        Section("why", "Dlaczego", (
            LongText("reason", "Powód skierowania", rows=5, required=True, sensitive=True),
            LongText("since", "Od kiedy i w jakich sytuacjach", rows=3, sensitive=True),
            LongText("tried", "Dotychczasowa pomoc i leczenie", rows=3, sensitive=True),
            LongText("questions", "Czego oczekujemy, na co odpowiedzieć", rows=3),
        )),
        Section("consent", "Zgoda i zakres informacji", (
            YesNo("agreed", "Rodzice lub opiekunowie wyrazili zgodę", required=True),
            Day("agreed_on", "Zgoda z dnia", show_if=When("agreed", True)),
            LongText("not_agreed", "Dlaczego kierujemy mimo braku zgody", rows=2, required=True, show_if=When("agreed", False)),
            LongText("person_voice", "Co mówi osoba kierowana", rows=2, sensitive=True),
            Text("scope", "Jakie informacje przekazujemy"),
            Info("back", "Prosimy o informację zwrotną tylko o udziale w spotkaniach i o zaleceniach."),
        )),
        Section("answer", "Wypełnia przyjmujący skierowanie", (
            Day("received_on", "Wpłynęło dnia", who_writes="przyjmujący"),
            Day("first_on", "Pierwsza konsultacja", who_writes="przyjmujący"),
            Choice("outcome", "Co ustalono", REFERRAL_OUTCOMES, who_writes="przyjmujący"),
            LongText("outcome_note", "Uwagi, zalecenia", rows=3, who_writes="przyjmujący"),
        )),
    ),
    signatures=(
        Signature("author", "kierujący"), Signature("family", "rodzic, opiekun lub osoba kierowana"),
        Signature("receiver", "przyjmujący skierowanie", optional=True),
    ),
    fulfils="Skierowanie do specjalisty",
    states=("INTERVIEW", "COURT_NOTIFIED", "APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED",
            "CLOSING", "MONITORING"),
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker", "team_leader", "manager"),
    prefill=prefill.specialist_referral,
    check=_check,
    summary=lambda answers: SPECIALISTS[str(answers["specialist"])].label,
    source="praktyka 1.A.15, 2.4, 3.6",
)  # fmt: skip
