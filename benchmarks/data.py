"""Makes a large institution past the ORM: persons, families, cases, visits, timelines, plans, deadlines. All invented.

`python -m benchmarks.data --scale 1.0` makes 1,000,000 persons, 250,000 families, 40,000 open cases, 2,000,000 visits.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as hour
from random import Random
from typing import Any
from uuid import UUID

import django

FAMILIES, CASES, VISITS_OF_CASE = 250_000, 40_000, 50
CASELOAD = 15
LEARNED = 420  # days ago the oldest case came in
ONSETS = ("Ba", "Bie", "Chra", "Cze", "Dą", "Dro", "Go", "Gru", "Ja", "Ka", "Ko", "Kru", "Le", "Ło", "Ma", "Mie", "No", "Or", "Pie", "Po",
          "Ra", "Ro", "Sa", "Ski", "Sło", "Szcze", "Śle", "Tar", "To", "Wa", "Wie", "Wro", "Za", "Zie", "Źre", "Żu")  # fmt: skip
MIDDLES = ("bro", "cho", "cza", "dzi", "gro", "jew", "ka", "kow", "la", "lis", "ma", "mi", "na", "nia", "pa", "ra", "row", "ski", "sta", "szy",
           "ta", "tro", "wa", "wi", "za", "ziel", "żar", "łu")  # fmt: skip
ENDINGS = (
    ("ński", "ńska"),
    ("wski", "wska"),
    ("cki", "cka"),
    ("ciak", "ciak"),
    ("czyk", "czyk"),
    ("wicz", "wicz"),
    ("nek", "nek"),
    ("lko", "lko"),
)


def say(*words: object) -> None:
    """A line of progress."""
    print(f"{time.perf_counter() - BEGAN:7.1f} s ", *words, flush=True)


BEGAN = time.perf_counter()


class Maker:
    """Makes one institution's data. The same seed and day give the same data, apart from ids."""

    def __init__(self, scale: float, today: date) -> None:
        self.random = Random(7)
        self.today = today
        self.families, self.cases = int(FAMILIES * scale), int(CASES * scale)
        self.serial: dict[tuple[date, str], int] = {}

    def surname(self) -> tuple[str, str]:
        """(masculine, feminine); some surnames are common, most are rare."""
        r = self.random
        stem = ONSETS[int(r.random() ** 1.5 * len(ONSETS))] + MIDDLES[int(r.random() ** 1.5 * len(MIDDLES))]
        if r.random() < 0.5:
            stem += MIDDLES[int(r.random() * len(MIDDLES))]
        his, hers = ENDINGS[int(r.random() * len(ENDINGS))]
        return stem + his, stem + hers

    def staff(self) -> None:
        """The institution, its posts and their roles."""
        from benchmarks.load import load
        from gniazdo.orgs.models import Institution, JrwaClass, Post, RoleGrant, Team, User
        from gniazdo.platform.models import new_id

        self.institution = new_id()
        since = self.today - timedelta(days=2000)
        load(Institution, [{"id": self.institution, "kind": "OPS", "name": "Ośrodek pomiarowy", "short_name": "Pomiar", "teryt": "9909999",
                            "town": "Dębowo", "street": "ul. Lipowa 1", "postal_code": "99-001", "head_title": "Kierownik"}])  # fmt: skip
        own = {"institution_id": self.institution}
        load(
            JrwaClass, [{**own, "symbol": "5022", "title": "Asysta rodzinna", "used_for": "ASSISTANCE", "since": since}]
        )
        team = new_id()
        load(Team, [{**own, "id": team, "name": "Zespół"}])
        assistants = max(40, -(-self.cases // CASELOAD))
        workers = max(8, self.cases // 40)
        roles = [
            ("manager", 1),
            ("secretary", 1),
            ("team_leader", 1),
            ("social_worker", workers),
            ("assistant", assistants),
        ]
        users, posts, grants = [], [], []
        self.posts: dict[str, list[UUID]] = {}
        for role, count in roles:
            for n in range(count):
                user, post, (_his, hers) = new_id(), new_id(), self.surname()
                users.append(
                    {"id": user, "login": f"{role}{n}", "first_name": "Alicja", "last_name": hers, "password": "!"}
                )
                posts.append({**own, "id": post, "user_id": user, "title": role, "contract": "EMPLOYMENT", "since": since, "authorised_on": since,
                              "secrecy_signed_on": since, "team_id": team if role == "team_leader" or (role == "assistant" and n < 10) else None})  # fmt: skip
                grants.append({**own, "post_id": post, "role": role, "since": since})
                self.posts.setdefault(role, []).append(post)
        load(User, users)
        load(Post, posts)
        load(RoleGrant, grants)

    def pesel(self, born_on: date, sex: str) -> str:
        """A PESEL nobody else has."""
        from gniazdo.exchange.library.demo.invent import pesel

        n = self.serial[born_on, sex] = self.serial.get((born_on, sex), -1) + 1
        return pesel(born_on, sex, n)

    def people(self) -> None:
        """Families of four with an address and a phone, their persons and the index of names."""
        from benchmarks.load import load
        from gniazdo.people.models import (
            Address,
            Contact,
            Family,
            Membership,
            NameToken,
            Person,
            PersonToken,
            TokenDeletion,
        )
        from gniazdo.people.rules import names
        from gniazdo.platform.models import new_id

        self.family_ids: list[UUID] = []
        self.members: dict[UUID, list[UUID]] = {}
        words: set[str] = set()
        own = {"institution_id": self.institution}
        step = max(self.families // self.cases, 1)
        part = 10_000
        for start in range(0, self.families, part):
            families, persons, members, addresses, contacts, tokens = [], [], [], [], [], []
            for n in range(start, min(start + part, self.families)):
                family, people = self._family(new_id(), new_id)
                families.append(family)
                self.family_ids.append(family["id"])
                if n % step == 0:
                    self.members[family["id"]] = [p["id"] for p in people]
                for k, p in enumerate(people):
                    persons.append(p)
                    members.append({**own, "family_id": family["id"], "person_id": p["id"], "role": "PARENT" if k < 2 else "CHILD",
                                    "since": date(2020, 1, 1)})  # fmt: skip
                    for word in names.tokens(p["first_name"], p["last_name"]):
                        tokens.append({**own, "person_id": p["id"], "text": word})
                        words.add(word)
                phone = f"5{self.random.randrange(10**8):08d}"
                addresses.append({**own, "family_id": family["id"], "kind": "RESIDENCE", "street": f"ul. Lipowa {n % 90 + 1}", "postal_code": "99-001",
                                  "town": "Dębowo", "since": date(2020, 1, 1)})  # fmt: skip
                contacts.append({**own, "family_id": family["id"], "kind": "PHONE", "value": phone, "digits": phone})
            for model, rows in ((Family, families), (Person, persons), (Membership, members), (Address, addresses), (Contact, contacts),
                                (PersonToken, tokens)):  # fmt: skip
                load(model, rows)
            if start % 50_000 == 0:
                say(f"{len(self.family_ids):,} families")
        load(NameToken, ({**own, "text": w} for w in sorted(words)))
        load(TokenDeletion, ({**own, "key": k, "text": w} for w in sorted(words) for k in names.deletions(w)))

    def _family(self, family_id: UUID, new_id: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        from gniazdo.exchange.library.demo.invent import BOYS, GIRLS, MEN, WOMEN
        from gniazdo.people.rules import names

        r = self.random
        his, hers = self.surname()
        own = {"institution_id": self.institution}
        people = []
        for k, (names_of, sex, youngest, oldest) in enumerate(
            ((WOMEN, "F", 20, 45), (MEN, "M", 22, 55), (GIRLS, "F", 0.3, 17), (BOYS, "M", 0.3, 17))
        ):
            born = self.today - timedelta(days=int(r.uniform(youngest, oldest) * 365))
            first, last = names_of[int(r.random() * len(names_of))], (hers if k in (0, 2) else his)
            number = self.pesel(born, sex)
            people.append({**own, "id": new_id(), "first_name": first, "last_name": last, "sex": sex, "born_on": born, "pesel": number,
                           "pesel_reversed": number[::-1], "sort_key": names.sort_key(last, first), "fold_first": names.fold(first),
                           "fold_last": names.fold(last)})  # fmt: skip
        return {**own, "id": family_id, "name": hers, "sort_key": names.polish_key(hers)[:240]}, people

    def work(self) -> None:
        """Cases with their workers, logs, plans, visits and timelines."""
        from benchmarks.load import load
        from gniazdo.access.models import AccessGrant, JournalEntry
        from gniazdo.assistance.models import AssistanceCase, Visit, VisitActivity, VisitPerson
        from gniazdo.cases.models import Assignment, CaseCounter, CaseFile, Event, Transition
        from gniazdo.plans.models import Goal, Plan, PlanTask, PlanVersion

        own = {"institution_id": self.institution}
        self.case_families = list(self.members)[: self.cases]
        year = self.today.year
        load(CaseCounter, [{**own, "kind": "ASSISTANCE", "year": year, "last": self.cases}])
        part = 2_000
        # The same caseload for all: assistant n works with fifteen families spread over the alphabet.
        shuffled = self.case_families[:]
        self.random.shuffle(shuffled)
        self.case_families = shuffled
        order = (CaseFile, AssistanceCase, Assignment, AccessGrant, Transition, Plan, PlanVersion, Goal, PlanTask, Visit, VisitActivity,
                 VisitPerson, Event, JournalEntry)  # fmt: skip
        for start in range(0, self.cases, part):
            rows: dict[Any, list[dict[str, Any]]] = {model: [] for model in order}
            for n in range(start, min(start + part, self.cases)):
                self._case(n, shuffled[n], rows)
            for model in order:
                load(model, rows[model])
            if start % 10_000 == 0:
                say(f"{start:,} cases")

    def _case(self, n: int, family: UUID, rows: dict[Any, list[dict[str, Any]]]) -> None:
        from gniazdo.access.models import AccessGrant
        from gniazdo.assistance.models import AssistanceCase
        from gniazdo.cases.models import Assignment, CaseFile, Transition
        from gniazdo.platform.models import new_id

        own = {"institution_id": self.institution}
        case, opened = new_id(), self.today - timedelta(days=LEARNED - n % 60)
        chance = n % 20
        steps = [("open", "", "REFERRED", 0), ("assign_social_worker", "REFERRED", "INTERVIEW", 3), ("find_need", "INTERVIEW", "APPLIED", 14),
                 ("assign", "APPLIED", "ASSIGNED", 20), ("first_visit", "ASSIGNED", "DIAGNOSIS", 27),
                 ("finish_diagnosis", "DIAGNOSIS", "PLANNED", 40), ("approve_plan", "PLANNED", "ACTIVE", 45)]  # fmt: skip
        if chance == 0:
            steps = [*steps[:3], ("put_on_waiting_list", "APPLIED", "WAITING", 20)]
        elif chance in (1, 2):
            steps = steps[: 4 + chance]
        assistant = self.posts["assistant"][n // CASELOAD]
        worker = self.posts["social_worker"][n % len(self.posts["social_worker"])]
        state, after = steps[-1][2], timedelta(days=steps[-1][3])
        day = {move: opened + timedelta(days=d) for move, _s, _t, d in steps}
        rows[CaseFile].append({**own, "id": case, "family_id": family, "kind": "ASSISTANCE", "case_mark": f"AR.5022.{n + 1}.{self.today.year}",
                               "year": self.today.year, "number": n + 1, "state": state, "state_since": opened + after, "opened_on": opened})  # fmt: skip
        rows[AssistanceCase].append({**own, "case_id": case, "family_id": family, "learned_on": opened, "referrer": "SCHOOL", "basis": "CONSENT",
                                     "consent_given_on": opened, "interview_on": opened + timedelta(days=10), "applied_on": day["find_need"],
                                     "waiting_since": day.get("put_on_waiting_list"), "assigned_on": day.get("assign"),
                                     "social_worker_id": worker, "first_visit_on": day.get("first_visit")})  # fmt: skip
        for post, role in ((worker, "SOCIAL_WORKER"), (assistant, "ASSISTANT")):
            if role == "SOCIAL_WORKER" or "assign" in day:
                rows[Assignment].append(
                    {**own, "case_id": case, "post_id": post, "role": role, "since": opened + timedelta(days=20)}
                )
                rows[AccessGrant].append(
                    {**own, "subject_id": family, "post_id": post, "since": opened, "basis": "assignment"}
                )
        rows[Transition] += [{**own, "case_id": case, "move": move, "source": source, "target": target, "on": opened + timedelta(days=d),
                              "by_id": worker} for move, source, target, d in steps]  # fmt: skip
        self._events(case, family, worker, steps, opened, rows)
        if "approve_plan" in day:
            self._plan(case, family, day["approve_plan"], worker, rows)
        if "first_visit" in day:
            self._visits(n, case, family, assistant, day["first_visit"], rows)

    def _events(
        self, case: UUID, family: UUID, post: UUID, steps: Any, opened: date, rows: dict[Any, list[dict[str, Any]]]
    ) -> None:
        from gniazdo.cases.models import Event
        from gniazdo.kernel.clock import WARSAW

        for move, _source, _target, d in steps:
            rows[Event].append({"institution_id": self.institution, "family_id": family, "case_id": case, "kind": "state",
                                "at": datetime.combine(opened + timedelta(days=d), hour(12), WARSAW), "title": move, "by_id": post,
                                "record_kind": "cases.casefile", "record_id": case, "is_significant": True})  # fmt: skip

    def _plan(self, case: UUID, family: UUID, on: date, worker: UUID, rows: dict[Any, list[dict[str, Any]]]) -> None:
        from gniazdo.kernel.clock import WARSAW
        from gniazdo.plans.models import Goal, Plan, PlanTask, PlanVersion
        from gniazdo.platform.models import new_id

        own = {"institution_id": self.institution, "family_id": family}
        plan, version = new_id(), new_id()
        rows[Plan].append({**own, "id": plan, "case_id": case, "kind": "FAMILY", "started_on": on})
        rows[PlanVersion].append({**own, "id": version, "plan_id": plan, "number": 1, "status": "approved", "since": on,
                                  "main_goal": "Dzieci bezpieczne w domu", "agreed_on": on, "submitted_on": on,
                                  "approved_at": datetime.combine(on, hour(12), WARSAW), "approved_by_id": worker})  # fmt: skip
        for k, area in enumerate(("HOUSING", "BUDGET", "SCHOOL")):
            goal = new_id()
            rows[Goal].append(
                {
                    **own,
                    "id": goal,
                    "version_id": version,
                    "area": area,
                    "wording": "Rachunki opłacone na czas",
                    "order": k,
                }
            )
            rows[PlanTask] += [{**own, "goal_id": goal, "description": "Spisać wydatki", "due_on": self.today + timedelta(days=40 * t - 20),
                                "order": t} for t in range(2)]  # fmt: skip

    def _visits(
        self, n: int, case: UUID, family: UUID, post: UUID, since: date, rows: dict[Any, list[dict[str, Any]]]
    ) -> None:
        from gniazdo.access.models import JournalEntry
        from gniazdo.assistance.models import Visit, VisitActivity, VisitPerson
        from gniazdo.cases.models import Event
        from gniazdo.kernel.clock import WARSAW
        from gniazdo.platform.models import new_id

        own = {"institution_id": self.institution, "family_id": family}
        last = self.today - timedelta(days=2 + (60 if n % 40 == 0 else n % 7))
        gap = max((last - since).days / VISITS_OF_CASE, 1)
        count = min(
            VISITS_OF_CASE + (VISITS_OF_CASE * 2 // 18), (last - since).days
        )  # cases without visits are made up for
        gap = (last - since).days / count
        for k in range(count):
            visit, on = new_id(), last - timedelta(days=int(gap * (count - 1 - k)))
            starts = hour(8 + (n + k) % 8, 30)
            rows[Visit].append({**own, "id": visit, "case_id": case, "post_id": post, "on": on, "starts": starts, "minutes": 60, "kind": "PLANNED",
                                "place": "HOME", "topic": "Budżet domowy", "course": "Omówiliśmy wydatki miesiąca i plan spłat. " * 4,
                                "observation": "Dzieci odrobiły lekcje.", "next_on": on + timedelta(days=7)})  # fmt: skip
            at = datetime.combine(on, starts, WARSAW)
            rows[Event].append({**own, "case_id": case, "kind": "visit", "at": at, "created_at": at, "title": "Wizyta umówiona, 60 min",
                                "summary": "Budżet domowy", "by_id": post, "record_kind": "assistance.visit", "record_id": visit,
                                "url_name": "assistance:visit-view"})  # fmt: skip
            if k >= count - 10:
                rows[VisitActivity] += [{**own, "visit_id": visit, "code": code} for code in ("BUDGET", "SCHOOL")]
                rows[JournalEntry].append({"at": at, "institution_id": self.institution, "post_id": post, "user_id": post,
                                           "code": "assistance.visit.record", "outcome": "done", "subject_id": family,
                                           "object_kind": "assistance.visit", "object_id": visit, "changes": {"verb": "create"}})  # fmt: skip
            if k >= count - 3:
                rows[VisitPerson] += [
                    {**own, "visit_id": visit, "person_id": p, "present": True} for p in self.members[family]
                ]

    def deadlines(self) -> int:
        """The cache of due rows, as the declarations compute it today."""
        from benchmarks.load import load
        from gniazdo.deadlines.actions import FIELDS, _values
        from gniazdo.deadlines.models import DeadlineRow
        from gniazdo.deadlines.queries import compute

        def rows() -> Iterator[dict[str, Any]]:
            for start in range(0, len(self.case_families), 500):
                for fact in compute(self.institution, self.case_families[start : start + 500], on=self.today):
                    yield {"institution_id": self.institution, "declaration": fact.declaration, "family_id": fact.family_id,
                           "subject_id": fact.subject_id, "starts_on": fact.starts_on, **{k: v for k, v in _values(fact).items() if k in FIELDS}}  # fmt: skip

        return load(DeadlineRow, rows())

    def bare(self) -> None:
        """Rows of the bare page: as many as there are persons."""
        from benchmarks.load import load
        from benchmarks.models import Bare

        load(Bare, ({"name": f"{self.surname()[1]} {n}", "note": "n"} for n in range(self.families * 4)))


def make(scale: float) -> None:
    """Create the tables and fill them."""
    from django.core.management import call_command
    from django.db import connection

    from gniazdo.kernel import clock
    from gniazdo.orgs.models import Owned
    from gniazdo.platform.models import has_fence, lower_fence, raise_fence

    call_command("migrate", run_syncdb=True, verbosity=0)
    if has_fence():
        lower_fence(Owned)
    say("tables")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-2000000")
    maker = Maker(scale, clock.today())
    maker.staff()
    maker.people()
    say("people")
    maker.work()
    say("work")
    say(f"{maker.deadlines():,} deadlines")
    maker.bare()
    if has_fence():
        raise_fence(Owned)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")
    say("done")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01)
    wanted = parser.parse_args(sys.argv[1:])
    django.setup()
    make(wanted.scale)
