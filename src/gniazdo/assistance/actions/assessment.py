"""Verbs of the periodic assessment: begin, write area by area, hand in with a conclusion, read by the manager."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.queries import on_access_list, role
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.models import AreaScore, AssessedAdult, AssessedChild, AssessedGoal, Evidence, FamilyAssessment
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.reviews import (
    ASSISTANTS,
    Offered,
    assessed_goals,
    goals_to_assess,
    numbers,
    offered,
    scale_of,
)
from gniazdo.assistance.rules import assessment_due
from gniazdo.assistance.vocab import CONCLUSIONS, ENGAGEMENT, SCALE_STEPS, WHEREABOUTS
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.kernel.speech import say
from gniazdo.papers.actions.drafts import discard_drafts_of
from gniazdo.plans.actions.progress import attainment_entry, needs_cause
from gniazdo.plans.queries import members_of
from gniazdo.plans.vocab import AREAS

ARTICLE = "uwrspz art. 15 ust. 1 pkt 15"
WHO_READS = role("manager", label="kierownik jednostki") | (
    on_access_list & role("team_leader", label="kierownik zespołu")
)
DRAFT = "assistance.assessment"
TEXTS = ("goals_note", "institutions", "family_view", "worker_opinion", "conclusion_reason")


@dataclass(frozen=True, slots=True)
class ChildView:
    """How a child is: where, safety, health, school, emotions."""

    whereabouts: str = "HOME"
    safety: str = ""
    health: str = ""
    school: str = ""
    emotions: str = ""


@dataclass(frozen=True, slots=True)
class GoalView:
    """How far a goal of the plan was reached (0–100 %, None when not said), what shows it, why not further."""

    degree: int | None = None
    evidence: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """All that an assessment says. scores: area → (score or None, comment); evidence: chosen (area, source id) pairs;
    goals: root of a goal → how far it was reached."""

    on: date | None = None
    scores: Mapping[str, tuple[int | None, str]] = field(default_factory=dict)
    children: Mapping[UUID, ChildView] = field(default_factory=dict)
    adults: Mapping[UUID, tuple[str, str]] = field(default_factory=dict)
    goals: Mapping[UUID, GoalView] = field(default_factory=dict)
    evidence: frozenset[tuple[str, UUID]] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    family_heard: bool | None = None
    conclusion: str = ""


@action("assistance.assessment.start", label="Rozpocznij okresową ocenę", who=ASSISTANTS)
def start_assessment(actor: Actor, case: CaseFile, *, on: date) -> FamilyAssessment:
    """A draft for the time since the last assessment, or since the assistant came, on the institution's scale of the day.

    Raises Refusal when the case is not being worked on, or has an assessment under way.
    """
    state = ASSISTANCE.states.get(case.state)
    if state is None or not state.active:
        raise Refusal(
            _("Okresową ocenę robi się, gdy asystent pracuje z rodziną."),
            article=ARTICLE,
            advice=_("Zobacz stan sprawy; ocenę zaczniesz po rozpoczęciu albo wznowieniu pracy asystenta."),
        )
    last = FamilyAssessment.objects.for_actor(actor).filter(case=case).order_by("-number").first()
    began = Assignment.objects.for_actor(actor).filter(case=case, role="ASSISTANT").order_by("since").first()
    assessment = FamilyAssessment(
        institution_id=case.institution_id, family_id=case.family_id, case=case, number=last.number + 1 if last else 1,
        since=last.on if last else (began.since if began else case.opened_on), on=on, scale=scale_of(actor, on=on),
        post_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    assessment.save()
    return assessment


@action("assistance.assessment.edit", label="Zapisz okresową ocenę", who=ASSISTANTS)
def edit_assessment(
    actor: Actor, assessment: FamilyAssessment, *, written: Written, today: date, rev: int | None = None
) -> FamilyAssessment:
    """Write a draft whole. Raises Conflict, Refusal for a score outside the scale, a stranger, a day ahead."""
    assessment = lock(assessment, rev=rev)
    if assessment.state != "DRAFT":
        raise Refusal(
            _("Ocena jest już przekazana i nie można jej zmieniać."),
            article=HOUSE,
            advice=_("Popraw ją w następnej ocenie albo dopisz sprostowanie w notatce."),
        )
    if written.on:
        if written.on > today or written.on < assessment.since:
            raise Refusal(_("Data oceny musi leżeć w okresie oceny i nie w przyszłości."), field="on")
        assessment.on = written.on
    if written.conclusion and written.conclusion not in CONCLUSIONS:
        raise Refusal(_("Wybierz wniosek z listy."), field="conclusion")
    for name in TEXTS:
        setattr(assessment, name, written.texts.get(name, getattr(assessment, name)).strip())
    assessment.family_heard, assessment.conclusion = written.family_heard, written.conclusion
    assessment.save()
    _write_scores(assessment, written)
    _write_people(assessment, written)
    _write_goals(assessment, written)
    _write_evidence(assessment, written)
    discard_drafts_of(actor, DRAFT, str(assessment.pk))
    return assessment


def _base(assessment: FamilyAssessment) -> dict[str, UUID]:
    return {"institution_id": assessment.institution_id, "family_id": assessment.family_id}


def _write_scores(assessment: FamilyAssessment, written: Written) -> None:
    steps = {step for step, _label in SCALE_STEPS[assessment.scale]}
    known = {row.area: row for row in assessment.scores.order_by("id")}
    for area, (score, comment) in written.scores.items():
        if area not in AREAS or (score is not None and score not in steps):
            raise Refusal(_("Ocena obszaru „%s” jest spoza skali.") % AREAS.label_of(area), field="scores")
        row = known.get(area) or AreaScore(
            assessment=assessment, case_id=assessment.case_id, area=area, scale=assessment.scale, **_base(assessment)
        )
        row.on, row.score, row.comment = assessment.on, score, comment.strip()
        if row._state.adding or row.changed_fields():
            row.save()


def _write_people(assessment: FamilyAssessment, written: Written) -> None:
    members = {m.person_id for m in members_of(assessment.family_id, on=assessment.on)}
    if {*written.children, *written.adults} - members:
        raise Refusal(_("Jedna ze wskazanych osób nie należy do tej rodziny."), field="children")
    children = {row.person_id: row for row in assessment.children.order_by("id")}
    for pk, view in written.children.items():
        if view.whereabouts not in WHEREABOUTS:
            raise Refusal(_("Wskaż, gdzie jest dziecko."), field="children")
        row = children.get(pk) or AssessedChild(assessment=assessment, person_id=pk, **_base(assessment))
        row.whereabouts, row.safety, row.health = view.whereabouts, view.safety, view.health
        row.school, row.emotions = view.school, view.emotions
        if row._state.adding or row.changed_fields():
            row.save()
    adults = {row.person_id: row for row in assessment.adults.order_by("id")}
    for pk, (engagement, comment) in written.adults.items():
        if engagement and engagement not in ENGAGEMENT:
            raise Refusal(_("Wskaż stopień zaangażowania z listy."), field="adults")
        adult = adults.get(pk) or AssessedAdult(assessment=assessment, person_id=pk, **_base(assessment))
        adult.engagement, adult.comment = engagement, comment.strip()
        if adult._state.adding or adult.changed_fields():
            adult.save()


def _write_goals(assessment: FamilyAssessment, written: Written) -> None:
    if not written.goals:
        return
    rows = {row.root: row for row in assessment.goals.order_by("id")}
    goals = {one.goal.root: one.goal for one in goals_to_assess(assessment.case_id)}
    if written.goals.keys() - goals.keys() - rows.keys():
        raise Refusal(_("Jeden ze wskazanych celów nie należy do planu tej rodziny."), field="goals")
    for root, view in written.goals.items():
        if view.degree is not None and not 0 <= view.degree <= 100:
            raise Refusal(_("Stopień osiągnięcia celu podaje się od 0 do 100 procent."), field="goals")
        row = rows.get(root)
        if row is None and view == GoalView():
            continue
        row = row or AssessedGoal(assessment=assessment, goal=goals[root], root=root, **_base(assessment))
        row.degree, row.evidence, row.cause = view.degree, view.evidence.strip(), view.cause.strip()
        if row._state.adding or row.changed_fields():
            row.save()


def _evaluate_goals(actor: Actor, assessment: FamilyAssessment) -> None:
    """What the assessment says of goals becomes their evaluation in the plan; a goal dropped meanwhile is passed over."""
    goals = {one.goal.root: one.goal for one in goals_to_assess(assessment.case_id)}
    for row in assessed_goals(assessment):
        if row.degree is not None and row.root in goals:
            attainment_entry(actor, goals[row.root], on=assessment.on, degree=row.degree, cause=row.cause).save()


def _write_evidence(assessment: FamilyAssessment, written: Written) -> None:
    have = {(row.area, row.source_id): row for row in assessment.evidence.order_by("id")}
    for key, row in have.items():
        if key not in written.evidence:
            row.delete()
    wanted = written.evidence - have.keys()
    if not wanted:
        return
    known = {o.source_id: o for o in period_offered(assessment)}
    if any(source_id not in known or area not in AREAS for area, source_id in wanted):
        raise Refusal(_("Wstawiać można tylko zapisy z okresu tej oceny."), field="evidence")
    Evidence.objects.bulk_create(
        Evidence(
            assessment=assessment, area=area, source_kind=known[pk].source_kind, source_id=pk, on=known[pk].on,
            text=known[pk].text, **_base(assessment),
        )
        for area, pk in sorted(wanted)
    )  # fmt: skip


def period_offered(assessment: FamilyAssessment) -> list[Offered]:
    """What of the assessment's period may serve as evidence."""
    return offered(assessment.case_id, since=assessment.since, until=assessment.on + timedelta(days=1))


@action("assistance.assessment.submit", label="Przekaż okresową ocenę", who=ASSISTANTS)
def submit_assessment(actor: Actor, assessment: FamilyAssessment, *, on: date) -> FamilyAssessment:
    """Hand the assessment to the head of the unit (art. 15 ust. 1 pkt 15): counts and the next day are kept with it.

    What it says of goals is recorded in the plan. Raises Refusal while areas are without a score, a goal missed by half
    without a cause, or the conclusion without a reason, listing what is missing.
    """
    assessment = lock(assessment)
    if assessment.state != "DRAFT":
        raise Refusal(
            _("Ocena jest już przekazana."),
            article=HOUSE,
            advice=_("Nie trzeba nic robić: odśwież stronę, a zobaczysz, kto ją przyjmuje."),
        )
    _require_whole(assessment)
    counts = numbers(assessment.case_id, since=assessment.since, until=assessment.on + timedelta(days=1))
    assessment.visits, assessment.minutes = counts.visits, counts.minutes
    assessment.next_on = None if assessment.conclusion == "CLOSE" else assessment_due(assessment.since, [assessment.on])
    assessment.state, assessment.submitted_at = "SUBMITTED", moment()
    assessment.save()
    _evaluate_goals(actor, assessment)
    note_event(
        actor, assessment.family, kind="assessment", on=on, case=assessment.case, record=assessment, significant=True,
        title=f"Okresowa ocena: {CONCLUSIONS.polish_of(assessment.conclusion)}",
        summary=assessment.conclusion_reason[:300], url_name="assistance:assessment-view",
    )  # fmt: skip
    return assessment


def _require_whole(assessment: FamilyAssessment) -> None:
    scored = set(assessment.scores.filter(score__isnull=False).values_list("area", flat=True))
    missing = [say(w.label) for w in AREAS if w.code not in scored]
    if missing:
        raise Refusal(_("Brakuje oceny obszarów: %s.") % ", ".join(missing), article=ARTICLE, field="scores")
    unexplained = [g.goal.wording for g in assessed_goals(assessment) if needs_cause(g.degree) and not g.cause]
    if unexplained:
        raise Refusal(
            _("Cel osiągnięto w mniej niż połowie: zapisz przyczynę. %s") % "; ".join(unexplained), field="goals"
        )
    if assessment.family_heard is None:
        raise Refusal(_("Zaznacz, czy rodzina była wysłuchana."), field="family_heard")
    if not assessment.conclusion or not assessment.conclusion_reason.strip():
        raise Refusal(_("Wybierz wniosek i napisz, z czego wynika."), field="conclusion")


@action("assistance.assessment.read", label="Przyjmij okresową ocenę", who=WHO_READS)
def read_assessment(actor: Actor, assessment: FamilyAssessment) -> FamilyAssessment:
    """The head of the unit or team takes note of an assessment handed in. Raises Refusal for a draft or a second time."""
    assessment = lock(assessment)
    if assessment.state != "SUBMITTED":
        raise Refusal(
            _("Przyjąć można ocenę przekazaną i jeszcze nieprzyjętą."),
            article=HOUSE,
            advice=_("Poczekaj, aż asystent ją przekaże, albo odśwież stronę: ktoś mógł ją już przyjąć."),
        )
    assessment.state, assessment.read_at = "READ", moment()
    assessment.read_by_id = assessment.post_id if actor.is_system else actor.post_id
    assessment.save()
    return assessment


def store_initial_scores(
    actor: Actor,
    case: CaseFile,
    *,
    scores: Mapping[str, int | None],
    scale: str,
    on: date,
    corrected: bool = False,
) -> None:
    """A building block of the diagnosis: the first score of each area, the start of its trend line.

    Kept once: only a correction of that diagnosis (`corrected`) changes the scores, and their day stays.
    """
    base = {"institution_id": case.institution_id, "family_id": case.family_id, "case": case, "assessment": None}
    known = {row.area: row for row in AreaScore.objects.for_actor(actor).filter(case=case, assessment=None)}
    if known and not corrected:
        return
    for area, score in scores.items():
        row = known.get(area) or AreaScore(area=area, on=on, **base)
        row.score, row.scale = score, scale
        if row._state.adding or row.changed_fields():
            row.save()
