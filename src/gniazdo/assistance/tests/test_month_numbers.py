"""The time card and the monthly report say what the visits say: minutes, kilometres, counts by kind, families."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gniazdo.assistance.actions.report import edit_report, start_report, submit_report
from gniazdo.assistance.actions.visit import correct_visit
from gniazdo.assistance.queries.reviews import monthly_numbers, report_numbers
from gniazdo.assistance.queries.timecard import row_from, row_to_json, time_card
from gniazdo.assistance.queries.timeprints import spent_on
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS

MONTH = date(2026, 11, 1)
KINDS = [w.code for w in CONTACT_KINDS]
GROUP = {w.code: w.group for w in CONTACT_KINDS}


@dataclass(frozen=True)
class Told:
    """A contact to record: with which of two families, when, of what kind."""

    whose: int
    on: date
    kind: str
    minutes: int
    km: Decimal
    ticket: Decimal
    done: tuple[str, ...]


def contacts():
    return st.builds(
        Told, st.integers(0, 1), st.dates(date(2026, 10, 28), date(2026, 11, 18)), st.sampled_from(KINDS),
        st.integers(1, 180), st.decimals(0, 60, places=1), st.decimals(0, 20, places=2),
        st.lists(st.sampled_from(["SCHOOL", "BUDGET", "EMO"]), max_size=3, unique=True).map(tuple),
    )  # fmt: skip


@pytest.fixture
def works(cast):
    return make_work(cast), make_work(cast, name="Drudzy")


def record(works, told):
    return make_visit(
        works[told.whose], days_ago=0, on=told.on, kind=told.kind, minutes=told.minutes, km=told.km, ticket=told.ticket,
        activities=told.done,
    )  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(contacts(), max_size=7))
def test_card_and_report_agree_with_the_visits(works, told):
    with transaction.atomic():
        for one in told:
            record(works, one)
        card = time_card(works[0].anna, month=MONTH)
        counted = [monthly_numbers(w.case.pk, month=MONTH) for w in works]
        transaction.set_rollback(True)
    month = [t for t in told if t.on >= MONTH and t.kind != "NOTE"]
    reached = [t for t in month if GROUP[t.kind] != "failed"]
    assert (card.totals.minutes, card.totals.km, card.totals.ticket) == (
        sum(t.minutes for t in month), sum((t.km for t in month), Decimal(0)), sum((t.ticket for t in month), Decimal(0)),
    )  # fmt: skip
    assert card.totals.families == len({t.whose for t in reached})
    assert card.totals.days == len({t.on for t in month})
    by_group = Counter()
    for t in month:
        by_group[GROUP[t.kind]] += t.minutes
    assert dict(card.totals.by_group) == dict(by_group)
    for n, numbers in enumerate(counted):
        mine = [t for t in month if t.whose == n]
        count = Counter(GROUP[t.kind] for t in mine)
        assert (numbers.visits, numbers.contacts, numbers.failed) == (count["visit"], count["contact"], count["failed"])
        with_family = [t for t in reached if t.whose == n]
        assert numbers.minutes == sum(t.minutes for t in with_family)
        done = Counter(ACTIVITIES.label_of(code) for t in with_family for code in t.done)
        assert dict(numbers.activities) == dict(done)
    spent = dict(card.totals.by_group)
    assert sum(n.minutes for n in counted) == spent.get("visit", 0) + spent.get("contact", 0)
    assert [row_from(row_to_json(r)).family for r in card.rows] == [r.family for r in card.rows]


def test_chosen_sentences_keep_their_visit(works):
    work = works[0]
    mine, _old, _other = make_visit(work), make_visit(work, days_ago=40), make_visit(works[1])
    report = start_report(work.anna, work.case, month=work.today, today=work.today)
    report = edit_report(work.anna, report, texts={}, inserts={(mine.pk, "results"): mine.course})
    assert [(i.visit_id, i.text) for i in report.inserts.order_by("id")] == [(mine.pk, mine.course)]


def test_a_report_handed_in_keeps_its_numbers_when_a_visit_is_corrected(works):
    work = works[0]
    visit = make_visit(work, minutes=60, activities=("SCHOOL",))
    report = start_report(work.anna, work.case, month=work.today, today=work.today)
    report = edit_report(work.anna, report, texts={"results": "Dzieci w szkole"}, inserts={})
    report = submit_report(work.anna, report, on=work.today)
    correct_visit(work.anna, visit, entry=entry_of(work, minutes=90), reason="Pomyłka", today=work.today)
    kept = report_numbers(work.case.pk, report, month=MONTH)
    assert (kept.minutes, kept.activities) == (60, (("szkoła i przedszkole", 1),))
    assert monthly_numbers(work.case.pk, month=MONTH).minutes == 90


def test_hours_by_kind_are_in_words(works):
    make_visit(works[0], minutes=90)
    make_visit(works[0], days_ago=1, kind="UNSAFE", minutes=15)
    assert spent_on(time_card(works[0].anna, month=MONTH).totals) == [
        ("próby bez kontaktu", "0:15"),
        ("wizyty", "1:30"),
    ]
