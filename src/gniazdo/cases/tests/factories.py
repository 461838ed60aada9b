"""Makers of case files for tests."""

from __future__ import annotations

from datetime import date

from gniazdo.access.actions import system_act
from gniazdo.cases.actions import assign_worker, open_case
from gniazdo.cases.models import CaseFile
from gniazdo.kernel.process import Process
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import system_actor
from gniazdo.people.models import Family


def make_case(
    family: Family,
    process: Process,
    *,
    kind: str = "ASSISTANCE",
    on: date,
    assistant: Post | None = None,
    state: str = "",
) -> CaseFile:
    """A case file in any state, with an assistant when given. Skips the verbs: for tests of what comes after them."""
    actor = system_actor(family.institution)
    with system_act("test"):
        case = open_case(actor, family, process, kind=kind, jrwa="5022", on=on)
        if state:
            case.state = state
            case.save()
        if assistant:
            assign_worker(actor, case, assistant, role="ASSISTANT", on=on)
    return case
