"""What time it is in Poland. Only views, commands and tasks may ask; rules and verbs get the day as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
_stopped: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in Warsaw time."""
    return (_stopped or datetime.now(UTC)).astimezone(WARSAW)


def today() -> date:
    """The present day in Warsaw."""
    return now().date()


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour of the day in Warsaw."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=WARSAW)


@contextmanager
def stopped(at: datetime | date) -> Iterator[None]:
    """Stop the clock, for tests, the demo simulator and time travel. A bare date means 9:00 in Warsaw."""
    global _stopped
    before = _stopped
    _stopped = at if isinstance(at, datetime) else datetime(at.year, at.month, at.day, 9, tzinfo=WARSAW)
    try:
        yield
    finally:
        _stopped = before
