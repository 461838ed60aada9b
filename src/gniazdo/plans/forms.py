"""The plan editor's form: goals, tasks and effects as rows, read into one value and back. Empty spare rows are dropped."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from gniazdo.plans.rules import Content, Effect, Goal, Task
from gniazdo.plans.vocab import PROGRESS, SIGNERS
from gniazdo.platform.forms import Form

GOAL = re.compile(r"g(\d+)-wording")
TASK = re.compile(r"g(\d+)-t(\d+)-description")
EFFECT = re.compile(r"g(\d+)-e(\d+)-indicator")
SPARE_TASKS, SPARE_EFFECTS = 3, 2


class HeadForm(Form):
    """What stands above the goals."""

    rev = forms.IntegerField(required=False, widget=forms.HiddenInput)
    main_goal = forms.CharField(label=_("Cel główny"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    since = forms.DateField(label=_("Plan od"), required=False, widget=forms.DateInput)
    until = forms.DateField(label=_("Plan do"), required=False, widget=forms.DateInput)
    consulted_with = forms.CharField(label=_("W konsultacji z pracownikiem socjalnym"), required=False, max_length=160)
    coordination = forms.CharField(
        label=_("Powiązanie z planem pomocy dziecku"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Gdy dziecko jest w pieczy: ustalenia z koordynatorem, kontakty, warunki powrotu."),
    )  # fmt: skip


class AgreeForm(Form):
    """When the family agreed."""

    on = forms.DateField(label=_("Rodzina uzgodniła plan dnia"), widget=forms.DateInput)


class ReasonForm(Form):
    """Why: for a return or a new version."""

    reason = forms.CharField(label=_("Powód"), widget=forms.Textarea(attrs={"rows": 2}))


class SignatureForm(Form):
    """Who signed the printed plan, or refused."""

    signer = forms.ChoiceField(label=_("Kto"), choices=SIGNERS.choices())
    name = forms.CharField(label=_("Imię i nazwisko"), max_length=160)
    on = forms.DateField(label=_("Dnia"), widget=forms.DateInput)
    refusal = forms.CharField(label=_("Odmowa podpisu – powód"), required=False)
    witness = forms.CharField(label=_("Świadek odmowy"), required=False, max_length=160)


class ScanForm(Form):
    """The signed version, scanned."""

    file = forms.FileField(
        label=_("Skan podpisanego planu"), help_text=_("PDF, JPEG, PNG lub TIFF, do 25 MB. Skanu nie można potem usunąć."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic"}),
    )  # fmt: skip


class ProgressForm(Form):
    """How a goal or a task goes."""

    on = forms.DateField(label=_("Dnia"), widget=forms.DateInput)
    state = forms.ChoiceField(label=_("Stan"), required=False, choices=[("", _("bez zmiany")), *PROGRESS.choices()])
    comment = forms.CharField(label=_("Komentarz"), required=False, max_length=600)


class AttainmentForm(Form):
    """How far a goal is reached."""

    on = forms.DateField(label=_("Dnia"), widget=forms.DateInput)
    degree = forms.IntegerField(label=_("Osiągnięty w (%)"), min_value=0, max_value=100)
    cause = forms.CharField(label=_("Przyczyny niepowodzenia"), required=False, max_length=600)
    change = forms.CharField(label=_("Co zmienić w planie"), required=False, max_length=600)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def read_goals(post: QueryDict) -> tuple[Goal, ...]:
    """The goals as typed, in the order of the page; ticked for removal and empty spare rows left out."""
    numbers = sorted({int(m[1]) for name in post if (m := GOAL.fullmatch(name))})
    goals = []
    for n in numbers:
        goal = _goal(post, n)
        empty = not (goal.wording or goal.family_words or goal.tasks or goal.effects)
        if not post.get(f"g{n}-remove") and not (empty and not goal.root):
            goals.append(goal)
    return tuple(goals)


def _goal(post: QueryDict, n: int) -> Goal:
    tasks = sorted(int(m[2]) for name in post if (m := TASK.fullmatch(name)) and int(m[1]) == n)
    effects = sorted(int(m[2]) for name in post if (m := EFFECT.fullmatch(name)) and int(m[1]) == n)

    def text(name: str) -> str:
        return str(post.get(f"g{n}-{name}", "")).strip()

    return Goal(
        wording=text("wording"), area=text("area"), family_words=text("family_words"), priority=text("priority") or "2",
        persons=tuple(post.getlist(f"g{n}-persons")), root=text("root"),
        tasks=tuple(
            Task(
                text(f"t{k}-description"), text(f"t{k}-doer") or "FAMILY", text(f"t{k}-doer_name")[:120],
                _day(text(f"t{k}-due_on")), text(f"t{k}-frequency")[:80], text(f"t{k}-support"), text(f"t{k}-root"),
                text(f"t{k}-state") or "NOT_STARTED",
            )
            for k in tasks
            if text(f"t{k}-description") and not post.get(f"g{n}-t{k}-remove")
        ),
        effects=tuple(
            Effect(text(f"e{k}-indicator"), text(f"e{k}-measured"), text(f"e{k}-root"))
            for k in effects
            if text(f"e{k}-indicator") and not post.get(f"g{n}-e{k}-remove")
        ),
    )  # fmt: skip


def read_content(head: HeadForm, post: QueryDict) -> Content:
    """The whole plan as typed."""
    given = head.cleaned_data
    return Content(
        main_goal=given.get("main_goal", ""), since=given.get("since"), until=given.get("until"),
        consulted_with=given.get("consulted_with", ""), coordination=given.get("coordination", ""), goals=read_goals(post),
    )  # fmt: skip


def head_of(content: Content, rev: int) -> dict[str, Any]:
    """Initial values of HeadForm."""
    return {
        "rev": rev, "main_goal": content.main_goal, "since": content.since, "until": content.until,
        "consulted_with": content.consulted_with, "coordination": content.coordination,
    }  # fmt: skip


def rows_of(goals: tuple[Goal, ...], *, spare_goal: bool = True) -> list[dict[str, Any]]:
    """Goals as rows of the page, with spare rows at the end of each list."""
    shown = [*goals, *([Goal()] if spare_goal or not goals else [])]
    return [
        {
            "n": n, "goal": goal, "is_spare": n >= len(goals),
            "tasks": [
                {"k": k, "task": task, "is_spare": k >= len(goal.tasks)}
                for k, task in enumerate([*goal.tasks, *[Task()] * SPARE_TASKS])
            ],
            "effects": [
                {"k": k, "effect": effect, "is_spare": k >= len(goal.effects)}
                for k, effect in enumerate([*goal.effects, *[Effect()] * SPARE_EFFECTS])
            ],
        }
        for n, goal in enumerate(shown)
    ]  # fmt: skip
