"""Verbs and building blocks of the case file: opening with a mark, moving in a process, assigning workers, the timeline."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from gniazdo.access.actions import end_access, grant_access, lock
from gniazdo.access.models import AccessGrant
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.cases.models import Assignment, CaseCounter, CaseFile, Event, Transition
from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.process import Process
from gniazdo.orgs.models import Institution, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Record


def issue_case_mark(institution: Institution, kind: str, year: int, *, jrwa: str) -> tuple[int, str]:
    """The next number of the year and its mark. Takes the counter's row lock, so numbers are issued without gaps.

    Must run inside the verb that opens the case: if that fails, the number was never taken.
    """
    counter, _made = (
        CaseCounter.objects.system().select_for_update().get_or_create(institution=institution, kind=kind, year=year)
    )
    counter.last += 1
    counter.save()
    mark = institution.case_mark_pattern.format(jrwa=jrwa, number=counter.last, year=year)
    return counter.last, mark


def open_case(
    actor: Actor, family: Family, process: Process, *, kind: str, jrwa: str, on: date, follows: CaseFile | None = None
) -> CaseFile:
    """A building block: a case file in its process's first state, with its mark and first transition."""
    number, mark = issue_case_mark(family.institution, kind, on.year, jrwa=jrwa)
    case = CaseFile(
        institution_id=actor.institution_id, family=family, kind=kind, case_mark=mark, year=on.year, number=number,
        state=process.start, state_since=on, opened_on=on, follows=follows,
    )  # fmt: skip
    case.save()
    Transition(
        institution_id=actor.institution_id, case=case, move="open", source="", target=process.start, on=on,
        by_id=None if actor.is_system else actor.post_id,
    ).save()  # fmt: skip
    note_event(actor, family, kind="state", on=on, title=f"Wszczęto sprawę {mark}", case=case, record=case)
    return case


def move_case(
    actor: Actor, case: CaseFile, process: Process, move: str, *, on: date, note: str = "", title: str = ""
) -> CaseFile:
    """A building block: make one move of the process, under a lock, logged and on the timeline.

    Raises Refusal when the process has no such move from the present state, when the reason is missing, or when the
    move is dated before the previous one.
    """
    case = lock(case)
    if not process.may(case.state, move):
        label = process.moves[move].label if move in process.moves else move
        raise Refusal(
            _("Sprawa jest w stanie „%(state)s”, a to nie pozwala na czynność: %(move)s.")
            % {"state": process.label_of(case.state), "move": label.lower()},
            advice=_("Odśwież stronę: ktoś mógł już zmienić bieg sprawy."),
            article=HOUSE,
        )
    step = process.moves[move]
    if step.needs_reason and not note.strip():
        raise Refusal(_("Podaj powód: %s.") % step.label.lower(), field="note")
    if on < case.state_since:
        raise Refusal(
            _("Data nie może być wcześniejsza niż poprzednia zmiana w sprawie (%s).")
            % case.state_since.strftime("%d.%m.%Y"),
            field="on",
        )
    source, case.state, case.state_since = case.state, step.target, on
    if process.states[step.target].final:
        case.closed_on = case.closed_on or on  # archiving later does not move the end
    case.save()
    Transition(
        institution_id=case.institution_id, case=case, move=move, source=source, target=step.target, on=on, note=note,
        by_id=None if actor.is_system else actor.post_id,
    ).save()  # fmt: skip
    note_event(
        actor, case.family, kind="state", on=on, title=title or step.done, case=case, record=case, significant=True
    )
    return case


def assign_worker(
    actor: Actor, case: CaseFile, post: Post, *, role: str, on: date, over_limit_reason: str = "", purpose: str = ""
) -> Assignment:
    """A building block: the post works on the case from `on` and may see the family; the timeline says what for."""
    made = Assignment(
        institution_id=case.institution_id,
        case=case,
        post=post,
        role=role,
        since=on,
        over_limit_reason=over_limit_reason,
    )
    made.save()
    grant_access(actor, subject_id=case.family_id, post_id=post.pk, since=on, basis=AccessGrant.Basis.ASSIGNMENT)
    note_event(
        actor, case.family, kind="worker", on=on, title=f"Przydzielono: {post}", case=case, record=made, summary=purpose
    )
    return made


def end_assignment(actor: Actor, assignment: Assignment, *, on: date, reason: str = "") -> Assignment:
    """A building block: the post stops working on the case on `on`; access ends unless another role on a case keeps it."""
    assignment.until = on if on > assignment.since else assignment.since
    if assignment.until == assignment.since:
        assignment.delete()
    else:
        assignment.end_reason = reason
        assignment.save()
    still = (
        Assignment.objects.system()
        .filter(post_id=assignment.post_id, case__family_id=assignment.case.family_id, until=None)
        .exclude(pk=assignment.pk)
    )
    if not still.exists():
        end_access(
            actor, subject_id=assignment.case.family_id, post_id=assignment.post_id,
            basis=AccessGrant.Basis.ASSIGNMENT, on=on,
        )  # fmt: skip
    return assignment


def note_event(
    actor: Actor,
    family: Family,
    *,
    kind: str,
    on: date | datetime,
    title: str,
    case: CaseFile | None = None,
    record: Record | None = None,
    summary: str = "",
    significant: bool = False,
    url_name: str = "",
) -> Event:
    """A building block of every verb that leaves something on the family's timeline. `url_name` takes the record's id."""
    at = on if isinstance(on, datetime) else datetime.combine(on, time(12), WARSAW)
    event = Event(
        institution_id=family.institution_id, family=family, case=case, kind=kind, at=at, title=title[:160],
        summary=summary[:300], by_id=None if actor.is_system else actor.post_id,
        record_kind=record._meta.label_lower if record else "", record_id=record.pk if record else None,
        url_name=url_name, is_significant=significant,
    )  # fmt: skip
    event.save()
    return event
