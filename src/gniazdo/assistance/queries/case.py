"""What the corridor knows about one case, for its page: facts, further acts, and how this kind of case is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import PERMISSIONS, fetch, may, reads
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase, HandoverNote, HomeInterview, MonitoringEntry
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.visits import failed_in_a_row
from gniazdo.assistance.queries.who import INTAKE
from gniazdo.assistance.vocab import BASES, END_REASONS, MINOR_FACILITIES, OUTCOMES, PRIORITIES, REFERRERS
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.cases.queries import READ_CASE
from gniazdo.cases.rules import Act, CaseKind, Fact, case_kind
from gniazdo.orgs.models import Post
from gniazdo.papers.queries import startable
from gniazdo.people.models import Family, Membership
from gniazdo.people.queries.duplicates import Lookalike, duplicates_of

OPEN = frozenset(code for code, state in ASSISTANCE.states.items() if not state.final)
ACTS: tuple[tuple[str, str, frozenset[str]], ...] = (
    # (act, permission, states in which it is offered; empty = every state that is not final)
    ("wywiad", "assistance.interview.record", frozenset({"INTERVIEW"})),
    ("pilnosc", "assistance.case.urgency", frozenset({"REFERRED", "INTERVIEW"})),
    ("zgoda", "assistance.consent.record", frozenset()),
    ("zobowiazanie", "assistance.case.court_obliges", frozenset()),
    ("maloletni-rodzic", "assistance.minor.record", frozenset({"REFERRED", "INTERVIEW", "APPLIED"})),
    ("rezygnacja", "assistance.consent.withdraw",
     frozenset({"APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED"})),
    ("pierwszenstwo", "assistance.waiting.priority", frozenset({"WAITING"})),
    ("zmiana-asystenta", "assistance.case.change_assistant",
     frozenset({"ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED", "CLOSING", "MONITORING"})),
    ("zmiana-pracownika", "assistance.case.change_social_worker", frozenset(set(ASSISTANCE.states) - {"REFERRED"})),
    ("specjalista", "assistance.specialist.assign", frozenset(OPEN - {"REFERRED"})),
    ("koniec-specjalisty", "assistance.specialist.release", frozenset(OPEN)),
    ("dziecko-w-pieczy", "assistance.child.placed", frozenset()),
    ("powrot-dziecka", "assistance.child.returned", frozenset()),
    ("koniec-zobowiazania", "assistance.ruling.end", frozenset()),
    ("planowany-koniec", "assistance.case.plan_dates",
     frozenset({"ASSIGNED", "DIAGNOSIS", "PLANNED", "ACTIVE", "SUSPENDED"})),
    ("wpis-monitoringu", "assistance.monitoring.record", frozenset({"MONITORING"})),
    ("nowa-sprawa", "assistance.case.reopen", frozenset({"CLOSED"})),
    ("zadanie-sadu", "assistance.court.register", frozenset()),
    ("zapytanie", "assistance.information.request", frozenset()),
)  # fmt: skip


@reads("assistance.referral.view", label="Zobacz zgłoszenie rodziny", who=INTAKE)
def referral_of(actor: Actor, case_id: object) -> CaseFile:
    """A case's file for those who may see its referral. Raises NotHere."""
    rows = CaseFile.objects.system().filter(kind="ASSISTANCE").select_related("family", "assistance")
    return fetch(actor, "assistance.referral.view", rows, str(case_id))


def details_of(case: CaseFile) -> AssistanceCase | None:
    """The details of a case already allowed; None for a file made without them."""
    return AssistanceCase.objects.system().filter(case_id=case.pk).select_related("social_worker__user").first()


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else ""


def basis_sentence(row: AssistanceCase) -> str:
    """On what the work rests, in words."""
    if row.basis == "COURT":
        text = _("zobowiązanie sądu: %(court)s, %(docket)s z %(day)s") % {
            "court": row.ruling_court, "docket": row.ruling_docket, "day": _day(row.ruling_on),
        }  # fmt: skip
        return text + (_(" (wygasło %s)") % _day(row.ruling_ends_on) if row.ruling_ends_on else "")
    if row.basis == "CONSENT":
        text = _("zgoda rodziny z %s") % _day(row.consent_given_on)
        return text + (_(", cofnięta %s") % _day(row.consent_withdrawn_on) if row.consent_withdrawn_on else "")
    return BASES.label_of(row.basis) if row.basis else ""


def facts(actor: Actor, case: CaseFile, on: date) -> list[Fact]:
    """The lines of facts on the case page, only those that say something."""
    row = details_of(case)
    if row is None:
        return []
    who = REFERRERS.label_of(row.referrer)
    who = f"{row.referrer_institution} ({who})" if row.referrer_institution else who
    found = [
        Fact(_("Zgłoszenie"), f"{who}, {_day(row.learned_on)}", reverse("assistance:referral-view", args=[case.pk])),
        Fact(_("Pilność"), _("pilne: %s") % row.urgency_reason if row.is_urgent else "", tone="bad"),
        Fact(_("Podstawa pracy"), basis_sentence(row) or _("jeszcze nie ustalona"), tone="" if row.basis else "warn"),
        Fact(_("Kontrola wykonania"), row.ruling_control if row.is_court_bound else ""),
        Fact(_("Małoletni rodzic opuszcza"), MINOR_FACILITIES.label_of(row.minor_facility) if row.minor_facility else ""),
        Fact(_("Wywiad środowiskowy"), interview_text(case)),
        Fact(_("Oczekuje od"), _waiting(row) if case.state == "WAITING" else ""),
        Fact(_("Asystent od"), _day(row.assigned_on)),
        Fact(_("Pierwsza wspólna wizyta"), _day(row.first_visit_on or row.first_visit_planned_on)),
        Fact(_("Dziecko w pieczy"), _in_care(row), tone="warn" if row.care_since and not row.care_until else ""),
        Fact(_("Zawieszona"), f"{_day(row.suspended_on)}: {row.suspended_reason}" if case.state == "SUSPENDED" else "",
             tone="warn"),
        Fact(_("Nieudane próby kontaktu"), _failed_contacts(actor, case, on), tone="warn"),
        Fact(_("Planowane zakończenie"), _day(row.planned_end_on)),
        Fact(_("Przyczyna zakończenia"), END_REASONS.label_of(row.end_reason) if row.end_reason else ""),
        Fact(_("Sytuacja dzieci"), OUTCOMES.label_of(row.outcome) if row.outcome else ""),
        Fact(_("Przekazano do"), row.transferred_to),
        Fact(_("Monitoring do"), _day(row.monitoring_until)),
    ]  # fmt: skip
    return [f for f in found if f.text]


def _failed_contacts(actor: Actor, case: CaseFile, on: date) -> str:
    """How many attempts in a row failed, once the institution's number is reached: then a suspension is proposed."""
    if not ASSISTANCE.may(case.state, "suspend") or not may(actor, "assistance.case.suspend", case):
        return ""
    failed = failed_in_a_row(case, on=on)
    return _("%d z rzędu: rozważ zawieszenie pracy z rodziną") % failed if failed else ""


def interview_text(case: CaseFile) -> str:
    """Number and day of the last interview."""
    last = HomeInterview.objects.system().filter(case_id=case.pk).order_by("-on", "-id").first()
    return f"{last.number} z {_day(last.on)}" if last else ""


def _waiting(row: AssistanceCase) -> str:
    return f"{_day(row.waiting_since)}, {_('pierwszeństwo')}: {PRIORITIES.label_of(row.priority)}"


def _in_care(row: AssistanceCase) -> str:
    if not row.care_since:
        return ""
    return _("od %s") % _day(row.care_since) + (_(", wróciło %s") % _day(row.care_until) if row.care_until else "")


def acts(actor: Actor, case: CaseFile, on: date) -> list[Act]:
    """What may be done besides moving the case, by the same guards as the verbs."""
    row = details_of(case)
    final = ASSISTANCE.states[case.state].final
    found = []
    for act, code, states in ACTS:
        if (states and case.state not in states) or (not states and final) or not _fits(act, row):
            continue
        target = case.family if code in ("assistance.court.register", "assistance.information.request") else case
        if code in PERMISSIONS and may(actor, code, target):
            found.append(Act(act, PERMISSIONS[code].label, reverse("assistance:case-act", args=[case.pk, act])))
    return found


def _fits(act: str, row: AssistanceCase | None) -> bool:
    if row is None:
        return False
    if act == "koniec-specjalisty":
        return bool(specialists_of(row.case))
    in_care = bool(row.care_since and not row.care_until)
    return {
        "dziecko-w-pieczy": not in_care, "powrot-dziecka": in_care, "koniec-zobowiazania": row.is_court_bound,
        "zobowiazanie": row.case.state != "COURT_NOTIFIED",
    }.get(act, True)  # fmt: skip


def specialists_of(case: CaseFile) -> QuerySet[Post]:
    """Specialists who work on a case now, in Polish name order."""
    working = Assignment.objects.system().filter(case_id=case.pk, role="SPECIALIST", until=None).values("post_id")
    return Post.objects.system().filter(pk__in=working).select_related("user").order_by("user__last_name", "pk")


def handovers_of(case: CaseFile) -> list[HandoverNote]:
    """Handover notes of a case already allowed, newest first."""
    rows = HandoverNote.objects.system().filter(case_id=case.pk)
    return list(rows.select_related("giver__user", "taker__user").order_by("-on", "-id")[:20])


@reads("assistance.handover.view", label="Zobacz notatkę przekazania", who=READ_CASE)
def handover_of(actor: Actor, note_id: object) -> HandoverNote:
    """One handover note. Raises NotHere."""
    rows = HandoverNote.objects.system().select_related("giver__user", "taker__user", "case", "family")
    return fetch(actor, "assistance.handover.view", rows, str(note_id))


def monitoring_of(case: CaseFile) -> list[MonitoringEntry]:
    """Monitoring entries of a case already allowed, newest first."""
    rows = MonitoringEntry.objects.system().filter(case_id=case.pk)
    return list(rows.select_related("author__user").order_by("-on", "-id")[:60])


def papers(actor: Actor, case: CaseFile) -> list[Act]:
    """Sheets the actor may start in the present state."""
    try:
        started = [
            Act(sheet.id, sheet.title, reverse("papers:sheet-start", args=[case.pk, sheet.id]))
            for sheet in startable(actor, case)
        ]
    except NoReverseMatch:
        started = []
    return [
        *started,
        Act("family_card", _("Karta rodziny (wydruk)"), reverse("assistance:family-card", args=[case.pk])),
        Act("family_card_blank", _("Karta rodziny (pusty druk)"), reverse("assistance:family-card-blank")),
    ]


def lookalikes(actor: Actor, people: Sequence[Mapping[str, Any]], *, on: date) -> list[tuple[Lookalike, Family | None]]:
    """Persons already here who may be those reported, each with a family the actor may choose for the report, or None."""
    alike = {one.person_id: one for person in people for one in duplicates_of(actor, dict(person), on=on)}
    here = Membership.objects.for_actor(actor).filter(person_id__in=alike, until=None).select_related("family")
    chosen: dict[UUID, Family] = {}
    for member in here.order_by("-since", "id"):
        if may(actor, "people.family.view", member.family):
            chosen.setdefault(member.person_id, member.family)
    return [(one, chosen.get(one.person_id)) for one in alike.values()]


CASE_KIND = case_kind(
    CaseKind(
        "ASSISTANCE",
        ASSISTANCE,
        move_url="assistance:case-move",
        permission="assistance.case.{move}",
        facts=facts,
        acts=acts,
        urls={"assign": "assistance:case-assign"},
        # These moves are made by other work: the plan's own steps, and the family's resignation.
        hidden=frozenset({"finish_diagnosis", "approve_plan", "return_plan", "family_withdraws"}),
        papers=papers,
        path=(
            "REFERRED",
            "INTERVIEW",
            "APPLIED",
            "ASSIGNED",
            "DIAGNOSIS",
            "PLANNED",
            "ACTIVE",
            "CLOSING",
            "MONITORING",
            "CLOSED",
        ),
    )
)
