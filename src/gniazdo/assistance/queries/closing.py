"""What the end of a case rests on."""

from __future__ import annotations

from gniazdo.cases.models import CaseFile
from gniazdo.papers.models import SheetRecord

CLOSING_CARD = "assistance.closing"
DONE = ("final", "signed")


def closing_card_of(case: CaseFile) -> SheetRecord | None:
    """The closing card of the present closing, once it is final. Callers hold an allowed case."""
    return (
        SheetRecord.objects.system()
        .filter(case_id=case.pk, code=CLOSING_CARD, status__in=DONE, finalised_on__gte=case.state_since)
        .order_by("-finalised_on", "-id")
        .first()
    )
