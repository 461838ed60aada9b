"""Law of the assistant: one row on each side of every boundary date, and the pure answers."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.assistance import rules
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.rules import PlannedTask, Resignation
from gniazdo.kernel.legal import CLOCKS, PARAMETERS, VALUES, NotInForce

P = {code: p.default for code, p in PARAMETERS.items() if code.startswith("assistance.")}


@pytest.mark.parametrize(
    ("day", "limit"),
    [(date(2012, 1, 1), 20), (date(2014, 12, 31), 20), (date(2015, 1, 1), 15), (date(2026, 11, 18), 15)],
)
def test_caseload_limit_over_time(day, limit):
    assert VALUES["L-01"].on(day).value == limit
    assert rules.caseload_limit(day) == limit
    assert rules.over_limit(limit + 1, day)
    assert not rules.over_limit(limit, day)


@pytest.mark.parametrize(("day", "duty"), [(date(2014, 12, 31), False), (date(2015, 1, 1), True)])
def test_assignment_became_a_duty(day, duty):
    assert rules.is_assignment_mandatory(day) is duty


@pytest.mark.parametrize(
    ("id", "before", "first"),
    [
        ("C-ASSIST-01", date(2021, 11, 14), date(2021, 11, 15)),
        ("C-ASSIST-03", date(2012, 6, 7), date(2012, 6, 8)),
        ("C-ASSIST-05", date(2011, 12, 31), date(2012, 1, 1)),
        ("C-ZZ-01", date(2016, 12, 31), date(2017, 1, 1)),
    ],
)
def test_a_clock_starts_with_its_law(id, before, first):
    with pytest.raises(NotInForce):
        CLOCKS[id].on(before)
    assert CLOCKS[id].on(first).article


@pytest.mark.parametrize(
    ("id", "start", "inputs", "due"),
    [
        ("C-ASSIST-01", date(2026, 11, 18), {}, date(2026, 12, 8)),
        ("C-ASSIST-01", date(2026, 11, 18), {"urgent": True}, date(2026, 11, 20)),
        ("C-ASSIST-01", date(2025, 12, 23), {"urgent": True}, date(2025, 12, 30)),
        ("C-ASSIST-02", date(2026, 11, 18), {}, date(2026, 11, 18)),
        ("C-ASSIST-05", date(2026, 8, 31), {}, date(2027, 2, 28)),
        ("C-ASSIST-05", date(2026, 5, 18), {}, date(2026, 11, 18)),
        ("C-ASSIST-06", date(2026, 5, 31), {}, date(2026, 11, 30)),
        ("C-ASSIST-07", date(2026, 5, 31), {"set_on": date(2026, 6, 13)}, date(2026, 6, 13)),
        ("C-ASSIST-10", date(2024, 2, 29), {}, date(2029, 2, 28)),
        ("C-GEN-01", date(2026, 11, 18), {}, date(2026, 11, 25)),
        ("C-SW-01", date(2026, 5, 18), {}, date(2026, 11, 18)),
        ("C-SW-01", date(2026, 5, 18), {"dps_or_fee": True}, date(2027, 5, 18)),
        ("C-COMM-01", date(2026, 12, 31), {}, date(2027, 3, 31)),
        ("C-COMM-02", date(2026, 1, 1), {}, date(2029, 1, 1)),
        ("C-ZZ-01", date(2025, 11, 22), {}, date(2026, 11, 23)),  # a Sunday moves
        ("C-ZZ-02", date(2026, 12, 31), {}, date(2027, 4, 30)),
    ],
)
def test_clocks(id, start, inputs, due):
    assert CLOCKS[id].due(start, **inputs).on == due


def test_every_clock_of_the_corridor_is_declared():
    wanted = {f"C-ASSIST-{n:02d}" for n in range(1, 11)} | {
        "C-GEN-01", "C-SW-01", "C-COMM-01", "C-COMM-02", "C-ZZ-01", "C-ZZ-02",
        *(f"C-KPA-0{n}" for n in range(1, 10)), *(f"C-STD-0{n}" for n in range(1, 5)), "C-DATA-01", "C-DATA-02",
    }  # fmt: skip
    assert wanted <= set(CLOCKS)
    assert {"L-01", "L-37", "L-39", "L-44"} <= set(VALUES)


def test_caseload_counts_families_not_cases_and_not_monitoring():
    pairs = [
        ("a", "ACTIVE"),
        ("a", "CLOSING"),
        ("b", "SUSPENDED"),
        ("c", "MONITORING"),
        ("d", "CLOSED"),
        ("e", "REFERRED"),
    ]
    load = rules.caseload(pairs, date(2026, 11, 18), parameters=P)
    assert (load.count, load.limit, load.over, load.full, load.near) == (2, 15, False, False, False)
    counting = {**P, "assistance.caseload_states": [*P["assistance.caseload_states"], "MONITORING"]}
    assert rules.caseload(pairs, date(2026, 11, 18), parameters=counting).count == 3


@pytest.mark.parametrize(
    ("families", "near", "full", "over"),
    [(13, False, False, False), (14, True, False, False), (15, True, True, False), (16, True, True, True)],
)
def test_caseload_warns_before_it_is_exceeded(families, near, full, over):
    load = rules.caseload([(n, "ACTIVE") for n in range(families)], date(2026, 11, 18), parameters=P)
    assert (load.near, load.full, load.over) == (near, full, over)


def test_the_limit_follows_working_time_only_when_decided():
    assert rules.caseload_limit(date(2026, 11, 18), fte_percent=50) == 15
    assert rules.caseload_limit(date(2026, 11, 18), fte_percent=50, by_fte=True) == 7


def test_default_caseload_states_are_the_active_ones():
    assert set(P["assistance.caseload_states"]) == {s.code for s in ASSISTANCE.states.values() if s.active}


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        ({"assistant"}, False),
        ({"social_worker"}, False),
        ({"assistant", "social_worker"}, True),
        ({"assistant", "coordinator"}, False),
    ],
)
def test_an_assistant_is_not_the_social_worker_of_the_commune(roles, refused):
    assert ("art. 17 ust. 3" in rules.forbidden_roles(roles)) is refused


def test_a_resignation_closes_unless_a_court_obliged():
    assert rules.resignation_outcome(court_ordered=False) is Resignation.CLOSE
    assert rules.resignation_outcome(court_ordered=True) is Resignation.REPORT_TO_COURT


def test_assessments_count_from_the_last_one_performed():
    assert rules.assessment_due(date(2026, 1, 31), []) == date(2026, 7, 31)
    assert rules.assessment_due(date(2026, 1, 31), [date(2026, 6, 30), date(2026, 3, 1)]) == date(2026, 12, 30)
    assert rules.monitoring_end(date(2026, 8, 31), 6) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("tasks", "says"),
    [
        ([], "nie wskazuje żadnego działania"),
        ([PlannedTask(" ", date(2026, 12, 1), "efekt")], "nie wskazuje"),
        ([PlannedTask("Leczenie", None, "efekt")], "„Leczenie” nie ma terminu"),
        ([PlannedTask("Leczenie", date(2026, 12, 1), " ")], "nie ma przewidywanego efektu"),
    ],
)
def test_a_plan_without_scope_dates_or_effects_may_not_be_approved(tasks, says):
    gaps = rules.plan_gaps(tasks)
    assert any(says in gap for gap in gaps)
    assert all("art. 15 ust. 3" in gap for gap in gaps)


def test_a_whole_plan_has_no_gaps():
    assert rules.plan_gaps([PlannedTask("Leczenie", date(2026, 12, 1), "Rodzic podejmuje terapię")]) == []


def test_the_process_ends_everywhere_and_goes_back_only_with_a_reason():
    order = list(ASSISTANCE.states)
    reach = {"REFERRED"}
    for _ in order:
        reach |= {m.target for m in ASSISTANCE.moves.values() if reach & set(m.sources)}
    assert reach == set(order)
    for state in ASSISTANCE.states.values():
        assert state.code == "ARCHIVED" or any(ASSISTANCE.moves_from(state.code))
    for move in ("return_application", "return_plan", "withdraw_closing", "suspend", "reject", "start_closing"):
        assert ASSISTANCE.moves[move].needs_reason
    assert "MONITORING" in ASSISTANCE.mermaid()
