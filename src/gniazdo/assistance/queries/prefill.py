"""What the papers of the corridor start with: members from the register, facts of the case, evidence to insert."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gniazdo.access.queries import visible
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase, CourtRequest, FamilyAssessment, Visit
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.case import basis_sentence, interview_text
from gniazdo.assistance.vocab import CONCLUSIONS, CONTACT_KINDS, PLACES
from gniazdo.cases.models import CaseFile
from gniazdo.cases.queries import workers_of_case
from gniazdo.papers.models import SheetRecord, SheetRevision
from gniazdo.papers.queries import final_answers
from gniazdo.people.models import Contact, Family, InstitutionContact
from gniazdo.people.queries.families import age_words, memberships_on, one_line, with_address
from gniazdo.people.vocab import FAMILY_ROLES
from gniazdo.plans.models import GoalAttainment, PlanVersion


def details_for(record: SheetRecord) -> AssistanceCase | None:
    """The details of the record's case."""
    return AssistanceCase.objects.system().filter(case_id=record.case_id).select_related("case").first()


def details_of(case: CaseFile) -> AssistanceCase:
    """The details of a case of family assistance."""
    return AssistanceCase.objects.system().get(case_id=case.pk)


def is_correction(record: SheetRecord) -> bool:
    """Whether the paper mends one that was final before: a later revision, or a sheet that took another's place.

    What the first one set going (a move, an entry, a request) must not be set going again.
    """
    return record.revision > 1 or record.replaces_id is not None


def answers_before(record: SheetRecord) -> Mapping[str, Any]:
    """What a corrected paper said before its correction: its revision before, or the sheet it replaces."""
    before = (
        SheetRevision.objects.system()
        .filter(sheet_id=record.pk, revision__lt=record.revision)
        .order_by("-revision")
        .first()
    )
    if before is not None:
        return before.answers or {}
    old = SheetRecord.objects.system().filter(pk=record.replaces_id).first() if record.replaces_id else None
    return old.answers if old is not None else {}


def members(family: Family, on: date) -> list[dict[str, Any]]:
    """Family composition as rows of a table: who, born, role, lives here."""
    return [
        {
            "m_name": m.person.full_name,
            "m_born": m.person.born_on.isoformat() if m.person.born_on else "",
            "m_role": FAMILY_ROLES.label_of(m.role),
            "m_home": m.at_home,
        }
        for m in memberships_on(family.pk, on)
    ]


def children(family: Family, on: date) -> list[dict[str, Any]]:
    """Children as rows: the name with age."""
    rows = [m for m in memberships_on(family.pk, on) if m.role == "CHILD"]
    return [{"c_name": f"{m.person.full_name} ({age_words(m.person, on)})".replace(" ()", "")} for m in rows]


def adults(family: Family, on: date) -> str:
    """Names of the grown-ups, one after another."""
    rows = memberships_on(family.pk, on)
    return ", ".join(m.person.full_name for m in rows if m.role in ("PARENT", "STEP", "GUARDIAN"))


def referral(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The referral card as the case already knows it: nothing is typed twice."""
    row = details_for(record)
    if row is None:
        return {}
    return {
        "referrer": row.referrer, "referrer_institution": row.referrer_institution, "referrer_name": row.referrer_name,
        "referrer_phone": row.referrer_phone, "referrer_email": row.referrer_email, "channel": row.channel,
        "learned_on": row.learned_on.isoformat(), "family": record.family.name, "members": members(record.family, on),
        "causes": row.causes, "description": row.description, "incidents": row.incidents, "urgent": row.is_urgent,
        "urgency_reason": row.urgency_reason, "tried": row.tried, "informed": row.is_informed, "ready": row.readiness,
        "expectation": row.expectation, "mark": row.case.case_mark,
        "social_worker": str(row.social_worker_id or ""), "taken_on": row.case.opened_on.isoformat(),
        "registered_by": str(row.registered_by_id or ""), "address": open_address(record.family, on),
    }  # fmt: skip


def application(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The social worker's application: composition, causes, interview and basis from the file."""
    row = details_for(record)
    if row is None or record.case is None:
        return {}
    agreed = row.consent_given_on if row.consent_withdrawn_on is None else None  # a consent taken back is not attached
    return {
        "members": members(record.family, on), "problems": row.causes, "interview": interview_text(record.case),
        "grounds": row.basis or None, "ruling": basis_sentence(row) if row.basis == "COURT" else "",
        "consent_on": agreed.isoformat() if agreed else "", "tried": row.tried,
        "consent_attached": True if agreed else None, "mark": record.case.case_mark,
        "social_worker": str(row.social_worker_id or ""),
    }  # fmt: skip


def agreement(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """Consent or contract: the grown-ups of the family and the basis."""
    row = details_for(record)
    return {
        "adults": adults(record.family, on),
        "basis": row.basis if row and row.basis else "CONSENT",
        "given_on": on.isoformat(),
        "exchange": institutions(record.family, on),
    }


def institutions(family: Family, on: date) -> str:
    """Institutions that work with the family that day, from its file, one after another."""
    rows = InstitutionContact.objects.system().filter(Q(until__isnull=True) | Q(until__gt=on), family_id=family.pk)
    return ", ".join(dict.fromkeys(row.name for row in rows.order_by("name", "id")[:20]))[:300]


def team_meeting(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The protocol: the meeting as the contact log has it, who works with the family, what the last protocol agreed."""
    case = record.case
    if case is None:
        return {}
    known: dict[str, Any] = {
        "participants": [
            {"p_name": w.name, "p_role": w.role_label, "p_presence": "HERE"} for w in workers_of_case(case, on=on)
        ]
    }
    met = Visit.objects.system().filter(case=case, kind="MEETING", on__lte=on).order_by("-on", "-starts", "-id").first()
    before = final_answers(case.pk, "assistance.team_meeting")
    if met is not None and (before is None or met.on > before.started_on):
        present = list(met.persons.filter(present=True).order_by("id").values_list("person_id", flat=True))
        known |= {
            "held_at": f"{met.on.isoformat()}T{met.starts:%H:%M}", "lasted": met.minutes, "place": PLACES.label_of(met.place),
            "purpose": met.topic, "course": met.course, "opinions": met.opinion,
            "family_present": [str(pk) for pk in present],
        }  # fmt: skip
    if before is not None:
        rows = before.answers.get("agreed") or []
        known["earlier"] = [{"e_what": r.get("d_what", ""), "e_who": r.get("d_who", "")} for r in rows]
    return {name: value for name, value in known.items() if value}


def specialist_referral(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The referral: guardians and a telephone of the family from the register."""
    phones = Contact.objects.system().filter(family_id=record.family_id, kind="PHONE", until=None)
    first = phones.order_by("-is_preferred", "id").first()
    known = {"guardians": adults(record.family, on), "phone": first.value if first else "", "priority": "NORMAL"}
    return {name: value for name, value in known.items() if value}


def open_address(family: Family, on: date) -> str:
    """The family's open address in one line; a secret one never goes into a paper by itself."""
    found = with_address(Family.objects.system().filter(pk=family.pk), on).first()
    return one_line(found) if found is not None else ""


def goals(case: CaseFile) -> list[dict[str, Any]]:
    """Goals of the plan in force as rows, with the result their last evaluation says (nothing is decided for anybody)."""
    version = PlanVersion.objects.system().filter(plan__case_id=case.pk, status="approved").order_by("-number").first()
    if version is None:
        return []
    wanted = list(version.goals.order_by("order", "id"))
    last = {
        one.root: one.degree
        for one in GoalAttainment.objects.system().filter(plan_id=version.plan_id).order_by("on", "id")
    }
    return [
        {"g_goal": goal.wording}
        | ({"g_result": attained(last[goal.root]), "g_note": f"{last[goal.root]} %"} if goal.root in last else {})
        for goal in wanted
    ]


def attained(degree: int) -> str:
    """Three steps of goal attainment out of a percentage: reached, partly, not reached (practice 1.A.11)."""
    return "FULL" if degree >= 100 else "PART" if degree > 0 else "NONE"


def statistics(case: CaseFile, on: date) -> tuple[int, int, int]:
    """Length of the work in months, number of visits and contacts, hours: from what was recorded."""
    row = AssistanceCase.objects.system().filter(case_id=case.pk).first()
    since = row.assigned_on if row and row.assigned_on else case.opened_on
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    work = [w.code for w in CONTACT_KINDS if w.group in ("visit", "contact")]
    minutes = list(Visit.objects.system().filter(case_id=case.pk, kind__in=work).values_list("minutes", flat=True))
    return max(months, 0), len(minutes), round(sum(minutes) / 60)


def closing(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The closing card: reason, each child, length and counts from the file."""
    row = details_for(record)
    if row is None or record.case is None:
        return {}
    months, visits, hours = statistics(record.case, on)
    return {
        "closing_on": on.isoformat(), "reason": row.end_reason or None, "note": row.end_note,
        "children": children(record.family, on), "goals": goals(record.case), "months": months, "visits": visits, "hours": hours,
    }  # fmt: skip


def opinion(actor: Actor, record: SheetRecord, on: date) -> Mapping[str, Any]:
    """The court opinion: what the court asked and since when and on what basis the work goes on."""
    row, request = details_for(record), open_request(record)
    given: dict[str, Any] = {"adults": adults(record.family, on), "children": children(record.family, on)}
    if row is not None:
        since = f"{row.assigned_on:%d.%m.%Y}" if row.assigned_on else ""
        given |= {"basis": basis_sentence(row), "period": _("od %s") % since if since else ""}
    if request is not None:
        given |= {
            "court": request.court, "division": request.division, "docket": request.docket,
            "letter_on": request.letter_on.isoformat() if request.letter_on else "", "due_on": request.due_on.isoformat(),
        }  # fmt: skip
    return given


def open_request(record: SheetRecord) -> CourtRequest | None:
    """The court's demand this paper answers: the soonest due of those not yet answered."""
    rows = CourtRequest.objects.system().filter(case_id=record.case_id, sent_on=None, withdrawn_on=None)
    return rows.exclude(kind="LIST").order_by("due_on", "id").first() if record.case_id else None


def visit_evidence(actor: Actor, record: SheetRecord) -> list[tuple[str, str, str]]:
    """What visits of the last year said, to tick into an opinion: (id, words, where from)."""
    since = record.started_on - timedelta(days=366)
    rows = visible(actor, "cases.timeline.view", Visit.objects.system()).filter(case_id=record.case_id, on__gte=since)
    found = []
    for visit in rows.order_by("-on", "-id")[:60]:
        words = (visit.observation or visit.course).strip()
        if words:
            found.append((f"visit:{visit.pk}", words[:600], _("wizyta %s") % f"{visit.on:%d.%m.%Y}"))
    return found


def assessment_evidence(actor: Actor, record: SheetRecord) -> list[tuple[str, str, str]]:
    """Conclusions of periodic assessments, to tick into an opinion."""
    rows = visible(actor, "cases.timeline.view", FamilyAssessment.objects.system()).filter(case_id=record.case_id)
    found = []
    for a in rows.exclude(state="DRAFT").order_by("-on")[:6]:
        words = ": ".join(
            filter(None, (CONCLUSIONS.label_of(a.conclusion) if a.conclusion else "", a.conclusion_reason))
        )
        if words:
            found.append((f"assessment:{a.pk}", words[:600], _("ocena %s") % f"{a.on:%d.%m.%Y}"))
    return found


def state_words(case: CaseFile) -> str:
    """The state in words, for letters."""
    return ASSISTANCE.label_of(case.state)
