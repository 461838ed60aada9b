"""The institution's dated setting decides how far ahead a deadline warns: in My Day, letters, notices, on the board, in `due`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.deadlines import tasks
from gniazdo.deadlines.models import DeadlineRow, DueNotice
from gniazdo.deadlines.queries import WARNED, Filters, counts, due_for, first_lines
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.desk.queries.my_day import my_day
from gniazdo.kernel import clock
from gniazdo.orgs.models import ParameterValue
from gniazdo.orgs.tests.factories import actor_of
from gniazdo.people.tests.factories import make_family

START = date(2026, 5, 4)
KIND = "assistance.assessment"
NEAR = Filters("mine", WARNED)


@pytest.fixture
def due(cast):
    Walk(make_family(cast.institution, "Tajni"), START).to_active(cast.anna, cast.piotr, START)
    return DeadlineRow.objects.system().get(declaration=KIND, fulfilled_on=None).due_on


def setting(cast, code, value, since):
    with system_act("test"):
        ParameterValue(institution=cast.institution, code=code, value=value, since=since).save()


def seen(cast, day):
    """(My Day, letter, notice, board, `gniazdo due`): where the assessment is shown that day."""
    anna = actor_of(cast.anna, on=day)
    with clock.stopped(day):
        of_day = {line.declaration for _family, lines in my_day(anna, on=day).due for line in lines}
    mail.outbox.clear()
    tasks.send_letter(str(cast.anna.pk), day)
    tasks.tell(cast.anna, on=day)
    notices = DueNotice.objects.system().filter(post=cast.anna, declaration=KIND)
    label = "Okresowa ocena sytuacji rodziny"
    return (
        KIND in of_day,
        any(label in letter.body for letter in mail.outbox),
        notices.exists(),
        KIND in {line.declaration for line in first_lines(anna, on=day, filters=NEAR)},
        label in {row["label"] for row in due_for(anna, on=day, filters=NEAR)},
    )


def test_its_own_days_without_a_setting(cast, due):
    assert seen(cast, due - timedelta(days=31)) == (False,) * 5
    assert seen(cast, due - timedelta(days=30)) == (True,) * 5


def test_the_institution_s_value_in_force_that_day_decides(cast, due):
    setting(cast, "assistance.assessment_warn_days", 10, START)
    assert seen(cast, due - timedelta(days=11)) == (False,) * 5
    assert seen(cast, due - timedelta(days=10)) == (True,) * 5


def test_a_value_from_a_later_day_does_not_count_yet(cast, due):
    setting(cast, "assistance.assessment_warn_days", 3, due - timedelta(days=20))
    assert seen(cast, due - timedelta(days=25)) == (True,) * 5


def test_deadlines_without_days_of_their_own_follow_the_general_setting(cast, due):
    row = DeadlineRow.objects.system().get(declaration="assistance.plan")
    anna = cast.actor("anna")
    day = row.due_on - timedelta(days=40)

    def shown():
        return {line.declaration for line in first_lines(anna, on=day, filters=NEAR)}

    with system_act("test"):
        DeadlineRow.objects.system().filter(pk=row.pk).update(fulfilled_on=None)
    assert "assistance.plan" not in shown()
    setting(cast, "deadlines.warn_days", 40, START - timedelta(days=400))
    assert "assistance.plan" in shown()


def test_the_number_on_the_board_is_that_of_the_rows_it_leads_to(cast, client_of, due):
    day = due - timedelta(days=30)
    anna = actor_of(cast.anna, on=day)
    found = counts(anna, on=day)
    shown = first_lines(anna, on=day, filters=NEAR)
    assert found.overdue + found.today + found.soon == len(shown)
    with clock.stopped(day):
        page = client_of("anna").get(reverse("deadlines:board"), {"dni": str(WARNED)}).content.decode()
    assert page.count("Dlaczego ten dzień") == len(shown)


@pytest.mark.parametrize(("own", "general"), [(30, 14), (14, 14), (5, 60)])
def test_of_the_whole_unit_the_groups_add_up_to_the_rows(cast, due, own, general):
    setting(cast, "assistance.assessment_warn_days", own, START - timedelta(days=400))
    setting(cast, "deadlines.warn_days", general, START - timedelta(days=400))
    whole = Filters("all", WARNED)
    for ahead in (70, 40, 20, 8, 0):
        day = due - timedelta(days=ahead)
        maria = actor_of(cast.maria, on=day)
        found = counts(maria, on=day, filters=whole)
        assert found.overdue + found.today + found.soon == len(first_lines(maria, on=day, filters=whole))


def test_the_day_after_an_absurd_value_is_still_shown(cast, due):
    setting(cast, "assistance.assessment_warn_days", -5, START)
    assert seen(cast, due) == (True,) * 5
