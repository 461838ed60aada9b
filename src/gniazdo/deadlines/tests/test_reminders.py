"""The daily letter: to whom, what it says, once a day; jobs that fail come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.tasks import task

from gniazdo.access.actions import system_act
from gniazdo.deadlines import tasks
from gniazdo.deadlines.models import DeadlineRow, ReminderSent
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.orgs.models import ParameterValue
from gniazdo.people.tests.factories import make_family
from gniazdo.platform.tasks import pause_after, retried

TODAY = date(2026, 11, 18)


@pytest.fixture
def walk(cast):
    start = date(2026, 5, 4)
    return Walk(make_family(cast.institution, "Tajni"), start).to_active(cast.anna, cast.piotr, start)


def test_a_letter_says_what_is_due_without_names(cast, walk):
    assert tasks.send_letter(str(cast.anna.pk), TODAY)
    letter = mail.outbox[0]
    assert letter.to == ["anna@example.invalid"]
    assert "po terminie: 2" in letter.subject
    assert walk.case.case_mark in letter.body
    assert "Okresowa ocena sytuacji rodziny" in letter.body
    assert "Tajni" not in f"{letter.body}{letter.subject}"


def test_one_letter_a_day(cast, walk):
    assert tasks.send_letter(str(cast.anna.pk), TODAY)
    assert not tasks.send_letter(str(cast.anna.pk), TODAY)
    assert tasks.send_letter(str(cast.anna.pk), TODAY + timedelta(days=1))
    assert ReminderSent.objects.system().filter(post=cast.anna).count() == 2


def test_nothing_due_nothing_sent(cast):
    assert not tasks.send_letter(str(cast.anna.pk), TODAY)
    assert mail.outbox == []


def test_every_institution_that_wants_letters_gets_them_planned(cast, walk, monkeypatch):
    planned = []
    monkeypatch.setattr(tasks.remind.__class__, "enqueue", lambda self, **kwargs: planned.append(kwargs["post_id"]))
    tasks.remind_everyone.call()
    assert str(cast.anna.pk) in planned
    with system_act("test"):
        ParameterValue(institution=cast.institution, code="deadlines.mail", value=False, since=TODAY).save()
    planned.clear()
    tasks.remind_everyone.call()
    assert str(cast.anna.pk) not in planned
    assert str(cast.olga.pk) in planned


def test_a_failed_letter_is_not_noted_as_sent(cast, walk, monkeypatch):
    def broken(self, *args, **kwargs):
        raise OSError("serwer poczty nie odpowiada")

    monkeypatch.setattr(tasks.EmailMessage, "send", broken)
    with pytest.raises(OSError, match="poczty"):
        tasks.send_letter(str(cast.anna.pk), TODAY)
    assert not ReminderSent.objects.system().exists()


def test_the_night_rebuilds_what_was_lost(cast, walk):
    with system_act("test"):
        DeadlineRow.objects.system().delete()
    assert tasks.rebuild_everything.call() > 5


@task
def _job(attempt: int = 1) -> None:
    with retried(_job, attempt):
        raise OSError("na razie nie")


def test_a_failing_job_is_planned_again_with_growing_pauses(db, monkeypatch):
    planned = []
    monkeypatch.setattr(_job.__class__, "enqueue", lambda self, **kwargs: planned.append((self.run_after, kwargs)))
    _job.call(attempt=2)
    assert planned[0][1] == {"attempt": 3}
    assert planned[0][0] is not None
    with pytest.raises(OSError, match="nie"):
        _job.call(attempt=5)
    assert [pause_after(n) for n in (1, 4, 5)] == [timedelta(minutes=1), timedelta(minutes=64), None]
