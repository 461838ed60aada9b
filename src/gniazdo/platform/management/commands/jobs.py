"""The worker of jobs: takes up again what a killed one left half done, and outlives a database that is locked or away."""

from __future__ import annotations

import logging
import secrets
import socket
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Command as Worker
from django_tasks_db.models import DBTaskResult

MOST = 5
"""How many workers may die over one job before it is given up."""
PAUSE = 2  # seconds before the database is asked again
LONG = timedelta(hours=1)  # no job of ours takes so long: its worker died, wherever it was
log = logging.getLogger("gniazdo.tasks")


class Gone(RuntimeError):
    """A job was given up: one worker after another died over it."""


def take_up_again(here: str, *, now: datetime) -> int:
    """Plan again the jobs that say they run but whose worker is gone: this machine has no other worker than the one
    that is starting, and none works longer than an hour. Jobs may be done twice, never lost. Returns how many."""
    again = 0
    for row in DBTaskResult.objects.running().order_by("enqueued_at"):
        ours = bool(row.worker_ids) and str(row.worker_ids[-1]).startswith(f"{here}:")
        if not ours and (row.started_at is None or row.started_at > now - LONG):
            continue
        if len(row.worker_ids) >= MOST:
            log.error("Job %s given up: %d workers died over it", row.task_path, len(row.worker_ids))
            row.set_failed(Gone(f"{len(row.worker_ids)} workers died over it"))
            continue
        waiting = DBTaskResult.objects.filter(Q(pk=row.pk), status=row.status)
        again += waiting.update(status="READY", started_at=None)
    return again


class Command(Worker):
    """`manage jobs`, with the options of `db_worker`."""

    requires_system_checks = ()  # they ask the database, and one that is locked now would end the worker
    help = "Run the worker of jobs; what a killed worker left is taken up again"

    def handle(self, **options: Any) -> None:
        here = socket.gethostname()[:40]
        options["worker_id"] = f"{here}:{secrets.token_hex(8)}"
        while True:
            try:
                again = take_up_again(here, now=timezone.now())
                if again:
                    log.warning("%d jobs of a killed worker are done again", again)
                super().handle(**options)
            except OperationalError as error:
                log.warning("The database does not answer, again in %d s: %s", PAUSE, error)
                connection.close()
                time.sleep(PAUSE)
            else:
                return
