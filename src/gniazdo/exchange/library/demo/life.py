"""One family's life with the centre: the verbs a real centre would use, on the days it would use them."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from gniazdo.access.rules import Actor, Refusal
from gniazdo.assistance.actions.assessment import (
    ChildView,
    GoalView,
    Written,
    edit_assessment,
    period_offered,
    read_assessment,
    start_assessment,
    submit_assessment,
)
from gniazdo.assistance.actions.assign import (
    Handover,
    assign_assistant,
    change_assistant,
    first_visit,
    put_on_waiting_list,
)
from gniazdo.assistance.actions.basis import Ruling, court_obliges
from gniazdo.assistance.actions.closing import close_to_monitoring, end_monitoring, record_monitoring, start_closing
from gniazdo.assistance.actions.course import suspend_case
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
from gniazdo.assistance.actions.specialists import assign_specialist
from gniazdo.assistance.actions.visit import ChildSeen, GoalTouched, NewAgreement, Settled, VisitEntry, record_visit
from gniazdo.assistance.models import Agreement, FamilyAssessment
from gniazdo.assistance.queries.reviews import goals_to_assess
from gniazdo.exchange.library.demo import home, post_room, words
from gniazdo.exchange.library.demo.stage import Stage, working
from gniazdo.people.models import Membership
from gniazdo.plans.actions.approval import agree, attach_plan_scan, record_signature
from gniazdo.plans.actions.drafting import edit_draft, start_plan
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import goals_in_force, version_view
from gniazdo.plans.queries.printing import plan_pdf
from gniazdo.plans.rules import Content, Effect, Goal, Task
from gniazdo.plans.vocab import AREAS


class Life(Stage):
    """A family's way through the process until today; `fate` says how far it goes."""

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
        post_room.answer_referrer(self, self.referrer)
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
        self.referrer = institution
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
            home.set_ties(self, actor)
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
            home.describe(self, actor)
        if self.fate != "court":
            self.sign(
                self.sheet("assistance.consent", by=self.social, basis="CONSENT", given_on=self.day.isoformat()),
                "worker",
                "family",
            )
        with self.acting(self.social, 13) as actor:
            self.case = find_need(actor, self.case, on=self.day)
        return True

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
                    break
                except Refusal:
                    continue
            else:
                self.case = assign_assistant(boss, self.case, post=self.assistant, on=self.day,
                                             over_limit_reason="Wszyscy asystenci mają pełne obciążenie, sprawa pilna.")  # fmt: skip
        post_room.assignment(self)
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
        if self.own.random() < 0.5:
            self.sign(self.sheet("assistance.contract"), "family", "assistant")
        self.sign(self.sheet("assistance.diagnosis"), "assistant", "family", refused=self.own.random() < 0.12)
        if self.wait(2, 9) and self._plan():
            self._work()

    def _goals(self, people: tuple[str, ...]) -> tuple[Goal, ...]:
        areas = [w.code for w in AREAS]
        chosen = self.random.sample(words.GOALS, self.random.choice((2, 3, 3, 4)))
        return tuple(
            Goal(
                wording=wording, area=area if area in areas else areas[n % len(areas)], family_words=said, priority=str(min(n + 1, 3)),
                persons=people[n % len(people) :][:2] if people else (),
                tasks=tuple(
                    Task(description=task, doer="FAMILY" if i == 0 else "ASSISTANT", due_on=self.day + timedelta(days=60 + 30 * i))
                    for i, task in enumerate(tasks)
                ),
                effects=(Effect(indicator=effect, measured="rozmowa, dokumenty, informacja ze szkoły"),),
            )
            for n, (area, wording, said, tasks, effect) in enumerate(chosen)
        )  # fmt: skip

    def _plan(self) -> bool:
        with self.acting(self.assistant) as actor:
            version = start_plan(actor, self.case, on=self.day)
            people = tuple(str(p.pk) for p in self.members(actor, "PARENT", "CHILD"))
            content = Content(main_goal="Dzieci pozostają w domu i są bezpieczne", since=self.day, until=self.day + timedelta(days=365),
                              consulted_with=self.social.user.full_name, goals=self._goals(people))  # fmt: skip
            version = edit_draft(actor, version, content=content)
            version = agree(actor, version, on=self.day, today=self.day)
            version = submit_family_plan(actor, version, on=self.day)
        self._sign_plan(version)
        if self.fate == "planned" or not self.wait(1, 6):
            return False
        with self.acting(self.leader) as leader:
            version = approve_family_plan(leader, PlanVersion.objects.for_actor(leader).get(pk=version.pk), on=self.day)
            record_signature(
                leader, version, signer="MANAGER", name=self.leader.user.full_name, on=self.day, today=self.day
            )
        self._scan(version)
        self.case.refresh_from_db()
        return True

    def _sign_plan(self, version: PlanVersion) -> None:
        """The mother signs, or now and then refuses before a witness; so does the assistant."""
        mother = self.invented.people[0]
        refusal = "Chce jeszcze porozmawiać z mężem." if self.own.random() < 0.1 else ""
        with self.acting(self.assistant, 12) as actor:
            record_signature(
                actor, version, signer="FAMILY", name=f"{mother.first_name} {mother.last_name}", on=self.day, today=self.day,
                refusal=refusal, witness=self.social.user.full_name if refusal else "",
            )  # fmt: skip
            record_signature(
                actor, version, signer="ASSISTANT", name=self.assistant.user.full_name, on=self.day, today=self.day
            )

    def _scan(self, version: PlanVersion) -> None:
        """Every third plan's signed paper was scanned."""
        if self.own.random() < 0.35:
            with self.acting(self.assistant, 13) as actor:
                attach_plan_scan(
                    actor,
                    version,
                    content=plan_pdf(version_view(actor, version.plan, on=self.day)),
                    name="plan podpisany.pdf",
                    on=self.day,
                )

    def _visit(self, actor: Actor, *, joint: bool = False, last: bool = False) -> None:
        r = self.random
        members = list(Membership.objects.for_actor(actor).filter(family=self.family, until=None).order_by("pk"))
        children = [m.person_id for m in members if m.role == "CHILD"]
        adults = [m.person_id for m in members if m.role != "CHILD"]
        open_ones = list(
            Agreement.objects.for_actor(actor)
            .filter(family=self.family, state="OPEN")
            .order_by("pk")[: 30 if last else 3]
        )
        upcoming = self.upcoming = self._next_meeting()
        failed = not joint and not last and r.random() < 0.06
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
            agreements=() if failed or last else (
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
        lasts, visits = timedelta(days=self.random.randint(240, 720)), 0
        while self._meet():
            if self.day >= assess_on:
                assess_on = working(self.day + timedelta(days=self.random.randint(150, 178)))
                self._assess()
            with self.acting(self.assistant) as actor:
                self._visit(actor)
            visits += 1
            self._now_and_then(visits)
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

    def _now_and_then(self, visits: int) -> None:
        """The school is asked, a specialist comes in, the card is looked at again after half a year, some get another assistant."""
        if visits == 4 and self.own.random() < 0.4:
            post_room.ask_school(self)
        if visits % 14 == 13:
            with self.acting(self.assistant, 14) as actor:
                home.look_again(self, actor)
        if visits == 6 and self.own.random() < 0.4:
            self._call_specialist()
        if visits == 8 and self.own.random() < 0.2:
            self._hand_over()

    def _call_specialist(self) -> None:
        found = self.office.with_role("specialist")
        if found and self.case.state == "ACTIVE":
            with self.acting(self.office.boss(), 14) as boss:
                assign_specialist(boss, self.case, post=found[0], purpose=self.own.choice(words.PURPOSES), on=self.day)

    def _hand_over(self) -> None:
        others = [p for p in self.office.with_role("assistant") if p.pk != self.assistant.pk]
        if not others:
            return
        told = Handover(
            words.HANDOVER,
            agreements="Rata czynszu do 10. dnia miesiąca.",
            next_steps="Zebranie w szkole, wizyta u logopedy.",
        )
        with self.acting(self.office.boss(), 15) as boss:
            change_assistant(
                boss, self.case, post=others[0], on=self.day, reason="wyrównanie obciążenia asystentów", handover=told,
                over_limit_reason="Zmiana za zgodą asystenta, do czasu zamknięcia innej sprawy.",
            )  # fmt: skip
        self.assistant = others[0]

    def _assess(self) -> None:
        with self.acting(self.assistant) as actor:
            draft = start_assessment(actor, self.case, on=self.day)
            draft = edit_assessment(actor, draft, today=self.day, rev=draft.rev, written=self.judged(actor, draft))
            submit_assessment(actor, draft, on=self.day)
        with self.acting(self.leader, 14) as leader:
            read_assessment(leader, draft)

    def judged(self, actor: Actor, draft: FamilyAssessment) -> Written:
        """Area by area, child by child, goal by goal, with what shows it."""
        r = self.own
        found = [(area, o.source_id) for o in period_offered(draft)[:24] for area in o.areas[:1]]
        return Written(
            on=self.day, scores={w.code: (self.random.choice((2, 3, 3, 4, 4)), "") for w in AREAS}, family_heard=True,
            children={
                child.pk: ChildView("HOME", words.CHILD_VIEWS[1], words.CHILD_VIEWS[0], r.choice(words.CHILD_VIEWS[::2]), "")
                for child in self.members(actor, "CHILD")
            },
            adults={p.pk: (r.choice(("FULL", "PARTIAL", "PARTIAL", "LOW")), "") for p in self.members(actor, "PARENT")},
            goals={
                one.goal.root: GoalView(degree, "zapisy wizyt, informacja ze szkoły", words.CAUSE if degree < 50 else "")
                for one, degree in ((one, r.choice((25, 50, 60, 80, 100))) for one in goals_to_assess(self.case.pk))
            },
            evidence=frozenset(found[:: max(1, len(found) // 4)][:4]), conclusion=r.choice(("CONTINUE", "CONTINUE", "CHANGE_PLAN")),
            texts={"conclusion_reason": words.CONCLUSION, "family_view": "Jest nam łatwiej, ale boimy się zostać sami."},
        )  # fmt: skip

    def _court(self) -> None:
        docket = f"III Nsm {self.random.randint(10, 400)}/{self.day.year % 100}"
        request = post_room.court_asks(self, docket)
        if self.wait(5, 12):
            post_room.answer_court(self, request)

    def _close(self) -> None:
        with self.acting(self.assistant) as actor:
            self._visit(actor, last=True)
            reason = self.random.choice(("GOAL", "GOAL", "GOAL", "NOEFF", "MOVE"))
            self.case = start_closing(actor, self.case, reason=reason, note="Podsumowano pracę z rodziną.", on=self.day)
        if not self.wait(1, 6):
            return
        self.sign(self.sheet("assistance.closing"), "assistant")
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
