"""The one verb of reports: freezing what is sent."""

from __future__ import annotations

from gniazdo.access.actions import action, moment
from gniazdo.access.queries import role
from gniazdo.access.rules import Actor
from gniazdo.reports.models import FrozenReport
from gniazdo.reports.queries import Report, Scope
from gniazdo.reports.rules import period_of


@action("reports.report.freeze", label="Zapisz wysłane sprawozdanie", who=role("manager", label="kierownik jednostki"))
def freeze_report(
    actor: Actor, _scope: None, *, report: Report, year: int, number: int, note: str = ""
) -> FrozenReport:
    """Keep a copy of the numbers as sent, with who and when."""
    scope = Scope(actor.institution_id, period_of(report.kind, year, number))
    frozen = FrozenReport(
        institution_id=actor.institution_id, report=report.id, kind=report.kind, year=year, number=number,
        values=report.values(scope), note=note, frozen_at=moment(), by_id=actor.post_id,
    )  # fmt: skip
    frozen.save()
    return frozen
