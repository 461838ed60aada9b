"""Verbs of contacts with a family. One entry feeds the timeline, the plan, agreements, the time card and all later papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.rules import HOUSE, Actor, NotAllowed, Refusal
from gniazdo.assistance.actions.steps import begin_diagnosis
from gniazdo.assistance.models import (
    Agreement,
    AssistanceCase,
    Visit,
    VisitActivity,
    VisitPerson,
    VisitRevision,
)
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.timecard import card_is_accepted
from gniazdo.assistance.queries.visits import VISITORS
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS, PLACES, SIDES
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile
from gniazdo.kernel.clock import WARSAW
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import during, posts_with_role
from gniazdo.papers.actions.drafts import discard_drafts_of
from gniazdo.people.models import Membership
from gniazdo.plans.actions.progress import progress_entry
from gniazdo.plans.models import Goal, Progress
from gniazdo.platform.models.record import plain_value

DRAFT = "assistance.visit"


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child at a visit: seen or not, how they looked, whether somebody must act."""

    person_id: UUID
    seen: bool | None = None
    looked: str = ""
    needs_action: bool = False


@dataclass(frozen=True, slots=True)
class NewAgreement:
    """What one side will do, and by when."""

    side: str
    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An earlier agreement looked back on: DONE, or NOT_DONE and why."""

    agreement_id: UUID
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoalTouched:
    """A goal of the plan worked on, with how it goes (may be left open)."""

    goal_id: UUID
    state: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """All that a worker says about one contact. Minutes and kilometres are numbers, the ticket is in złoty; `joint_…` is
    the share of the second worker (no minutes: the whole visit)."""

    on: date
    starts: time
    minutes: int
    place: str = "HOME"
    kind: str = "PLANNED"
    present: tuple[UUID, ...] = ()
    children: tuple[ChildSeen, ...] = ()
    others_present: str = ""
    joint_post_id: UUID | None = None
    topic: str = ""
    course: str = ""
    observation: str = ""
    opinion: str = ""
    activities: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    agreements: tuple[NewAgreement, ...] = ()
    goals: tuple[GoalTouched, ...] = ()
    km: Decimal = Decimal(0)
    ticket: Decimal = Decimal(0)
    joint_minutes: int | None = None
    joint_km: Decimal = Decimal(0)
    joint_ticket: Decimal = Decimal(0)
    next_on: date | None = None
    next_at: time | None = None
    next_place: str = ""


FIELDS = (
    "on", "starts", "minutes", "place", "kind", "others_present", "topic", "course", "observation", "opinion", "km",
    "ticket", "next_on", "next_at", "next_place", "joint_post_id", "joint_minutes", "joint_km", "joint_ticket",
)  # fmt: skip
CALLED_OFF = ("OFF_FAMILY", "OFF_WORKER")
TIME_FIELDS = ("on", "starts", "minutes", "km", "ticket", "kind")


@action("assistance.visit.record", label="Zapisz wizytę", who=VISITORS)
def record_visit(actor: Actor, case: CaseFile, *, entry: VisitEntry, today: date) -> Visit:
    """One contact with a family (uwrspz art. 15 ust. 1 pkt 14): kept with who was there, what was done and agreed.

    Feeds the timeline, agreements, progress of the plan; the time card and reports read it from here. The first joint
    visit of assistant and social worker opens the diagnosis. Raises Refusal for a day in the future or before the case,
    a closed case, an accepted time card, people from outside the family.
    """
    _check_day(case, entry, today)
    _check_words(entry)
    _require_open_card(actor, entry.on)
    visit = Visit(institution_id=case.institution_id, family_id=case.family_id, case=case, **_own_fields(entry))
    visit.post_id = None if actor.is_system else actor.post_id
    visit.save()
    _write_rows(visit, entry)
    _settle(actor, visit, entry.settled)
    _agree(visit, entry.agreements)
    _touch_goals(actor, visit, entry.goals)
    _tell(actor, case, visit, entry)
    if case.state == "ASSIGNED" and visit.group == "visit" and _is_joint(actor, entry):
        begin_diagnosis(actor, case, on=entry.on)
    if entry.kind != "NOTE":  # a note of two lines says nothing of the visit being written
        discard_drafts_of(actor, DRAFT, str(case.pk))
    return visit


def _own_fields(entry: VisitEntry) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in FIELDS}
    if entry.joint_post_id is None:
        told |= {"joint_minutes": None, "joint_km": Decimal(0), "joint_ticket": Decimal(0)}
    return told


def _check_day(case: CaseFile, entry: VisitEntry, today: date) -> None:
    state = ASSISTANCE.states.get(case.state)
    if case.kind == "ASSISTANCE" and state is not None and state.final:
        raise Refusal(
            _("Ta sprawa jest zakończona (%s), więc nie zapisuje się w niej wizyt.") % state.label, article=HOUSE,
            advice=_("Jeśli rodzina znów potrzebuje pomocy, kierownik może wszcząć nową, powiązaną sprawę."),
        )  # fmt: skip
    if entry.on > today:
        raise Refusal(_("Wizyta nie może być w przyszłości: przyszłe spotkanie wpisz jako następne."), field="on")
    if entry.on < case.opened_on:
        said = _("Wizyta nie może być wcześniejsza niż początek sprawy (%s).") % f"{case.opened_on:%d.%m.%Y}"
        raise Refusal(said, field="on")
    if entry.next_on and entry.next_on < entry.on:
        raise Refusal(_("Następne spotkanie nie może być przed tym spotkaniem."), field="next_on")


def _check_words(entry: VisitEntry) -> None:
    if entry.kind not in CONTACT_KINDS or entry.place not in PLACES:
        raise Refusal(_("Wybierz rodzaj kontaktu i miejsce z listy."), field="kind")
    if entry.joint_minutes is not None and not 0 < entry.joint_minutes <= 720:
        raise Refusal(_("Podaj czas od 1 minuty do 12 godzin."), field="joint_minutes")
    if unknown := [a for a in entry.activities if a not in ACTIVITIES]:
        raise Refusal(_("Nie ma takiego rodzaju działania: %s.") % ", ".join(unknown), field="activities")
    if CONTACT_KINDS[entry.kind].group in ("visit", "contact") and entry.minutes <= 0:
        raise Refusal(_("Podaj, ile trwał kontakt."), field="minutes")
    for one in entry.agreements:
        if one.side not in SIDES or not one.text.strip():
            raise Refusal(_("Ustalenie musi mieć treść i wskazywać, kto je wykona."), field="agreements")
    for done in entry.settled:
        if done.state == "NOT_DONE" and not done.why.strip():
            raise Refusal(_("Przy niewykonanym ustaleniu napisz krótko, dlaczego."), field="settled")


def _require_open_card(actor: Actor, on: date) -> None:
    if actor.is_system:
        return
    if card_is_accepted(actor, on=on):
        raise Refusal(
            _("Karta czasu pracy za ten miesiąc jest już przyjęta i zamknięta."), field="on",
            advice=_("Poproś kierownika o zwrot karty albo zapisz notatkę z dzisiejszą datą."),
        )  # fmt: skip


def _is_joint(actor: Actor, entry: VisitEntry) -> bool:
    """Whether an assistant and a social worker were there together (two assistants do not open a diagnosis)."""
    if entry.joint_post_id is None or entry.joint_post_id == actor.post_id:
        return False
    wanted = "social_worker" if actor.is_system or actor.has_role("assistant") else "assistant"
    together = posts_with_role(actor.institution_id, wanted, on=entry.on).filter(pk=entry.joint_post_id)
    return bool(together.exists())


def _write_rows(visit: Visit, entry: VisitEntry) -> None:
    base = {"institution_id": visit.institution_id, "family_id": visit.family_id, "visit": visit}
    children = {c.person_id: c for c in entry.children}
    wanted = {*entry.present, *children}
    if wanted:
        known = set(
            Membership.objects.system()
            .filter(during(visit.on), family_id=visit.family_id, person_id__in=wanted)
            .values_list("person_id", flat=True)
        )
        if wanted - known:
            raise Refusal(_("Jedna ze wskazanych osób nie należała w tym dniu do rodziny."), field="present")
        VisitPerson.objects.bulk_create(
            VisitPerson(
                person_id=pk, present=pk in entry.present, seen=children[pk].seen if pk in children else None,
                looked=children[pk].looked if pk in children else "",
                needs_action=children[pk].needs_action if pk in children else False, **base,
            )
            for pk in sorted(wanted)
        )  # fmt: skip
    if entry.activities:
        VisitActivity.objects.bulk_create(VisitActivity(code=code, **base) for code in dict.fromkeys(entry.activities))
    if entry.joint_post_id and not Post.objects.system().filter(
        pk=entry.joint_post_id, institution_id=visit.institution_id
    ).exists():  # fmt: skip
        raise Refusal(_("Nie ma takiego pracownika."), field="joint_post")


def _settle(actor: Actor, visit: Visit, settled: tuple[Settled, ...]) -> None:
    if not settled:
        return
    rows = {
        row.pk: row
        for row in Agreement.objects.for_actor(actor).filter(
            family_id=visit.family_id, pk__in=[s.agreement_id for s in settled], state="OPEN"
        )
    }
    for one in settled:
        row = rows.get(one.agreement_id)
        if row is None:
            raise Refusal(_("Jedno z ustaleń zostało już rozliczone."), field="settled")
        row.state, row.why, row.settled_on, row.settled_at_visit = one.state, one.why.strip(), visit.on, visit
        row.save()


def _agree(visit: Visit, agreements: tuple[NewAgreement, ...]) -> None:
    if agreements:
        Agreement.objects.bulk_create(
            Agreement(
                institution_id=visit.institution_id, family_id=visit.family_id, case_id=visit.case_id, visit=visit,
                side=one.side, text=one.text.strip()[:400], due_on=one.due_on,
            )
            for one in agreements
        )  # fmt: skip


def _touch_goals(actor: Actor, visit: Visit, touched: tuple[GoalTouched, ...]) -> None:
    if not touched:
        return
    goals = {
        g.pk: g
        for g in Goal.objects.for_actor(actor)
        .filter(family_id=visit.family_id, pk__in=[t.goal_id for t in touched])
        .select_related("version")
    }
    if len(goals) != len({t.goal_id for t in touched}):
        raise Refusal(_("Jeden ze wskazanych celów nie należy do planu tej rodziny."), field="goals")
    Progress.objects.bulk_create(
        progress_entry(actor, goals[t.goal_id], on=visit.on, state=t.state, comment=t.comment.strip(), source=visit)
        for t in touched
    )


def _tell(actor: Actor, case: CaseFile, visit: Visit, entry: VisitEntry) -> None:
    alarming = any(c.needs_action for c in entry.children)
    title = CONTACT_KINDS.polish_of(visit.kind)
    title = title[0].upper() + title[1:]
    if visit.minutes:
        title += f", {visit.minutes} min"
    note_event(
        actor, case.family, kind="note" if visit.kind == "NOTE" else "visit",
        on=datetime.combine(visit.on, visit.starts, WARSAW), title=title, case=case, record=visit,
        summary=(visit.topic or visit.course)[:300], significant=alarming, url_name="assistance:visit-view",
    )  # fmt: skip


@action("assistance.visit.fail", label="Zapisz nieudaną próbę kontaktu", who=VISITORS)
def record_failed_contact(actor: Actor, case: CaseFile, *, kind: str, at: datetime, today: date) -> Visit:
    """An attempt without contact, in one tap: a quarter of an hour on the time card, none when the visit was called off.

    Raises Refusal as `record_visit`.
    """
    if CONTACT_KINDS[kind].group != "failed":
        raise Refusal(_("To nie jest nieudana próba kontaktu."), field="kind")
    minutes = 0 if kind in CALLED_OFF else 15
    entry = VisitEntry(on=at.date(), starts=at.time().replace(second=0, microsecond=0), minutes=minutes, kind=kind)
    return record_visit(actor, case, entry=entry, today=today)


@action("assistance.note.record", label="Zapisz krótką notatkę", who=VISITORS)
def record_note(actor: Actor, case: CaseFile, *, text: str, at: datetime, today: date) -> Visit:
    """A few words about a family, dated now, on its timeline; no time is counted. Raises Refusal when empty."""
    if not text.strip():
        raise Refusal(_("Notatka jest pusta."), field="text")
    entry = VisitEntry(
        on=at.date(), starts=at.time().replace(second=0, microsecond=0), minutes=0, kind="NOTE", place="OFFICE",
        course=text.strip(),
    )  # fmt: skip
    return record_visit(actor, case, entry=entry, today=today)


@action("assistance.visit.correct", label="Popraw wizytę", who=VISITORS)
def correct_visit(
    actor: Actor, visit: Visit, *, entry: VisitEntry, reason: str, today: date, rev: int | None = None
) -> Visit:
    """Correct a visit, keeping what it said before and why it changed. Agreements already made stay as they are.

    Raises NotAllowed for another worker's visit, Conflict, Refusal without a reason or when an accepted time card
    would change.
    """
    if not actor.is_system and visit.post_id not in actor.post_ids:
        raise NotAllowed(
            _("Wizytę poprawia ten, kto ją zapisał, albo jego zastępca."), article=HOUSE,
            advice=_("Poproś o poprawkę osobę, która zapisała wizytę, albo dopisz notatkę w sprawie."),
        )  # fmt: skip
    if not reason.strip():
        raise Refusal(_("Podaj powód poprawki."), field="reason")
    visit = lock(visit, rev=rev)
    _check_day(visit.case, entry, today)
    _check_words(entry)
    old = _own_fields_of(visit)
    _move_first_visit(visit, entry)
    if any(old[name] != getattr(entry, name) for name in TIME_FIELDS):
        _require_open_card(actor, visit.on)
        _require_open_card(actor, entry.on)
    keep_wording(actor, visit, reason=reason)
    for name, value in _own_fields(entry).items():
        setattr(visit, name, value)
    visit.save()
    visit.persons.all().delete()
    visit.activities.all().delete()
    _write_rows(visit, entry)
    _agree(visit, entry.agreements)
    note_event(
        actor, visit.family, kind="visit", on=today, title=f"Poprawiono zapis wizyty z dnia {visit.on:%d.%m.%Y}",
        case=visit.case, record=visit, summary=reason[:300], url_name="assistance:visit-view",
    )  # fmt: skip
    return visit


def keep_wording(actor: Actor, visit: Visit, *, reason: str) -> None:
    """Keep what a visit says before it changes: who changes it, when and why. A building block of verbs, under their lock."""
    VisitRevision(
        institution_id=visit.institution_id, family_id=visit.family_id, visit=visit, number=visit.rev,
        content=snapshot(visit), at=moment(), by_id=None if actor.is_system else actor.post_id,
        reason=reason.strip()[:300],
    ).save()  # fmt: skip


def _move_first_visit(visit: Visit, entry: VisitEntry) -> None:
    """The first joint visit has another day: what the case knows of it follows."""
    if visit.joint_post_id is None or visit.on == entry.on:
        return
    row = AssistanceCase.objects.system().filter(case_id=visit.case_id, first_visit_on=visit.on).first()
    if row is not None:
        row.first_visit_on = entry.on
        row.save()


def _own_fields_of(visit: Visit) -> dict[str, Any]:
    return {name: getattr(visit, name) for name in FIELDS}


def snapshot(visit: Visit) -> dict[str, Any]:
    """What a visit says, as JSON for its history: own fields, people and activities."""
    texts = ("course", "observation", "opinion", "topic")
    return {
        **{name: plain_value(value) for name, value in _own_fields_of(visit).items() if name not in texts},
        **{name: getattr(visit, name) for name in texts},
        "persons": [
            {
                "id": str(p.person_id),
                "present": p.present,
                "seen": p.seen,
                "looked": p.looked,
                "needs_action": p.needs_action,
            }
            for p in visit.persons.order_by("id")
        ],
        "activities": [a.code for a in visit.activities.order_by("id")],
    }
