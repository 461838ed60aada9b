"""From the first report to the application for an assistant: referral, interview, what is found, what the court says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, end_access, grant_access
from gniazdo.access.models import AccessGrant
from gniazdo.access.rules import HOUSE, Actor, NotHere, Refusal
from gniazdo.assistance.actions.steps import (
    ART_8,
    ART_11,
    KIND,
    details,
    end_all_assignments,
    move,
    open_assignments,
    own_post,
    require_state,
)
from gniazdo.assistance.models import AssistanceCase, HomeInterview
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.who import ANALYSES, INTAKE, MANAGER, REGISTRAR
from gniazdo.assistance.vocab import BASES, CASE_MARK_CLASS, REJECTION_REASONS
from gniazdo.cases.actions import assign_worker, end_assignment, note_event, open_case
from gniazdo.cases.models import CaseFile
from gniazdo.cases.queries import open_case_of
from gniazdo.kernel.legal import term_in_words
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import jrwa_symbol, parameter, posts_with_role
from gniazdo.people.models import Family


@dataclass(frozen=True, slots=True)
class Referral:
    """What the one who takes a report writes down (karta zgłoszenia rodziny, practice 1.A.1)."""

    referrer: str
    learned_on: date
    channel: str = "PHONE"
    referrer_institution: str = ""
    referrer_name: str = ""
    referrer_phone: str = ""
    referrer_email: str = ""
    is_urgent: bool = False
    urgency_reason: str = ""
    causes: tuple[str, ...] = ()
    description: str = ""
    incidents: str = ""
    tried: str = ""
    is_informed: bool | None = None
    readiness: str = "UNKNOWN"
    expectation: str = ""
    minor_facility: str = field(default="")


@action("assistance.case.register", label="Zarejestruj zgłoszenie rodziny", who=REGISTRAR)
def register_referral(actor: Actor, family: Family, *, referral: Referral, on: date) -> CaseFile:
    """The centre has learned of a family in difficulty: a case file with its mark starts (art. 11 ust. 1).

    `on` is the day of registration. Raises Refusal when the family already has an open case, when the report is dated
    after today, or when urgency has no reason.
    """
    before = open_case_of(family.pk, KIND)
    if before is not None:
        raise Refusal(
            _("Ta rodzina ma już otwartą sprawę %s.") % before.case_mark,
            advice=_("Dopisz nową wiadomość do tej sprawy zamiast zakładać drugą."),
            article=HOUSE,
        )
    _check_referral(referral, on)
    institution = Institution.objects.system().get(pk=actor.institution_id)
    symbol = jrwa_symbol(institution.pk, KIND, on=on) or str(parameter(institution.pk, CASE_MARK_CLASS.id, on=on))
    case = open_case(actor, family, ASSISTANCE, kind=KIND, jrwa=symbol, on=on)
    post = own_post(actor)
    AssistanceCase(
        institution_id=case.institution_id, case=case, family=family, registered_by=post,
        **{name: getattr(referral, name) for name in REFERRAL_FIELDS}, causes=list(referral.causes),
    ).save()  # fmt: skip
    if post is not None and not actor.has_role("manager", "secretary"):
        # The one who took the call sees the file until somebody is assigned.
        grant_access(actor, subject_id=family.pk, post_id=post.pk, since=on, basis=AccessGrant.Basis.INTAKE)
    return case


REFERRAL_FIELDS = (
    "referrer", "learned_on", "channel", "referrer_institution", "referrer_name", "referrer_phone", "referrer_email",
    "is_urgent", "urgency_reason", "description", "incidents", "tried", "is_informed", "readiness", "expectation",
    "minor_facility",
)  # fmt: skip


def _check_referral(referral: Referral, on: date) -> None:
    if referral.learned_on > on:
        raise Refusal(_("Zgłoszenie nie może być późniejsze niż dzień rejestracji."), field="learned_on")
    if referral.is_urgent and not referral.urgency_reason.strip():
        raise Refusal(
            _("Napisz, dlaczego zgłoszenie jest pilne."),
            article="rozporządzenie o wywiadzie środowiskowym (Dz.U. 2021 poz. 893)",
            advice=_("Pilność skraca termin wywiadu: %s.") % term_in_words("C-ASSIST-01", on, urgent=True),
            field="urgency_reason",
        )


@action("assistance.case.urgency", label="Zmień pilność zgłoszenia", who=INTAKE)
def set_urgency(actor: Actor, case: CaseFile, *, is_urgent: bool, reason: str, on: date) -> AssistanceCase:
    """The report turns out urgent, or not: the term of the interview follows (14 or 2 working days). Raises Refusal."""
    require_state(case, "REFERRED", "INTERVIEW", act=_("zmienić pilności"))
    if not reason.strip():
        raise Refusal(_("Podaj powód zmiany pilności."), field="reason")
    row = details(case)
    row.is_urgent, row.urgency_reason = is_urgent, reason.strip() if is_urgent else ""
    row.save()
    title = _("Zgłoszenie uznano za pilne") if is_urgent else _("Zgłoszenie nie jest już pilne")
    note_event(actor, case.family, kind="state", on=on, title=title, case=case, record=case, summary=reason)
    return row


@action("assistance.case.assign_social_worker", label="Skieruj zgłoszenie do pracownika socjalnego", who=MANAGER)
def assign_social_worker(actor: Actor, case: CaseFile, *, post: Post, on: date) -> CaseFile:
    """The head sends a social worker to the interview (art. 11 ust. 1). Raises NotHere, Refusal for a wrong post or state."""
    if post.institution_id != case.institution_id:
        raise NotHere("Post", {"code": "assistance.case.assign_social_worker", "id": str(post.pk)})
    if not posts_with_role(case.institution_id, "social_worker", on=on).filter(pk=post.pk).exists():
        raise Refusal(
            _("Wywiad przeprowadza pracownik socjalny. %s nie ma dziś tej roli.") % post.user.full_name,
            article=f"{ART_11} ust. 1", field="post",
        )  # fmt: skip
    case = move(actor, case, "assign_social_worker", on=on, social_worker=post)
    assign_worker(actor, case, post, role="SOCIAL_WORKER", on=on)
    _end_intake_access(actor, case, on)
    return case


def _end_intake_access(actor: Actor, case: CaseFile, on: date) -> None:
    rows = AccessGrant.objects.for_actor(actor).filter(
        subject_id=case.family_id, basis=AccessGrant.Basis.INTAKE, until=None
    )
    for grant in list(rows):
        end_access(actor, subject_id=case.family_id, post_id=grant.post_id, basis=AccessGrant.Basis.INTAKE, on=on)


@action("assistance.case.change_social_worker", label="Zmień pracownika socjalnego", who=MANAGER)
def change_social_worker(actor: Actor, case: CaseFile, *, post: Post, on: date, reason: str) -> CaseFile:
    """Another social worker takes the family over. Raises NotHere, Refusal."""
    if post.institution_id != case.institution_id:
        raise NotHere("Post", {"code": "assistance.case.change_social_worker", "id": str(post.pk)})
    if ASSISTANCE.states[case.state].final:
        require_state(case, act=_("zmienić pracownika"))
    if not posts_with_role(case.institution_id, "social_worker", on=on).filter(pk=post.pk).exists():
        raise Refusal(_("Wybierz pracownika socjalnego."), field="post")
    for assignment in open_assignments(case, "SOCIAL_WORKER"):
        if assignment.post_id == post.pk:
            raise Refusal(_("Ten pracownik już prowadzi tę rodzinę."), field="post")
        end_assignment(actor, assignment, on=on, reason=reason)
    row = details(case)
    row.social_worker = post
    row.save()
    assign_worker(actor, case, post, role="SOCIAL_WORKER", on=on)
    return case


@action("assistance.case.reject", label="Odrzuć zgłoszenie", who=MANAGER)
def reject_referral(actor: Actor, case: CaseFile, *, reason: str, note: str, on: date) -> CaseFile:
    """Out of the area, no child, a duplicate: the report ends with an answer to who made it. Raises Refusal."""
    if reason not in REJECTION_REASONS:
        raise Refusal(_("Wybierz przyczynę odrzucenia."), field="reason")
    case = move(actor, case, "reject", on=on, note=note, rejection=reason, ended_on=on)
    _end_intake_access(actor, case, on)
    end_all_assignments(actor, case, on=on, reason=REJECTION_REASONS.polish_of(reason))
    return case


@action("assistance.interview.record", label="Odnotuj wywiad środowiskowy", who=ANALYSES)
def record_interview(
    actor: Actor, case: CaseFile, *, number: str, on: date, kind: str, findings: str, today: date
) -> HomeInterview:
    """The interview was done: its number, day, kind and findings (practice 1.B.5). Raises Refusal."""
    if ASSISTANCE.states[case.state].final or case.state == "REFERRED":
        require_state(case, "INTERVIEW", act=_("odnotować wywiadu"))
    row = details(case)
    if on > today:
        raise Refusal(_("Wywiad nie może mieć przyszłej daty."), field="on")
    if on < row.learned_on:
        raise Refusal(_("Wywiad nie może być wcześniejszy niż zgłoszenie."), field="on")
    if not number.strip() or not findings.strip():
        raise Refusal(_("Podaj numer wywiadu i ustalenia."), field="number" if not number.strip() else "findings")
    made = HomeInterview(
        institution_id=case.institution_id, family_id=case.family_id, case=case, number=number.strip(), on=on,
        kind=kind, author=own_post(actor), findings=findings.strip(),
    )  # fmt: skip
    made.save()
    row.interview_on = max(filter(None, (row.interview_on, on)))
    row.save()
    note_event(
        actor, case.family, kind="paper", on=on, title=f"Wywiad środowiskowy {made.number}", case=case, record=made,
        significant=True,
    )  # fmt: skip
    return made


def correct_interview(
    case: CaseFile, *, old: Mapping[str, Any], number: str, on: date, kind: str, findings: str, today: date
) -> None:
    """A building block: the note of an interview was corrected, so what it recorded is. `old`: the answers before.

    Does nothing when the interview was never recorded from the note. Raises Refusal for an impossible day.
    """
    made = HomeInterview.objects.system().filter(case_id=case.pk, number=str(old.get("number") or "").strip()).first()
    if made is None:
        return
    row = details(case)
    if on > today or on < row.learned_on:
        raise Refusal(_("Wywiad odbywa się po zgłoszeniu i nie w przyszłości."), field="held_on")
    made.number, made.on, made.kind, made.findings = number.strip(), on, kind, findings.strip()
    made.save()
    days = HomeInterview.objects.system().filter(case_id=case.pk).values_list("on", flat=True)
    row.interview_on = max(days, default=on)
    row.save()


def require_interview(row: AssistanceCase) -> None:
    """Refuse to conclude an analysis without the interview it rests on."""
    if row.interview_on is None:
        raise Refusal(
            _("Najpierw odnotuj wywiad środowiskowy."),
            article=f"{ART_11} ust. 1–2",
            advice=_("Analizę sytuacji rodziny robi się po wywiadzie."),
        )


@action("assistance.case.find_need", label="Wystąp o asystenta rodziny", who=ANALYSES)
def find_need(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """The analysis shows that an assistant is needed: the social worker applies to the head (art. 11 ust. 3).

    Raises Refusal without an interview, or without a basis: consent, a court's obligation, or a minor parent's duty.
    """
    row = details(case)
    require_interview(row)
    if row.basis not in BASES:
        raise Refusal(
            _("Brak podstawy pracy: zapisz zgodę rodziny albo zobowiązanie sądu."),
            article=ART_8,
            advice=_("Wsparcie udzielane jest za zgodą rodziny i z jej udziałem, chyba że zobowiązał ją sąd."),
        )
    return move(actor, case, "find_need", on=on, note=note, applied_on=on)


@action("assistance.case.find_no_grounds", label="Zakończ zgłoszenie: brak podstaw", who=ANALYSES)
def find_no_grounds(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """The analysis shows no need of an assistant. Raises Refusal without an interview or a reason, and for a minor parent
    to whom the head must assign one (art. 11 ust. 1a)."""
    row = details(case)
    require_interview(row)
    if row.minor_facility:
        raise Refusal(
            _(
                "Małoletniemu rodzicowi opuszczającemu placówkę kierownik przydziela asystenta bez względu na ocenę potrzeby."
            ),
            article=f"{ART_11} ust. 1a",
            advice=_("Wystąp o asystenta."),
        )
    case = move(actor, case, "find_no_grounds", on=on, note=note, ended_on=on)
    end_all_assignments(actor, case, on=on, reason="brak podstaw do asysty")
    return case


@action("assistance.case.family_refuses", label="Zakończ zgłoszenie: rodzina odmawia", who=ANALYSES)
def family_refuses(actor: Actor, case: CaseFile, *, on: date, note: str, risk_to_child: bool) -> CaseFile:
    """The family does not agree and the children are safe. Raises Refusal when there is a danger: then the court is told."""
    require_interview(details(case))
    if risk_to_child:
        raise Refusal(
            _("Przy zagrożeniu dobra dziecka odmowa rodziny nie kończy sprawy."),
            article="art. 15 ust. 1 pkt 12 uwrspz; " + ART_8,
            advice=_("Zawiadom sąd opiekuńczy: wybierz czynność „Zawiadom sąd”."),
            field="risk_to_child",
        )
    case = move(actor, case, "family_refuses", on=on, note=note, ended_on=on, readiness="NO")
    end_all_assignments(actor, case, on=on, reason="rodzina odmówiła")
    return case


@action("assistance.case.notify_court", label="Zawiadom sąd opiekuńczy", who=ANALYSES)
def notify_court(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """The family refuses and a child is at risk: the court is told why. Raises Refusal without a reason."""
    return move(actor, case, "notify_court", on=on, note=note)


@action("assistance.case.family_agrees", label="Zapisz późniejszą zgodę rodziny", who=ANALYSES)
def family_agrees(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """The family agrees before the court rules: work may rest on consent. Raises Refusal."""
    return move(
        actor,
        case,
        "family_agrees",
        on=on,
        note=note,
        basis="CONSENT",
        consent_given_on=on,
        applied_on=on,
        readiness="YES",
    )


@action("assistance.case.court_declines", label="Zakończ: sąd nie zobowiązał rodziny", who=ANALYSES)
def court_declines(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """The court saw no reason to oblige the family. Raises Refusal without a note of the decision."""
    case = move(actor, case, "court_declines", on=on, note=note, ended_on=on)
    end_all_assignments(actor, case, on=on, reason="sąd nie zobowiązał rodziny")
    return case


@action("assistance.case.return_application", label="Zwróć wniosek do uzupełnienia", who=MANAGER)
def return_application(actor: Actor, case: CaseFile, *, on: date, note: str) -> CaseFile:
    """The head asks for more before deciding. Raises Refusal without a reason."""
    return move(actor, case, "return_application", on=on, note=note, applied_on=None)
