"""The assessment's form as flat named values: from the record, from a draft or from the browser, read into one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.actions.assessment import TEXTS, ChildView, GoalView, Written
from gniazdo.assistance.models import AreaScore, FamilyAssessment
from gniazdo.assistance.queries.reviews import GoalToAssess, Offered
from gniazdo.assistance.vocab import CONCLUSIONS, ENGAGEMENT, SCALE_STEPS, WHEREABOUTS
from gniazdo.people.models import Membership
from gniazdo.plans.vocab import AREAS
from gniazdo.platform.forms import Form

CHILD = ("whereabouts", "safety", "health", "school", "emotions")
HEARD = {"yes": True, "no": False}
type Values = Mapping[str, list[str]]


class HeadForm(Form):
    """What stands apart from areas and people."""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = forms.DateField(label=_("Data oceny"), widget=forms.DateInput)
    goals_note = forms.CharField(
        label=_("Cele planu: uwagi ogólne"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    institutions = forms.CharField(
        label=_("Co zrobiły inne instytucje"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    family_heard = forms.ChoiceField(label=_("Rodzina wysłuchana"), required=False, widget=forms.RadioSelect,
                                     choices=[("yes", _("tak")), ("no", _("nie"))])  # fmt: skip
    family_view = forms.CharField(label=_("Zdanie rodziny"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    worker_opinion = forms.CharField(
        label=_("Opinia pracownika socjalnego"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    conclusion = forms.ChoiceField(
        label=_("Wniosek"), required=False, choices=CONCLUSIONS.choices(), widget=forms.RadioSelect
    )
    conclusion_reason = forms.CharField(
        label=_("Uzasadnienie wniosku"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def values_of(assessment: FamilyAssessment) -> dict[str, list[str]]:
    """What an assessment says, as the form's named values."""
    heard = {True: ["yes"], False: ["no"], None: []}[assessment.family_heard]
    values: dict[str, list[str]] = {
        "rev": [str(assessment.rev)], "on": [assessment.on.isoformat()], "family_heard": heard,
        "conclusion": [assessment.conclusion], **{name: [getattr(assessment, name)] for name in TEXTS},
    }  # fmt: skip
    for row in assessment.scores.order_by("id"):
        values[f"s-{row.area}"] = [] if row.score is None else [str(row.score)]
        values[f"c-{row.area}"] = [row.comment]
    for chosen in assessment.evidence.order_by("id"):
        values.setdefault(f"e-{chosen.area}", []).append(str(chosen.source_id))
    for child in assessment.children.order_by("id"):
        for name in CHILD:
            values[f"k-{child.person_id}-{name}"] = [getattr(child, name)]
    for goal in assessment.goals.order_by("id"):
        values[f"g-{goal.root}-degree"] = [] if goal.degree is None else [str(goal.degree)]
        values[f"g-{goal.root}-evidence"], values[f"g-{goal.root}-cause"] = [goal.evidence], [goal.cause]
    for adult in assessment.adults.order_by("id"):
        values[f"a-{adult.person_id}-engagement"] = [adult.engagement]
        values[f"a-{adult.person_id}-comment"] = [adult.comment]
    return values


def as_query(values: Values) -> QueryDict:
    """Named values as a form takes them."""
    made = QueryDict(mutable=True)
    for name, given in values.items():
        made.setlist(name, given if isinstance(given, list) else [given])
    return made


def _one(data: QueryDict, name: str) -> str:
    return str(data.get(name, "")).strip()


def _uuids(texts: Iterable[str]) -> Iterable[UUID]:
    for text in texts:
        try:
            yield UUID(text)
        except ValueError:
            continue


def _degree(text: str) -> int | None:
    text = text.removesuffix("%").strip()
    return (int(text) if text.isdigit() else -1) if text else None


def _goals(data: QueryDict) -> dict[UUID, GoalView]:
    named = [
        name.removeprefix("g-").removesuffix("-degree")
        for name in data
        if name.startswith("g-") and name.endswith("-degree")
    ]
    return {
        root: GoalView(_degree(_one(data, f"g-{root}-degree")), _one(data, f"g-{root}-evidence"), _one(data, f"g-{root}-cause"))
        for root in _uuids(named)
    }  # fmt: skip


def goal_rows(data: QueryDict, goals: Iterable[GoalToAssess]) -> list[dict[str, Any]]:
    """One row a goal of the plan: its wording, how far it was reached before, and what is written now."""
    return [
        {
            "key": one.goal.root, "wording": one.goal.wording, "before": one.degree, "before_on": one.on,
            **{name: _one(data, f"g-{one.goal.root}-{name}") for name in ("degree", "evidence", "cause")},
        }
        for one in goals
    ]  # fmt: skip


def read_written(head: HeadForm, data: QueryDict, members: list[Membership]) -> Written:
    """The whole assessment as typed."""
    given = head.cleaned_data
    scores: dict[str, tuple[int | None, str]] = {}
    for word in AREAS:
        score = _one(data, f"s-{word.code}")
        scores[word.code] = (int(score) if score.lstrip("-").isdigit() else None, _one(data, f"c-{word.code}"))
    return Written(
        on=given["on"], scores=scores,
        children={
            m.person_id: ChildView(**{n: _one(data, f"k-{m.person_id}-{n}") for n in CHILD})
            for m in members
            if m.role == "CHILD" and f"k-{m.person_id}-whereabouts" in data
        },
        adults={
            m.person_id: (_one(data, f"a-{m.person_id}-engagement"), _one(data, f"a-{m.person_id}-comment"))
            for m in members
            if m.role != "CHILD" and f"a-{m.person_id}-engagement" in data
        },
        evidence=frozenset((w.code, pk) for w in AREAS for pk in _uuids(data.getlist(f"e-{w.code}"))),
        goals=_goals(data), texts={name: given[name] for name in TEXTS}, family_heard=HEARD.get(given["family_heard"]),
        conclusion=given["conclusion"],
    )  # fmt: skip


def arrow(now: int | None, before: AreaScore | None, scale: str) -> str:
    """How a score moved, in a sign and a word; nothing when it cannot be compared."""
    if now is None or before is None or before.score is None or before.scale != scale:
        return ""
    if now == before.score:
        return "→ bez zmian"
    return "↑ lepiej" if now > before.score else "↓ gorzej"


def area_rows(
    data: QueryDict, scale: str, before: Mapping[str, AreaScore], offered: list[Offered]
) -> list[dict[str, Any]]:
    """One row an area: previous score, choices, arrow, comment, the drawer of evidence (its own area's first)."""
    steps = SCALE_STEPS[scale]
    rows = []
    for word in AREAS:
        chosen, score, old = set(data.getlist(f"e-{word.code}")), _one(data, f"s-{word.code}"), before.get(word.code)
        mine = [o for o in offered if word.code in o.areas or str(o.source_id) in chosen]
        rest = [o for o in offered if o not in mine][:12]
        rows.append({
            "code": word.code, "label": word.label, "score": score, "comment": _one(data, f"c-{word.code}"),
            "steps": [(str(step), label, str(step) == score) for step, label in steps],
            "before": dict(steps).get(old.score, "") if old and old.score is not None and old.scale == scale else "",
            "arrow": arrow(int(score), old, scale) if score.lstrip("-").isdigit() else "",
            "drawer": [(o, str(o.source_id) in chosen) for o in [*mine, *rest]], "chosen": len(chosen),
        })  # fmt: skip
    return rows


def people_rows(data: QueryDict, members: list[Membership]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(children, adults) with what was written of each."""
    children, adults = [], []
    for m in members:
        if m.role == "CHILD":
            said = {name: _one(data, f"k-{m.person_id}-{name}") for name in CHILD}
            children.append({"key": m.person_id, "name": m.person.full_name, **said, "places": WHEREABOUTS.choices()})
        else:
            said = {name: _one(data, f"a-{m.person_id}-{name}") for name in ("engagement", "comment")}
            adults.append({"key": m.person_id, "name": m.person.full_name, **said, "levels": ENGAGEMENT.choices()})
    return children, adults
