"""Deadlines read and computed: declarations, computing for any day, rows for the board, My Day and the command line."""

from gniazdo.deadlines.queries.board import (
    HORIZON,
    LATE,
    MOST,
    WARNED,
    Counts,
    Filters,
    Line,
    Row,
    counts,
    due_rows,
    family_rows,
    first_lines,
    for_actor,
    lines,
    next_lines,
    office_lines,
    page_after,
)
from gniazdo.deadlines.queries.computing import compute, compute_office, extensions_of, touched_families
from gniazdo.deadlines.queries.declaring import DEADLINES, Deadline
from gniazdo.deadlines.queries.law import law_entries
from gniazdo.deadlines.queries.notices import untold
from gniazdo.deadlines.queries.office import office_events
from gniazdo.deadlines.queries.past import due_for
from gniazdo.deadlines.queries.seeing import Scope, Step
from gniazdo.deadlines.queries.sending import fingerprint, post_of_key, was_reminded

__all__ = [
    "DEADLINES",
    "HORIZON",
    "LATE",
    "MOST",
    "WARNED",
    "Counts",
    "Deadline",
    "Filters",
    "Line",
    "Row",
    "Scope",
    "Step",
    "compute",
    "compute_office",
    "counts",
    "due_for",
    "due_rows",
    "extensions_of",
    "family_rows",
    "fingerprint",
    "first_lines",
    "for_actor",
    "law_entries",
    "lines",
    "next_lines",
    "office_events",
    "office_lines",
    "page_after",
    "post_of_key",
    "touched_families",
    "untold",
    "was_reminded",
]
