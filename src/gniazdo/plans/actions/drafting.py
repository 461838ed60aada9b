"""Verbs that write what a plan says: starting it, editing a draft, drawing goals from the diagnosis, a new version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile
from gniazdo.papers.actions.drafts import discard_drafts_of
from gniazdo.people.models import Person
from gniazdo.plans.models import ExpectedEffect, Goal, GoalPerson, Plan, PlanTask, PlanVersion
from gniazdo.plans.queries import CAN_WRITE, content_of, current_version
from gniazdo.plans.rules import KINDS, Content, kind_of, with_drawn_goal
from gniazdo.plans.rules import Goal as GoalValue
from gniazdo.platform.models import new_id

DRAFT = "plans.plan"


@action("plans.plan.start", label="Rozpocznij plan", who=CAN_WRITE)
def start_plan(
    actor: Actor, case: CaseFile, *, kind: str = "FAMILY", on: date, person: Person | None = None
) -> PlanVersion:
    """A plan of work in a case, with its first, empty version. Raises Refusal when the case already has one."""
    if kind not in KINDS:
        raise Refusal(_("Nie ma takiego rodzaju planu."), field="kind")
    plan = Plan(
        institution_id=case.institution_id, family_id=case.family_id, case=case, kind=kind, person=person, started_on=on
    )
    plan.save()
    version = _new_version(plan, number=1)
    note_event(
        actor, case.family, kind="plan", on=on, title=f"Rozpoczęto {kind_of(kind).label}", case=case, record=plan,
        url_name="plans:plan-view",
    )  # fmt: skip
    return version


def _new_version(plan: Plan, *, number: int, **values: Any) -> PlanVersion:
    version = PlanVersion(
        institution_id=plan.institution_id, family_id=plan.family_id, plan=plan, number=number, **values
    )
    version.save()
    return version


def require_draft(version: PlanVersion) -> None:
    """Content may change only in a draft: a signed version is read, never rewritten. Raises Refusal."""
    if version.status != "draft":
        raise Refusal(
            _("Ta wersja planu nie jest już szkicem i nie można zmieniać jej treści."),
            advice=_("Zwróć ją do poprawy albo rozpocznij nową wersję z podaniem powodu zmiany."),
            article=HOUSE,
        )


@action("plans.draft.edit", label="Zapisz szkic planu", who=CAN_WRITE)
def edit_draft(actor: Actor, version: PlanVersion, *, content: Content, rev: int | None = None) -> PlanVersion:
    """Write the whole content of a draft. `rev` is the revision the user started from.

    Raises Conflict when somebody saved since, Refusal when the version is no draft, ValidationError for a wrong field.
    """
    version = write_content(lock(version, rev=rev), content)
    discard_drafts_of(actor, DRAFT, str(version.pk))
    return version


@action("plans.draft.draw", label="Przenieś z diagnozy do planu", who=CAN_WRITE)
def draw_from_diagnosis(
    actor: Actor, version: PlanVersion, *, area: str, wording: str, family_words: str = "",
    content: Content | None = None, rev: int | None = None,
) -> PlanVersion:  # fmt: skip
    """Add a goal for an area of the diagnosis, with the family's own words beside ours, keeping what is on the screen.

    Raises Conflict, Refusal as `edit_draft`.
    """
    fresh = lock(version, rev=rev)
    plan = with_drawn_goal(content or content_of(fresh), area=area, wording=wording, family_words=family_words)
    discard_drafts_of(actor, DRAFT, str(version.pk))
    return write_content(fresh, plan)


def write_content(version: PlanVersion, content: Content) -> PlanVersion:
    """A building block: make the rows of a draft say exactly this; rows are matched by their root."""
    require_draft(version)
    if content.since and content.until and content.until <= content.since:
        raise Refusal(_("Koniec okresu planu musi być po jego początku."), field="until")
    version.main_goal, version.coordination = content.main_goal, content.coordination
    version.since, version.until, version.consulted_with = content.since, content.until, content.consulted_with
    version.save()
    base = {"institution_id": version.institution_id, "family_id": version.family_id}

    def goal_row(value: GoalValue, row: Goal) -> None:
        row.wording, row.area, row.family_words, row.priority = (
            value.wording,
            value.area,
            value.family_words,
            value.priority,
        )

    def below(value: GoalValue, row: Goal) -> None:
        _match(row.tasks.order_by("id"), value.tasks, lambda: PlanTask(goal=row, **base), _task_row)
        _match(row.effects.order_by("id"), value.effects, lambda: ExpectedEffect(goal=row, **base), _effect_row)
        _persons(row, value.persons, base)

    _match(version.goals.order_by("id"), content.goals, lambda: Goal(version=version, **base), goal_row, below)
    return version


def _task_row(value: Any, row: PlanTask) -> None:
    row.description, row.doer, row.doer_name = value.description, value.doer, value.doer_name
    row.due_on, row.frequency, row.support, row.state = value.due_on, value.frequency, value.support, value.state


def _effect_row(value: Any, row: ExpectedEffect) -> None:
    row.indicator, row.measured = value.indicator, value.measured


def _match(
    rows: Iterable[Any], values: Iterable[Any], make: Callable[[], Any], fill: Callable[[Any, Any], None],
    below: Callable[[Any, Any], None] | None = None,
) -> None:  # fmt: skip
    """Update rows that are still there, add new ones, delete those that went; write only what differs."""
    known = {str(row.root): row for row in rows}
    for order, value in enumerate(values):
        row = known.pop(value.root, None) or make()
        if row._state.adding:
            row.root = UUID(value.root) if value.root else new_id()
        fill(value, row)
        row.order = order
        if row._state.adding or row.changed_fields():
            row.save()
        if below:
            below(value, row)
    for row in known.values():
        row.delete()


def _persons(goal: Goal, wanted: tuple[str, ...], base: dict[str, Any]) -> None:
    have = {str(link.person_id): link for link in goal.for_persons.order_by("id")}
    for person_id in wanted:
        if person_id not in have:
            if (
                not Person.objects.system()
                .filter(pk=person_id, institution_id=base["institution_id"], memberships__family_id=base["family_id"])
                .exists()
            ):
                raise Refusal(_("Wskazana osoba nie należy do tej rodziny."), field="persons")
            GoalPerson(goal=goal, person_id=UUID(person_id), **base).save()
    for person_id, link in have.items():
        if person_id not in wanted:
            link.delete()


@action("plans.version.new", label="Rozpocznij nową wersję planu", who=CAN_WRITE)
def new_version(actor: Actor, plan: Plan, *, reason: str, on: date) -> PlanVersion:
    """A draft that starts from the version in force, with the reason for the change; the old one stays in force until
    the new one is approved. Raises Refusal without a reason, without a version in force, or with one already open.
    """
    if not reason.strip():
        raise Refusal(_("Podaj powód zmiany planu: zostanie przy nowej wersji."), field="reason")
    versions = PlanVersion.objects.system().filter(plan=plan).order_by("-number")
    if any(v.is_open for v in versions):
        raise Refusal(
            _("Plan ma już otwartą nową wersję: dokończ ją."),
            article=HOUSE,
            advice=_("Otwórz zaczętą wersję na stronie planu."),
        )
    old = current_version(plan.case_id, kind=plan.kind)
    if old is None:
        raise Refusal(
            _("Nie ma zatwierdzonej wersji, od której można zacząć zmianę."),
            article=HOUSE,
            advice=_("Najpierw dokończ i zatwierdź pierwszą wersję planu."),
        )
    content = content_of(old)
    made = _new_version(plan, number=versions[0].number + 1, reason=reason.strip())
    write_content(made, content)
    note_event(
        actor, plan.family, kind="plan", on=on, title=f"Rozpoczęto wersję {made.number} planu", case=plan.case,
        record=plan, summary=reason[:300], url_name="plans:plan-view",
    )  # fmt: skip
    return made
