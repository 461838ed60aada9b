"""The cache equals what is computed: after every act, after a rebuild, and for every past day."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.deadlines.actions import extend_deadline, rebuild, refresh
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.deadlines.queries import compute
from gniazdo.deadlines.rules import why_as_data
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.kernel import clock
from gniazdo.orgs.queries import system_actor
from gniazdo.orgs.tests.factories import actor_of
from gniazdo.people.tests.factories import make_family

START = date(2024, 11, 18)


def said(why):
    """The reason as one text: PostgreSQL keeps the keys of JSON in its own order."""
    return json.dumps(why, sort_keys=True, ensure_ascii=False)


def cached(family):
    return {
        (r.declaration, r.subject_id, r.starts_on): (
            r.due_on, r.original_due_on, r.extension, r.fulfilled_on, r.post_id, r.role, r.article, said(r.why)
        )
        for r in DeadlineRow.objects.system().filter(family=family)
    }  # fmt: skip


def computed(family, on, **how):
    return {
        (f.declaration, f.subject_id, f.starts_on): (
            f.due_on, f.original_due_on, f.extension, f.fulfilled_on, f.post_id, f.role, f.article, said(why_as_data(f.why))
        )
        for f in compute(family.institution_id, [family.pk], on=on, **how)
    }  # fmt: skip


def open_rows(family):
    return {r.declaration: r for r in DeadlineRow.objects.system().filter(family=family, fulfilled_on=None)}


STEPS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=1, max_size=18)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, urgent=st.booleans())
def test_the_incremental_state_equals_a_rebuild_on_every_past_day(cast, steps, urgent):
    """Any sequence of acts: after each the cache is what computing gives; at the end every past day computes as it was."""
    family, day = make_family(cast.institution), START
    walk = Walk(family, day, urgent=urgent)
    seen = {day: cached(family)}
    asked = []
    for pause, choice in steps:
        day += timedelta(days=pause)
        act(walk, cast, day, choice, asked)
        assert cached(family) == computed(family, day)
        seen[day] = cached(family)
    assert refresh(cast.institution.pk, [family.pk], on=day) == 0
    for past, then in seen.items():
        assert computed(family, past) == then
        assert computed(family, past, as_known=True) == then


def act(walk, cast, day, choice, asked):
    """One act chosen by a number, whatever the state of the case allows."""
    moves = list(ASSISTANCE.moves_from(walk.state()))
    if choice < 30 and moves:
        walk.move(moves[choice % len(moves)].code, day)
    elif choice < 36:
        walk.assign([cast.anna, cast.adam][choice % 2], day)
    elif choice < 40:
        walk.assign(cast.piotr, day, "SOCIAL_WORKER")
    elif choice < 44:
        walk.interview(day)
    elif choice < 48:
        walk.visit(cast.anna, day, ["PLANNED", "NO_ONE_HOME"][choice % 2])
    elif choice < 52:
        walk.assess(day)
    elif choice < 54:
        walk.watch(day, day + timedelta(days=20) if choice % 2 else None)
    elif choice < 56:
        asked.append(walk.court_asks(day, day + timedelta(days=14)))
    elif choice < 58 and asked:
        walk.answer(asked.pop(), day)
    else:
        rows = [r for r in open_rows(walk.family).values() if not r.declaration.startswith("assistance.court")]
        if rows:
            with clock.stopped(day):
                row = sorted(rows, key=lambda r: r.declaration)[0]
                extend_deadline(
                    actor_of(cast.maria, on=day), row, to=row.due_on + timedelta(days=7), reason="choroba", on=day
                )


def test_two_years_in_the_life_of_a_family(cast):
    """Week by week for two years: right days, no gaps between assessments, the same answer in hindsight."""
    family = make_family(cast.institution)
    walk = Walk(family, START)
    assert open_rows(family)["assistance.interview"].due_on == date(2024, 12, 6)
    walk.to_active(cast.anna, cast.piotr, START + timedelta(days=7))
    then = {}
    day = START + timedelta(days=7)
    while day < START + timedelta(days=730):
        if (day - START).days % 28 == 0:
            walk.visit(cast.anna, day)
        due = open_rows(family)["assistance.assessment"].due_on
        if due - day <= timedelta(days=10):
            walk.assess(day)
        then[day] = cached(family)
        day += timedelta(days=7)
    rows = list(
        DeadlineRow.objects.system().filter(family=family, declaration="assistance.assessment").order_by("starts_on")
    )
    assert len(rows) == 5
    assert all(r.fulfilled_on and r.fulfilled_on <= r.due_on for r in rows[:-1])
    assert [r.fulfilled_on for r in rows[:-1]] == [r.starts_on for r in rows[1:]]
    walk.move("start_closing", day)
    walk.move("close_to_monitoring", day)
    assert set(open_rows(family)) == {"assistance.monitoring", "assistance.monitoring_entry"}
    walk.watch(day + timedelta(days=20), day + timedelta(days=50))
    assert open_rows(family)["assistance.monitoring_entry"].due_on == day + timedelta(days=50)
    walk.move("end_monitoring", day + timedelta(days=180))
    assert open_rows(family) == {}
    for past, state in then.items():
        assert computed(family, past) == state
        assert computed(family, past, as_known=True) == state


def test_computing_twice_changes_nothing_and_keeps_the_rows(cast):
    family = make_family(cast.institution)
    Walk(family, START).to_active(cast.anna, cast.piotr, START)
    before = set(DeadlineRow.objects.system().filter(family=family).values_list("pk", flat=True))
    assert rebuild(system_actor(cast.institution), cast.institution, on=START) == 0
    assert set(DeadlineRow.objects.system().filter(family=family).values_list("pk", flat=True)) == before


def test_a_lost_cache_is_rebuilt(cast):
    from gniazdo.access.actions import system_act

    family = make_family(cast.institution)
    Walk(family, START).to_active(cast.anna, cast.piotr, START)
    before = cached(family)
    with system_act("test"):
        DeadlineRow.objects.system().delete()
    assert rebuild(system_actor(cast.institution), cast.institution, on=START) == len(before)
    assert cached(family) == before


def test_only_families_touched_are_computed(cast, django_assert_max_num_queries):
    family = make_family(cast.institution)
    walk = Walk(family, START).to_active(cast.anna, cast.piotr, START)
    for n in range(3):
        Walk(make_family(cast.institution, f"Inni{n}"), START)
    # A visit: the transaction, its insert and journal, one refresh of one declaration.
    with django_assert_max_num_queries(24):
        walk.visit(cast.anna, START + timedelta(days=3))
    assert open_rows(family)["assistance.contact"].starts_on == START + timedelta(days=3)


def test_rows_leave_no_lines_in_the_journal(cast):
    Walk(make_family(cast.institution), START)
    assert not JournalEntry.objects.filter(object_kind="deadlines.deadlinerow").exists()


def test_the_work_goes_to_the_new_assistant(cast):
    family = make_family(cast.institution)
    walk = Walk(family, START).to_active(cast.anna, cast.piotr, START)
    assert open_rows(family)["assistance.assessment"].post_id == cast.anna.pk
    walk.assign(cast.adam, START + timedelta(days=5))
    assert open_rows(family)["assistance.assessment"].post_id == cast.adam.pk


def test_an_urgent_report_has_two_working_days_and_a_rejected_one_none(cast):
    urgent, rejected = make_family(cast.institution, "Pilni"), make_family(cast.institution, "Obcy")
    Walk(urgent, START, urgent=True)
    assert open_rows(urgent)["assistance.interview"].due_on == date(2024, 11, 20)
    Walk(rejected, START).move("reject", START)
    assert open_rows(rejected) == {}


def test_a_court_s_day_runs_until_the_answer_is_sent(cast):
    family = make_family(cast.institution)
    walk = Walk(family, START).to_active(cast.anna, cast.piotr, START)
    request = walk.court_asks(START, date(2024, 12, 1))
    row = open_rows(family)["assistance.court_opinion"]
    assert (row.due_on, row.post_id) == (date(2024, 12, 1), cast.anna.pk)
    walk.answer(request, date(2024, 11, 29))
    assert "assistance.court_opinion" not in open_rows(family)


def test_a_changed_setting_of_the_unit_moves_the_days_at_once(cast):
    from gniazdo.access.actions import action
    from gniazdo.access.queries import PERMISSIONS, nobody
    from gniazdo.orgs.models import ParameterValue

    if "test.setting.change" not in PERMISSIONS:

        @action("test.setting.change", label="Ustaw", who=nobody)
        def change(actor, obj, *, code, value, since):
            ParameterValue(institution_id=actor.institution_id, code=code, value=value, since=since).save()

        test_a_changed_setting_of_the_unit_moves_the_days_at_once.change = change
    family = make_family(cast.institution)
    Walk(family, START).to_active(cast.anna, cast.piotr, START)
    assert open_rows(family)["assistance.contact"].due_on == START + timedelta(days=30)
    with clock.stopped(START):
        test_a_changed_setting_of_the_unit_moves_the_days_at_once.change(
            system_actor(cast.institution), None, code="assistance.contact_gap_days", value=10, since=START
        )
    assert open_rows(family)["assistance.contact"].due_on == START + timedelta(days=10)
