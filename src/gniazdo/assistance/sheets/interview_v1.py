"""Note of the environmental interview, version 1 (practice 1.B.5): the interview form itself stays in the benefit system."""

from __future__ import annotations

from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.intake import correct_interview, record_interview
from gniazdo.assistance.models import HomeInterview
from gniazdo.assistance.queries import prefill
from gniazdo.assistance.vocab import INTERVIEW_KINDS
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import Attachment, Choice, Day, LongText, PostPick, Section, Sheet, Signature, Text, YesNo


def _record(actor: Actor, record: SheetRecord, on: date) -> None:
    """The final note is the interview of the case; a corrected one mends what it recorded, and records nothing twice."""
    told, case = record.answers, record.case
    if case is None:
        return
    if prefill.is_correction(record):
        correct_interview(
            case, old=prefill.answers_before(record), number=told["number"], on=date.fromisoformat(told["held_on"]),
            kind=told["kind"], findings=told["findings"], today=on,
        )  # fmt: skip
        return
    if HomeInterview.objects.system().filter(case_id=case.pk, number=told["number"].strip()).exists():
        return
    record_interview(
        actor, case, number=told["number"], on=date.fromisoformat(told["held_on"]), kind=told["kind"],
        findings=told["findings"], today=on,
    )  # fmt: skip


INTERVIEW = Sheet(
    "assistance.interview",
    1,
    "Wywiad środowiskowy – ustalenia",
    sections=(
        Section("interview", "Wywiad", (
            Text("number", "Numer wywiadu", required=True, max_length=40),
            Day("held_on", "Data wywiadu", required=True),
            Choice("kind", "Rodzaj", INTERVIEW_KINDS, required=True),
            PostPick("author", "Przeprowadził(a)"),
            LongText("findings", "Ustalenia i wnioski", rows=10, required=True, sensitive=True),
            YesNo("need", "Rodzina potrzebuje asystenta"),
            YesNo("wants", "Rodzina chce współpracować"),
            Attachment("scan", "Skan kwestionariusza"),
        )),
    ),
    signatures=(Signature("social_worker", "pracownik socjalny"), Signature("family", "osoba, z którą przeprowadzono wywiad")),
    fulfils="Wywiad środowiskowy (uwrspz art. 11 ust. 1)",
    states=("INTERVIEW",),
    case_kinds=("ASSISTANCE",),
    writers=("social_worker", "manager"),
    on_final=_record,
    source="praktyka 1.B.5",
)  # fmt: skip
