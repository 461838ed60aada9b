"""Where a family's life is played: the office, the family, the present day, and the ways of acting on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from typing import Any

from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.exchange.library.demo import words
from gniazdo.exchange.library.demo.county import Office
from gniazdo.exchange.library.demo.invent import InventedFamily
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for
from gniazdo.papers.actions import finalise_sheet, save_sheet, sign_sheet, start_sheet
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.rules import newest
from gniazdo.people.models import Family, Membership, Person

FILLED: tuple[Any, ...] = ("", None, [], {})


def working(day: date) -> date:
    """That day or the next Monday."""
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def working_before(day: date) -> date:
    """The working day before that day."""
    return day - timedelta(days={0: 3, 6: 2}.get(day.weekday(), 1))


class Stage:
    """One family with its office on the present day of its life; `fate` says how far it goes.

    `random` leads the whole county, `own` only what this family's card and papers say.
    """

    def __init__(
        self, office: Office, invented: InventedFamily, random: Random, *, start: date, today: date, fate: str
    ) -> None:
        self.office, self.invented, self.random, self.today, self.fate = office, invented, random, today, fate
        self.own = Random(f"{invented.people[0].pesel} {fate}")  # noqa: S311 - play, not secrets
        self.day = working(start)
        self.upcoming = self.day
        self.bond = "SINGLE"  # what ties the parents, once it is known
        self.case: CaseFile
        self.family: Family
        posts = office.with_role("assistant")
        self.assistant = random.choice([posts[0], *posts])  # the first one has the fullest desk
        self.social = random.choice(office.with_role("social_worker"))

    @property
    def clerk(self) -> Post:
        """Who keeps the registers of letters: the secretary, or the head where there is none."""
        return (self.office.with_role("secretary") or [self.office.boss()])[0]

    @property
    def leader(self) -> Post:
        """Who approves plans and reads assessments."""
        return (self.office.with_role("team_leader") or [self.office.boss()])[0]

    @contextmanager
    def acting(self, post: Post, hour: int = 9, *, day: date | None = None) -> Iterator[Actor]:
        """As that post, on the present day of this life or on another."""
        day = day or self.day
        with clock.stopped(clock.moment(day, hour)):
            actor = actor_for(post.user, on=day, post_id=post.pk)
            assert actor is not None
            yield actor

    def wait(self, low: int, high: int) -> bool:
        """Some days pass; False when the life reaches today: what happens today is left to the visitor."""
        later = working(self.day + timedelta(days=self.random.randint(low, high)))
        if later >= self.today:
            return False
        self.day = later
        return True

    def members(self, actor: Actor, *roles: str) -> list[Person]:
        """Those in the family now, in the order they were written in; of these roles only, when any are named."""
        rows = Membership.objects.for_actor(actor).filter(family=self.family, until=None).select_related("person")
        return [m.person for m in rows.order_by("pk") if not roles or m.role in roles]

    def sheet(self, code: str, *, by: Post | None = None, **given: Any) -> SheetRecord:
        """Fill in a sheet and make it final: what must be answered, and a score where there is a scale."""
        with self.acting(by or self.assistant) as actor:
            record = start_sheet(actor, self.case, code=code, on=self.day)
            answers = {**record.answers, **given}
            for section in newest(code).sections:
                for question in section.questions:
                    if question.code in answers and answers[question.code] not in FILLED:
                        continue
                    if question.kind == "scale":
                        answers[question.code] = str(self.random.choice((2, 2, 3, 3, 4)))
                    elif question.required or question.code in words.ANSWERS:
                        answers[question.code] = self._answer(question)
            record = save_sheet(actor, record, answers=answers, rev=record.rev)
            return finalise_sheet(actor, record, on=self.day)

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
        if question.kind in plain:
            return plain[question.kind]
        return self.own.choice(words.ANSWERS.get(question.code, words.ANSWERS[""]))

    def sign(self, record: SheetRecord, *who: str, refused: bool = False) -> None:
        """The named roles sign the paper the same day, the mother for the family; or the family refuses before a witness."""
        people = {
            "family": f"{self.invented.people[0].first_name} {self.invented.people[0].last_name}",
            "assistant": self.assistant.user.full_name,
            "worker": self.social.user.full_name,
            "social_worker": self.social.user.full_name,
            "manager": self.office.boss().user.full_name,
        }
        post = self.social if {"worker", "social_worker"} & set(who) and "assistant" not in who else self.assistant
        with self.acting(post, 12) as actor:
            for role in who:
                refuses = refused and role == "family"
                sign_sheet(
                    actor, record, role=role, name=people[role], signed_on=self.day, on=self.day, refused=refuses,
                    reason="Matka nie zgadza się z opisem stanu mieszkania." if refuses else "",
                    witness=self.social.user.full_name if refuses else "",
                )  # fmt: skip
