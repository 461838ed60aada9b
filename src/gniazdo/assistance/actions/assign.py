"""Giving a family an assistant: the limit of families, the waiting list, changing assistants with a handover, bulk moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.access.actions import action
from gniazdo.access.rules import HOUSE, Actor, NotHere, Refusal
from gniazdo.assistance.actions.steps import (
    ART_11,
    ART_15_4,
    begin_diagnosis,
    details,
    end_all_assignments,
    move,
    open_assignments,
    require_past,
    require_state,
)
from gniazdo.assistance.models import AssistanceCase, HandoverNote
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.load import load_of
from gniazdo.assistance.queries.who import DISPOSES, MANAGER, WORKS
from gniazdo.assistance.rules import forbidden_roles, is_assignment_mandatory
from gniazdo.assistance.vocab import PRIORITIES
from gniazdo.cases.actions import assign_worker, end_assignment, note_event
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.orgs.models import Absence, Post, RoleGrant
from gniazdo.orgs.queries import during
from gniazdo.orgs.vocab import ABSENCE_KINDS


@dataclass(frozen=True, slots=True)
class Handover:
    """What the next assistant must know. `situation` is required; the rest may be empty when there is nothing to say."""

    situation: str
    agreements: str = ""
    dangers: str = ""
    next_steps: str = ""


def require_fit_assistant(post: Post, *, on: date) -> None:
    """Refuse a post that is not an assistant's that day, is suspended (art. 13) or absent. Raises Refusal."""
    roles = set(RoleGrant.objects.system().filter(during(on), post_id=post.pk).values_list("role", flat=True))
    name = post.user.full_name
    if "assistant" not in roles or (post.until is not None and post.until <= on):
        raise Refusal(_("%s nie pracuje tego dnia jako asystent rodziny.") % name, field="post")
    if sentence := forbidden_roles(roles):
        raise Refusal(sentence, article="art. 17 ust. 3 uwrspz", field="post")
    absence = Absence.objects.system().filter(during(on), post_id=post.pk).first()
    if absence is not None and absence.kind == "SUSPENDED":
        raise Refusal(
            _("%s jest zawieszony/a w czynnościach i nie może prowadzić rodzin.") % name,
            article="art. 13 uwrspz", advice=_("Wybierz innego asystenta."), field="post",
        )  # fmt: skip
    if absence is not None:
        raise Refusal(
            _("%(name)s jest tego dnia nieobecny/a (%(kind)s).")
            % {"name": name, "kind": ABSENCE_KINDS.label_of(absence.kind)},
            advice=_("Wybierz innego asystenta albo przydziel rodzinę po powrocie."), article=HOUSE, field="post",
        )  # fmt: skip


def require_room(post: Post, case: CaseFile, *, on: date, reason: str) -> str:
    """Refuse one more family over the limit of art. 15 ust. 4 unless a reason is written. Returns the reason to record."""
    load = load_of(post, on=on, plus=[(case.family_id, "ASSIGNED")])
    if not load.over:
        return ""
    if not reason.strip():
        said = ngettext(
            "%(name)s pracowałby/aby z %(count)s rodziną, a limit to %(limit)s.",
            "%(name)s pracowałby/aby z %(count)s rodzinami, a limit to %(limit)s.",
            load.count,
        )
        raise Refusal(
            said % {"name": post.user.full_name, "count": load.count, "limit": load.limit},
            article=ART_15_4,
            advice=_("Wybierz asystenta, który ma miejsce, wpisz rodzinę na listę oczekujących albo zapisz powód."),
            field="over_limit_reason",
        )
    return reason.strip()


def _here(post: Post, case: CaseFile, code: str) -> None:
    if post.institution_id != case.institution_id:
        raise NotHere("Post", {"code": code, "id": str(post.pk)})


@action("assistance.case.assign", label="Przydziel asystenta rodziny", who=DISPOSES)
def assign_assistant(
    actor: Actor, case: CaseFile, *, post: Post, on: date, over_limit_reason: str = "", note: str = "",
    first_visit_on: date | None = None,
) -> CaseFile:  # fmt: skip
    """The head assigns an assistant (art. 11 ust. 4), within the limit of families or with a written reason.

    Raises NotHere for another institution's post; Refusal for a post that is no assistant, suspended or absent, for the
    limit exceeded without a reason, or a case that is not waiting for a decision.
    """
    _here(post, case, "assistance.case.assign")
    require_state(case, "APPLIED", "WAITING", act=_("przydzielić asystenta"))
    require_fit_assistant(post, on=on)
    reason = require_room(post, case, on=on, reason=over_limit_reason)
    if first_visit_on and first_visit_on < on:
        raise Refusal(_("Pierwsza wspólna wizyta nie może być przed przydziałem."), field="first_visit_on")
    case = move(actor, case, "assign", on=on, note=note, assigned_on=on, first_visit_planned_on=first_visit_on)
    assign_worker(actor, case, post, role="ASSISTANT", on=on, over_limit_reason=reason)
    return case


@action("assistance.case.put_on_waiting_list", label="Wpisz na listę oczekujących", who=DISPOSES)
def put_on_waiting_list(
    actor: Actor, case: CaseFile, *, on: date, priority: str = "NORMAL", reason: str = ""
) -> CaseFile:
    """No assistant has room: the family waits, with a priority. Raises Refusal for a raised priority without a reason."""
    _check_priority(priority, reason)
    return move(
        actor,
        case,
        "put_on_waiting_list",
        on=on,
        note=reason,
        waiting_since=on,
        priority=priority,
        priority_reason=reason,
    )


def _check_priority(priority: str, reason: str) -> None:
    if priority not in PRIORITIES:
        raise Refusal(_("Wybierz pierwszeństwo z listy."), field="priority")
    if priority != "NORMAL" and not reason.strip():
        raise Refusal(_("Uzasadnij pierwszeństwo przed innymi rodzinami."), field="reason")


@action("assistance.waiting.priority", label="Zmień pierwszeństwo na liście oczekujących", who=DISPOSES)
def change_priority(actor: Actor, case: CaseFile, *, priority: str, reason: str) -> AssistanceCase:
    """A waiting family moves up or down the list, with a reason. Raises Refusal."""
    require_state(case, "WAITING", act=_("zmienić pierwszeństwa"))
    _check_priority(priority, reason)
    row = details(case)
    row.priority, row.priority_reason = priority, reason
    row.save()
    return row


@action("assistance.case.refuse_application", label="Odmów przydziału asystenta", who=MANAGER)
def refuse_application(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """The head does not assign, with a reason. Raises Refusal for a court's obligation or a minor parent: then it is a duty."""
    row = details(case)
    if row.minor_facility:
        raise Refusal(
            _("Małoletniemu rodzicowi opuszczającemu placówkę asystenta trzeba przydzielić."),
            article=f"{ART_11} ust. 1a",
            advice=_("Wybierz asystenta; odmówić tu nie można."),
        )
    if row.is_court_bound:
        raise Refusal(
            _("Sąd zobowiązał rodzinę do pracy z asystentem, więc asystenta trzeba przydzielić."),
            article="art. 109 § 2 pkt 1 Kodeksu rodzinnego i opiekuńczego",
            advice=_("Gdy nie ma miejsca, wpisz rodzinę na listę oczekujących z pierwszeństwem."),
        )
    if is_assignment_mandatory(on) and not note.strip():
        raise Refusal(
            _("Przydział na wniosek pracownika socjalnego jest obowiązkiem. Odmowę trzeba uzasadnić."),
            article=f"{ART_11} ust. 4", field="note",
        )  # fmt: skip
    case = move(actor, case, "refuse_application", on=on, note=note, ended_on=on)
    end_all_assignments(actor, case, on=on, reason="odmowa przydziału")
    return case


@action("assistance.case.first_visit", label="Zapisz pierwszą wspólną wizytę", who=WORKS)
def first_visit(actor: Actor, case: CaseFile, *, on: date, today: date) -> CaseFile:
    """The assistant and the social worker were with the family together: the diagnosis begins. Raises Refusal.

    On screens the visit itself does this (`record_visit` with the other worker named); this verb is for visits written
    down elsewhere: imported ones, and those the assistant forgot to mark as joint.
    """
    require_past(on, today=today)
    require_state(case, "ASSIGNED", act=_("zapisać pierwszej wspólnej wizyty"))
    row = details(case)
    if row.assigned_on and on < row.assigned_on:
        raise Refusal(_("Pierwsza wspólna wizyta nie może być przed przydziałem."), field="on")
    return begin_diagnosis(actor, case, on=on)


def _hand_over(
    actor: Actor, case: CaseFile, old: Assignment, post: Post, *, on: date, reason: str, handover: Handover, over: str
) -> HandoverNote:
    note = HandoverNote(
        institution_id=case.institution_id, family_id=case.family_id, case=case, giver=old.post, taker=post, on=on,
        reason=reason, situation=handover.situation.strip(), agreements=handover.agreements, dangers=handover.dangers,
        next_steps=handover.next_steps,
    )  # fmt: skip
    note.save()
    end_assignment(actor, old, on=on, reason=reason)
    assign_worker(actor, case, post, role="ASSISTANT", on=on, over_limit_reason=over)
    note_event(
        actor, case.family, kind="worker", on=on, title="Zmiana asystenta: notatka przekazania", case=case, record=note,
        significant=True, url_name="assistance:handover-view",
    )  # fmt: skip
    return note


@action("assistance.case.change_assistant", label="Zmień asystenta rodziny", who=DISPOSES)
def change_assistant(
    actor: Actor, case: CaseFile, *, post: Post, on: date, reason: str, handover: Handover, over_limit_reason: str = ""
) -> HandoverNote:
    """Another assistant takes the family over with a handover note: nothing known is lost between two people.

    Raises NotHere, Refusal: no assistant to change, the same one, an unfit one, the limit, or an empty note.
    """
    _here(post, case, "assistance.case.change_assistant")
    if ASSISTANCE.states[case.state].final:
        require_state(case, act=_("zmienić asystenta"))
    old = next(iter(open_assignments(case, "ASSISTANT")), None)
    if old is None:
        raise Refusal(
            _("Ta rodzina nie ma asystenta, którego można zmienić."), advice=_("Przydziel asystenta."), article=HOUSE
        )
    if old.post_id == post.pk:
        raise Refusal(_("Ten asystent już pracuje z tą rodziną."), field="post")
    if not handover.situation.strip():
        raise Refusal(_("Napisz notatkę przekazania: gdzie jesteście w pracy z rodziną."), field="situation")
    if not reason.strip():
        raise Refusal(_("Podaj powód zmiany asystenta."), field="reason")
    require_fit_assistant(post, on=on)
    over = require_room(post, case, on=on, reason=over_limit_reason)
    return _hand_over(actor, case, old, post, on=on, reason=reason, handover=handover, over=over)


@action("assistance.post.reassign", label="Przekaż wszystkie rodziny asystenta", who=MANAGER)
def bulk_reassign(
    actor: Actor, leaving: Post, *, to: Mapping[UUID, Post], on: date, reason: str, handovers: Mapping[UUID, Handover],
    over_limit_reason: str = "",
) -> list[HandoverNote]:  # fmt: skip
    """Someone leaves: their families go to others in one act, each with a handover note, each within the limit.

    `to` maps a case's id to its new assistant, `handovers` to its note. All or nothing.
    Raises NotHere for a foreign post or case, Refusal as `change_assistant` with the family named.
    """
    mine = {
        a.case_id: a
        for a in Assignment.objects.for_actor(actor)
        .filter(post_id=leaving.pk, role="ASSISTANT", until=None)
        .select_related("case__family", "post__user")
    }
    if not to:
        raise Refusal(
            _("Wybierz nowego asystenta przynajmniej dla jednej rodziny."),
            article=HOUSE,
            advice=_("Przy każdej rodzinie, którą przekazujesz, wskaż z listy nowego asystenta."),
        )
    if not reason.strip():
        raise Refusal(_("Podaj powód przekazania rodzin."), field="reason")
    made = []
    for case_id, post in to.items():
        old = mine.get(case_id)
        if old is None or post.institution_id != leaving.institution_id:
            raise NotHere("CaseFile", {"code": "assistance.post.reassign", "id": str(case_id)})
        made.append(_one_of_many(actor, old, post, on=on, reason=reason, handover=handovers.get(case_id),
                                 over=over_limit_reason))  # fmt: skip
    return made


def _one_of_many(
    actor: Actor, old: Assignment, post: Post, *, on: date, reason: str, handover: Handover | None, over: str
) -> HandoverNote:
    family = old.case.family.name
    if post.pk == old.post_id:
        raise Refusal(_("Rodzina %s: wybrano osobę, która odchodzi.") % family, field=f"to_{old.case_id}")
    if handover is None or not handover.situation.strip():
        raise Refusal(_("Rodzina %s: brakuje notatki przekazania.") % family, field=f"note_{old.case_id}")
    require_fit_assistant(post, on=on)
    over = require_room(post, old.case, on=on, reason=over)
    return _hand_over(actor, old.case, old, post, on=on, reason=reason, handover=handover, over=over)
