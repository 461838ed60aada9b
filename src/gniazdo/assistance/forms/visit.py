"""The visit form: what is known beforehand becomes taps; only the course needs typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.actions.visit import ChildSeen, GoalTouched, NewAgreement, Settled, VisitEntry
from gniazdo.assistance.models import Agreement, Visit
from gniazdo.assistance.queries.visits import Beginning
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS, PLACES, SIDES
from gniazdo.kernel.speech import say_later
from gniazdo.people.models import Membership
from gniazdo.plans.models import Goal
from gniazdo.plans.vocab import PROGRESS
from gniazdo.platform.forms import Form

DURATIONS = [
    ("15", _("15 min")),
    ("30", _("30 min")),
    ("60", _("1 godz.")),
    ("90", _("1,5 godz.")),
    ("120", _("2 godz.")),
    ("", _("inny")),
]
SOON = [("7", _("tydzień")), ("14", _("2 tygodnie")), ("30", _("miesiąc")), ("", _("inny dzień"))]
SEEN = [("yes", _("widziane")), ("no", _("niewidziane"))]
SETTLED = [("DONE", _("wykonane")), ("NOT_DONE", _("niewykonane"))]
NEW_ROWS = 4
OFTEN = ("EDU_PARENT", "EDU_DEV", "HOUSEHOLD", "BUDGET", "OFFICE", "SCHOOL", "HEALTH", "EMO", "CHILD", "SAFETY")
"""Activities shown at once; the rest of the statutory list is one tap away."""


class VisitForm(Form):
    """Fields of one contact; rows for children, agreements and goals are made from what is known of the family."""

    kind = forms.ChoiceField(label=_("Rodzaj kontaktu"), widget=forms.RadioSelect, initial="PLANNED",
                             choices=[(w.code, say_later(w.label)) for w in CONTACT_KINDS if w.group in ("visit", "contact", "failed")])  # fmt: skip
    on = forms.DateField(label=_("Dzień"), widget=forms.DateInput)
    starts = forms.TimeField(label=_("Od godziny"), widget=forms.TimeInput)
    minutes = forms.ChoiceField(label=_("Ile trwało"), choices=DURATIONS, widget=forms.RadioSelect, required=False)
    minutes_other = forms.IntegerField(label=_("Inny czas (minuty)"), required=False, min_value=0, max_value=720)
    place = forms.ChoiceField(label=_("Gdzie"), choices=PLACES.choices(), widget=forms.RadioSelect, initial="HOME")
    present = forms.MultipleChoiceField(label=_("Kto był"), required=False, widget=forms.CheckboxSelectMultiple)
    others_present = forms.CharField(label=_("Kto jeszcze był"), required=False, max_length=300)
    joint_post = forms.ChoiceField(label=_("Razem z pracownikiem"), required=False)
    activities = forms.MultipleChoiceField(
        label=_("Co robiliście"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(w.code, say_later(w.label)) for w in ACTIVITIES if w.code in OFTEN],
    )  # fmt: skip
    more_activities = forms.MultipleChoiceField(
        label=_("Inne rodzaje działań"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(w.code, say_later(w.label)) for w in ACTIVITIES if w.code not in OFTEN],
    )  # fmt: skip
    topic = forms.CharField(label=_("Temat"), required=False, max_length=200)
    course = forms.CharField(label=_("Przebieg"), required=False, widget=forms.Textarea)
    observation = forms.CharField(
        label=_("Spostrzeżenia – fakty, które widać"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    opinion = forms.CharField(
        label=_("Opinia – co o tym myślisz"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    km = forms.DecimalField(
        label=_("Kilometry"), required=False, min_value=0, max_digits=5, decimal_places=1, localize=True
    )
    ticket = forms.DecimalField(
        label=_("Bilet (zł)"), required=False, min_value=0, max_digits=6, decimal_places=2, localize=True
    )
    joint_minutes = forms.IntegerField(
        label=_("Czas drugiego pracownika (minuty)"), required=False, min_value=1, max_value=720,
        help_text=_("Puste pole: był przez całą wizytę."),
    )  # fmt: skip
    joint_km = forms.DecimalField(
        label=_("Jego kilometry"), required=False, min_value=0, max_digits=5, decimal_places=1, localize=True,
        help_text=_("Tylko gdy jechał osobno."),
    )  # fmt: skip
    joint_ticket = forms.DecimalField(
        label=_("Jego bilet (zł)"), required=False, min_value=0, max_digits=6, decimal_places=2, localize=True
    )
    next_in = forms.ChoiceField(
        label=_("Następne spotkanie za"), choices=SOON, required=False, widget=forms.RadioSelect
    )
    next_on = forms.DateField(label=_("Następne spotkanie w dniu"), required=False, widget=forms.DateInput)
    next_at = forms.TimeField(label=_("O godzinie"), required=False, widget=forms.TimeInput)
    next_place = forms.ChoiceField(
        label=_("Gdzie następnym razem"), required=False, choices=[("", _("jak zwykle")), *PLACES.choices()]
    )

    def __init__(
        self, *args: Any, begin: Beginning, workers: Callable[[], list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.begin = begin
        members = [(str(m.person_id), m.person.full_name) for m in begin.members]
        cast(forms.ChoiceField, self.fields["present"]).choices = members
        cast(forms.ChoiceField, self.fields["joint_post"]).choices = workers
        for member in begin.children:
            self._child(member)
        for row in begin.agreements:
            self._old(row)
        for goal in begin.goals:
            self._goal(goal)
        for n in range(NEW_ROWS):
            self._new(n)

    def _child(self, member: Membership) -> None:
        key, name = member.person_id, member.person.first_name
        self.fields[f"seen_{key}"] = forms.ChoiceField(
            label=name, choices=SEEN, required=False, widget=forms.RadioSelect
        )
        self.fields[f"looked_{key}"] = forms.CharField(
            label=_("Jak wygląda: %s") % name, required=False, max_length=300
        )
        self.fields[f"action_{key}"] = forms.BooleanField(label=_("trzeba działać"), required=False)

    def _old(self, row: Agreement) -> None:
        label = f"{SIDES.label_of(row.side)}: {row.text}"
        self.fields[f"state_{row.pk}"] = forms.ChoiceField(
            label=label, choices=SETTLED, required=False, widget=forms.RadioSelect
        )
        self.fields[f"why_{row.pk}"] = forms.CharField(label=_("Dlaczego niewykonane"), required=False, max_length=300)

    def _goal(self, goal: Goal) -> None:
        self.fields[f"goal_{goal.pk}"] = forms.BooleanField(label=goal.wording, required=False)
        self.fields[f"goalstate_{goal.pk}"] = forms.ChoiceField(
            label=_("Jak idzie"), required=False, choices=[("", _("bez oceny")), *PROGRESS.choices()]
        )
        self.fields[f"goalcomment_{goal.pk}"] = forms.CharField(
            label=_("Komentarz do celu"), required=False, max_length=300
        )

    def _new(self, n: int) -> None:
        self.fields[f"side_{n}"] = forms.ChoiceField(
            label=_("Kto"), choices=SIDES.choices(), required=False, widget=forms.RadioSelect
        )
        self.fields[f"text_{n}"] = forms.CharField(
            label=_("Ustalenie %s: co zrobi") % (n + 1), required=False, max_length=400
        )
        self.fields[f"in_{n}"] = forms.ChoiceField(
            label=_("Do kiedy"), choices=SOON, required=False, widget=forms.RadioSelect
        )
        self.fields[f"due_{n}"] = forms.DateField(label=_("Inny dzień"), required=False, widget=forms.DateInput)

    @property
    def child_rows(self) -> list[dict[str, BoundField]]:
        """Fields of each child together."""
        return [self._row(m.person_id, "seen", "looked", "action") for m in self.begin.children]

    @property
    def old_rows(self) -> list[dict[str, BoundField]]:
        """Fields of each earlier agreement together."""
        return [self._row(a.pk, "state", "why") for a in self.begin.agreements]

    @property
    def goal_rows(self) -> list[dict[str, BoundField]]:
        """Fields of each goal together."""
        return [self._row(g.pk, "goal", "goalstate", "goalcomment") for g in self.begin.goals]

    @property
    def new_rows(self) -> list[dict[str, BoundField]]:
        """Fields of each new agreement together."""
        return [self._row(n, "side", "text", "in", "due") for n in range(NEW_ROWS)]

    def _row(self, key: object, *names: str) -> dict[str, BoundField]:
        return {name: self[f"{name}_{key}"] for name in names}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for n in range(NEW_ROWS):
            if given.get(f"text_{n}") and not given.get(f"side_{n}"):
                self.add_error(f"side_{n}", _("Zaznacz, kto to zrobi."))
        if not given.get("joint_post") and any(given.get(f"joint_{part}") for part in ("minutes", "km", "ticket")):
            self.add_error("joint_post", _("Wskaż, kto był razem, albo usuń jego czas i dojazd."))
        return given

    def entry(self) -> VisitEntry:
        """What the worker said, as the verb takes it."""
        given = self.cleaned_data
        on: date = given["on"]
        return VisitEntry(
            on=on, starts=given["starts"], minutes=given.get("minutes_other") or int(given["minutes"] or 0),
            place=given["place"], kind=given["kind"], present=tuple(UUID(pk) for pk in given["present"]),
            children=self._children(given), others_present=given["others_present"],
            joint_post_id=UUID(given["joint_post"]) if given["joint_post"] else None, topic=given["topic"],
            course=given["course"], observation=given["observation"], opinion=given["opinion"],
            activities=(*given["activities"], *given["more_activities"]), settled=self._settled(given), agreements=self._agreements(given, on),
            goals=self._goals(given), km=given["km"] or Decimal(0), ticket=given["ticket"] or Decimal(0),
            joint_minutes=given["joint_minutes"], joint_km=given["joint_km"] or Decimal(0),
            joint_ticket=given["joint_ticket"] or Decimal(0), next_on=_day(given["next_on"], given["next_in"], on), next_at=given["next_at"], next_place=given["next_place"],
        )  # fmt: skip

    def _children(self, given: dict[str, Any]) -> tuple[ChildSeen, ...]:
        rows = []
        for member in self.begin.children:
            key = member.person_id
            seen, looked, acting = given[f"seen_{key}"], given[f"looked_{key}"], given[f"action_{key}"]
            if seen or looked or acting:
                rows.append(ChildSeen(key, seen != "no" if seen or looked else None, looked, acting))
        return tuple(rows)

    def _settled(self, given: dict[str, Any]) -> tuple[Settled, ...]:
        return tuple(
            Settled(row.pk, given[f"state_{row.pk}"], given[f"why_{row.pk}"])
            for row in self.begin.agreements
            if given[f"state_{row.pk}"]
        )

    def _agreements(self, given: dict[str, Any], on: date) -> tuple[NewAgreement, ...]:
        return tuple(
            NewAgreement(given[f"side_{n}"], given[f"text_{n}"], _day(given[f"due_{n}"], given[f"in_{n}"], on))
            for n in range(NEW_ROWS)
            if given[f"text_{n}"]
        )

    def _goals(self, given: dict[str, Any]) -> tuple[GoalTouched, ...]:
        return tuple(
            GoalTouched(g.pk, given[f"goalstate_{g.pk}"], given[f"goalcomment_{g.pk}"])
            for g in self.begin.goals
            if given[f"goal_{g.pk}"] or given[f"goalstate_{g.pk}"] or given[f"goalcomment_{g.pk}"]
        )


class CorrectionForm(VisitForm):
    """The visit form with the reason for the correction and the revision it started from."""

    reason = forms.CharField(label=_("Dlaczego poprawiasz"), max_length=300)
    rev = forms.IntegerField(widget=forms.HiddenInput)


class NoteForm(Form):
    """A few words about a family."""

    text = forms.CharField(label=_("Notatka"), widget=forms.Textarea(attrs={"rows": 3}))


def _day(day: date | None, days: str, on: date) -> date | None:
    return day or (on + timedelta(days=int(days)) if days else None)


def starting(begin: Beginning, *, now: datetime) -> dict[str, Any]:
    """What a new visit is prefilled with: now rounded back to a quarter of an hour, an hour, home, those of last time."""
    last = begin.last
    return {
        "on": now.date(), "starts": now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0).time(), "minutes": "60",
        "kind": "PLANNED", "place": (last.next_place if last else "") or "HOME",
        "present": [str(pk) for pk in begin.present_last],
    }  # fmt: skip


def said_before(visit: Visit) -> dict[str, Any]:
    """What a visit says now, for its correction."""
    known = dict(DURATIONS)
    people = list(visit.persons.order_by("id"))
    codes = [a.code for a in visit.activities.order_by("id")]
    initial: dict[str, Any] = {
        name: getattr(visit, name)
        for name in ("on", "starts", "kind", "place", "others_present", "topic", "course", "observation", "opinion",
                     "km", "ticket", "joint_minutes", "joint_km", "joint_ticket", "next_on", "next_at", "next_place")
    }  # fmt: skip
    initial |= {
        "minutes": str(visit.minutes) if str(visit.minutes) in known else "", "joint_post": str(visit.joint_post_id or ""),
        "minutes_other": None if str(visit.minutes) in known else visit.minutes, "rev": visit.rev,
        "present": [str(p.person_id) for p in people if p.present],
        "activities": [c for c in codes if c in OFTEN], "more_activities": [c for c in codes if c not in OFTEN],
    }  # fmt: skip
    for p in people:
        if p.seen is not None or p.looked:
            initial |= {f"seen_{p.person_id}": "yes" if p.seen else "no", f"looked_{p.person_id}": p.looked,
                        f"action_{p.person_id}": p.needs_action}  # fmt: skip
    return initial
