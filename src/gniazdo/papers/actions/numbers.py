"""Numbers of papers in their registers: one after another, without gaps, per institution, register and year."""

from __future__ import annotations

from uuid import UUID

from gniazdo.papers.models import PaperCounter


def next_number(institution_id: UUID, register: str, year: int) -> int:
    """The next number, under the counter's row lock. Runs inside a verb: if that fails the number was never taken."""
    counter, _made = (
        PaperCounter.objects.system()
        .select_for_update()
        .get_or_create(institution_id=institution_id, register=register, year=year)
    )
    counter.last += 1
    counter.save()
    return counter.last
