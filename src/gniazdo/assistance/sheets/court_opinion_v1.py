"""Opinion about the family for the court, version 1 (practice 1.A.14), with evidence ticked in; and the service note."""

from __future__ import annotations

from datetime import date

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.court import prepare_answer
from gniazdo.assistance.models import CourtRequest
from gniazdo.assistance.queries import prefill
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import Choice, Day, Insert, LongText, Moment, Section, Sheet, Signature, Table, Text
from gniazdo.plans.vocab import AREAS

VARIANTS = (
    ("OPINION", "opinia dla sądu"), ("REPORT", "sprawozdanie dla sądu"), ("PROBATION", "informacja dla kuratora"),
    ("PCPR", "informacja dla PCPR przed oceną dziecka"), ("TEAM", "informacja dla zespołu interdyscyplinarnego"),
    ("DANGER", "zawiadomienie o zagrożeniu dobra dziecka"),
)  # fmt: skip


def _prepared(actor: Actor, record: SheetRecord, on: date) -> None:
    """A final opinion makes the court's soonest open request ready to send; a corrected one does not touch the next."""
    if prefill.is_correction(record):
        # The demand the first text answered keeps its day; the sheet that takes a place takes it there too.
        prepared = CourtRequest.objects.system().filter(sheet_id=record.replaces_id, sent_on=None).first()
        if record.replaces_id and record.revision == 1 and prepared is not None and prepared.withdrawn_on is None:
            prepare_answer(actor, prepared, on=max(on, prepared.received_on), sheet_id=record.pk)
        return
    request = prefill.open_request(record)
    if request is not None and request.docket == (record.answers.get("docket") or "").strip():
        prepare_answer(actor, request, on=max(on, request.received_on), sheet_id=record.pk)


OPINION = Sheet(
    "assistance.court_opinion",
    1,
    "Opinia o rodzinie",
    sections=(
        Section("asked", "Czego dotyczy", (
            Choice("variant", "Rodzaj", VARIANTS, required=True),
            Text("court", "Sąd lub adresat", required=True),
            Text("division", "Wydział"),
            Text("docket", "Sygnatura akt"),
            Day("letter_on", "Pismo z dnia"),
            Day("due_on", "Termin"),
            Text("adults", "Osoby, których dotyczy", required=True),
        )),
        Section("work", "Współpraca", (
            Text("basis", "Podstawa współpracy"),
            Text("period", "Okres współpracy"),
            LongText("engagement", "Zaangażowanie rodziców, dotrzymywanie terminów", required=True, sensitive=True),
        )),
        Section("description", "Opis", (
            *(LongText(f"a_{word.code.lower()}", word.label[0].upper() + word.label[1:], rows=2, sensitive=True) for word in AREAS),
            Table("children", "Dzieci", (Text("c_name", "Dziecko"), Text("c_now", "Sytuacja"))),
            LongText("changes", "Zmiany w okresie współpracy", rows=3, sensitive=True),
            LongText("contacts", "Kontakty z dziećmi w pieczy", rows=3, sensitive=True),
        )),
        Section("evidence", "Z dokumentacji", (
            Insert("visits", "Wizyty", prefill.visit_evidence, sensitive=True, help="Zaznacz, co przytoczyć."),
            Insert("assessments", "Okresowe oceny", prefill.assessment_evidence, sensitive=True, help="Zaznacz, co przytoczyć."),
        )),
        Section("conclusion", "Opinia", (LongText("forecast", "Opinia i rokowania", rows=6, required=True, sensitive=True),)),
    ),
    signatures=(Signature("assistant", "asystent rodziny"), Signature("manager", "kierownik")),
    event_kind="court",
    fulfils="Opinia na wniosek sądu (uwrspz art. 15 ust. 1 pkt 17)",
    case_kinds=("ASSISTANCE",),
    states=("INTERVIEW", "COURT_NOTIFIED", "APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED",
            "CLOSING", "MONITORING"),
    writers=("assistant", "social_worker", "team_leader", "manager"),
    prefill=prefill.opinion,
    on_final=_prepared,
    source="praktyka 1.A.14",
)  # fmt: skip

NOTE = Sheet(
    "assistance.service_note",
    1,
    "Notatka służbowa",
    sections=(
        Section("note", "Notatka", (
            Moment("happened_at", "Kiedy", required=True),
            Text("subject", "W sprawie", required=True),
            Text("present", "Z kim"),
            LongText("content", "Treść", rows=10, required=True, sensitive=True),
            LongText("todo", "Co trzeba zrobić", rows=3),
        )),
    ),
    signatures=(Signature("author", "sporządzający"),),
    event_kind="note",
    fulfils="Notatka służbowa",
    case_kinds=("ASSISTANCE",),
    writers=("assistant", "social_worker", "specialist", "team_leader", "manager"),
    summary=lambda answers: str(answers.get("subject") or ""),
    source="praktyka 1.A.15",
)  # fmt: skip
