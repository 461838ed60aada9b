"""Month by month: time cards of the assistants and reports on families, handed in, read, returned, or still being written."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

from gniazdo.assistance.actions.report import edit_report, read_report, start_report, submit_report
from gniazdo.assistance.actions.timecard import accept_card, add_time_entry, return_card, submit_card
from gniazdo.assistance.models import Visit
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.exchange.library.demo import words
from gniazdo.exchange.library.demo.county import Office
from gniazdo.exchange.library.demo.stage import working
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for

BACK = 4
REPORTED = 3
OWN_TIME = (
    ("OFFICE", 180, "dokumentacja i telefony"),
    ("MEETING", 90, "zespół asysty"),
    ("SUPERVISION", 120, "superwizja grupowa"),
)


def live_months(office: Office, random: Random, *, today: date) -> None:
    """The last months of every assistant, up to today."""
    this = today.replace(day=1)
    leader = (office.with_role("team_leader") or [office.boss()])[0]
    for n, post in enumerate(office.with_role("assistant")):
        for month in (add_months(this, -back) for back in range(BACK, -1, -1)):
            _own_time(post, month, random, today=today)
            if month < this:
                _card(post, leader, month, today=today, fate=(n if add_months(month, 1) == this else 0))
        cases = _cases(post)
        for m, case in enumerate(cases):
            for month in (add_months(this, -back) for back in range(REPORTED, 0, -1)):
                _report(case, post, leader, month, random, today=today, last=add_months(month, 1) == this)
            if m < 2:
                _started(case, post, this, today=today)


def _cases(post: Post) -> list[CaseFile]:
    rows = Assignment.objects.system().filter(post=post, role="ASSISTANT", until=None, case__state="ACTIVE")
    return [a.case for a in rows.select_related("case__family").order_by("case__number", "pk")]


def _own_time(post: Post, month: date, random: Random, *, today: date) -> None:
    """Work outside families: a few hours of the office, a meeting, now and then supervision."""
    for n, (kind, minutes, note) in enumerate(OWN_TIME[: random.randint(2, 3)]):
        on = working(month + timedelta(days=4 + 7 * n))
        if on >= today:
            return
        with clock.stopped(clock.moment(on, 16)):
            actor = actor_for(post.user, on=on, post_id=post.pk)
            assert actor is not None
            add_time_entry(actor, post, on=on, starts=time(8), minutes=minutes, kind=kind, today=on, note=note)


def _card(post: Post, leader: Post, month: date, *, today: date, fate: int) -> None:
    """Handed in on the second working day; then accepted, or waiting (1), or returned (2)."""
    on = working(add_months(month, 1) + timedelta(days=1))
    if on >= today:
        return
    with clock.stopped(clock.moment(on, 15)):
        actor = actor_for(post.user, on=on, post_id=post.pk)
        assert actor is not None
        card = submit_card(actor, post, month=month, today=on)
    after = working(on + timedelta(days=2))
    if fate % 4 in (1, 3) or after >= today:
        return
    with clock.stopped(clock.moment(after, 10)):
        head = actor_for(leader.user, on=after, post_id=leader.pk)
        assert head is not None
        if fate % 4 == 2:
            return_card(head, card, reason="Brakuje dojazdów z drugiego tygodnia miesiąca.")
        else:
            accept_card(head, card)


def _report(case: CaseFile, post: Post, leader: Post, month: date, random: Random, *, today: date, last: bool) -> None:
    """The month's report of one family: written from its visits, read by the head; the last one not by everybody yet."""
    on = working(add_months(month, 1) + timedelta(days=3))
    if on >= today:
        return
    with clock.stopped(clock.moment(on, 14)):
        actor = actor_for(post.user, on=on, post_id=post.pk)
        assert actor is not None
        if case.family_id not in actor.subject_ids:  # handed over later: that month was another assistant's
            return
        visits = Visit.objects.for_actor(actor).filter(case=case, on__gte=month, on__lt=add_months(month, 1))
        told = [v for v in visits.order_by("on", "pk") if v.course]
        if not told:
            return
        report = start_report(actor, case, month=month, today=on)
        texts = {"results": random.choice(words.RESULTS), "problems": random.choice(words.PROBLEMS),
                 "next_plan": random.choice(words.NEXT_MONTH)}  # fmt: skip
        inserts = {(v.pk, "topics"): v.course for v in told[:2]}
        report = edit_report(actor, report, texts=texts, inserts=inserts, rev=report.rev)
        report = submit_report(actor, report, on=on)
    after = working(on + timedelta(days=3))
    if after >= today or (last and random.random() < 0.5):
        return
    with clock.stopped(clock.moment(after, 11)):
        head = actor_for(leader.user, on=after, post_id=leader.pk)
        assert head is not None
        read_report(head, report)


def _started(case: CaseFile, post: Post, month: date, *, today: date) -> None:
    """This month's report, begun and put off."""
    with clock.stopped(clock.moment(today, 0)):
        actor = actor_for(post.user, on=today, post_id=post.pk)
        assert actor is not None
        report = start_report(actor, case, month=month, today=today)
        visits = Visit.objects.for_actor(actor).filter(case=case, on__gte=month).order_by("on", "pk")
        inserts = {(v.pk, "topics"): v.course for v in visits if v.course}
        edit_report(actor, report, texts={"problems": words.PROBLEMS[1]}, inserts=inserts, rev=report.rev)
