"""Retrying of jobs: a job that fails is planned again later, with growing pauses, and gives up loudly in the end."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.tasks import Task
from django.utils import timezone

PAUSES = (1, 4, 16, 64)
"""Minutes before the second, third, fourth and fifth attempt."""
log = logging.getLogger("gniazdo.tasks")


def pause_after(attempt: int) -> timedelta | None:
    """How long to wait after that failed attempt (the first is 1); None when it was the last."""
    return timedelta(minutes=PAUSES[attempt - 1]) if 1 <= attempt <= len(PAUSES) else None


@contextmanager
def retried(job: Task[..., Any], attempt: int, **arguments: Any) -> Iterator[None]:
    """Around the body of a job that takes `attempt`: on failure plan it again with the same arguments and `attempt + 1`.

    After the last attempt the error goes through, so the job is stored as failed and an administrator sees it.
    """
    try:
        yield
    except Exception:
        pause = pause_after(attempt)
        if pause is None:
            raise
        log.warning("Job %s failed at attempt %d, again in %s", job.name, attempt, pause, exc_info=True)
        job.using(run_after=timezone.now() + pause).enqueue(**arguments, attempt=attempt + 1)
