"""Verbs of the monthly report on work with a family: counts come from visits, words are chosen or written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.queries import on_access_list, role
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.models import MonthlyInsert, MonthlyReport, Visit
from gniazdo.assistance.queries.reviews import ASSISTANTS, monthly_numbers
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile
from gniazdo.kernel.terms import add_months

PARTS = ("topics", "tasks_done", "results", "problems", "next_plan")
WHO_READS = role("manager", label="kierownik jednostki") | (
    on_access_list & role("social_worker", "team_leader", label="pracownik socjalny lub kierownik zespołu")
)


@action("assistance.report.start", label="Rozpocznij sprawozdanie miesięczne", who=ASSISTANTS)
def start_report(actor: Actor, case: CaseFile, *, month: date, today: date) -> MonthlyReport:
    """A draft for a month that has begun. Raises Refusal for a month ahead or one already begun."""
    month = month.replace(day=1)
    if month > today:
        raise Refusal(
            _("Ten miesiąc jeszcze się nie zaczął."),
            article=HOUSE,
            advice=_("Wybierz miesiąc bieżący albo wcześniejszy."),
        )
    report = MonthlyReport(
        institution_id=case.institution_id, family_id=case.family_id, case=case, month=month,
        post_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    report.save()
    return report


@action("assistance.report.edit", label="Zapisz sprawozdanie miesięczne", who=ASSISTANTS)
def edit_report(
    actor: Actor, report: MonthlyReport, *, texts: Mapping[str, str], inserts: Mapping[tuple[UUID, str], str],
    rev: int | None = None,
) -> MonthlyReport:  # fmt: skip
    """Write the words of a draft and choose sentences from visits: (visit id, part) → words as chosen.

    Raises Conflict, Refusal when it was handed in or a visit is of another case or month.
    """
    report = lock(report, rev=rev)
    if report.state != "DRAFT":
        raise Refusal(
            _("Sprawozdanie jest już przekazane i nie można go zmieniać."),
            article=HOUSE,
            advice=_("Uwagi wpisz w sprawozdaniu za następny miesiąc."),
        )
    for part in PARTS:
        setattr(report, part, texts.get(part, getattr(report, part)).strip())
    report.save()
    known = set(
        Visit.objects.for_actor(actor)
        .filter(case_id=report.case_id, on__gte=report.month, on__lt=add_months(report.month, 1))
        .values_list("pk", flat=True)
    )
    if any(visit_id not in known or part not in PARTS for visit_id, part in inserts):
        raise Refusal(
            _("Wstawiać można tylko zapisy wizyt z tego miesiąca."),
            article=HOUSE,
            advice=_("Odśwież stronę i wybierz zapisy z listy wizyt tego miesiąca."),
        )
    report.inserts.all().delete()
    MonthlyInsert.objects.bulk_create(
        MonthlyInsert(
            institution_id=report.institution_id, family_id=report.family_id, report=report, visit_id=visit_id,
            part=part, text=text,
        )
        for (visit_id, part), text in inserts.items()
    )  # fmt: skip
    return report


@action("assistance.report.submit", label="Przekaż sprawozdanie miesięczne", who=ASSISTANTS)
def submit_report(actor: Actor, report: MonthlyReport, *, on: date) -> MonthlyReport:
    """Hand in the month with its counts frozen. Raises Refusal when it says nothing about results."""
    report = lock(report)
    if report.state != "DRAFT":
        raise Refusal(
            _("Sprawozdanie jest już przekazane."),
            article=HOUSE,
            advice=_("Nie trzeba nic robić: odśwież stronę, a zobaczysz, kto je czyta."),
        )
    if not report.results.strip() and not report.inserts.filter(part="results").exists():
        raise Refusal(_("Napisz, jakie są rezultaty pracy w tym miesiącu, albo wybierz je z wizyt."), field="results")
    report.counts = monthly_numbers(report.case_id, month=report.month).as_json()
    report.state, report.submitted_at = "SUBMITTED", moment()
    report.save()
    note_event(
        actor, report.family, kind="paper", on=on, case=report.case, record=report,
        title=f"Przekazano sprawozdanie za {report.month:%m.%Y}", url_name="assistance:monthly-view",
    )  # fmt: skip
    return report


@action("assistance.report.read", label="Potwierdź przeczytanie sprawozdania", who=WHO_READS)
def read_report(actor: Actor, report: MonthlyReport) -> MonthlyReport:
    """The social worker, or the head of the team or unit, has read a report. Raises Refusal for a draft."""
    report = lock(report)
    if report.state == "DRAFT":
        raise Refusal(
            _("Sprawozdanie nie jest jeszcze przekazane."),
            article=HOUSE,
            advice=_("Poczekaj, aż asystent je przekaże."),
        )
    if actor.has_role("manager", "team_leader"):
        report.read_by_manager_id, report.read_by_manager_at = actor.post_id, moment()
    else:
        report.read_by_worker_id, report.read_by_worker_at = actor.post_id, moment()
    report.save()
    return report
