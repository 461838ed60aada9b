"""The time card: derived, added to, handed in, accepted, locked; its arithmetic."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.timecard import accept_card, add_time_entry, remove_time_entry, return_card, submit_card
from gniazdo.assistance.models import TimeCard
from gniazdo.assistance.queries.timecard import (
    Row,
    cards_to_accept,
    mark_overlaps,
    row_from,
    row_to_json,
    time_card,
    totals,
)
from gniazdo.assistance.tests.working import make_visit, make_work

MONTH = date(2026, 11, 1)


@pytest.fixture
def work(cast):
    return make_work(cast)


def add(work, **fields):
    return add_time_entry(
        work.anna, work.cast.anna,
        **{"on": work.today, "starts": time(8), "minutes": 90, "kind": "OFFICE", "today": work.today, **fields},
    )  # fmt: skip


def rows():
    starts = st.times(min_value=time(6), max_value=time(18)).map(lambda t: t.replace(second=0, microsecond=0))
    return st.builds(
        lambda day, begin, minutes, group, mark, km: Row(
            day, begin, (datetime.combine(day, begin) + timedelta(minutes=minutes)).time(), minutes, group, "x", mark, km=km
        ),
        st.dates(MONTH, date(2026, 11, 30)), starts, st.integers(0, 300), st.sampled_from(["visit", "contact", "OFFICE"]),
        st.sampled_from(["", "A.1", "A.2"]), st.decimals(0, 200, places=1),
    )  # fmt: skip


@given(st.lists(rows(), max_size=25))
def test_groups_sum_to_the_whole_whatever_the_order(month):
    summed = totals(month)
    assert summed.minutes == sum(r.minutes for r in month) == sum(m for _g, m in summed.by_group)
    assert totals(list(reversed(month))) == summed
    assert summed.km == sum((r.km for r in month), Decimal(0))


@given(st.lists(rows(), max_size=25))
def test_marking_loses_no_row_and_no_minute(month):
    marked = mark_overlaps(month)
    assert totals(marked) == totals(month)
    assert [(r.on, r.starts) for r in marked] == sorted((r.on, r.starts) for r in month)


@given(st.lists(rows(), max_size=15))
def test_a_row_is_marked_exactly_when_an_earlier_one_still_runs(month):
    marked = mark_overlaps(month)
    for n, row in enumerate(marked):
        running = any(o.on == row.on and o.minutes and o.ends > row.starts for o in marked[:n])
        assert row.overlaps == bool(row.minutes and running)


@given(rows())
def test_an_accepted_row_reads_back_the_same(row):
    assert row_from(row_to_json(row)) == row


def test_a_month_comes_from_visits_and_entries_without_names(work):
    make_visit(work, minutes=60, km=Decimal("7.5"))
    make_visit(work, days_ago=30)
    add(work, minutes=45)
    card = time_card(work.anna, month=work.today)
    assert (card.totals.minutes, card.totals.km, card.totals.families) == (105, Decimal("7.5"), 1)
    assert [r.mark for r in card.rows] == ["", work.case.case_mark]
    assert work.family.name not in str(card.rows)


def test_overlapping_hours_are_shown(work):
    make_visit(work)
    add(work, starts=time(10, 30))
    assert [r.overlaps for r in time_card(work.anna, month=work.today).rows] == [False, True]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": date(2026, 11, 19)}, "on"),
        ({"kind": "CZARY"}, "kind"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 900}, "minutes"),
    ],
)
def test_wrong_entries_are_told(work, fields, field):
    with pytest.raises(Refusal) as refused:
        add(work, **fields)
    assert refused.value.field == field


def test_nobody_writes_another_s_time(work):
    with pytest.raises(NotAllowed):
        add_time_entry(
            work.cast.actor("adam"),
            work.cast.anna,
            on=work.today,
            starts=time(8),
            minutes=5,
            kind="OFFICE",
            today=work.today,
        )
    with pytest.raises(NotAllowed):
        remove_time_entry(work.cast.actor("adam"), add(work))
    with pytest.raises(NotHere):
        add_time_entry(
            work.cast.actor("olga"),
            work.cast.anna,
            on=work.today,
            starts=time(8),
            minutes=5,
            kind="OFFICE",
            today=work.today,
        )


def test_who_sees_whose_card(work):
    add(work)
    for name in ("maria", "lena", "anna"):
        assert time_card(work.cast.actor(name), month=work.today, post_id=work.cast.anna.pk).rows
    for name in ("adam", "olga", "sonia"):
        with pytest.raises(NotHere):
            time_card(work.cast.actor(name), month=work.today, post_id=work.cast.anna.pk)


def test_an_accepted_month_is_locked_for_entries_and_visits(work):
    make_visit(work)
    entry = add(work)
    card = submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    with pytest.raises(Refusal, match="już przekazana"):
        add(work)
    with pytest.raises(NotAllowed):
        accept_card(work.anna, card)
    assert cards_to_accept(work.cast.actor("lena")) == [card]
    card = accept_card(work.cast.actor("lena"), card)
    assert (card.state, card.minutes, len(card.rows)) == ("ACCEPTED", 150, 2)
    assert JournalEntry.objects.filter(code="assistance.timecard.accept").exists()
    with pytest.raises(Refusal, match="przyjęta i zamknięta"):
        make_visit(work)
    with pytest.raises(Refusal):
        remove_time_entry(work.anna, entry)
    assert time_card(work.anna, month=MONTH).totals.minutes == 150


def test_a_returned_month_opens_again(work):
    add(work)
    card = submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    with pytest.raises(Refusal, match="powód"):
        return_card(work.maria, card, reason="")
    return_card(work.maria, card, reason="Brak szkolenia z 5 listopada")
    add(work, on=date(2026, 11, 5), kind="TRAINING")
    submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    assert TimeCard.objects.system().get().state == "SUBMITTED"


def test_an_empty_or_future_month_is_not_handed_in(work):
    with pytest.raises(Refusal, match="ani jednego"):
        submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    with pytest.raises(Refusal, match="jeszcze się nie zaczął"):
        submit_card(work.anna, work.cast.anna, month=date(2026, 12, 1), today=work.today)
