"""One family's life with the centre: the verbs a real centre would use, on the days it would use them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from gniazdo.access.rules import Actor, Refusal
from gniazdo.assistance.actions.assessment import (
    Written,
    edit_assessment,
    read_assessment,
    start_assessment,
    submit_assessment,
)
from gniazdo.assistance.actions.assign import assign_assistant, first_visit, put_on_waiting_list
from gniazdo.assistance.actions.basis import Ruling, court_obliges, record_consent
from gniazdo.assistance.actions.closing import close_to_monitoring, end_monitoring, record_monitoring, start_closing
from gniazdo.assistance.actions.course import suspend_case
from gniazdo.assistance.actions.court import Demand, prepare_answer, register_court_request, send_answer
from gniazdo.assistance.actions.intake import (
    Referral,
    assign_social_worker,
    family_refuses,
    find_need,
    find_no_grounds,
    record_interview,
    reject_referral,
)
from gniazdo.assistance.actions.plan import approve_family_plan, submit_family_plan
from gniazdo.assistance.actions.referral import take_referral
from gniazdo.assistance.actions.visit import ChildSeen, GoalTouched, NewAgreement, Settled, VisitEntry, record_visit
from gniazdo.assistance.models import Agreement
from gniazdo.cases.models import CaseFile
from gniazdo.exchange.library.demo import words
from gniazdo.exchange.library.demo.county import Office
from gniazdo.exchange.library.demo.invent import InventedFamily
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for
from gniazdo.papers.actions import finalise_sheet, save_sheet, start_sheet
from gniazdo.papers.rules import newest
from gniazdo.people.actions import set_kinship
from gniazdo.people.models import Family, Membership
from gniazdo.plans.actions.approval import agree
from gniazdo.plans.actions.drafting import edit_draft, start_plan
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import goals_in_force
from gniazdo.plans.rules import Content, Effect, Goal, Task
from gniazdo.plans.vocab import AREAS


def working(day: date) -> date:
    """That day or the next Monday."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


class Life:
    """A family's way through the process until today; `fate` says how far it goes."""

    def __init__(
        self, office: Office, invented: InventedFamily, random: Random, *, start: date, today: date, fate: str
    ) -> None:
        self.office, self.invented, self.random, self.today, self.fate = office, invented, random, today, fate
        self.day = working(start)
        self.upcoming = self.day
        self.case: CaseFile
        self.family: Family
        self.assistant = random.choice(office.with_role("assistant"))
        self.social = random.choice(office.with_role("social_worker"))

    # --- the machinery

    @contextmanager
    def acting(self, post: Post, hour: int = 9) -> Iterator[Actor]:
        """As that post, on the present day of this life."""
        with clock.stopped(clock.moment(self.day, hour)):
            actor = actor_for(post.user, on=self.day, post_id=post.pk)
            assert actor is not None
            yield actor

    def wait(self, low: int, high: int) -> bool:
        """Some days pass; False when the life reaches today."""
        later = working(self.day + timedelta(days=self.random.randint(low, high)))
        if later > self.today:
            return False
        self.day = later
        return True

    def _next_meeting(self) -> date:
        """When the assistant and the family meet next: some of the meetings just ahead fall on today."""
        later = working(self.day + timedelta(days=self.random.randint(9, 18)))
        soon = self.today < later <= self.today + timedelta(days=8)
        return working(self.today) if soon and self.random.random() < 0.5 else later

    def _meet(self) -> bool:
        """The agreed day comes; False when it is today or later: those meetings are still to be held."""
        if self.upcoming >= self.today:
            return False
        self.day = max(self.day, self.upcoming)
        return True

    def live(self) -> None:
        """All of it."""
        self._report()
        if self.fate == "new" or not self.wait(1, 4):
            return
        with self.acting(self.office.boss()) as boss:
            if self.fate == "rejected":
                reject_referral(
                    boss, self.case, reason="AREA", note="Rodzina mieszka w sąsiedniej gminie.", on=self.day
                )
                return
            self.case = assign_social_worker(boss, self.case, post=self.social, on=self.day)
        if self.fate == "interview" or not self.wait(3, 12) or not self._interview():
            return
        if not self.wait(2, 8) or not self._assign():
            return
        if self.wait(3, 9):
            self._begin()

    # --- steps

    def _report(self) -> None:
        referrer, institution, causes, text = self.random.choice(words.REASONS)
        urgent = self.random.random() < 0.12
        offices = self.office.with_role("secretary") or [self.social]
        with self.acting(offices[0]) as actor:
            self.case = take_referral(
                actor, None, on=self.day, family_name=self.invented.name, phone=self.invented.phone,
                referral=Referral(
                    referrer=referrer, referrer_institution=institution, learned_on=self.day, causes=causes, description=text,
                    is_urgent=urgent, urgency_reason="Małe dziecko bez opieki wieczorami." if urgent else "",
                    readiness=self.random.choice(("YES", "UNKNOWN", "UNKNOWN")),
                ),
                people=[
                    {"first_name": p.first_name, "last_name": p.last_name, "pesel": p.pesel, "sex": p.sex, "born_on": p.born_on,
                     "role": p.role}
                    for p in self.invented.people if p.born_on <= self.day
                ],
                address={"street": self.invented.street, "postal_code": self.invented.postal_code, "town": self.invented.town},
                not_duplicate_reason="inna osoba, sprawdzono numer PESEL",
            )  # fmt: skip
        self.family = self.case.family

    def _interview(self) -> bool:
        with self.acting(self.social) as actor:
            number = f"W/{self.case.number}/{self.day.year}"
            record_interview(actor, self.case, number=number, on=self.day, kind="FULL",
                             findings=self.random.choice(words.FINDINGS), today=self.day)  # fmt: skip
            self._kinship(actor)
            if self.fate == "no_grounds":
                find_no_grounds(actor, self.case, on=self.day, note="Rodzina radzi sobie z pomocą babci.")
                return False
            if self.fate == "refused":
                family_refuses(actor, self.case, on=self.day, note="Rodzice nie chcą asystenta.", risk_to_child=False)
                return False
            if self.fate == "court":
                court_obliges(actor, self.case, on=self.day, today=self.day, ruling=Ruling(
                    court=words.COURT, docket=f"III Nsm {self.case.number}/{self.day.year % 100}", on=self.day - timedelta(days=5),
                    scope="zobowiązanie rodziców do pracy z asystentem rodziny", control="sprawozdania co trzy miesiące",
                ))  # fmt: skip
            else:
                record_consent(actor, self.case, on=self.day, today=self.day)
            self.case = find_need(actor, self.case, on=self.day)
        return True

    def _kinship(self, actor: Actor) -> None:
        rows = Membership.objects.for_actor(actor).filter(family=self.family)
        members = list(rows.select_related("person").order_by("pk"))
        parents = [m.person for m in members if m.role == "PARENT"]
        for child in (m.person for m in members if m.role == "CHILD"):
            for parent in parents:
                set_kinship(actor, parent, second=child, kind="PARENT_BIO")
        if len(parents) == 2:
            set_kinship(actor, parents[0], second=parents[1], kind="MARRIAGE", since=self.day - timedelta(days=3000))

    def _assign(self) -> bool:
        with self.acting(self.office.boss()) as boss:
            if self.fate == "waiting":
                put_on_waiting_list(boss, self.case, on=self.day, priority="HIGH", reason="Małe dzieci w rodzinie.")
                return False
            if self.fate == "applied":
                return False
            for post in sorted(self.office.with_role("assistant"), key=lambda p: p.pk != self.assistant.pk):
                try:
                    self.case = assign_assistant(boss, self.case, post=post, on=self.day)
                    self.assistant = post
                    return True
                except Refusal:
                    continue
            self.case = assign_assistant(boss, self.case, post=self.assistant, on=self.day,
                                         over_limit_reason="Wszyscy asystenci mają pełne obciążenie, sprawa pilna.")  # fmt: skip
        return True

    def _begin(self) -> None:
        with self.acting(self.assistant) as actor:
            self.case = first_visit(actor, self.case, on=self.day, today=self.day)
            self._visit(actor, joint=True)
        if self.wait(6, 12):
            with self.acting(self.assistant) as actor:
                self._visit(actor)
        if not self.wait(6, 14):
            return
        self._sheet("assistance.diagnosis")
        if self.wait(2, 9) and self._plan():
            self._work()

    def _sheet(self, code: str, **given: Any) -> None:
        """Fill in a sheet: what must be answered, and a score where there is a scale."""
        with self.acting(self.assistant) as actor:
            record = start_sheet(actor, self.case, code=code, on=self.day)
            answers = {**record.answers, **given}
            for section in newest(code).sections:
                for question in section.questions:
                    if question.code in answers and answers[question.code] not in ("", None, [], {}):
                        continue
                    if question.kind == "scale":
                        answers[question.code] = str(self.random.choice((2, 2, 3, 3, 4)))
                    elif question.required:
                        answers[question.code] = self._answer(question)
            record = save_sheet(actor, record, answers=answers, rev=record.rev)
            finalise_sheet(actor, record, on=self.day)

    def _answer(self, question: Any) -> Any:
        if question.kind in ("choice", "many"):
            first = next(iter(question.words))
            code = first[0] if isinstance(first, tuple) else first.code
            return [code] if question.kind == "many" else code
        plain: dict[str, Any] = {
            "day": self.day.isoformat(),
            "yesno": "yes",
            "number": "1",
            "money": "0",
            "duration": "60",
        }
        return plain.get(
            question.kind, "Rodzina potrzebuje wsparcia w organizacji dnia, opiece nad dziećmi i sprawach urzędowych."
        )

    def _plan(self) -> bool:
        areas = [w.code for w in AREAS]
        chosen = self.random.sample(words.GOALS, self.random.choice((2, 3, 3, 4)))
        goals = tuple(
            Goal(
                wording=wording, area=area if area in areas else areas[n % len(areas)], family_words=said, priority=str(min(n + 1, 3)),
                tasks=tuple(
                    Task(description=task, doer="FAMILY" if i == 0 else "ASSISTANT", due_on=self.day + timedelta(days=60 + 30 * i))
                    for i, task in enumerate(tasks)
                ),
                effects=(Effect(indicator=effect, measured="rozmowa, dokumenty, informacja ze szkoły"),),
            )
            for n, (area, wording, said, tasks, effect) in enumerate(chosen)
        )  # fmt: skip
        with self.acting(self.assistant) as actor:
            version = start_plan(actor, self.case, on=self.day)
            content = Content(main_goal="Dzieci pozostają w domu i są bezpieczne", since=self.day,
                              until=self.day + timedelta(days=365), consulted_with=self.social.user.full_name, goals=goals)  # fmt: skip
            version = edit_draft(actor, version, content=content)
            version = agree(actor, version, on=self.day, today=self.day)
            version = submit_family_plan(actor, version, on=self.day)
        if self.fate == "planned" or not self.wait(1, 6):
            return False
        with self.acting((self.office.with_role("team_leader") or [self.office.boss()])[0]) as leader:
            approve_family_plan(leader, PlanVersion.objects.for_actor(leader).get(pk=version.pk), on=self.day)
        self.case.refresh_from_db()
        return True

    def _visit(self, actor: Actor, *, joint: bool = False) -> None:
        r = self.random
        members = list(Membership.objects.for_actor(actor).filter(family=self.family, until=None).order_by("pk"))
        children = [m.person_id for m in members if m.role == "CHILD"]
        adults = [m.person_id for m in members if m.role != "CHILD"]
        open_ones = list(Agreement.objects.for_actor(actor).filter(family=self.family, state="OPEN").order_by("pk")[:3])
        upcoming = self.upcoming = self._next_meeting()
        failed = not joint and r.random() < 0.06
        entry = VisitEntry(
            on=self.day, starts=time(r.choice((9, 10, 11, 13, 15, 16)), r.choice((0, 15, 30))),
            minutes=15 if failed else r.choice((60, 60, 90, 90, 120)), kind="NO_ONE_HOME" if failed else "PLANNED",
            present=() if failed else (*adults[:1], *children[:2]),
            children=() if failed else tuple(ChildSeen(c, seen=r.random() < 0.9) for c in children),
            joint_post_id=self.social.pk if joint else None, topic="" if failed else r.choice(words.TOPICS),
            course="" if failed else r.choice(words.COURSES), observation="" if failed else r.choice(words.OBSERVATIONS),
            activities=() if failed else tuple(r.sample(words.ACTIVITY_CODES, r.randint(1, 3))),
            settled=() if failed else tuple(
                Settled(a.pk, "DONE") if r.random() < 0.7 else Settled(a.pk, "NOT_DONE", "zabrakło czasu") for a in open_ones
            ),
            agreements=() if failed else (
                NewAgreement("FAMILY", r.choice(words.AGREEMENTS_FAMILY), self.day + timedelta(days=14)),
                *((NewAgreement("ASSISTANT", r.choice(words.AGREEMENTS_WORKER), self.day + timedelta(days=10)),) if r.random() < 0.4 else ()),
            ),
            goals=() if failed else tuple(
                GoalTouched(g.pk, r.choice(("IN_PROGRESS", "IN_PROGRESS", "PARTLY", "DONE"))) for g in goals_in_force(self.case.pk)[:1]
            ),
            km=Decimal(r.choice((0, 0, 4, 7, 12))), next_on=upcoming, next_at=time(r.choice((9, 11, 13, 15))), next_place="HOME",
        )  # fmt: skip
        record_visit(actor, self.case, entry=entry, today=self.day)

    def _work(self) -> None:
        """Visits and half-yearly assessments until the end of the work, or until today."""
        began = self.day
        assess_on = working(began + timedelta(days=self.random.randint(150, 178)))
        lasts = timedelta(days=self.random.randint(240, 720))
        while self._meet():
            if self.day >= assess_on:
                assess_on = working(self.day + timedelta(days=self.random.randint(150, 178)))
                self._assess()
            with self.acting(self.assistant) as actor:
                self._visit(actor)
            if self.random.random() < 0.02:
                self._court()
            if self.fate in ("monitored", "closed") and self.day - began > lasts:
                self._close()
                return
        if self.fate == "suspended":
            with self.acting(self.assistant) as actor:
                suspend_case(
                    actor,
                    self.case,
                    reason="ABROAD",
                    note="Matka wyjechała na miesiąc do pracy sezonowej.",
                    on=self.day,
                )

    def _assess(self) -> None:
        with self.acting(self.assistant) as actor:
            draft = start_assessment(actor, self.case, on=self.day)
            scores = {w.code: (self.random.choice((2, 3, 3, 4, 4)), "") for w in AREAS}
            draft = edit_assessment(actor, draft, today=self.day, rev=draft.rev, written=Written(
                on=self.day, scores=scores, family_heard=True, conclusion="CONTINUE", texts={"conclusion_reason": words.CONCLUSION},
            ))  # fmt: skip
            submit_assessment(actor, draft, on=self.day)
        with self.acting((self.office.with_role("team_leader") or [self.office.boss()])[0], 14) as leader:
            read_assessment(leader, draft)

    def _court(self) -> None:
        with self.acting(self.office.boss()) as boss:
            request = register_court_request(boss, self.family, today=self.day, demand=Demand(
                kind="OPINION", court=words.COURT, docket=f"III Nsm {self.random.randint(10, 400)}/{self.day.year % 100}",
                received_on=self.day, due_on=self.day + timedelta(days=14),
            ))  # fmt: skip
        if self.wait(5, 12):
            with self.acting(self.assistant) as actor:
                prepare_answer(actor, request, on=self.day)
            with self.acting(self.office.boss()) as boss:
                send_answer(boss, request, on=self.day, channel="EDELIVERY", today=self.day)

    def _close(self) -> None:
        with self.acting(self.assistant) as actor:
            reason = self.random.choice(("GOAL", "GOAL", "GOAL", "NOEFF", "MOVE"))
            self.case = start_closing(actor, self.case, reason=reason, note="Podsumowano pracę z rodziną.", on=self.day)
        if not self.wait(1, 6):
            return
        self._sheet("assistance.closing")
        with self.acting(self.office.boss()) as boss:
            self.case = close_to_monitoring(boss, self.case, outcome="STAYS", on=self.day)
        while self.wait(40, 80):
            with self.acting(self.assistant) as actor:
                record_monitoring(actor, self.case, on=self.day, form="PHONE", stable="Dzieci chodzą do szkoły, czynsz opłacony.",
                                  worrying="", decision="GO_ON", today=self.day)  # fmt: skip
            if self.fate == "closed" and self.random.random() < 0.4:
                with self.acting(self.office.boss()) as boss:
                    end_monitoring(boss, self.case, on=self.day, note="Rodzina radzi sobie sama.")
                return
