"""Screens of case files: the list of families and the page of one case."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.cases.models import Transition
from gniazdo.cases.queries import (
    CaseHeader,
    case_header,
    cases_of_family,
    families,
    former_workers,
    log_of,
    offered_moves,
)
from gniazdo.cases.rules import KINDS
from gniazdo.kernel import clock
from gniazdo.kernel.speech import say
from gniazdo.orgs.queries.colleagues import colleagues, colleagues_said
from gniazdo.platform.tables import csv_response


@page(reads="cases.family.list")
def family_list(request: Request) -> HttpResponse:
    """Families the actor works with (the head: all), filtered by state, worker, beginning of the name."""
    query = request.GET
    on, csv = clock.today(), query.get("format") == "csv"
    found = families(
        request.actor, state=query.get("stan", ""), posts=colleagues_said(request.actor, query.get("pracownik", ""), on=on), text=query.get("q", "").strip()[:60],
        after=query.get("po", ""), on=on, size=2000 if csv else 25,
    )  # fmt: skip
    if csv:
        header = [_("Rodzina"), _("Znak sprawy"), _("Stan"), _("Od"), _("Pracownicy")]
        return csv_response("rodziny", header, [
            (x.name, x.case_mark, x.state, x.since or "", x.workers)
            for x in found.lines
        ])  # fmt: skip
    states = [(s.code, say(s.label)) for kind in KINDS.values() for s in kind.process.states.values()]
    context = {
        "page": found, "states": states, "workers": colleagues(request.actor, on=on),
        "is_filtered": any(query.get(k) for k in ("stan", "pracownik", "q")),
    }  # fmt: skip
    return render(request, "cases/family_list.html", context)


@dataclass(frozen=True, slots=True)
class Station:
    """A state on the drawn way of the case: passed, present or ahead."""

    label: str
    place: str
    since: str = ""


def _stations(header: CaseHeader, log: list[Transition]) -> list[Station]:
    kind = header.kind
    if kind is None:
        return []
    reached = {t.target: t.on for t in reversed(log)}
    path = list(kind.path)
    if header.case.state not in path:  # off the ordinary way: stand after the last state passed
        passed = [i for i, code in enumerate(path) if code in reached]
        path.insert((passed[-1] + 1) if passed else 0, header.case.state)
    return [
        Station(
            say(kind.process.label_of(code)),
            "here" if code == header.case.state else "done" if code in reached else "ahead",
            f"{reached[code]:%d.%m.%Y}" if code in reached else "",
        )
        for code in path
    ]


@page(reads="cases.case.view")
def case_view(request: Request, case_id: UUID) -> HttpResponse:
    """Where a case stands, what may be done now, who works on it, on what basis, and everything that moved it."""
    on = clock.today()
    header = case_header(request.actor, case_id, on=on)
    case, kind = header.case, header.kind
    log = log_of(case)
    moves = [
        (
            move,
            reverse(url, args=[case.pk]) if url else reverse(kind.move_url, args=[case.pk, move.code]),
            kind.leads_on(case.state, move),
        )
        for move, code, url in offered_moves(request.actor, case)
        if kind is not None and may(request.actor, code, case)
    ]
    context = {
        "header": header, "case": case, "log": [(t, _move_label(header, t)) for t in log], "moves": moves,
        "stations": _stations(header, log), "facts": kind.facts(request.actor, case, on) if kind else (),
        "acts": kind.acts(request.actor, case, on) if kind else (), "papers": _papers(request, header),
        "former": former_workers(case, on=on), "others": [c for c in cases_of_family(case.family_id) if c.pk != case.pk],
    }  # fmt: skip
    return render(request, "cases/case.html", context)


def _move_label(header: CaseHeader, step: Transition) -> str:
    moves = header.kind.process.moves if header.kind else {}
    return say(moves[step.move].done) if step.move in moves else _("Wszczęto sprawę")


def _papers(request: Request, header: CaseHeader) -> list[tuple[str, str]]:
    """Papers that may be started in this state: (title, address)."""
    kind = header.kind
    return [(p.label, p.url) for p in kind.papers(request.actor, header.case)] if kind else []
