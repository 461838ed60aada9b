"""Jobs of a killed worker: taken up again, given up when one worker after another dies over them; others' are left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from gniazdo.platform.management.commands import jobs

pytestmark = pytest.mark.django_db


def running(*workers, ago=timedelta(minutes=5)):
    return DBTaskResult.objects.create(
        status="RUNNING", task_path="gniazdo.deadlines.tasks.rebuild_everything", args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=get_date_max(), worker_ids=list(workers), started_at=timezone.now() - ago,
        exception_class_path="", traceback="",
    )  # fmt: skip


@pytest.mark.parametrize(("workers", "ago", "status"), [
    (("tutaj:1",), timedelta(minutes=5), "READY"),
    (("tam:1", "tutaj:2"), timedelta(0), "READY"),
    (("tam:1",), timedelta(minutes=5), "RUNNING"),
    (("tam:1",), timedelta(hours=2), "READY"),
    (tuple(f"tutaj:{n}" for n in range(5)), timedelta(minutes=5), "FAILED"),
])  # fmt: skip
def test_what_a_dead_worker_left(workers, ago, status):
    row = running(*workers, ago=ago)
    assert jobs.take_up_again("tutaj", now=timezone.now()) == (status == "READY")
    row.refresh_from_db()
    assert row.status == status
    assert (row.started_at is None) == (status == "READY")


def test_the_worker_outlives_a_database_that_is_away(monkeypatch):
    asked, slept = [], []

    def away(self, **options):
        asked.append(options["worker_id"])
        if len(asked) < 3:
            raise OperationalError("database is locked")

    monkeypatch.setattr(jobs.Worker, "handle", away)
    monkeypatch.setattr(jobs.time, "sleep", slept.append)
    monkeypatch.setattr(jobs.connection, "close", lambda: None)
    jobs.Command().handle()
    assert len(asked) == 3
    assert slept == [jobs.PAUSE] * 2
