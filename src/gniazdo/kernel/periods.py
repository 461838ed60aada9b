"""Half-open periods of days: `since` belongs, `until` does not, no `until` means still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open period of days. Raises ValueError when it would end before or on the day it starts."""

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"Okres kończy się przed początkiem: {self.since} – {self.until}")

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return (self.until is None or other.since < self.until) and (other.until is None or self.since < other.until)

    def days(self, *, on: date) -> int:
        """Length in days, an open period counted up to `on`."""
        return max(((self.until or on) - self.since).days, 0)
