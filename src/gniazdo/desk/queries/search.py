"""Global search: persons and cases in one answer, each only as far as the actor may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gniazdo.access.queries import anyone_here, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.people.queries.find import Found, find_people

LIMIT = 25


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search shows: persons with their families, and cases."""

    text: str
    people: list[Found]
    cases: list[CaseFile]


@reads("desk.search.view", label="Szukaj osób, rodzin i spraw", who=anyone_here)
def search(actor: Actor, text: str, *, on: date) -> Hits:
    """Names in any order with a typo in each, part of a PESEL, a phone, a case mark. At most 25 of each kind."""
    text = " ".join(text.split())[:80]
    if len(text) < 2:
        return Hits(text, [], [])
    return Hits(text, find_people(actor, text, on=on, limit=LIMIT), _cases(actor, text))


def _cases(actor: Actor, text: str) -> list[CaseFile]:
    """Cases by the beginning of their mark, or by „number/year” or „number.year”."""
    if not any(c.isdigit() for c in text):
        return []
    wanted = Q(case_mark__gte=text, case_mark__lt=text + "\uffff")
    if m := re.fullmatch(r"(\d{1,6})[./ ](\d{4})", text):
        wanted |= Q(number=int(m[1]), year=int(m[2]))
    rows = visible(actor, "cases.case.view", CaseFile.objects.system()).filter(wanted)
    return list(rows.select_related("family").order_by("case_mark", "id")[:LIMIT])
