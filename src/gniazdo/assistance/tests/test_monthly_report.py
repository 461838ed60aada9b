"""The monthly report: counts from visits, chosen sentences with their source, reading."""

from datetime import date

import pytest

from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.report import edit_report, read_report, start_report, submit_report
from gniazdo.assistance.queries.reviews import monthly_numbers
from gniazdo.assistance.tests.working import make_visit, make_work

MONTH = date(2026, 11, 1)


@pytest.fixture
def work(cast):
    return make_work(cast)


@pytest.fixture
def report(work):
    return start_report(work.anna, work.case, month=work.today, today=work.today)


def test_counts_come_from_visits_of_the_month(work):
    make_visit(work, activities=("BUDGET", "SCHOOL"))
    make_visit(work, days_ago=3, kind="PHONE", place="PHONE", minutes=15, activities=("SCHOOL",))
    make_visit(work, days_ago=5, kind="NO_ONE_HOME", minutes=15)
    make_visit(work, days_ago=40)
    counted = monthly_numbers(work.case.pk, month=work.today)
    assert (counted.visits, counted.contacts, counted.failed, counted.minutes) == (1, 1, 1, 75)
    assert counted.activities[0] == ("szkoła i przedszkole", 2)


def test_a_chosen_sentence_keeps_its_visit(work, report):
    visit = make_visit(work, course="Mama sama umówiła wizytę.")
    report = edit_report(work.anna, report, texts={"problems": "Brak"}, inserts={(visit.pk, "results"): visit.course})
    insert = report.inserts.get()
    assert (insert.visit, insert.text) == (visit, "Mama sama umówiła wizytę.")
    assert submit_report(work.anna, report, on=work.today).counts["visits"] == 1


def test_only_visits_of_that_month_and_case_may_be_chosen(work, report):
    old = make_visit(work, days_ago=40)
    with pytest.raises(Refusal, match="z tego miesiąca"):
        edit_report(work.anna, report, texts={}, inserts={(old.pk, "results"): "x"})


def test_results_are_asked_for(work, report):
    with pytest.raises(Refusal) as refused:
        submit_report(work.anna, report, on=work.today)
    assert refused.value.field == "results"


def test_one_report_a_month(work, report):
    with pytest.raises(Refusal, match="już istnieje"):
        start_report(work.anna, work.case, month=work.today, today=work.today)
    with pytest.raises(Refusal, match="jeszcze się nie zaczął"):
        start_report(work.anna, work.case, month=date(2026, 12, 4), today=work.today)


def test_a_submitted_report_is_read_and_no_longer_written(work, report):
    with pytest.raises(Refusal, match="jeszcze przekazane"):
        read_report(work.maria, report)
    report = edit_report(work.anna, report, texts={"results": "Dzieci w szkole"}, inserts={})
    report = submit_report(work.anna, report, on=work.today)
    with pytest.raises(Refusal):
        edit_report(work.anna, report, texts={"results": "Inne"}, inserts={})
    with pytest.raises(NotAllowed):
        read_report(work.anna, report)
    assert read_report(work.maria, report).read_by_manager_id == work.cast.maria.pk


def test_strangers(work, report):
    with pytest.raises(NotAllowed):
        edit_report(work.cast.actor("adam"), report, texts={}, inserts={})
    with pytest.raises(NotHere):
        edit_report(work.cast.actor("olga"), report, texts={}, inserts={})
